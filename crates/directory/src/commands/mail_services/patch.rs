//! What is to change of what mail services know of a user.

use provost_model::{ClassOfService, DeliveryStatus, MailServices, Msisdn, Patch, SpamLevel};

/// Changes to what mail services know of a user; what is not named stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailServicesPatch {
    /// The products in the place of those before; cleared, the user has none.
    pub classes: Patch<Vec<ClassOfService>>,
    /// The phone login alias.
    pub msisdn: Patch<Msisdn>,
    /// Where mail is delivered.
    pub delivery_status: Patch<DeliveryStatus>,
    /// Whether mail is searched for phishing.
    pub anti_phishing: Patch<bool>,
    /// How eagerly mail is taken for spam.
    pub spam_level: Patch<SpamLevel>,
}

impl MailServicesPatch {
    /// Changes these services.
    pub(super) fn apply(self, services: &mut MailServices) {
        match self.classes {
            Patch::Keep => {}
            Patch::Clear => services.classes.clear(),
            Patch::Set(classes) => services.classes = classes,
        }
        self.msisdn.apply(&mut services.msisdn);
        self.delivery_status.apply(&mut services.delivery_status);
        self.anti_phishing.apply(&mut services.anti_phishing);
        self.spam_level.apply(&mut services.spam_level);
    }
}

/// The names of what differs, for the audit.
pub(super) fn differing(before: &MailServices, after: &MailServices) -> Vec<&'static str> {
    [
        ("classes_of_service", before.classes != after.classes),
        ("msisdn", before.msisdn != after.msisdn),
        (
            "delivery_status",
            before.delivery_status != after.delivery_status,
        ),
        ("anti_phishing", before.anti_phishing != after.anti_phishing),
        ("spam_level", before.spam_level != after.spam_level),
    ]
    .into_iter()
    .filter_map(|(name, differs)| differs.then_some(name))
    .collect()
}
