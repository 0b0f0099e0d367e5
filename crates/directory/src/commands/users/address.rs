//! The mail identity, and how it follows the contact e-mail.

use provost_model::{Address, DomainName, Error, Noun, Result, User};
use provost_store::{
    Change,
    tables::{addresses, domains, names, users},
};

/// Gives a user an address that was asked for: it must be free, and its domain the tenant's or nobody's.
pub(crate) async fn claim(change: &mut Change, user: &mut User, address: Address) -> Result<()> {
    claim_as(change, user, address, false).await
}

/// The same, of an address that goes along with the contact e-mail from then on, or does not.
pub(crate) async fn claim_as(
    change: &mut Change,
    user: &mut User,
    address: Address,
    follows: bool,
) -> Result<()> {
    if !domain_is_open(change, user, &address.domain()).await?
        || !take(change, user, &address, follows).await?
    {
        return Err(Error::Taken(Noun::Address));
    }
    user.address = Some(address);
    user.address_follows_email = follows;
    Ok(())
}

/// Lets the address follow a contact e-mail that an administrator, group administrator or key set: a user without an address gets it as
/// address if it parses, is free, and its domain is the tenant's or nobody's; an address that came so goes along with it.
pub(crate) async fn follow_email(change: &mut Change, user: &mut User) -> Result<()> {
    if user.address.is_some() && !user.address_follows_email {
        return Ok(());
    }
    let wanted = from_email(user);
    if user.address == wanted {
        return Ok(());
    }
    if let Some(old) = user.address.take() {
        release(change, user, &old).await?;
        user.address_follows_email = false;
    }
    if let Some(address) = wanted
        && domain_is_open(change, user, &address.domain()).await?
        && take(change, user, &address, true).await?
    {
        user.address = Some(address);
        user.address_follows_email = true;
    }
    Ok(())
}

/// A user's contact e-mail as an address, if it can be one.
pub(crate) fn from_email(user: &User) -> Option<Address> {
    let email = user.email.as_ref()?;
    Address::parse(email.as_str()).ok()
}

/// Gives a user's address back to the deployment. Its login stays its own, also if it is the same text.
pub(crate) async fn release(change: &mut Change, user: &User, address: &Address) -> Result<()> {
    addresses::release(change, address, user.tenant, user.number).await?;
    if address.key() != user.login.key() {
        names::release(change, user.tenant, &address.key(), user.number).await?;
    }
    Ok(())
}

/// Takes a user's address away, since its domain becomes another tenant's.
pub(crate) async fn release_address(change: &mut Change, user: &mut User) -> Result<()> {
    if let Some(address) = user.address.take() {
        release(change, user, &address).await?;
        user.address_follows_email = false;
        users::update(change, user).await?;
    }
    Ok(())
}

/// Whether addresses in a domain may be given to this tenant's users.
async fn domain_is_open(change: &mut Change, user: &User, domain: &DomainName) -> Result<bool> {
    Ok(domains::shared_owner(change, domain, user.changed_at)
        .await?
        .is_none_or(|owner| owner == user.tenant))
}

/// Takes the address in the deployment and as a name in the tenant; nothing is taken if either is not free.
async fn take(change: &mut Change, user: &User, address: &Address, follows: bool) -> Result<bool> {
    let key = address.key();
    let free = names::holder(change, user.tenant, &key)
        .await?
        .is_none_or(|holder| holder == user.number);
    if !free || !addresses::claim(change, address, user, follows).await? {
        return Ok(false);
    }
    if !names::claim(change, user.tenant, &key, user.number).await? {
        addresses::release(change, address, user.tenant, user.number).await?;
        return Ok(false);
    }
    Ok(true)
}
