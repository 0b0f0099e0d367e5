//! Layers around every dialect, for `axum::middleware::from_fn` and `from_fn_with_state`.
//!
//! From the outside in: [`request_id`], [`source_address`], [`access_log`], [`catch_panic`], [`time_limit`].

mod access_log;
mod catch_panic;
mod failure;
mod request_id;
mod source_address;
mod time_limit;

pub use access_log::{AnswerObserver, Answered, RouteLabel, access_log};
pub use catch_panic::catch_panic;
pub use failure::{FailedRequest, Failure, FailureAnswer};
pub use request_id::{RequestId, request_id};
pub use source_address::{SourceAddress, SourceSettings, source_address};
pub use time_limit::{TimeLimit, time_limit};
