//! What is done around every dialect: [`Layers`].

mod access_log;
mod failure;
mod layers;
mod request_id;
mod source_address;

pub use access_log::{AnswerObserver, Answered, RouteLabel, log_answer};
pub use failure::{FailedRequest, Failure, FailureAnswer};
pub use layers::Layers;
pub use request_id::RequestId;
pub use source_address::{SourceAddress, SourceSettings};
