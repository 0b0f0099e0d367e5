//! Making many users at once.

use super::survey::NewUser;
use crate::{
    Context,
    commands::users::{claim_operator_name, ids, subject},
};
use provost_model::{
    Action, Address, DomainName, Entry, Error, Group, Result, User, UserId, UserNumber,
};
use provost_store::{
    Change, Recorded,
    tables::{
        addresses,
        counters::{self, Counter},
        domains, group_administrators, memberships, names, search, users,
    },
};
use std::collections::BTreeSet;

/// Makes users that were surveyed, in as few statements as can be, each with its entry: the same rows that
/// [`CreateUser`](crate::commands::users::CreateUser) writes one by one. `things` are the places of the users among what the command does.
///
/// # Errors
/// [`Error::Serialization`] if what the survey found free is so no longer.
pub(super) async fn create(
    context: &Context,
    change: &mut Change,
    new: &mut [(u32, Box<NewUser>)],
) -> Result<Recorded<()>> {
    if new.is_empty() {
        return change.unchanged(());
    }
    give_numbers(context, change, new).await?;
    let users: Vec<&User> = users_of(new).collect();
    claim(context, change, &users).await?;
    users::insert_many(change, &users).await?;
    search::add_many(change, &users).await?;
    join(context, change, new).await?;
    for user in users_of(new).filter(|user| user.operator) {
        claim_operator_name(change, user).await?;
    }
    let entries: Vec<Entry> = new
        .iter()
        .map(|(nth, new)| entry(context, *nth, new))
        .collect();
    change.record_all(&entries, ()).await
}

fn users_of(new: &[(u32, Box<NewUser>)]) -> impl Iterator<Item = &User> {
    new.iter().map(|(_, new)| &new.user)
}

/// The tenant's first administrator, whenever it is made, has a number that is kept for it; all others count up.
async fn give_numbers(
    context: &Context,
    change: &mut Change,
    new: &mut [(u32, Box<NewUser>)],
) -> Result<()> {
    let tenant = context.tenant_id();
    let mut counted = Vec::with_capacity(new.len());
    for (nth, new) in new {
        new.user.id = UserId(context.nth_thing(*nth).new_id());
        let first = new.joins.iter().any(Group::is_administrators)
            && counters::take(change, tenant, Counter::FirstAdministrator).await? == 1;
        if first {
            new.user.number = UserNumber::FIRST_ADMINISTRATOR;
        } else {
            counted.push(&mut new.user);
        }
    }
    let count = i64::try_from(counted.len()).unwrap_or(i64::MAX);
    let first = counters::take_many(change, tenant, Counter::Users, count).await?;
    for (number, user) in (first..).zip(counted) {
        user.number = UserNumber(number);
    }
    Ok(())
}

/// Takes the names and addresses of the users, in one order for all who do, so that no two wait for each other.
async fn claim(context: &Context, change: &mut Change, users: &[&User]) -> Result<()> {
    let tenant = context.tenant_id();
    let domains: BTreeSet<String> = users
        .iter()
        .filter_map(|user| user.address.as_ref())
        .map(|address| address.domain().as_str().to_owned())
        .collect();
    for domain in domains {
        let domain = DomainName::from_stored(domain);
        let owner = domains::shared_owner(change, &domain, context.now).await?;
        if owner.is_some_and(|owner| owner != tenant) {
            return Err(Error::Serialization);
        }
    }
    let mut claimed: Vec<(String, UserNumber)> = users
        .iter()
        .flat_map(|user| {
            let login = user.login.key();
            let address = user
                .address
                .as_ref()
                .map(Address::key)
                .filter(|address| *address != login);
            std::iter::once(login)
                .chain(address)
                .map(|key| (key, user.number))
        })
        .collect();
    claimed.sort_unstable();
    if names::claim_many(change, tenant, &claimed).await?
        && addresses::claim_many(change, users).await?
    {
        Ok(())
    } else {
        Err(Error::Serialization)
    }
}

async fn join(context: &Context, change: &mut Change, new: &[(u32, Box<NewUser>)]) -> Result<()> {
    let members: Vec<_> = new
        .iter()
        .flat_map(|(_, new)| {
            (context.now.0..)
                .zip(&new.joins)
                .map(|(position, group)| (group.number, &new.user, position))
        })
        .collect();
    memberships::insert_many(change, &members).await?;
    for (_, new) in new {
        let User { tenant, number, .. } = new.user;
        for (position, group) in (context.now.0..).zip(&new.administers) {
            group_administrators::insert(change, tenant, group.number, number, position).await?;
        }
    }
    Ok(())
}

fn entry(context: &Context, nth: u32, new: &NewUser) -> Entry {
    let mut entry = context
        .nth_thing(nth)
        .entry(Action::UserCreated, subject(&new.user));
    if !new.joins.is_empty() {
        entry.details.insert("groups".to_owned(), ids(&new.joins));
    }
    if !new.administers.is_empty() {
        entry
            .details
            .insert("administers".to_owned(), ids(&new.administers));
    }
    entry
}
