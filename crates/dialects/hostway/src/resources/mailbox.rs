//! Mailboxes.

use crate::{
    call::{Call, Outcome},
    password_policy,
    refusal::{invalid, refuse},
    resources::products::known_type,
    values::megabytes,
    wire::{Answer, Link},
};
use provost_directory::{
    NewPassword,
    commands::{
        mailboxes::{CreateMailbox, EditMailbox},
        users::{CreateUser, DeleteUser, EditUser, MailIdentity, UserPatch},
    },
    queries::Mailbox,
};
use provost_model::{
    Address, ContactEmail, Error, Login, Noun, PasswordContext, Quota, WebmailTypeName,
};
use serde::Serialize;

/// A mailbox as it is shown.
#[derive(Serialize)]
struct Shown<'a> {
    username: &'a str,
    master: bool,
    quota: u64,
    usage: u64,
    #[serde(rename = "authToken")]
    auth_token: String,
    links: [&'a Link; 1],
    /// No site of ours has the webmail front ends that are meant.
    sitemail_urls: [&'a str; 0],
}

/// Shows a mailbox.
pub(crate) async fn show(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let user = &mailbox.user;
    let token = call.directory.auth_token(&call.context, user).await;
    Ok(Answer::ok(&Shown {
        username: name_of(&mailbox),
        master: mailbox.settings.master,
        quota: megabytes::shown(user.quota, call.tenant()),
        usage: megabytes::rounded_up(mailbox.settings.usage),
        auth_token: token.map_err(refuse)?,
        links: [&call.itself],
        sitemail_urls: [],
    })
    .no_store())
}

/// The name of a mailbox, as it is written.
pub(crate) fn name_of(mailbox: &Mailbox) -> &str {
    mailbox
        .user
        .address
        .as_ref()
        .map_or("", |address| address.local())
}

/// What a body says of a mailbox.
struct Given {
    password: String,
    master: Option<bool>,
    quota: Option<u64>,
    webmail: Option<WebmailTypeName>,
    username: Option<Address>,
}

impl Given {
    fn read(call: &Call, address: &Address) -> Outcome<Self> {
        let mut fields = call.fields()?;
        let domain = call.domain()?;
        let policy = password_policy::of(call.tenant());
        let context = PasswordContext {
            login: Some(address.as_str()),
            domain: Some(domain.as_str()),
        };
        let password = fields.required_text("password").and_then(|password| {
            let checked = policy.check(&password, &context);
            let checked = checked.map_err(|violation| password_policy::refusal(&violation.rule));
            fields.made("password", checked.map(|()| password))
        });
        let webmail = fields.text("type").and_then(|name| {
            let known = known_type(call.directory.products(), domain, &name);
            fields.made("type", known)
        });
        let username = fields.text("username").and_then(|name| {
            let parsed = Address::parse(&format!("{name}@{domain}"));
            let parsed = parsed.map_err(|_| format!("\"{name}\" cannot be a mailbox"));
            fields.made("username", parsed)
        });
        let (master, quota) = (fields.flag("master"), fields.number("quota"));
        fields.finish()?;
        Ok(Self {
            // nothing that is required is missing any more
            password: password.unwrap_or_default(),
            master,
            quota,
            webmail,
            username: username.filter(|username| username.key() != address.key()),
        })
    }

    fn password(&self, call: &Call) -> NewPassword {
        NewPassword::plain(self.password.clone(), password_policy::of(call.tenant()))
    }
}

/// Makes or changes a mailbox.
pub(crate) async fn put(call: &Call) -> Outcome {
    let Some(address) = call.address()? else {
        let name = call.mailbox_name();
        return Err(Answer::bad(
            "mailboxName",
            format!("\"{name}\" cannot be a mailbox"),
        ));
    };
    let given = Given::read(call, &address)?;
    let tenant = call.tenant_id();
    if let Some(mailbox) = found(call, &address).await? {
        return edit(call, &mailbox, &given).await;
    }
    match call.execute(new_mailbox(call, &address, &given)?).await {
        Ok(_) => Ok(Answer::created()),
        // somebody else was first: then it is there to be changed
        Err(error @ Error::Taken(Noun::Login | Noun::Address)) => {
            match call.directory.mailbox(tenant, &address).await {
                Ok(Some(mailbox)) => edit(call, &mailbox, &given).await,
                _ => Err(refuse(error)),
            }
        }
        Err(error) => Err(refuse(error)),
    }
}

async fn found(call: &Call, address: &Address) -> Outcome<Option<Mailbox>> {
    call.directory
        .mailbox(call.tenant_id(), address)
        .await
        .map_err(refuse)
}

fn new_mailbox(call: &Call, address: &Address, given: &Given) -> Outcome<CreateMailbox> {
    if given.username.is_some() {
        return Err(Answer::bad(
            "username",
            "Differs from the mailbox in the path",
        ));
    }
    let login = Login::parse(address.as_str()).map_err(|violation| invalid(&violation))?;
    let email = ContactEmail::parse(address.as_str()).map_err(|violation| invalid(&violation))?;
    let quota = match given.quota {
        Some(quota) => megabytes::read(quota, Quota::Default, call.tenant()),
        None => Ok(None),
    };
    Ok(CreateMailbox {
        user: CreateUser {
            password: Some(given.password(call)),
            email: Some(email),
            identity: MailIdentity::Own(address.clone()),
            quota: quota
                .map_err(|violation| invalid(&violation))?
                .unwrap_or_default(),
            ..CreateUser::new(login)
        },
        master: given.master.unwrap_or_default(),
        webmail: given.webmail.clone(),
    })
}

async fn edit(call: &Call, mailbox: &Mailbox, given: &Given) -> Outcome {
    let quota = match given.quota {
        Some(quota) => megabytes::read(quota, mailbox.user.quota, call.tenant()),
        None => Ok(None),
    };
    let patch = UserPatch {
        password: Some(given.password(call)),
        quota: quota.map_err(|violation| invalid(&violation))?,
        ..UserPatch::default()
    };
    let command = EditMailbox {
        user: EditUser {
            user: mailbox.user.number,
            patch,
        },
        address: given.username.clone(),
        master: given.master,
        webmail: given.webmail.clone(),
    };
    call.execute(command).await.map_err(|error| match error {
        Error::Taken(Noun::Login | Noun::Address) => Answer::bad("username", "The name is taken"),
        other => refuse(other),
    })?;
    Ok(Answer::no_content())
}

/// Deletes a mailbox, and with it its user.
pub(crate) async fn delete(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let command = DeleteUser {
        user: mailbox.user.number,
    };
    call.execute(command).await.map_err(refuse)?;
    Ok(Answer::no_content())
}
