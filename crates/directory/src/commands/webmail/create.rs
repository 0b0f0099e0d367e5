//! Giving a mailbox a webmail account.

use super::kind;
use crate::{
    Command, Context,
    commands::users::subject,
    policy,
    user_by_number::{locked_user, user_by_number},
};
use provost_model::{
    Action, Denial, Error, Language, Locale, Noun, Result, Theme, Timezone, TokenScope, User,
    UserNumber, WebmailAccount, WebmailTypeName,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{addresses, mail_services, users, webmail_accounts},
};

/// Gives a user that has an address a webmail account. Administrators of the tenant may, and the user itself. From then on the address no
/// longer goes along with the contact e-mail, and a user without a class of service has the one that goes with the account's type.
///
/// # Errors
/// [`Noun::User`] unknown or out of reach; [`Noun::Address`] if it has none; [`provost_model::Field::WebmailType`] unknown in the domain;
/// [`Noun::Webmail`] taken if it has one; [`provost_model::Protection::WebmailLimit`].
#[derive(Clone, Debug)]
pub struct CreateWebmail {
    /// The user.
    pub user: UserNumber,
    /// The account's type; none stands for the one that goes with the user's class of service, else the usual one.
    pub kind: Option<WebmailTypeName>,
    /// Whether the user itself may change the type.
    pub allow_upgrade: bool,
    /// How the webmail front end looks.
    pub theme: Option<Theme>,
    /// The user's language and locale, if they are to change.
    pub language: Option<(Language, Locale)>,
    /// The user's time zone, if it is to change.
    pub timezone: Option<Timezone>,
}

/// What a new account begins with.
pub(crate) struct NewWebmail<'a> {
    pub(crate) kind: Option<&'a WebmailTypeName>,
    pub(crate) allow_upgrade: bool,
    pub(crate) theme: Option<&'a Theme>,
}

impl Command for CreateWebmail {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        context.require(TokenScope::Provision)?;
        let user = user_by_number(context, tx, self.user).await?;
        let reach = policy::reach(context, tx, &user).await?;
        if reach.own || reach.administrator {
            Ok(())
        } else {
            Err(Error::Forbidden(Denial::NotAdministrator))
        }
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let mut user = locked_user(context, change, self.user).await?;
        let new = NewWebmail {
            kind: self.kind.as_ref(),
            allow_upgrade: self.allow_upgrade,
            theme: self.theme.as_ref(),
        };
        let account = make(context, change, &mut user, new).await?;
        if let Some((language, locale)) = &self.language {
            user.language = Some(language.clone());
            user.locale = Some(locale.clone());
        }
        if let Some(timezone) = &self.timezone {
            user.timezone = Some(timezone.clone());
        }
        user.changed_at = context.now;
        users::update(change, &user).await?;
        let mut entry = context.entry(Action::WebmailCreated, subject(&user));
        entry
            .details
            .insert("type".to_owned(), account.kind.as_str().into());
        change.record(entry, ()).await
    }
}

/// Writes an account of a user, who is kept from others, and counts it. The caller writes the user.
pub(crate) async fn make(
    context: &Context,
    change: &mut Change,
    user: &mut User,
    new: NewWebmail<'_>,
) -> Result<WebmailAccount> {
    let domain = kind::domain_of(user)?;
    let mut services = mail_services::get(change, user.tenant, user.number).await?;
    let kind = kind::chosen(context, &domain, new.kind, &services.classes)?;
    let account = WebmailAccount {
        domain,
        kind: kind.name.clone(),
        allow_upgrade: new.allow_upgrade,
        reset_password: false,
        theme: new.theme.cloned(),
        created_at: context.now,
    };
    if !webmail_accounts::insert(change, user.tenant, user.number, &account).await? {
        return Err(Error::Taken(Noun::Webmail));
    }
    kind::take(change, &account.domain, kind).await?;
    if services.classes.is_empty()
        && let Some(class) = &kind.class_of_service
    {
        services.classes.push(class.clone());
        mail_services::put(change, user.tenant, user.number, &services).await?;
    }
    if user.address_follows_email
        && let Some(address) = &user.address
    {
        addresses::settle(change, address).await?;
        user.address_follows_email = false;
    }
    Ok(account)
}
