//! What of a user is to change.

use crate::NewPassword;
use provost_model::{
    Alias, ContactEmail, DisplayName, FirstDayOfWeek, GroupId, Language, Locale, Patch, Phone,
    ProfileField, ProfileValue, Quota, Scope, ScopedField, Timezone,
};

/// What of a user is to change; all of it happens or nothing.
#[derive(Clone, Debug, Default)]
pub struct UserPatch {
    /// The display name.
    pub display_name: Patch<DisplayName>,
    /// The contact e-mail.
    pub email: Patch<ContactEmail>,
    /// The password.
    pub password: Option<NewPassword>,
    /// How much it may store.
    pub quota: Option<Quota>,
    /// Its language.
    pub language: Patch<Language>,
    /// Its notation of dates and numbers.
    pub locale: Patch<Locale>,
    /// Its time zone.
    pub timezone: Patch<Timezone>,
    /// The first day of its week.
    pub first_day_of_week: Patch<FirstDayOfWeek>,
    /// Its manager's login.
    pub manager: Patch<String>,
    /// Its telephone number.
    pub phone: Patch<Phone>,
    /// Where notifications go instead of the contact e-mail; must be one of the aliases.
    pub notify_email: Patch<ContactEmail>,
    /// Changes of its further addresses, in this order.
    pub aliases: Vec<AliasChange>,
    /// Fields of its profile.
    pub profile: Vec<(ProfileField, ProfileValue)>,
    /// Who may see which field. Only the user itself may choose that.
    pub scopes: Vec<(ScopedField, Scope)>,
    /// All groups that it is to be a member of.
    pub groups: Option<Vec<GroupId>>,
    /// All groups that it is to administer.
    pub administers: Option<Vec<GroupId>>,
}

/// A change of a user's further addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AliasChange {
    /// One more.
    Add(Alias),
    /// The one with this text goes and another comes, last in their order.
    Replace(String, String),
    /// The one with this text goes; one that is not there is fine.
    Remove(String),
    /// The one with this text is seen by others.
    SetScope(String, Scope),
}
