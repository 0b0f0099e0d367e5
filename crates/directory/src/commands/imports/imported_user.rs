//! What an import says of a user.

use crate::commands::{
    dialect_values::ValueChange, mail_services::MailServicesPatch, users::UserPatch,
};
use provost_model::{
    Address, Alias, AppId, Autoresponder, ExternalId, ExternalIdKind, Group, GroupId, Login,
    Msisdn, Patch, Sender, SettingKey, Theme, Verdict, WebmailTypeName,
};

/// By what the user of a line is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matching {
    /// By its login.
    Login,
    /// By its address.
    Address,
}

/// What an import says of a user: what is not named stays as it is, or has its default where the user is new.
#[derive(Clone, Debug, Default)]
pub struct ImportedUser {
    /// Its login. A new user without one has its address as login.
    pub login: Option<Login>,
    /// Its mail identity. A new user of whom nothing is said gets its contact e-mail as address, if that can be one.
    pub address: Patch<Address>,
    /// Whether the address goes along with the contact e-mail from now on.
    pub address_follows_email: bool,
    /// All its further addresses.
    pub aliases: Option<Vec<Alias>>,
    /// Its other fields and its groups. Changes of single aliases have no place here.
    pub patch: UserPatch,
    /// Whether it may log in.
    pub enabled: Option<bool>,
    /// Whether it operates the deployment.
    pub operator: Option<bool>,
    /// What belongs to it besides.
    pub rest: Option<Box<ImportedRest>>,
}

impl ImportedUser {
    /// What one user alone can have and it asks for, folded: its login, its address, its phone login alias.
    pub fn claims(&self) -> impl Iterator<Item = String> {
        let login = self.login.as_ref().map(Login::key);
        let address = self.wanted_address().as_ref().map(Address::key);
        let msisdn = self.wanted_msisdn().map(Msisdn::digits);
        [login, address, msisdn].into_iter().flatten()
    }

    /// Whether others may depend on it: an account that administers or operates has to be left over when another ceases to.
    #[must_use]
    pub fn gives_rights(&self) -> bool {
        let administers = |group: &GroupId| group.as_str() == Group::ADMINISTRATORS;
        self.operator == Some(true) || self.patch.groups.iter().flatten().any(administers)
    }

    /// Whether it may depend on what is said of others: limits and last administrators are met in the order of changes.
    #[must_use]
    pub const fn depends_on_others(&self) -> bool {
        self.rest.is_some()
            || matches!(self.operator, Some(false))
            || matches!(self.enabled, Some(false))
    }

    /// The address that its user might get.
    pub(super) fn wanted_address(&self) -> Option<Address> {
        match (&self.address, &self.patch.email) {
            (Patch::Set(address), _) => Some(address.clone()),
            (Patch::Keep, Patch::Set(email)) => Address::parse(email.as_str()).ok(),
            _ => None,
        }
    }

    /// The phone login alias that its user is to get.
    pub(super) fn wanted_msisdn(&self) -> Option<&Msisdn> {
        match &self.rest.as_ref()?.services.msisdn {
            Patch::Set(msisdn) => Some(msisdn),
            Patch::Keep | Patch::Clear => None,
        }
    }
}

/// An app, and its keys with their contents; none deletes one.
pub type ImportedPreferences = (AppId, Vec<(SettingKey, Option<String>)>);

/// What belongs to a user besides its own fields.
#[derive(Clone, Debug, Default)]
pub struct ImportedRest {
    /// What mail services know of it.
    pub services: MailServicesPatch,
    /// All ids of these kinds by which others know it.
    pub external_ids: Vec<(ExternalIdKind, Vec<ExternalId>)>,
    /// Preferences by app; others stay.
    pub preferences: Vec<ImportedPreferences>,
    /// Its webmail account.
    pub webmail: Patch<ImportedWebmail>,
    /// What its mailbox does with its mail.
    pub mailbox: ImportedMailbox,
    /// What OneOffice alone knows of it; other values stay.
    pub oneoffice: Vec<ValueChange>,
}

/// A webmail account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedWebmail {
    /// Its type; without one it stays, or is what goes with the user's class of service.
    pub kind: Option<WebmailTypeName>,
    /// Whether the user itself may change the type; a new account without a word on it may.
    pub allow_upgrade: Option<bool>,
    /// Whether the user has to choose another password at the next login.
    pub reset_password: Option<bool>,
    /// How the front end looks.
    pub theme: Patch<Theme>,
}

/// What a mailbox does with its mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportedMailbox {
    /// Whether it is called a master account.
    pub master: Option<bool>,
    /// How many bytes it holds.
    pub usage: Option<u64>,
    /// What is answered to incoming mail.
    pub autoresponder: Option<Autoresponder>,
    /// All senders whose mail is always taken or never.
    pub senders: Option<Vec<(Sender, Verdict)>>,
    /// All addresses where mail goes besides.
    pub forwards: Option<Vec<Address>>,
}
