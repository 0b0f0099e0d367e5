//! The fields of the directory, and how each dialect is asked for them. The order is that of the table in `docs/DIRECTORY.md`.

use crate::person::Person;
use serde_json::{Value, json};

type Read = fn(&Person<'_>) -> String;
type Write = fn(&Person<'_>, &str);

/// A field in one dialect.
#[derive(Default)]
pub(crate) struct Face {
    /// What it shows, in the walk's own notation.
    pub(crate) read: Option<Read>,
    /// Sets it to a value in that notation.
    pub(crate) write: Option<Write>,
}

/// A field of the directory.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// The value that it is given; nothing where the user's making decides it.
    pub(crate) value: &'static str,
    /// OCS, Open-Xchange, OneOffice, Hostway.
    pub(crate) faces: [Face; 4],
}

fn rw(read: Read, write: Write) -> Face {
    Face {
        read: Some(read),
        write: Some(write),
    }
}

fn r(read: Read) -> Face {
    Face {
        read: Some(read),
        write: None,
    }
}

fn w(write: Write) -> Face {
    Face {
        read: None,
        write: Some(write),
    }
}

fn none() -> Face {
    Face::default()
}

/// A field that OCS shows and takes under one key, and no other dialect knows.
macro_rules! ocs_alone {
    ($name:literal, $key:literal, $value:literal) => {
        Field {
            name: $name,
            value: $value,
            faces: [
                rw(
                    |person| person.ocs(concat!("/", $key)),
                    |person, value| person.set_ocs($key, value),
                ),
                none(),
                none(),
                none(),
            ],
        }
    };
}

/// A field that Open-Xchange has a route of its own for.
macro_rules! ox_alone {
    ($name:literal, $key:literal, $value:literal, $wire:expr) => {
        Field {
            name: $name,
            value: $value,
            faces: [
                none(),
                rw(
                    |person| person.ox($key),
                    |person, value| person.set_ox($key, &$wire(value)),
                ),
                none(),
                none(),
            ],
        }
    };
}

/// A field of OneOffice's profile.
macro_rules! office_profile {
    ($name:literal, $key:literal, $value:literal) => {
        Field {
            name: $name,
            value: $value,
            faces: [
                none(),
                none(),
                rw(
                    |person| person.office(concat!("/profile/", $key)),
                    |person, value| person.set_office(json!({"profile": {$key: value}})),
                ),
                none(),
            ],
        }
    };
}

fn text(value: &str) -> Value {
    value.into()
}

fn parsed(value: &str) -> Value {
    serde_json::from_str(value).unwrap()
}

/// `de_AT`, as Hostway has it.
fn hostway_language(person: &Person<'_>) -> (String, String) {
    let shown = person.hostway("/webmail", "/language");
    let language = shown.split('_').next().unwrap_or_default().to_owned();
    (language, shown)
}

pub(crate) fn fields() -> Vec<Field> {
    let mut fields = identity();
    fields.extend(account());
    fields.extend(profile());
    fields.extend(mail());
    fields
}

fn identity() -> Vec<Field> {
    vec![
        Field {
            name: "login",
            value: "",
            faces: [r(|person| person.ocs("/id")), none(), none(), none()],
        },
        Field {
            name: "number",
            value: "",
            faces: [
                none(),
                // the route is found by it
                r(|person| {
                    person.ox("uidname");
                    person.number.to_string()
                }),
                r(|person| {
                    let id: i64 = person.office("/id").parse().unwrap();
                    (id + 1).to_string()
                }),
                none(),
            ],
        },
        Field {
            name: "address",
            value: "",
            faces: [
                none(),
                r(|person| person.ox("uidname")),
                r(|person| person.office("/email")),
                r(|person| {
                    let name = person.hostway("/mailbox", "/username");
                    format!("{name}@{}", crate::world::DOMAIN)
                }),
            ],
        },
        ocs_alone!("contact e-mail", "email", "ada@elsewhere.example"),
        Field {
            name: "display name",
            value: "Ada Lovelace",
            faces: [
                rw(
                    |person| person.ocs("/displayname"),
                    |person, value| person.set_ocs("displayname", value),
                ),
                none(),
                rw(
                    |person| person.office("/displayName"),
                    |person, value| person.set_office(json!({ "displayName": value })),
                ),
                none(),
            ],
        },
        Field {
            name: "password",
            value: "Zr4!loud-Meadow",
            faces: [
                w(|person, value| person.set_ocs("password", value)),
                none(),
                w(|person, value| {
                    let params = json!({"email": person.address(), "password": value});
                    person.world.office("resetPasswordByEmail", &params);
                }),
                w(|person, value| {
                    person.set_hostway("PUT", "/mailbox", &json!({ "password": value }));
                }),
            ],
        },
    ]
}

fn account() -> Vec<Field> {
    vec![
        Field {
            name: "telephone number",
            value: "+493012345678",
            faces: [
                rw(
                    |person| person.ocs("/phone"),
                    |person, value| person.set_ocs("phone", value),
                ),
                none(),
                rw(
                    |person| person.office("/profile/phones/0"),
                    |person, value| person.set_office(json!({"profile": {"phones": [value]}})),
                ),
                none(),
            ],
        },
        ox_alone!("msisdn", "msisdn", "+49.12345.6789", text),
        Field {
            name: "quota",
            value: "5242880",
            faces: [
                rw(
                    |person| person.ocs("/quota/quota"),
                    |person, value| person.set_ocs("quota", value),
                ),
                none(),
                none(),
                rw(
                    |person| {
                        let megabytes: u64 = person.hostway("/mailbox", "/quota").parse().unwrap();
                        (megabytes * 1_048_576).to_string()
                    },
                    |person, value| {
                        let bytes: u64 = value.parse().unwrap();
                        person.mailbox("quota", &json!(bytes / 1_048_576));
                    },
                ),
            ],
        },
        Field {
            name: "language",
            value: "de",
            faces: [
                rw(
                    |person| person.ocs("/language"),
                    |person, value| person.set_ocs("language", value),
                ),
                none(),
                none(),
                rw(
                    |person| hostway_language(person).0,
                    |person, value| person.set_webmail("language", &json!(format!("{value}_DE"))),
                ),
            ],
        },
        Field {
            name: "locale",
            value: "de_AT",
            faces: [
                rw(
                    |person| person.ocs("/locale"),
                    |person, value| {
                        person.set_ocs("language", "de");
                        person.set_ocs("locale", value);
                    },
                ),
                none(),
                none(),
                rw(
                    |person| hostway_language(person).1,
                    |person, value| person.set_webmail("language", &json!(value)),
                ),
            ],
        },
        Field {
            name: "time zone",
            value: "Europe/Vienna",
            faces: [
                rw(
                    |person| person.ocs("/timezone"),
                    |person, value| person.set_ocs("timezone", value),
                ),
                none(),
                rw(
                    |person| person.office("/values/timezone"),
                    |person, value| person.set_office(json!({"values": {"timezone": value}})),
                ),
                rw(
                    |person| person.hostway("/webmail", "/timezone"),
                    |person, value| person.set_webmail("timezone", &json!(value)),
                ),
            ],
        },
        Field {
            name: "further addresses",
            value: "ada@further.example",
            faces: [
                rw(
                    |person| person.ocs("/additional_mail/0"),
                    |person, value| person.set_ocs("additional_mail", value),
                ),
                none(),
                none(),
                r(|person| {
                    let answer = person.world.hostway("GET", "aliases", &Value::Null);
                    let list = answer.json()["list"].clone();
                    list.as_array()
                        .unwrap()
                        .iter()
                        .filter_map(Value::as_str)
                        .find(|alias| *alias == "ada@further.example")
                        .unwrap_or_default()
                        .to_owned()
                }),
            ],
        },
        Field {
            name: "groups",
            value: r#"["staff"]"#,
            faces: [
                rw(
                    |person| person.ocs("/groups"),
                    |person, _| {
                        let path = format!("users/{}/groups", person.login);
                        person.world.ocs("POST", &path, &[("groupid", "staff")]);
                    },
                ),
                none(),
                rw(
                    |person| person.office("/groups"),
                    |person, value| person.set_office(json!({ "groups": parsed(value) })),
                ),
                none(),
            ],
        },
        Field {
            name: "group administration",
            value: r#"["staff"]"#,
            faces: [
                rw(
                    |person| person.ocs("/subadmin"),
                    |person, _| {
                        let path = format!("users/{}/subadmins", person.login);
                        person.world.ocs("POST", &path, &[("groupid", "staff")]);
                    },
                ),
                none(),
                none(),
                none(),
            ],
        },
        Field {
            name: "administrator",
            value: "true",
            faces: [
                rw(
                    |person| person.ocs("/groups").contains("\"admin\"").to_string(),
                    |person, _| {
                        let path = format!("users/{}/groups", person.login);
                        person.world.ocs("POST", &path, &[("groupid", "admin")]);
                    },
                ),
                none(),
                rw(
                    |person| person.office("/isAdmin"),
                    |person, value| person.set_office(json!({ "isAdmin": parsed(value) })),
                ),
                none(),
            ],
        },
        Field {
            name: "enabled",
            value: "false",
            faces: [
                rw(
                    |person| person.ocs("/enabled"),
                    |person, _| {
                        let path = format!("users/{}/disable", person.login);
                        person.world.ocs("PUT", &path, &[]);
                    },
                ),
                none(),
                rw(
                    |person| person.office("/isActive"),
                    |person, value| person.set_office(json!({ "isActive": parsed(value) })),
                ),
                none(),
            ],
        },
        ocs_alone!("manager", "manager", "boss"),
    ]
}

fn profile() -> Vec<Field> {
    vec![
        ocs_alone!("website", "website", "https://ada.example"),
        ocs_alone!("postal address", "address", "12 St James's Square"),
        ocs_alone!("organisation", "organisation", "Analytical Engines"),
        ocs_alone!("role", "role", "Countess"),
        ocs_alone!("headline", "headline", "First of many"),
        ocs_alone!("biography", "biography", "Notes A to G."),
        office_profile!("title", "title", "Dr"),
        office_profile!("department", "department", "Numbers"),
        office_profile!("location", "location", "London"),
        office_profile!("grade", "grade", "A"),
    ]
}

fn mail() -> Vec<Field> {
    vec![
        ox_alone!("partner's ids", "custom", r#"["P-1","P-2"]"#, parsed),
        ox_alone!("legacy reference", "oxlegacyref", "LEG_1", text),
        office_profile!("OneOffice uid", "uid", "U-77"),
        ox_alone!("class of service", "classofservice", "cloud_security", text),
        ox_alone!("delivery status", "oxdeliverystatus", "OXAAS", text),
        ox_alone!("spam level", "spamlevel", "high", text),
        ox_alone!("anti-phishing", "oxantiphishing", "true", parsed),
        webmail(
            "webmail type",
            "premium",
            |person| person.hostway("/webmail", "/type"),
            |person, value| {
                person.set_hostway("PUT", "/webmail", &json!({ "type": value }));
            },
        ),
        webmail(
            "webmail theme",
            "dark",
            |person| person.hostway("/webmail", "/theme"),
            |person, value| person.set_webmail("theme", &json!(value)),
        ),
        webmail(
            "must change the password",
            "true",
            |person| person.hostway("/webmail", "/resetPassword"),
            |person, value| person.set_webmail("resetPassword", &parsed(value)),
        ),
        webmail(
            "forwards",
            r#"[{"target":"ada@away.example"}]"#,
            |person| person.hostway("/forwards", "/targets"),
            |person, value| {
                person.set_hostway("POST", "/forwards", &json!({ "targets": parsed(value) }));
            },
        ),
        webmail(
            "autoresponder",
            "Back on Monday",
            |person| person.hostway("/autoresponder", "/body"),
            |person, value| {
                let body = json!({"subject": "Away", "body": value, "active": true});
                person.set_hostway("PUT", "/autoresponder", &body);
            },
        ),
        webmail(
            "black and white list",
            r#"[{"address":"spam@bad.example","type":"B"}]"#,
            |person| person.hostway("/blackwhitelist", "/list"),
            |person, value| {
                person.set_hostway("PUT", "/blackwhitelist", &json!({ "list": parsed(value) }));
            },
        ),
        Field {
            name: "avatar",
            value: "face.png",
            faces: [
                none(),
                none(),
                rw(
                    |person| person.office("/avatar"),
                    |person, value| person.set_office(json!({ "avatar": value })),
                ),
                none(),
            ],
        },
        Field {
            name: "reminder",
            value: "15",
            faces: [
                none(),
                none(),
                rw(
                    |person| person.office("/values/notificationReminder"),
                    |person, value| {
                        person
                            .set_office(json!({"values": {"notificationReminder": parsed(value)}}));
                    },
                ),
                none(),
            ],
        },
    ]
}

/// A field that Hostway alone knows.
fn webmail(name: &'static str, value: &'static str, read: Read, write: Write) -> Field {
    Field {
        name,
        value,
        faces: [none(), none(), none(), rw(read, write)],
    }
}
