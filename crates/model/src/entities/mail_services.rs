//! What mail services know of a user.

use crate::{ClassOfService, DeliveryStatus, Msisdn, SpamLevel};

/// What mail services know of a user, beside the user's own fields. A user of whom they know nothing has the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailServices {
    /// The products that the user has, in the order they were given; empty if none was set.
    pub classes: Vec<ClassOfService>,
    /// The phone login alias, unique in the deployment by its digits.
    pub msisdn: Option<Msisdn>,
    /// Where mail is delivered.
    pub delivery_status: Option<DeliveryStatus>,
    /// Whether mail is searched for phishing, if that was chosen.
    pub anti_phishing: Option<bool>,
    /// How eagerly mail is taken for spam, if that was chosen.
    pub spam_level: Option<SpamLevel>,
}

/// The kinds of ids by which others know users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExternalIdKind {
    /// Open-Xchange's `custom`: ids of the partner's own, several of them.
    Custom,
    /// Open-Xchange's `oxlegacyref`: the id in a system that came before; one at most.
    Legacy,
    /// OneOffice's `profile.uid`; one at most.
    OneOffice,
}

impl ExternalIdKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Custom, Self::Legacy, Self::OneOffice];

    /// The kind in the store and in the audit.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Custom => "custom",
            Self::Legacy => "legacy",
            Self::OneOffice => "oneoffice",
        }
    }
}
