//! Which passwords the dialect takes, and how it words what it does not.

use provost_model::{PasswordPolicy, Rule, Tenant};

/// The recorded server's policy, with the tenant's own minimum if it has one.
pub(crate) fn of(tenant: &Tenant) -> PasswordPolicy {
    let mut policy = PasswordPolicy::OCS;
    if let Some(minimum) = tenant.settings.password_min_length {
        policy.min_length = minimum;
    }
    policy
}

/// The code and text for a password that breaks a rule.
pub(crate) fn refusal(rule: &Rule) -> (u16, String) {
    const COMMON: &str = "Password is among the 1,000,000 most common ones. Please make it unique.";
    let short =
        |minimum: &usize| format!("Password needs to be at least {minimum} characters long.");
    match rule {
        Rule::TooShort { min } => (107, short(min)),
        Rule::Common { too_short: None } => (107, COMMON.to_owned()),
        Rule::Common {
            too_short: Some(min),
        } => (107, format!("{COMMON} {}", short(min))),
        Rule::TooLong { .. } => (101, "Invalid password value".to_owned()),
        other => (107, format!("Password {other}.")),
    }
}
