//! The methods.

mod create_customer;
mod create_user;
mod delete_user;
mod get_user;
mod list_users;
mod orders;
mod reset_password;
mod update_user;

use crate::{
    answer::Answer,
    call::{Call, Outcome},
};
use provost_model::TokenScope;
use std::pin::Pin;

/// A method.
pub(crate) struct Method {
    /// Its name in requests.
    pub(crate) name: &'static str,
    /// Its name in logs.
    pub(crate) label: &'static str,
    /// What a key has to be allowed for it.
    pub(crate) scope: TokenScope,
    /// What it does.
    pub(crate) run: Run,
}

type Run = for<'c> fn(&'c Call) -> Pin<Box<dyn Future<Output = Outcome> + Send + 'c>>;

macro_rules! methods {
    ($($name:literal: $scope:ident, $run:path;)+) => {
        const METHODS: &[Method] = &[$(
            Method {
                name: $name,
                label: concat!("/oneoffice ", $name),
                scope: TokenScope::$scope,
                run: |call| Box::pin($run(call)),
            },
        )+];
    };
}

methods! {
    "createUser": Provision, create_user::create_user;
    "updateUserByEmail": Provision, update_user::update_user;
    "resetPasswordByEmail": Provision, reset_password::reset_password;
    "getUserByEmail": Read, get_user::get_user;
    "deleteUserByEmail": Provision, delete_user::delete_user;
    "listUsers": Read, list_users::list_users;
    "createCustomer": Partner, create_customer::create_customer;
    "createFirstOrder": Partner, orders::create_first_order;
    "createRenewalOrder": Partner, orders::create_renewal_order;
}

impl Method {
    /// The method of this name, compared exactly.
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        METHODS.iter().find(|method| method.name == name)
    }
}

/// The names of all methods, for tests that walk them.
pub fn operations() -> impl Iterator<Item = &'static str> {
    METHODS.iter().map(|method| method.name)
}

/// The answer to a key that may not do what it asks for.
pub(crate) fn scope_is_too_small() -> Answer {
    Answer::unauthorised("the API key does not allow this")
}
