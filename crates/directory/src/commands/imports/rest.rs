//! What belongs to an imported user besides its own fields.

use super::{ImportedMailbox, ImportedUser, ImportedWebmail, update::carry_out};
use crate::{
    Context,
    commands::{
        dialect_values::ChangeDialectValues,
        mail_services::{EditMailServices, MailServicesPatch, SetExternalIds},
        mailboxes::{EditMailbox, MailboxChange, SetMailbox},
        users::{ChangePreferences, EditUser, UserPatch},
        webmail::{CreateWebmail, DeleteWebmail, EditWebmail},
    },
};
use provost_model::{Dialect, Patch, Result, UserNumber};
use provost_store::{Change, tables::webmail_accounts};

/// Brings it to what a line says, each thing by its own command.
pub(super) async fn bring(
    context: &mut Context,
    change: &mut Change,
    user: UserNumber,
    line: &ImportedUser,
) -> Result<()> {
    let Some(rest) = line.rest.as_deref() else {
        return Ok(());
    };
    if rest.services != MailServicesPatch::default() {
        let patch = rest.services.clone();
        carry_out(context, change, EditMailServices { user, patch }).await?;
    }
    for (kind, ids) in &rest.external_ids {
        let command = SetExternalIds {
            user,
            kind: *kind,
            ids: ids.clone(),
        };
        carry_out(context, change, command).await?;
    }
    for (app, changes) in &rest.preferences {
        let command = ChangePreferences {
            user,
            app: app.clone(),
            changes: changes.clone(),
        };
        carry_out(context, change, command).await?;
    }
    bring_webmail(context, change, user, &rest.webmail).await?;
    bring_mailbox(context, change, user, &rest.mailbox).await?;
    if !rest.oneoffice.is_empty() {
        let command = ChangeDialectValues {
            user,
            dialect: Dialect::OneOffice,
            changes: rest.oneoffice.clone(),
        };
        carry_out(context, change, command).await?;
    }
    Ok(())
}

async fn bring_webmail(
    context: &mut Context,
    change: &mut Change,
    user: UserNumber,
    wanted: &Patch<ImportedWebmail>,
) -> Result<()> {
    if wanted.is_keep() {
        return Ok(());
    }
    let mut found = webmail_accounts::get(change, context.tenant_id(), user).await?;
    let Patch::Set(wanted) = wanted else {
        return match found {
            Some(_) => carry_out(context, change, DeleteWebmail { user }).await,
            None => Ok(()),
        };
    };
    if found.is_none() {
        let command = CreateWebmail {
            user,
            kind: wanted.kind.clone(),
            allow_upgrade: wanted.allow_upgrade.unwrap_or(true),
            theme: match &wanted.theme {
                Patch::Set(theme) => Some(theme.clone()),
                Patch::Keep | Patch::Clear => None,
            },
            language: None,
            timezone: None,
        };
        carry_out(context, change, command).await?;
        found = webmail_accounts::get(change, context.tenant_id(), user).await?;
    }
    let Some(account) = found else { return Ok(()) };
    let command = EditWebmail {
        user,
        kind: wanted.kind.clone().unwrap_or(account.kind),
        allow_upgrade: wanted.allow_upgrade,
        reset_password: wanted.reset_password,
        theme: wanted.theme.clone(),
        language: Patch::Keep,
        timezone: Patch::Keep,
    };
    carry_out(context, change, command).await
}

async fn bring_mailbox(
    context: &mut Context,
    change: &mut Change,
    user: UserNumber,
    wanted: &ImportedMailbox,
) -> Result<()> {
    if wanted.master.is_some() {
        let command = EditMailbox {
            user: EditUser {
                user,
                patch: UserPatch::default(),
            },
            address: None,
            master: wanted.master,
            webmail: None,
        };
        carry_out(context, change, command).await?;
    }
    let mut changes = Vec::new();
    changes.extend(
        wanted
            .autoresponder
            .clone()
            .map(MailboxChange::Autoresponder),
    );
    changes.extend(wanted.forwards.clone().map(MailboxChange::Forwards));
    changes.extend(wanted.usage.map(MailboxChange::Usage));
    changes.extend(wanted.senders.clone().map(MailboxChange::AllSenders));
    for one in changes {
        carry_out(context, change, SetMailbox { user, change: one }).await?;
    }
    Ok(())
}
