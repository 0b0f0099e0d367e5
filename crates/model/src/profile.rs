//! The fields of a user's profile and who may see them.

/// The free profile fields, each with a [`Scope`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ProfileField {
    /// Postal address, free text.
    Address,
    /// Web site, an http or https URL.
    Website,
    /// X (Twitter) handle.
    Twitter,
    /// Bluesky handle.
    Bluesky,
    /// Fediverse handle.
    Fediverse,
    /// Organisation.
    Organisation,
    /// Role in the organisation.
    Role,
    /// One line about the user.
    Headline,
    /// Some paragraphs about the user.
    Biography,
    /// Pronouns.
    Pronouns,
    /// Date of birth.
    Birthdate,
    /// Whether the public profile page is on: `1` or `0`.
    ProfileEnabled,
    /// Title of the position.
    Title,
    /// Department of the organisation.
    Department,
    /// Where the user works.
    Location,
    /// Grade of the position.
    Grade,
}

impl ProfileField {
    /// All of them, in the order of the store's columns.
    pub const ALL: [Self; 16] = [
        Self::Address,
        Self::Website,
        Self::Twitter,
        Self::Bluesky,
        Self::Fediverse,
        Self::Organisation,
        Self::Role,
        Self::Headline,
        Self::Biography,
        Self::Pronouns,
        Self::Birthdate,
        Self::ProfileEnabled,
        Self::Title,
        Self::Department,
        Self::Location,
        Self::Grade,
    ];

    /// The field's name, in messages and in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Website => "website",
            Self::Twitter => "twitter",
            Self::Bluesky => "bluesky",
            Self::Fediverse => "fediverse",
            Self::Organisation => "organisation",
            Self::Role => "role",
            Self::Headline => "headline",
            Self::Biography => "biography",
            Self::Pronouns => "pronouns",
            Self::Birthdate => "birthdate",
            Self::ProfileEnabled => "profile_enabled",
            Self::Title => "title",
            Self::Department => "department",
            Self::Location => "location",
            Self::Grade => "grade",
        }
    }

    /// The field of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// Who may see a field of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Nobody but the people the user shares with.
    Private,
    /// Everybody on this server.
    Local,
    /// This server and the servers it trusts.
    Federated,
    /// Everybody.
    Published,
}

impl Scope {
    /// All of them, from the narrowest to the widest.
    pub const ALL: [Self; 4] = [Self::Private, Self::Local, Self::Federated, Self::Published];

    /// The scope's name, in messages and in the store. Dialects have their own.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Local => "local",
            Self::Federated => "federated",
            Self::Published => "published",
        }
    }

    /// The scope of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}
