//! The life of a user and of a group, from first to last, in both versions and both formats.

use provost_testkit::{Engine, Response, TestServer};

use crate::wire::{Caller, PASSWORD, Style, meta};

/// Does one thing that must succeed, in this style, and hands out the answer.
fn done(caller: Caller<'_>, style: Style, what: &str, form: &[(&str, &str)]) -> Response {
    let (method, path) = what.split_once(' ').unwrap();
    let response = caller.send(style, method, path, form);
    let meta = meta(style, &response).unwrap();
    assert_eq!(
        (
            response.status,
            meta.status.as_str(),
            meta.code,
            meta.message.as_str()
        ),
        (200, "ok", style.success(), "OK"),
        "{what} {style:?}: {}",
        response.text()
    );
    assert_eq!(
        response.header("content-type"),
        Some(style.content_type(true))
    );
    response
}

/// The texts of the elements at `data/path…`, whichever the format.
fn texts(style: Style, response: &Response, path: &[&str]) -> Vec<String> {
    let text = response.text();
    if style.json {
        let data = response.ocs_data();
        let value = path.iter().fold(&data, |value, name| &value[*name]);
        let one = |value: &serde_json::Value| match value {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Null => String::new(),
            other => other.to_string(),
        };
        match value {
            serde_json::Value::Array(items) => items.iter().map(one).collect(),
            other => vec![one(other)],
        }
    } else {
        let document = roxmltree::Document::parse(&text).unwrap();
        let root = document.root_element();
        let node = ["data"].iter().chain(path).fold(root, |node, name| {
            node.children()
                .find(|child| child.has_tag_name(*name))
                .unwrap_or_else(|| panic!("no {name} in {text}"))
        });
        let items: Vec<String> = node
            .children()
            .filter(roxmltree::Node::is_element)
            .map(|item| item.text().unwrap_or_default().to_owned())
            .collect();
        let leaf = node.text().filter(|text| !text.trim().is_empty());
        match leaf {
            Some(leaf) if items.is_empty() => vec![leaf.to_owned()],
            _ => items,
        }
    }
}

