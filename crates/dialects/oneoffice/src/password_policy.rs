//! Which passwords the dialect takes.

use crate::{call::Outcome, params::Params};
use provost_directory::NewPassword;
use provost_model::{Field, PasswordPolicy, Rule, Tenant, Violation};
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

/// The password of a call, which has to show something: whoever sends blanks alone has lost the password on the way.
pub(crate) fn new_password(params: &Params, tenant: &Tenant) -> Outcome<NewPassword> {
    const NAME: &str = "password";
    let password = params.required(NAME)?;
    if password.trim().is_empty() {
        let blank = Violation::new(Field::Password, Rule::Empty);
        return Err(params.broken(NAME)(blank));
    }
    Ok(NewPassword::plain(password, of(tenant)))
}

/// The dialect's policy, with the tenant's own minimum if it has one.
fn of(tenant: &Tenant) -> PasswordPolicy {
    let mut policy = POLICY;
    if let Some(minimum) = tenant.settings.password_min_length {
        policy.min_length = minimum;
    }
    policy
}
