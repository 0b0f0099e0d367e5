//! Users.

use crate::{
    Address, ContactEmail, DisplayName, FirstDayOfWeek, Language, Locale, Login, Phone, Profile,
    Quota, Scope, TenantId, Timestamp, Timezone, UserId, UserNumber,
};

/// An account of a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The tenant it belongs to.
    pub tenant: TenantId,
    /// Its number in the tenant.
    pub number: UserNumber,
    /// Its public id.
    pub id: UserId,
    /// What it logs in with.
    pub login: Login,
    /// The name that people see, if one was set.
    pub display_name: Option<DisplayName>,
    /// Where a person can be reached; free text, need not be unique.
    pub email: Option<ContactEmail>,
    /// The mail identity, unique in the deployment.
    pub address: Option<Address>,
    /// Whether the address came from the contact e-mail and goes along with its changes.
    pub address_follows_email: bool,
    /// Further addresses, in the order they were added.
    pub aliases: Vec<Alias>,
    /// Where notifications go, if not to the contact e-mail.
    pub notify_email: Option<ContactEmail>,
    /// The password's hash in a notation that names its scheme, if there is a password.
    pub password_hash: Option<String>,
    /// The telephone number.
    pub phone: Option<Phone>,
    /// How much it may store.
    pub quota: Quota,
    /// The language of texts for it.
    pub language: Option<Language>,
    /// The notation of dates and numbers for it.
    pub locale: Option<Locale>,
    /// Its time zone.
    pub timezone: Option<Timezone>,
    /// The first day of its week.
    pub first_day_of_week: Option<FirstDayOfWeek>,
    /// The login of its manager as it was given; nobody checks that there is such a user.
    pub manager: Option<String>,
    /// Whether it may log in and its tokens hold.
    pub enabled: bool,
    /// Whether it operates the deployment.
    pub operator: bool,
    /// Free fields and scopes.
    pub profile: Profile,
    /// When it first signed in.
    pub first_login_at: Option<Timestamp>,
    /// When it last signed in, to the hour.
    pub last_login_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When one of its fields was last changed.
    pub changed_at: Timestamp,
}

impl User {
    /// The name that people see: the display name, else the login.
    #[must_use]
    pub fn shown_name(&self) -> &str {
        self.display_name
            .as_ref()
            .map(DisplayName::as_str)
            .filter(|name| !name.is_empty())
            .unwrap_or(self.login.as_str())
    }
}

/// A further address of a user, as a client gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias {
    /// The address; not every dialect checks its form.
    pub value: String,
    /// Who may see it, if that was chosen.
    pub scope: Option<Scope>,
}
