//! Ids that are hostile to paths, XML or PHP: they work, or are refused with the documented code.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use provost_testkit::{Engine, TestServer};
use serde_json::json;

use crate::wire::{Caller, Style, V2, cli, everything, meta};

/// Ids that the directory takes, for users and groups. Each is told from all others, letter by letter.
const IDS: [&str; 24] = [
    "gt space",
    "a/b",
    "a/b/c",
    "100%",
    "a%20b",
    "a%2Fb",
    "a+b",
    "a b",
    "quo'te",
    "quo\"te",
    "jürgen",
    "群れ",
    "🦊 fox",
    "%2F",
    "a..",
    "a?b=c",
    "a#b",
    "a&b;c",
    "<b>&amp;</b>",
    "]]>",
    "a\\b",
    "007",
    "12345",
    "-x:y",
];

/// Encodes what is no letter, digit or unreserved mark, so that an id is one segment of a path.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn encoded(id: &str) -> String {
    percent_encode(id.as_bytes(), SEGMENT).to_string()
}

fn started() -> TestServer {
    TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite)
}

/// Logins with a slash are cut at it in paths, as the recorded server decodes before it cuts (449, 450).
fn reachable(login: &str) -> bool {
    !login.contains('/')
}

#[test]
fn users_of_any_login_are_read_edited_and_deleted() {
    let server = started();
    let admin = Caller::admin(&server);
    admin.make_group("staff");
    for login in IDS {
        cli(&server, &["user", "create", "--", login]);
    }
    let everybody = everything(&server);
    for login in IDS.into_iter().filter(|login| !reachable(login)) {
        let path = format!("/cloud/users/{}", encoded(login));
        for method in ["GET", "PUT", "DELETE"] {
            let form = [("key", "email"), ("value", "x@example.org")];
            let response = admin.send(V2, method, &path, &form);
            assert!(
                matches!(response.status, 404 | 405),
                "{method} {login}: {response:?}"
            );
        }
    }
    assert_eq!(everything(&server), everybody);
    for login in IDS.into_iter().filter(|login| reachable(login)) {
        let path = format!("/cloud/users/{}", encoded(login));
        assert_eq!(admin.get(&path)["id"], *login);
        let name = format!("Name of {}", everybody["users"][login]["id"]);
        admin.done("PUT", &path, &[("key", "display"), ("value", &name)]);
        admin.done("POST", &format!("{path}/groups"), &[("groupid", "staff")]);
        admin.done(
            "POST",
            &format!("{path}/subadmins"),
            &[("groupid", "staff")],
        );
        admin.done("PUT", &format!("{path}/disable"), &[]);
    }
    let users = everything(&server)["users"].take();
    for login in IDS {
        let user = &users[login];
        assert_eq!(user["id"], *login);
        if reachable(login) {
            assert_eq!(user["displayname"], format!("Name of {}", json!(login)));
            assert_eq!(user["groups"], json!(["staff"]), "{login}");
            assert_eq!(user["subadmin"], json!(["staff"]), "{login}");
            assert_eq!(user["enabled"], false, "{login}");
        } else {
            assert_eq!(*user, everybody["users"][login]);
        }
    }
    for login in IDS.into_iter().filter(|login| reachable(login)) {
        let path = format!("/cloud/users/{}", encoded(login));
        admin.done("DELETE", &path, &[]);
        assert_eq!(admin.code("GET", &path, &[]), 404, "{login}");
    }
    let mut left: Vec<&str> = IDS.into_iter().filter(|login| !reachable(login)).collect();
    left.extend(["admin"]);
    left.sort_unstable();
    assert_eq!(admin.get("/cloud/users")["users"], json!(left));
}

#[test]
fn groups_of_any_id_are_made_read_filled_and_deleted() {
    let server = started();
    let admin = Caller::admin(&server);
    admin.make_user("ada", &[]);
    admin.make_user("bob", &[]);
    for id in IDS {
        admin.make_group(id);
    }
    for id in IDS {
        let path = format!("/cloud/groups/{}", encoded(id));
        assert_eq!(admin.get(&path)["users"], json!([]), "{id}");
        admin.done("POST", "/cloud/users/ada/groups", &[("groupid", id)]);
        assert_eq!(admin.get(&path)["users"], json!(["ada"]), "{id}");
        assert_eq!(
            admin.get(&format!("{path}/users"))["users"],
            json!(["ada"]),
            "{id}"
        );
        assert_eq!(
            admin.get(&format!("{path}/users/details"))["users"]["ada"]["groups"],
            json!([id])
        );
        admin.done("POST", "/cloud/users/bob/subadmins", &[("groupid", id)]);
        assert_eq!(
            admin.get(&format!("{path}/subadmins")),
            json!(["bob"]),
            "{id}"
        );
        admin.done("DELETE", "/cloud/users/bob/subadmins", &[("groupid", id)]);
        admin.done(
            "PUT",
            &path,
            &[("key", "displayname"), ("value", "Renamed")],
        );
        admin.done("DELETE", "/cloud/users/ada/groups", &[("groupid", id)]);
    }
    for id in IDS {
        admin.done("DELETE", &format!("/cloud/groups/{}", encoded(id)), &[]);
    }
    assert_eq!(admin.get("/cloud/groups")["groups"], json!(["admin"]));
}

