//! How requests are read and answers are written.

mod answer;
mod fields;
mod links;
mod list_fields;
mod query;
pub(crate) mod stream;

pub(crate) use answer::Answer;
pub(crate) use fields::{Fields, not_one_of};
pub(crate) use links::{Link, Links};
pub(crate) use list_fields::ListFields;
pub(crate) use query::Query;
