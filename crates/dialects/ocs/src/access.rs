//! Who may call an operation at all. What it may do to whom, the directory decides.

use crate::wire::Answer;
use provost_directory::{Actor, Via};
use provost_model::{TenantId, TokenScope};

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Everybody who is logged in.
    User,
    /// Group administrators and administrators.
    GroupAdministrator,
    /// Administrators; the real server could delegate these operations, and says so.
    Delegable,
    /// Administrators.
    Administrator,
    /// Administrators; for settings of apps, which the real server words apart.
    AppSettings,
}

/// What an operation asks of the credential besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmation {
    /// Nothing: any credential will do.
    None,
    /// A password, or a token whose scope allows writing.
    Password,
    /// The same; the real server looks at the password in the request itself, and words its refusal of bearer tokens apart.
    Strict,
}

/// Refuses an actor that may not call an operation, in the words of the real server.
pub(crate) fn check(
    access: Access,
    actor: &Actor,
    tenant: TenantId,
    group_administrator: bool,
) -> Result<(), Answer> {
    let administrator = actor.is_administrator(tenant);
    // keys for customers and orders alone see nothing of this dialect
    if !actor.scope.includes(TokenScope::Read) {
        return Err(Answer::failure(403, "Logged in account must be an admin"));
    }
    let (allowed, message) = match access {
        Access::User => (true, ""),
        Access::GroupAdministrator => (
            administrator || group_administrator,
            "Logged in account must be at least a sub admin",
        ),
        Access::Delegable => (
            administrator,
            "Logged in account must be an admin, a sub admin or gotten special right to access this setting",
        ),
        Access::Administrator => (administrator, "Logged in account must be an admin"),
        Access::AppSettings => (
            administrator,
            "Logged in account must be an admin or have authorization to edit this setting.",
        ),
    };
    if allowed {
        Ok(())
    } else {
        Err(Answer::failure(403, message))
    }
}

/// Refuses a token that may not write where the real server asks for the password.
pub(crate) fn confirm(
    confirmation: Confirmation,
    actor: &Actor,
    bearer: bool,
) -> Result<(), Answer> {
    let token = match actor.via {
        Via::AppPassword(_) | Via::ApiKey(_) => true,
        Via::Password | Via::Shell | Via::Nothing => false,
    };
    if !token || actor.scope.includes(TokenScope::Provision) {
        return Ok(());
    }
    match confirmation {
        Confirmation::None => Ok(()),
        Confirmation::Strict if bearer => Err(Answer::failure(
            403,
            "Required authorization header missing",
        )),
        Confirmation::Strict | Confirmation::Password => {
            Err(Answer::failure(403, "Password confirmation is required"))
        }
    }
}
