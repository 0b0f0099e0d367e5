//! A password that is about to become a user's.

use super::Hasher;
use provost_model::{PasswordContext, PasswordPolicy, Result, Violation};
use std::fmt;

/// A password on its way into the directory: plain as it came, hashed before the command runs.
#[derive(Clone)]
pub struct NewPassword {
    state: State,
    policy: PasswordPolicy,
}

#[derive(Clone)]
enum State {
    Plain(String),
    Hashed(String),
}

impl NewPassword {
    /// A plain password, to be held against this policy: the tenant's if it has one, else the dialect's.
    #[must_use]
    pub fn plain(password: impl Into<String>, policy: PasswordPolicy) -> Self {
        Self {
            state: State::Plain(password.into()),
            policy,
        }
    }

    /// Holds it against its policy, for the user with this login. A hashed one was checked before.
    ///
    /// # Errors
    /// The rule that it breaks.
    pub fn check(&self, login: &str) -> Result<(), Violation> {
        let context = PasswordContext {
            login: Some(login),
            domain: login.rsplit_once('@').map(|(_, domain)| domain),
        };
        match &self.state {
            State::Plain(password) => self.policy.check(password, &context),
            State::Hashed(_) => Ok(()),
        }
    }

    pub(crate) const fn is_hashed(&self) -> bool {
        matches!(self.state, State::Hashed(_))
    }

    pub(crate) async fn hash(&mut self, hasher: &Hasher, salt: [u8; 16]) -> Result<()> {
        if let State::Plain(password) = &self.state {
            self.state = State::Hashed(hasher.hash(password.clone(), salt).await?);
        }
        Ok(())
    }

    /// The hash to be stored.
    pub(crate) fn hashed(&self) -> Result<&str> {
        match &self.state {
            State::Hashed(hash) => Ok(hash),
            State::Plain(_) => Err(crate::directory::broken(
                "a password was not hashed before its command",
            )),
        }
    }
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPassword(…)")
    }
}