fn lives(server: &TestServer, style: Style) {
    let admin = Caller::admin(server);
    let ada = Caller::user(server, "ada");
    let ask = |what: &str, form: &[(&str, &str)]| done(admin, style, what, form);
    let read = |what: &str, path: &[&str]| texts(style, &ask(what, &[]), path);

    ask(
        "POST /cloud/groups",
        &[("groupid", "staff"), ("displayname", "All staff")],
    );
    ask("POST /cloud/groups", &[("groupid", "dev")]);
    let made = ask(
        "POST /cloud/users",
        &[
            ("userid", "ada"),
            ("password", PASSWORD),
            ("displayName", "Ada"),
            ("email", " Ada@Example.ORG "),
            ("groups[]", "staff"),
            ("quota", "1 GB"),
            ("language", "de"),
        ],
    );
    assert_eq!(texts(style, &made, &["id"]), ["ada"]);
    assert_eq!(read("GET /cloud/users", &["users"]), ["ada", "admin"]);
    assert_eq!(read("GET /cloud/users?search=ada", &["users"]), ["ada"]);
    assert_eq!(
        read("GET /cloud/users/ada", &["email"]),
        ["ada@example.org"]
    );
    assert_eq!(
        read("GET /cloud/users/ada", &["quota", "quota"]),
        ["1073741824"]
    );
    assert_eq!(
        read("GET /cloud/users/details", &["users", "ada", "language"]),
        ["de"]
    );
    assert_eq!(
        texts(style, &done(ada, style, "GET /cloud/user", &[]), &["id"]),
        ["ada"]
    );
    ask("GET /cloud/user/fields", &[]);
    ask("GET /cloud/user/fields/ada", &[]);

    ask(
        "PUT /cloud/users/ada",
        &[("key", "display"), ("value", "Ada L.")],
    );
    assert_eq!(read("GET /cloud/users/ada", &["displayname"]), ["Ada L."]);
    done(
        ada,
        style,
        "PUT /cloud/users/ada",
        &[("key", "phone"), ("value", "+49 711 25242829")],
    );
    assert_eq!(read("GET /cloud/users/ada", &["phone"]), ["+4971125242829"]);
    ask(
        "PUT /cloud/users/ada",
        &[("key", "additional_mail"), ("value", "a2@example.org")],
    );
    ask(
        "PUT /cloud/users/ada/additional_mail",
        &[("key", "a2@example.org"), ("value", "a3@example.org")],
    );
    done(
        ada,
        style,
        "PUT /cloud/users/ada/additional_mailScope",
        &[("key", "a3@example.org"), ("value", "v2-local")],
    );
    assert_eq!(
        read("GET /cloud/users/ada", &["additional_mail"]),
        ["a3@example.org"]
    );
    let patched = ask(
        "PATCH /cloud/users/ada",
        &[("displayName", "Ada Lovelace"), ("quota", "none")],
    );
    assert_eq!(texts(style, &patched, &["displayname"]), ["Ada Lovelace"]);

    assert_eq!(
        read("GET /cloud/groups", &["groups"]),
        ["admin", "dev", "staff"]
    );
    assert_eq!(read("GET /cloud/groups?search=All", &["groups"]), ["staff"]);
    ask("GET /cloud/groups/details", &[]);
    assert_eq!(read("GET /cloud/groups/staff", &["users"]), ["ada"]);
    assert_eq!(read("GET /cloud/groups/staff/users", &["users"]), ["ada"]);
    assert_eq!(
        read(
            "GET /cloud/groups/staff/users/details",
            &["users", "ada", "id"]
        ),
        ["ada"]
    );
    ask(
        "PUT /cloud/groups/staff",
        &[("key", "displayname"), ("value", "Staff")],
    );
    ask("POST /cloud/users/ada/groups", &[("groupid", "dev")]);
    assert_eq!(
        read("GET /cloud/users/ada/groups", &["groups"]),
        ["staff", "dev"]
    );
    ask("GET /cloud/users/ada/groups/details", &[]);
    ask("DELETE /cloud/users/ada/groups", &[("groupid", "dev")]);
    // whoever is no member may be removed too, as on the recorded server
    ask("DELETE /cloud/users/ada/groups", &[("groupid", "dev")]);
    assert_eq!(read("GET /cloud/users/ada/groups", &["groups"]), ["staff"]);

    ask("POST /cloud/users/ada/subadmins", &[("groupid", "dev")]);
    assert_eq!(read("GET /cloud/users/ada/subadmins", &[]), ["dev"]);
    assert_eq!(read("GET /cloud/groups/dev/subadmins", &[]), ["ada"]);
    ask("GET /cloud/users/ada/subadmins/details", &[]);
    ask("DELETE /cloud/users/ada/subadmins", &[("groupid", "dev")]);
    assert!(read("GET /cloud/groups/dev/subadmins", &[]).is_empty());

    ask("PUT /cloud/users/ada/disable", &[]);
    assert_eq!(
        read("GET /cloud/users/disabled", &["users", "ada", "id"]),
        ["ada"]
    );
    ask("PUT /cloud/users/ada/enable", &[]);
    assert!(read("GET /cloud/users/disabled", &["users"]).is_empty());
    ask("DELETE /cloud/users/ada", &[]);
    assert_eq!(read("GET /cloud/users", &["users"]), ["admin"]);
    ask("DELETE /cloud/groups/staff", &[]);
    ask("DELETE /cloud/groups/dev", &[]);
    assert_eq!(read("GET /cloud/groups", &["groups"]), ["admin"]);
}

fn everything_succeeds_in_every_style(engine: Engine) {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), engine);
    for style in Style::ALL {
        lives(&server, style);
    }
}

#[test]
fn everything_succeeds_in_every_style_on_sqlite() {
    everything_succeeds_in_every_style(Engine::Sqlite);
}

#[test]
fn everything_succeeds_in_every_style_on_postgres() {
    everything_succeeds_in_every_style(Engine::Postgres);
}
