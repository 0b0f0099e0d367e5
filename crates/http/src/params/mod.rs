//! Parameters as PHP servers read them: from the path, the body and the query, in one ordered tree.

mod body;
mod bounds;
mod error;
mod form;
mod header;
mod json;
mod map;
mod multipart;
mod notation;
mod number;
mod parameters;

pub use body::Body;
pub use bounds::{MAX_DEPTH, MAX_JSON_VALUES, MAX_VARIABLES};
pub use error::{InputError, ParamError};
pub use form::parse_form;
pub use map::{Map, Param};
pub use parameters::Parameters;
