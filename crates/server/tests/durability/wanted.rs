//! The users that clients ask for, each told by its numbers alone.

use crate::GROUPS;
use provost_testkit::{PASSWORD, Request};
use serde_json::json;

/// A user that a client asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) round: usize,
    pub(crate) client: usize,
    pub(crate) nth: usize,
    pub(crate) with_password: bool,
}

impl Wanted {
    pub(crate) fn login(&self) -> String {
        format!("r{}-c{}-n{}", self.round, self.client, self.nth)
    }

    pub(crate) fn email(&self) -> String {
        format!("{}@mail.example", self.login())
    }

    pub(crate) fn display_name(&self) -> String {
        format!("Display of {}", self.login())
    }

    /// None, one, two or three of the groups.
    pub(crate) fn groups(&self) -> Vec<&'static str> {
        (0..self.nth % 4)
            .map(|further| GROUPS[(self.client + further) % GROUPS.len()])
            .collect()
    }

    /// None or one of the groups.
    pub(crate) fn administers(&self) -> Vec<&'static str> {
        if self.nth.is_multiple_of(3) {
            vec![GROUPS[self.client % GROUPS.len()]]
        } else {
            Vec::new()
        }
    }

    pub(crate) fn request(&self) -> Request {
        let mut user = json!({
            "userid": self.login(),
            "email": self.email(),
            "displayName": self.display_name(),
            "groups": self.groups(),
            "subadmin": self.administers(),
            "quota": "5 GB",
            "language": "de",
        });
        if self.with_password {
            user["password"] = PASSWORD.into();
        }
        Request::post("/ocs/v2.php/cloud/users?format=json").json(&user)
    }
}
