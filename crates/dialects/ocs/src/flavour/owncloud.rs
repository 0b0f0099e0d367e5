//! ownCloud's habits, as its public sources (the app `provisioning_api`, `OCSController`) and acceptance tests tell them.

use super::{Habits, Product, Shown};
use crate::{
    resources::user_record::storage,
    wire::{Answer, Data, Entries},
};
use provost_model::Quota;

pub(super) const HABITS: Habits = Habits {
    asks_for_header: false,
    reads_accept: false,
    insists_on_parameters: false,
    refuses_group_zero: false,
    product: &Product {
        name: "ownCloud",
        version: [10, 15, 0],
        version_text: "10.15.0",
        version_with_build: "10.15.0.3",
        edition: "Community",
    },
    said,
    user: |call, shown| {
        Box::pin(async move {
            if shown.current {
                Ok(current(&shown))
            } else {
                let sees_state = call.is_administrator() || !call.is_self(&shown.details.user);
                Ok(record(
                    &shown,
                    sees_state,
                    call.tenant().settings.default_quota,
                ))
            }
        })
    },
};

/// The caller's own account.
fn current(Shown { details, .. }: &Shown) -> Data {
    let user = &details.user;
    let mut fields = Entries::with_capacity(4);
    fields.push("id", user.login.as_str().to_owned());
    fields.push("display-name", user.shown_name().to_owned());
    fields.push(
        "email",
        user.email.as_ref().map(|email| email.as_str().to_owned()),
    );
    let language = user
        .language
        .as_ref()
        .map_or("en", |language| language.as_str());
    fields.push("language", language.to_owned());
    fields.into()
}

/// A user. Whether it is enabled is for those to see who could change it.
fn record(Shown { details, .. }: &Shown, sees_state: bool, default_quota: Option<u64>) -> Data {
    let user = &details.user;
    let mut fields = Entries::with_capacity(6);
    if sees_state {
        fields.push("enabled", word(user.enabled));
    }
    let mut quota = Entries::with_capacity(5);
    for (name, bytes) in storage(user.quota, default_quota) {
        quota.push(name, bytes);
    }
    quota.push("definition", definition(user.quota));
    fields.push("quota", Data::from(quota));
    fields.push(
        "email",
        user.email.as_ref().map(|email| email.as_str().to_owned()),
    );
    fields.push("displayname", user.shown_name().to_owned());
    fields.push("home", format!("/data/{}", user.login));
    fields.push("two_factor_auth_enabled", word(false));
    fields.into()
}

const fn word(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// A quota as ownCloud keeps it: `default`, `none`, or an amount with at most one decimal.
fn definition(quota: Quota) -> String {
    const UNITS: [&str; 5] = ["KB", "MB", "GB", "TB", "PB"];
    let bytes = match quota {
        Quota::Default => return "default".to_owned(),
        Quota::None => return "none".to_owned(),
        Quota::Bytes(bytes) if bytes < 1024 => return format!("{bytes} B"),
        Quota::Bytes(bytes) => bytes,
    };
    // in tenths of the unit, so that no amount is too large
    let mut tenths = u128::from(bytes) * 10 / 1024;
    let mut unit = 0;
    while tenths >= 10_240 && unit + 1 < UNITS.len() {
        tenths = (tenths + 512) / 1024;
        unit += 1;
    }
    let name = UNITS[unit];
    match tenths % 10 {
        0 => format!("{} {name}", tenths / 10),
        part => format!("{}.{part} {name}", tenths / 10),
    }
}

/// What becomes of a message.
#[derive(Clone, Copy)]
enum Message {
    /// It stays.
    Same,
    /// It goes.
    None,
    /// It is this.
    Text(&'static str),
    /// Its first letter is a small one.
    Small,
}

use Message::{None as Gone, Same, Small, Text};

/// Operations that answer otherwise than Nextcloud: method, pattern, Nextcloud's code, ownCloud's, and the message.
const CODES: &[(&str, &str, u16, u16, Message)] = &[
    ("POST", "/cloud/users", 104, 104, Small),
    ("POST", "/cloud/users", 105, 105, Small),
    (
        "POST",
        "/cloud/users",
        106,
        106,
        Text("no group specified (required for subadmins)"),
    ),
    ("POST", "/cloud/users", 107, 101, Same),
    (
        "POST",
        "/cloud/users",
        108,
        101,
        Text("A valid password must be provided"),
    ),
    ("POST", "/cloud/users", 110, 101, Same),
    (
        "GET",
        "/cloud/users/{}",
        404,
        998,
        Text("The requested user could not be found"),
    ),
    ("GET", "/cloud/users/{}", 998, 997, Gone),
    ("PUT", "/cloud/users/{}", 998, 997, Gone),
    ("PUT", "/cloud/users/{}", 113, 997, Gone),
    ("PUT", "/cloud/users/{}", 107, 403, Same),
    ("DELETE", "/cloud/users/{}", 998, 101, Gone),
    ("GET", "/cloud/users/{}/groups", 998, 998, Same),
    (
        "POST",
        "/cloud/users/{}/subadmins",
        103,
        103,
        Text("Cannot create subadmins for admin group"),
    ),
    (
        "DELETE",
        "/cloud/users/{}/subadmins",
        102,
        102,
        Text("User is not a subadmin of this group"),
    ),
    ("GET", "/cloud/users/{}/subadmins", 404, 101, Same),
    ("POST", "/cloud/groups", 102, 102, Gone),
    ("GET", "/cloud/groups/{+}", 404, 998, Same),
    (
        "GET",
        "/cloud/groups/{+}",
        403,
        997,
        Text("User does not have access to specified group"),
    ),
    ("GET", "/cloud/apps", 101, 101, Gone),
];

/// The beginning of Nextcloud's messages about a right that is missing.
const MISSING_RIGHT: &str = "Logged in account must be";

fn said(method: &str, pattern: &str, answer: Answer) -> Answer {
    let Some((code, message)) = answer.as_failure() else {
        // making a user answers with nothing
        return match (method, pattern) {
            ("POST", "/cloud/users") => answer.with_data(Data::EMPTY),
            _ => answer,
        };
    };
    if message.starts_with(MISSING_RIGHT) {
        return answer.with_failure(997, "");
    }
    // a bad quota and a bad e-mail have codes of their own
    if (method, pattern, code) == ("PUT", "/cloud/users/{}", 101) {
        return match message {
            "" => answer.with_failure(102, ""),
            _ if message.starts_with("Invalid quota value") => {
                let message = message.replacen("value: ", "value ", 1);
                answer.with_failure(103, message)
            }
            _ => answer,
        };
    }
    let row = CODES
        .iter()
        .find(|row| (row.0, row.1, row.2) == (method, pattern, code));
    let Some((.., other, what)) = row else {
        return answer;
    };
    let message = match what {
        Message::Same => message.to_owned(),
        Message::None => String::new(),
        Message::Text(text) => (*text).to_owned(),
        Message::Small => {
            let mut letters = message.chars();
            let first = letters.next().map(|letter| letter.to_ascii_lowercase());
            first.into_iter().chain(letters).collect()
        }
    };
    answer.with_failure(*other, message)
}
