//! What a new user takes that nobody else may have: its login, and its address.

use super::{addresses, domains, mailbox_counts, names};
use crate::{Change, statement::Bound};
use provost_model::{Address, Result, User};

/// What a new user got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The login; without it the change has to be undone.
    pub login: bool,
    /// The address, if it wanted one.
    pub address: bool,
}

/// Takes the login of a new user, and an address if it wants one: that has to be free in the deployment and as a name in the tenant, and its
/// domain has to be the tenant's or nobody's. All of it is tried at once.
///
/// # Errors
/// Those of the store.
pub async fn take(
    change: &mut Change,
    user: &User,
    wanted: Option<&Address>,
    follows_email: bool,
) -> Result<Registered> {
    let login = user.login.key();
    let name = [user.tenant.into(), (&login).into(), user.number.into()];
    let Some(address) = wanted else {
        let login = change.execute_each(&[(&names::CLAIM, &name)]).await? == [1];
        return Ok(Registered {
            login,
            address: false,
        });
    };
    let (domain, local) = addresses::parts(address);
    let key = address.key();
    let open = [(&domain).into(), user.tenant.into()];
    let identity = addresses::claim_values((&domain, &local), user, follows_email);
    let second_name = [user.tenant.into(), (&key).into(), user.number.into()];
    let mut statements: Vec<Bound<'_>> = vec![
        (&names::CLAIM, &name),
        (&domains::OPEN, &open),
        (&addresses::CLAIM, &identity),
    ];
    // the login may be the address
    if key != login {
        statements.push((&names::CLAIM, &second_name));
    }
    let counts = change.execute_each(&statements).await?;
    let took = |at: usize| counts.get(at).is_none_or(|count| *count == 1);
    if !took(0) {
        return Ok(Registered {
            login: false,
            address: false,
        });
    }
    let is_open = took(1) || {
        // nobody took an address in it before, or it is another tenant's
        let owner = domains::shared_owner(change, &address.domain(), user.changed_at).await?;
        owner.is_none_or(|owner| owner == user.tenant)
    };
    if is_open && took(2) && took(3) {
        mailbox_counts::add(change, &domain, user.number, user.quota, 1).await?;
        return Ok(Registered {
            login: true,
            address: true,
        });
    }
    if took(2) {
        change.execute(&addresses::RELEASE, &identity[..4]).await?;
    }
    if key != login && took(3) {
        change.execute(&names::RELEASE, &second_name).await?;
    }
    Ok(Registered {
        login: true,
        address: false,
    })
}
