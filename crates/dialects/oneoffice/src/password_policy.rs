//! Which passwords the dialect takes.

use provost_model::{PasswordPolicy, Tenant};
use std::borrow::Cow;

/// The documented passwords `demo1234` and `onemoretime` have to pass, so nothing but a length is asked for.
const POLICY: PasswordPolicy = PasswordPolicy {
    min_length: 8,
    max_length: 469,
    max_bytes: Some(469),
    forbid_common: false,
    need: Cow::Borrowed(&[]),
    forbid_prefixes: Cow::Borrowed(&[]),
    forbid_names: false,
};

/// The dialect's policy, with the tenant's own minimum if it has one.
pub(crate) fn of(tenant: &Tenant) -> PasswordPolicy {
    let mut policy = POLICY;
    if let Some(minimum) = tenant.settings.password_min_length {
        policy.min_length = minimum;
    }
    policy
}
