//! What is done around every dialect. Each is a function of a request and of what comes next, so that all of them together are one future
//! without allocations or virtual calls between them.
//!
//! From the outside in: [`request_id`], [`source_address`], [`access_log`], [`catch_panic`], [`time_limit`].

mod access_log;
mod catch_panic;
mod failure;
mod request_id;
mod source_address;
mod time_limit;

pub use access_log::{AnswerObserver, Answered, RouteLabel, access_log, log_answer};
pub use catch_panic::catch_panic;
pub use failure::{FailedRequest, Failure, FailureAnswer};
pub use request_id::{RequestId, request_id};
pub use source_address::{SourceAddress, SourceSettings, source_address};
pub use time_limit::{TimeLimit, time_limit};
