//! The dialect's notations of values.

mod login;
mod names;
mod quota;
mod scope;

pub(crate) use login::creatable_login;
pub(crate) use names::{display_name, group_ids, manager};
pub(crate) use quota::{parse_quota, quota_refusal};
pub(crate) use scope::{parse_scope, scope_name};
