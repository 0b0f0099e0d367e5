//! Changing a user that an import finds.

use super::{ImportedUser, rest, survey};
use crate::{
    Command, Context,
    commands::users::{
        SetOperator, SetUserEnabled, claim_address_as, follow_email, ids, release_address_of,
        set_administered, set_groups, write_user,
    },
    user_by_number::locked_user,
};
use provost_model::{Address, Error, Noun, Patch, Result, User, UserNumber};
use provost_store::{Change, tables::webmail_accounts};
use serde_json::Map;

/// Carries out a command as a part of a larger one.
pub(super) async fn carry_out<C: Command>(
    context: &mut Context,
    change: &mut Change,
    command: C,
) -> Result<()> {
    *context = context.next_part();
    command.check(context, change).await?;
    let _ = command.run(context, change).await?;
    Ok(())
}

/// Brings a user to what a line says. The context's ids are the line's own.
pub(super) async fn update(
    mut context: Context,
    change: &mut Change,
    number: UserNumber,
    line: &ImportedUser,
) -> Result<()> {
    let before = locked_user(&context, change, number).await?;
    let mut user = before.clone();
    survey::apply(line, &mut user)?;
    move_address(change, &before, &mut user, line).await?;
    let mut details = Map::new();
    if let Some(wanted) = &line.patch.groups {
        let changed = set_groups(&context, change, &user, wanted).await?;
        if !changed.is_empty() {
            details.insert("groups".to_owned(), ids(&changed));
        }
    }
    if let Some(wanted) = &line.patch.administers {
        let changed = set_administered(&context, change, &user, wanted).await?;
        if !changed.is_empty() {
            details.insert("administers".to_owned(), ids(&changed));
        }
    }
    let _ = write_user(&context, change, (&before, user), false, details).await?;
    if let Some(enabled) = line.enabled.filter(|enabled| *enabled != before.enabled) {
        let command = SetUserEnabled {
            user: number,
            enabled,
        };
        carry_out(&mut context, change, command).await?;
    }
    if let Some(operator) = line
        .operator
        .filter(|operator| *operator != before.operator)
    {
        let command = SetOperator {
            user: number,
            operator,
        };
        carry_out(&mut context, change, command).await?;
    }
    rest::bring(&mut context, change, number, line).await
}

/// Gives a user the address that a line says, or lets it follow the contact e-mail.
async fn move_address(
    change: &mut Change,
    before: &User,
    user: &mut User,
    line: &ImportedUser,
) -> Result<()> {
    let wanted: Option<&Address> = match &line.address {
        Patch::Keep if user.email == before.email => return Ok(()),
        Patch::Keep => return follow_email(change, user).await,
        Patch::Clear => None,
        Patch::Set(address) => Some(address),
    };
    let follows = line.address_follows_email
        && wanted.is_some_and(|address| survey::is_contact(user, address));
    if user.address.as_ref() == wanted
        && (user.address_follows_email == follows || wanted.is_none())
    {
        return Ok(());
    }
    if wanted.is_none()
        && webmail_accounts::get(change, user.tenant, user.number)
            .await?
            .is_some()
    {
        // a webmail account is one of an address
        return Err(Error::Taken(Noun::Webmail));
    }
    if let Some(old) = user.address.take() {
        release_address_of(change, user, &old).await?;
        user.address_follows_email = false;
    }
    match wanted {
        Some(address) => claim_address_as(change, user, address.clone(), follows).await,
        None => Ok(()),
    }
}
