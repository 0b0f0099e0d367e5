//! What of the dialect depends on the server whose habits a tenant wants. How answers are written is in [`crate::wire::Style`].

mod nextcloud;
mod owncloud;

use crate::{
    call::{Call, Outcome},
    wire::{Answer, Data},
};
use futures_util::future::BoxFuture;
use provost_directory::queries::UserDetails;
use provost_model::Flavour;

/// A server's habits.
pub(crate) struct Habits {
    /// Whether requests need the header `OCS-APIRequest`.
    pub(crate) asks_for_header: bool,
    /// Whether the `Accept` header may ask for JSON.
    pub(crate) reads_accept: bool,
    /// Whether a required parameter that is missing is refused before the operation.
    pub(crate) insists_on_parameters: bool,
    /// Whether `0` is no id of a group.
    pub(crate) refuses_group_zero: bool,
    /// What the server calls itself.
    pub(crate) product: &'static Product,
    /// How it says what an operation (method and pattern) answers in Nextcloud's codes.
    pub(crate) said: fn(&str, &str, Answer) -> Answer,
    /// A user as the caller sees it, itself or another.
    pub(crate) user: fn(&Call, Shown) -> BoxFuture<'_, Outcome<Data>>,
}

/// A user who is to be shown.
pub(crate) struct Shown {
    /// The user.
    pub(crate) details: UserDetails,
    /// Whether it sees what is its own alone.
    pub(crate) own: bool,
    /// Whether it is the caller's account, asked for without naming it.
    pub(crate) current: bool,
}

/// What a server calls itself. Clients decide by the version what they may ask for.
pub(crate) struct Product {
    pub(crate) name: &'static str,
    /// Major, minor and micro version.
    pub(crate) version: [i64; 3],
    pub(crate) version_text: &'static str,
    /// The version with the number of the build.
    pub(crate) version_with_build: &'static str,
    pub(crate) edition: &'static str,
}

impl Habits {
    /// The habits of a flavour.
    pub(crate) const fn of(flavour: Flavour) -> &'static Self {
        match flavour {
            Flavour::Nextcloud => &nextcloud::HABITS,
            Flavour::Owncloud => &owncloud::HABITS,
        }
    }
}