#[test]
fn a_twice_encoded_group_is_found_only_where_no_other_has_that_id() {
    let server = started();
    let admin = Caller::admin(&server);
    admin.make_user("ada", &[]);
    admin.make_group("a b");
    admin.done("POST", "/cloud/users/ada/groups", &[("groupid", "a b")]);
    // clients of the recorded server encode twice (219)
    let twice = format!("/cloud/groups/{}", encoded(&encoded("a b")));
    assert_eq!(admin.get(&twice)["users"], json!(["ada"]));
    admin.make_group("a%20b");
    assert_eq!(admin.get(&twice)["users"], json!([]));
    admin.done("DELETE", &twice, &[]);
    assert_eq!(
        admin.get("/cloud/groups")["groups"],
        json!(["a b", "admin"])
    );
}

#[test]
fn long_group_ids_are_kept_as_their_hash_and_longer_ones_refused() {
    let server = started();
    let admin = Caller::admin(&server);
    admin.make_group(&"g".repeat(64));
    admin.make_group(&"h".repeat(65));
    assert_eq!(
        admin.get("/cloud/groups")["groups"],
        json!([
            // SHA-256 of 65 times `h`
            "33b63d82e4d96a833f1dc6ef4b418f3f7e2d7c5d2cbda3ac39cb80195927eca3",
            "admin",
            "g".repeat(64),
        ])
    );
    let long = "z".repeat(256);
    let response = admin.send(V2, "POST", "/cloud/groups", &[("groupid", &long)]);
    assert_eq!(meta(V2, &response).unwrap().code, 101);
}

