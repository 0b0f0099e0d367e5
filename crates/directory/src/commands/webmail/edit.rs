//! Changing a webmail account.

use super::kind;
use crate::{
    Command, Context,
    commands::users::subject,
    policy,
    user_by_number::{locked_user, user_by_number},
};
use provost_model::{
    Action, Denial, DomainName, Error, Language, Locale, Noun, Patch, Protection, Result, Theme,
    Timezone, TokenScope, User, UserNumber, WebmailAccount, WebmailTypeName,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{mailboxes, users, webmail_accounts, webmail_counts},
};

/// Changes a webmail account, and the language and time zone of its user. Administrators of the tenant may change all of it; the user
/// itself may neither allow itself upgrades nor say whether it has to choose another password, and changes the type only where upgrades
/// are allowed.
///
/// # Errors
/// [`Noun::User`] unknown or out of reach; [`Noun::Webmail`] unknown; [`provost_model::Field::WebmailType`] unknown in the domain;
/// [`Denial::Field`] about `allowUpgrade` or `resetPassword`; [`Denial::Upgrade`]; [`Protection::UsageAboveQuota`];
/// [`Protection::WebmailLimit`].
#[derive(Clone, Debug)]
pub struct EditWebmail {
    /// The user.
    pub user: UserNumber,
    /// The account's type.
    pub kind: WebmailTypeName,
    /// Whether the user itself may change the type.
    pub allow_upgrade: Option<bool>,
    /// Whether the user has to choose another password at the next login.
    pub reset_password: Option<bool>,
    /// How the webmail front end looks.
    pub theme: Patch<Theme>,
    /// The user's language and locale.
    pub language: Patch<(Language, Locale)>,
    /// The user's time zone.
    pub timezone: Patch<Timezone>,
}

impl EditWebmail {
    /// Holds what the user itself wants against what it may.
    fn may_as_owner(&self, account: &WebmailAccount) -> Result<()> {
        let field = |name| Err(Error::Forbidden(Denial::Field).about(name));
        let allowed = account.allow_upgrade && self.allow_upgrade != Some(false);
        if !account.allow_upgrade && self.allow_upgrade == Some(true) {
            return field("allowUpgrade");
        }
        if self
            .reset_password
            .is_some_and(|reset| reset != account.reset_password)
        {
            return field("resetPassword");
        }
        if self.kind != account.kind && !allowed {
            return Err(Error::Forbidden(Denial::Upgrade));
        }
        Ok(())
    }

    fn apply(&self, account: &mut WebmailAccount, user: &mut User) {
        if let Some(allow) = self.allow_upgrade {
            account.allow_upgrade = allow;
        }
        if let Some(reset) = self.reset_password {
            account.reset_password = reset;
        }
        self.theme.clone().apply(&mut account.theme);
        self.timezone.clone().apply(&mut user.timezone);
        match self.language.clone() {
            Patch::Keep => {}
            Patch::Clear => (user.language, user.locale) = (None, None),
            Patch::Set((language, locale)) => {
                (user.language, user.locale) = (Some(language), Some(locale));
            }
        }
    }
}

impl Command for EditWebmail {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        context.require(TokenScope::Provision)?;
        let user = user_by_number(context, tx, self.user).await?;
        let reach = policy::reach(context, tx, &user).await?;
        if !reach.own && !reach.administrator {
            return Err(Error::Forbidden(Denial::NotAdministrator));
        }
        let account = webmail_accounts::get(tx, user.tenant, user.number)
            .await?
            .ok_or(Error::Unknown(Noun::Webmail))?;
        if self.kind != account.kind {
            let domain = kind::domain_of(&user)?;
            context.products.webmail_type(&domain, self.kind.as_str())?;
        }
        if reach.administrator {
            Ok(())
        } else {
            self.may_as_owner(&account)
        }
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let before = locked_user(context, change, self.user).await?;
        let old = webmail_accounts::locked(change, before.tenant, before.number)
            .await?
            .ok_or(Error::Unknown(Noun::Webmail))?;
        // since the check was made, somebody else may have forbidden upgrades
        if !policy::reach(context, change, &before).await?.administrator {
            self.may_as_owner(&old)?;
        }
        let (mut account, mut user) = (old.clone(), before.clone());
        self.apply(&mut account, &mut user);
        move_to_type(context, change, &user, &mut account, &self.kind).await?;
        if (&account, &user) == (&old, &before) {
            return change.unchanged(());
        }
        if account != old {
            webmail_accounts::update(change, user.tenant, user.number, &account).await?;
        }
        if user != before {
            user.changed_at = context.now;
            users::update(change, &user).await?;
        }
        let mut entry = context.entry(Action::WebmailChanged, subject(&user));
        entry.details.insert(
            "fields".to_owned(),
            differing((&old, &before), (&account, &user)).into(),
        );
        if account.kind != old.kind {
            entry
                .details
                .insert("type".to_owned(), account.kind.as_str().into());
        }
        change.record(entry, ()).await
    }
}

/// Gives an account another type, as far as the site's limits go, and counts it so. The caller writes the account.
pub(crate) async fn move_to_type(
    context: &Context,
    change: &mut Change,
    user: &User,
    account: &mut WebmailAccount,
    wanted: &WebmailTypeName,
) -> Result<()> {
    if account.kind == *wanted {
        return Ok(());
    }
    let domain = kind::domain_of(user)?;
    let kind = context.products.webmail_type(&domain, wanted.as_str())?;
    let usage = mailboxes::get(change, user.tenant, user.number)
        .await?
        .usage;
    if kind.quota.is_some_and(|quota| usage > quota) {
        return Err(Error::Protected(Protection::UsageAboveQuota));
    }
    // all commands take the counts in this order, so that no two wait for each other
    let place = |domain: &DomainName, kind: &WebmailTypeName| {
        (domain.as_str().to_owned(), kind.as_str().to_owned())
    };
    if place(&domain, &kind.name) < place(&account.domain, &account.kind) {
        kind::take(change, &domain, kind).await?;
        webmail_counts::release(change, &account.domain, &account.kind).await?;
    } else {
        webmail_counts::release(change, &account.domain, &account.kind).await?;
        kind::take(change, &domain, kind).await?;
    }
    account.domain = domain;
    account.kind = kind.name.clone();
    Ok(())
}

/// The names of the fields in which two states differ.
fn differing(
    (old, before): (&WebmailAccount, &User),
    (new, after): (&WebmailAccount, &User),
) -> Vec<&'static str> {
    [
        ("type", old.kind != new.kind),
        ("allow_upgrade", old.allow_upgrade != new.allow_upgrade),
        ("reset_password", old.reset_password != new.reset_password),
        ("theme", old.theme != new.theme),
        ("language", before.language != after.language),
        ("locale", before.locale != after.locale),
        ("timezone", before.timezone != after.timezone),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}
