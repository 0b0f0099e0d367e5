//! A password that is about to become a user's.

use super::{
    Hasher,
    scheme::{self, Unusable},
};
use provost_model::{Field, PasswordContext, PasswordPolicy, Result, Rule, Violation};
use std::fmt;

/// A password on its way into the directory: plain as it came, hashed before the command runs.
#[derive(Clone)]
pub struct NewPassword(State);

#[derive(Clone)]
enum State {
    Plain(String, PasswordPolicy),
    Hashed(String),
}

impl NewPassword {
    /// A plain password, to be held against this policy: the tenant's if it has one, else the dialect's.
    #[must_use]
    pub fn plain(password: impl Into<String>, policy: PasswordPolicy) -> Self {
        Self(State::Plain(password.into(), policy))
    }

    /// A password of which another system's hash alone is known. No policy can be held against it.
    ///
    /// # Errors
    /// [`Rule::Unknown`] for a form that is not known, [`Rule::OutOfRange`] for a hash that costs more to check than a login may.
    pub fn imported(hash: impl Into<String>) -> Result<Self, Violation> {
        let hash = hash.into();
        scheme::usable(&hash).map_err(|unusable| {
            let rule = match unusable {
                Unusable::Unknown => Rule::Unknown,
                Unusable::TooCostly => Rule::OutOfRange,
            };
            Violation::new(Field::Password, rule)
        })?;
        Ok(Self(State::Hashed(hash)))
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
        match &self.0 {
            State::Plain(password, policy) => policy.check(password, &context),
            State::Hashed(_) => Ok(()),
        }
    }

    pub(crate) const fn is_hashed(&self) -> bool {
        matches!(self.0, State::Hashed(_))
    }

    pub(crate) async fn hash(&mut self, hasher: &Hasher, salt: [u8; 16]) -> Result<()> {
        if let State::Plain(password, _) = &self.0 {
            self.0 = State::Hashed(hasher.hash(password.clone(), salt).await?);
        }
        Ok(())
    }

    /// The hash to be stored.
    pub(crate) fn hashed(&self) -> Result<&str> {
        match &self.0 {
            State::Hashed(hash) => Ok(hash),
            State::Plain(..) => Err(crate::directory::broken(
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
