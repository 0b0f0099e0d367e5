//! What is done to mailboxes.

use provost_directory::commands::{
    mailboxes::{CreateMailbox, EditMailbox, MailboxChange, SetMailbox},
    users::{CreateUser, EditUser, MailIdentity, UserPatch},
    webmail::{CreateWebmail, EditWebmail},
};
use provost_model::{Address, Autoresponder, Patch, UserNumber, WebmailTypeName};
use provost_testkit::{email, login};

/// A mailbox in a domain of its own.
pub(crate) fn new(name: &str) -> CreateMailbox {
    in_domain(&format!("{name}@{name}.example"))
}

/// A mailbox with this address.
pub(crate) fn in_domain(address: &str) -> CreateMailbox {
    CreateMailbox {
        user: CreateUser {
            email: Some(email(address)),
            identity: MailIdentity::Own(Address::parse(address).unwrap()),
            ..CreateUser::new(login(address))
        },
        master: false,
        webmail: None,
    }
}

/// Calls a mailbox a master account.
pub(crate) fn edit(user: UserNumber) -> EditMailbox {
    EditMailbox {
        user: EditUser {
            user,
            patch: UserPatch::default(),
        },
        address: None,
        master: Some(true),
        webmail: None,
    }
}

/// Has a mailbox answer.
pub(crate) fn away(user: UserNumber) -> SetMailbox {
    SetMailbox {
        user,
        change: MailboxChange::Autoresponder(Autoresponder::parse("Away", "", true).unwrap()),
    }
}

/// A webmail account as nobody asked for another.
pub(crate) fn webmail(user: UserNumber) -> CreateWebmail {
    CreateWebmail {
        user,
        kind: None,
        allow_upgrade: true,
        theme: None,
        language: None,
        timezone: None,
    }
}

/// Another type.
pub(crate) fn premium(user: UserNumber) -> EditWebmail {
    EditWebmail {
        user,
        kind: WebmailTypeName::parse("premium").unwrap(),
        allow_upgrade: None,
        reset_password: None,
        theme: Patch::Keep,
        language: Patch::Keep,
        timezone: Patch::Keep,
    }
}
