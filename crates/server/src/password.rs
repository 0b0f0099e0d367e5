//! Passwords on their way in and out of the command line: read from standard input, or generated.

use crate::failure::{Failure, Result};
use provost_directory::NewPassword;
use provost_model::{PasswordPolicy, Tenant};
use std::io::{self, Read};

/// The most bytes that are read as a password.
const LONGEST: u64 = 4096;

/// How many characters a generated password has: 100 random bits.
const GENERATED: usize = 20;

/// Small letters and digits without those that are mistaken for each other: `l`, `o`, `0` and `1`.
const READABLE: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// The password on standard input: all of it but the last line's end.
///
/// # Errors
/// A password that is empty, too long or not UTF-8.
pub(crate) fn from_stdin() -> Result<String> {
    let mut text = String::new();
    io::stdin()
        .lock()
        .take(LONGEST + 1)
        .read_to_string(&mut text)
        .map_err(|error| {
            Failure::refused(format_args!("the password on standard input: {error}"))
        })?;
    if text.len() as u64 > LONGEST {
        return Err(Failure::refused(
            "the password on standard input is too long",
        ));
    }
    let password = text.strip_suffix('\n').unwrap_or(&text);
    let password = password.strip_suffix('\r').unwrap_or(password);
    if password.is_empty() {
        return Err(Failure::refused("the password on standard input is empty"));
    }
    Ok(password.to_owned())
}

/// A password that nobody can guess and everybody can type.
///
/// # Errors
/// If the operating system gives no random bytes.
pub(crate) fn generate() -> Result<String> {
    let mut random = [0; GENERATED];
    getrandom::fill(&mut random).map_err(Failure::refused)?;
    Ok(random
        .iter()
        // 32 characters, so every one is as likely as the others
        .map(|byte| char::from(READABLE[usize::from(byte % 32)]))
        .collect())
}

/// A new password of a user of this tenant, held against the tenant's policy.
pub(crate) fn for_user(password: String, tenant: &Tenant) -> NewPassword {
    let policy = PasswordPolicy {
        min_length: tenant
            .settings
            .password_min_length
            .unwrap_or(PasswordPolicy::OCS.min_length),
        ..PasswordPolicy::OCS
    };
    NewPassword::plain(password, policy)
}

/// A new password of an account of the deployment.
pub(crate) fn for_deployment(password: String) -> NewPassword {
    NewPassword::plain(password, PasswordPolicy::OCS)
}

/// The first administrator's password as who starts the server chose it. It may be weaker than the policy asks of others; that is warned of.
pub(crate) fn for_first_administrator(password: String, login: &str) -> NewPassword {
    let policy = PasswordPolicy {
        min_length: 1,
        forbid_common: false,
        ..PasswordPolicy::OCS
    };
    let chosen = NewPassword::plain(password.clone(), policy);
    if let (Ok(()), Err(weakness)) = (chosen.check(login), for_deployment(password).check(login)) {
        tracing::warn!("PROVOST_ADMIN_PASSWORD is taken, but weak: the {weakness}");
    }
    chosen
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use provost_model::PasswordContext;

    #[test]
    fn a_generated_password_is_readable_long_and_never_the_same() {
        let password = generate().unwrap();
        assert_eq!(password.len(), GENERATED);
        assert!(password.bytes().all(|byte| READABLE.contains(&byte)));
        assert_ne!(password, generate().unwrap());
        let nobody = PasswordContext {
            login: None,
            domain: None,
        };
        assert!(PasswordPolicy::OCS.check(&password, &nobody).is_ok());
    }
}