#[test]
fn what_cannot_be_an_id_is_refused() {
    let server = started();
    let admin = Caller::admin(&server);
    let before = everything(&server);
    let long = "x".repeat(5000);
    let paths = [
        "%00",
        "a%00b",
        "%ff",
        "%c3%28",
        "..",
        ".",
        "%2e%2e",
        "%252e%252e",
        "%",
        "%zz",
        "%2F",
        "//",
        &long,
    ];
    let mut wrong = Vec::new();
    for id in paths {
        for collection in ["users", "groups"] {
            for (method, rest) in [
                ("GET", ""),
                ("GET", "/groups"),
                ("GET", "/subadmins"),
                ("GET", "/users"),
                ("PUT", ""),
                ("PUT", "/disable"),
                ("POST", "/groups"),
                ("DELETE", ""),
                ("DELETE", "/groups"),
            ] {
                for style in Style::ALL {
                    let path = format!("/cloud/{collection}/{id}{rest}");
                    let form = [
                        ("key", "email"),
                        ("value", "x@example.org"),
                        ("groupid", "admin"),
                    ];
                    let response = admin.send(style, method, &path, &form);
                    let refused = match response.status {
                        400 | 405 if response.body.is_empty() => true,
                        _ => meta(style, &response).is_ok_and(|meta| {
                            meta.status == "failure" && style.status(meta.code) == response.status
                        }),
                    };
                    let whole_list = path.replace('/', "") == format!("cloud{collection}");
                    if response.status >= 500 || !(refused || whole_list) {
                        wrong.push(format!("{method} {path:.60} {style:?}: {response:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(everything(&server), before);
}

#[test]
fn ids_in_forms_are_refused_with_their_codes() {
    let server = started();
    let admin = Caller::admin(&server);
    let before = everything(&server);
    for (form, code) in [("a%00b", 102), (&"x".repeat(5000), 102), ("%2e%2e", 102)] {
        let request = admin
            .request(V2, "POST", "/cloud/users/admin/groups")
            .body(crate::wire::FORM, format!("groupid={form}"));
        assert_eq!(request.send(&server).ocs_code(), code, "{form:.20}");
    }
    for id in ["a%00b", "%01", "%0a"] {
        let request = admin
            .request(V2, "POST", "/cloud/groups")
            .body(crate::wire::FORM, format!("groupid={id}"));
        assert_eq!(request.send(&server).ocs_code(), 101, "{id}");
    }
    // a body that is no UTF-8 holds no parameters
    let request = admin
        .request(V2, "POST", "/cloud/groups")
        .body(crate::wire::FORM, "groupid=%ff");
    assert_eq!(request.send(&server).status, 400);
    assert_eq!(everything(&server), before);
}

#[test]
fn details_in_xml_are_whole_whatever_the_ids() {
    let server = started();
    for login in IDS {
        cli(&server, &["user", "create", "--", login]);
    }
    for version in [1, 2] {
        let style = Style {
            version,
            json: false,
        };
        let response = Caller::admin(&server).send(style, "GET", "/cloud/users/details", &[]);
        let text = response.text();
        let document = roxmltree::Document::parse(&text).unwrap();
        let users = document
            .descendants()
            .find(|node| node.has_tag_name("users"))
            .unwrap();
        let mut ids: Vec<&str> = users
            .children()
            .filter_map(|user| {
                user.children()
                    .find(|field| field.has_tag_name("id"))?
                    .text()
            })
            .collect();
        ids.sort_unstable();
        let mut wanted: Vec<&str> = IDS.into_iter().chain(["admin"]).collect();
        wanted.sort_unstable();
        assert_eq!(ids, wanted);
    }
}

#[test]
fn ids_of_digits_are_numbers_in_the_list_alone() {
    let server = started();
    let admin = Caller::admin(&server);
    for login in ["12345", "007", "-5", "9223372036854775808"] {
        cli(&server, &["user", "create", "--", login]);
    }
    admin.make_group("42");
    admin.done("POST", "/cloud/users/12345/groups", &[("groupid", "42")]);
    let users = admin.get("/cloud/users")["users"].take();
    let kinds = |id: serde_json::Value| users.as_array().unwrap().contains(&id);
    assert!(kinds(json!(12345)) && kinds(json!(-5)));
    assert!(kinds(json!("007")) && kinds(json!("9223372036854775808")));
    assert_eq!(
        admin.get("/cloud/groups/42/users")["users"],
        json!(["12345"])
    );
    assert_eq!(admin.get("/cloud/users/12345")["id"], json!("12345"));
}

#[test]
fn whoever_takes_an_old_id_inherits_nothing() {
    let server = started();
    let admin = Caller::admin(&server);
    for id in ["staff", "dev"] {
        admin.make_group(id);
        admin.make_user(&format!("in-{id}"), &[("groups[]", id), ("subadmin[]", id)]);
    }
    let fresh = || {
        admin.make_user("ada", &[]);
        let mut user = admin.get("/cloud/users/ada");
        user.as_object_mut()
            .unwrap()
            .retain(|name, _| !name.contains("ogin"));
        user
    };
    let before = fresh();
    admin.done("POST", "/cloud/users/ada/groups", &[("groupid", "staff")]);
    admin.done("POST", "/cloud/users/ada/subadmins", &[("groupid", "dev")]);
    for (key, value) in [
        ("email", "ada@example.org"),
        ("quota", "1 GB"),
        ("phone", "+4971125242829"),
    ] {
        admin.done("PUT", "/cloud/users/ada", &[("key", key), ("value", value)]);
    }
    let token = cli(
        &server,
        &["user", "app-password", "ada", "--name", "telephone"],
    );
    admin.done("DELETE", "/cloud/users/ada", &[]);
    assert_eq!(fresh(), before);
    let device = Caller {
        server: &server,
        login: "ada",
        password: &token,
    };
    assert_eq!(device.code("GET", "/cloud/user", &[]), 997);

    admin.done("DELETE", "/cloud/groups/staff", &[]);
    admin.make_group("staff");
    assert_eq!(admin.get("/cloud/groups/staff")["users"], json!([]));
    assert_eq!(admin.get("/cloud/groups/staff/subadmins"), json!([]));
    assert_eq!(admin.get("/cloud/users/in-staff")["groups"], json!([]));
    assert_eq!(
        Caller::user(&server, "in-staff").code("GET", "/cloud/users", &[]),
        403
    );
    assert_eq!(admin.get("/cloud/groups/dev")["users"], json!(["in-dev"]));
}

#[test]
fn users_named_like_routes_are_seen_and_edited_all_the_same() {
    let server = started();
    let admin = Caller::admin(&server);
    for login in ["details", "disabled"] {
        admin.make_user(login, &[]);
        let path = format!("/cloud/users/{login}");
        // the path reads a list, as on the recorded server
        assert!(admin.get(&path)["users"].is_object() || admin.get(&path)["users"].is_array());
        admin.done("PUT", &path, &[("key", "display"), ("value", "Found")]);
        let own = Caller::user(&server, login).get("/cloud/user");
        assert_eq!(
            (&own["id"], &own["displayname"]),
            (&json!(login), &json!("Found"))
        );
        admin.done("DELETE", &path, &[]);
    }
    // the groups of these names are other paths
    for id in ["details", "users", "subadmins"] {
        admin.make_group(id);
        admin.done("DELETE", &format!("/cloud/groups/{id}"), &[]);
    }
    assert_eq!(admin.get("/cloud/users")["users"], json!(["admin"]));
    assert_eq!(admin.get("/cloud/groups")["groups"], json!(["admin"]));
}
