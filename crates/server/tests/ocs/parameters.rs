//! Where parameters may stand, in which notations, and what happens to those that are wrong.

use provost_testkit::{Engine, Request, Response, TestServer};
use serde_json::{Value, json};

use crate::wire::{Caller, FORM, Style, V2, everything, meta};

fn started() -> TestServer {
    TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite)
}

/// A group's display name, which most requests here set.
fn name(server: &TestServer, group: &str) -> String {
    let groups = Caller::admin(server).get("/cloud/groups/details")["groups"].take();
    let found = groups
        .as_array()
        .unwrap()
        .iter()
        .find(|found| found["id"] == group)
        .map(|found| found["displayname"].clone());
    found.unwrap().as_str().unwrap().to_owned()
}

fn put(server: &TestServer, query: &str) -> Request {
    Caller::admin(server).request(V2, "PUT", &format!("/cloud/groups/staff{query}"))
}

fn is_bare_refusal(response: &Response) -> bool {
    response.status == 400
        && response.body.is_empty()
        && response.header("content-type") == Some("text/html; charset=UTF-8")
}

#[test]
fn parameters_stand_in_the_query_a_form_or_json() {
    let server = started();
    Caller::admin(&server).make_group("staff");
    let requests = [
        put(&server, "?key=displayname&value=Query"),
        put(&server, "").body(FORM, "key=displayname&value=Form"),
        put(&server, "").body(
            &format!("{FORM}; charset=UTF-8"),
            "key=displayname&value=Form+2",
        ),
        put(&server, "").json(&json!({"key": "displayname", "value": "JSON"})),
        put(&server, "").body(
            "application/json; charset=utf-8",
            r#"{"key":"displayname","value":"JSON 2"}"#,
        ),
        put(&server, "?key=displayname").body(FORM, "value=Both"),
        // the body goes before the query
        put(&server, "?key=displayname&value=Query").body(FORM, "value=Body"),
        put(&server, "?key=displayname&value=Query").json(&json!({"value": "Body 2"})),
        // the last of several wins
        put(&server, "").body(FORM, "key=foo&value=First&key=displayname&value=Last"),
    ];
    let names = [
        "Query", "Form", "Form 2", "JSON", "JSON 2", "Both", "Body", "Body 2", "Last",
    ];
    for (request, wanted) in requests.iter().zip(names) {
        let response = request.send(&server);
        assert_eq!(response.ocs_code(), 200, "{wanted}: {}", response.text());
        assert_eq!(name(&server, "staff"), wanted);
    }
}

#[test]
fn multipart_is_read_from_a_post_alone() {
    let server = started();
    let admin = Caller::admin(&server);
    let field = |name: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = |fields: &[(&str, &str)]| {
        let fields: String = fields
            .iter()
            .map(|(name, value)| field(name, value))
            .collect();
        format!("{fields}--b--\r\n")
    };
    let made = admin
        .request(V2, "POST", "/cloud/groups")
        .body(
            "multipart/form-data; boundary=b",
            body(&[("groupid", "staff")]),
        )
        .send(&server);
    assert_eq!(made.ocs_code(), 200, "{}", made.text());
    let renamed = put(&server, "")
        .body(
            "multipart/form-data; boundary=b",
            body(&[("key", "displayname"), ("value", "x")]),
        )
        .send(&server);
    assert!(is_bare_refusal(&renamed), "{renamed:?}");
}

#[test]
fn bodies_are_read_on_any_verb() {
    let server = started();
    let admin = Caller::admin(&server);
    admin.make_group("staff");
    admin.make_group("dev");
    let found = admin
        .request(V2, "GET", "/cloud/groups")
        .body(FORM, "search=sta&limit=5")
        .send(&server);
    assert_eq!(found.ocs_data(), json!({"groups": ["staff"]}));
    let found = admin
        .request(V2, "GET", "/cloud/groups?search=dev")
        .json(&json!({"search": "sta"}))
        .send(&server);
    assert_eq!(found.ocs_data(), json!({"groups": ["staff"]}));
    for body in [json!({"groupid": "staff"}), json!({"groupid": "dev"})] {
        let added = admin
            .request(V2, "POST", "/cloud/users/admin/groups")
            .json(&body)
            .send(&server);
        assert_eq!(added.ocs_code(), 200);
    }
    let removed = admin
        .request(V2, "DELETE", "/cloud/users/admin/groups")
        .json(&json!({"groupid": "staff"}))
        .send(&server);
    assert_eq!(removed.ocs_code(), 200);
    admin.done("DELETE", "/cloud/users/admin/groups?groupid=dev", &[]);
    assert_eq!(
        admin.get("/cloud/users/admin/groups"),
        json!({"groups": ["admin"]})
    );
}

#[test]
fn ids_of_the_path_go_before_body_and_query() {
    let server = started();
    let admin = Caller::admin(&server);
    admin.make_group("staff");
    admin.make_user("ada", &[]);
    let hidden = [
        ("userId", "admin"),
        ("groupId", "admin"),
        ("userid", "admin"),
        ("groupid", "staff"),
    ];
    admin.done(
        "POST",
        "/cloud/users/ada/groups?userId=admin&id=admin",
        &hidden,
    );
    assert_eq!(
        admin.get("/cloud/users/ada/groups"),
        json!({"groups": ["staff"]})
    );
    admin.done("DELETE", "/cloud/groups/staff?groupId=admin", &hidden);
    assert_eq!(admin.get("/cloud/groups"), json!({"groups": ["admin"]}));
}

#[test]
fn lists_are_written_as_php_writes_them() {
    let server = started();
    let admin = Caller::admin(&server);
    admin.make_group("staff");
    admin.make_group("dev");
    let bodies = [
        "groups[]=staff&groups[]=dev",
        "groups%5B%5D=staff&groups%5B%5D=dev",
        "groups[0]=staff&groups[1]=dev",
        "groups[7]=staff&groups[]=dev",
    ];
    for (number, body) in bodies.iter().enumerate() {
        let login = format!("user{number}");
        let response = admin
            .request(V2, "POST", "/cloud/users")
            .body(FORM, format!("userid={login}&email=a@example.org&{body}"))
            .send(&server);
        assert_eq!(response.ocs_code(), 200, "{body}: {}", response.text());
        let groups = admin.get(&format!("/cloud/users/{login}/groups"));
        assert_eq!(groups, json!({"groups": ["staff", "dev"]}), "{body}");
    }
    // names instead of numbers are no list
    let response = admin
        .request(V2, "POST", "/cloud/users")
        .body(FORM, "userid=new&email=a@example.org&groups[a]=staff")
        .send(&server);
    assert!(is_bare_refusal(&response), "{response:?}");
    let response = admin
        .request(V2, "PATCH", "/cloud/users/user0?groups[]=dev")
        .send(&server);
    assert_eq!(response.ocs_code(), 200);
    assert_eq!(
        admin.get("/cloud/users/user0/groups"),
        json!({"groups": ["dev"]})
    );
    // JSON's empty list takes the user out of all; a form cannot say so
    let response = admin
        .request(V2, "PATCH", "/cloud/users/user0")
        .json(&json!({"groups": []}))
        .send(&server);
    assert_eq!(response.ocs_code(), 200);
    assert_eq!(
        admin.get("/cloud/users/user0/groups"),
        json!({"groups": []})
    );
}

#[test]
fn wrong_types_are_refused_without_an_envelope() {
    let server = started();
    let admin = Caller::admin(&server);
    admin.make_group("staff");
    let before = everything(&server);
    let user = |more: Value| {
        let mut user = json!({"userid": "new", "email": "a@example.org"});
        user.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        user
    };
    let bodies = [
        ("POST", "/cloud/users", user(json!({"userid": 5}))),
        ("POST", "/cloud/users", user(json!({"userid": true}))),
        ("POST", "/cloud/users", user(json!({"userid": null}))),
        ("POST", "/cloud/users", user(json!({"userid": ["new"]}))),
        ("POST", "/cloud/users", user(json!({"email": 1}))),
        ("POST", "/cloud/users", user(json!({"quota": 1024}))),
        ("POST", "/cloud/users", user(json!({"groups": "staff"}))),
        ("POST", "/cloud/users", user(json!({"groups": [5]}))),
        ("POST", "/cloud/users", user(json!({"groups": [["staff"]]}))),
        ("POST", "/cloud/users", user(json!({"subadmin": "staff"}))),
        (
            "PUT",
            "/cloud/users/admin",
            json!({"key": "quota", "value": 1024}),
        ),
        (
            "PUT",
            "/cloud/users/admin",
            json!({"key": "profile_enabled", "value": true}),
        ),
        (
            "PUT",
            "/cloud/users/admin",
            json!({"key": "email", "value": null}),
        ),
        (
            "PUT",
            "/cloud/users/admin",
            json!({"key": ["email"], "value": "x"}),
        ),
        ("PATCH", "/cloud/users/admin", json!({"displayName": 5})),
        ("PATCH", "/cloud/users/admin", json!({"groups": "staff"})),
        ("POST", "/cloud/groups", json!({"groupid": 77})),
        ("POST", "/cloud/groups", json!({"groupid": {"a": "b"}})),
        ("POST", "/cloud/users/admin/groups", json!({"groupid": 77})),
        (
            "POST",
            "/cloud/users/admin/subadmins",
            json!({"groupid": false}),
        ),
    ];
    for (method, path, body) in bodies {
        for style in Style::ALL {
            let response = admin.request(style, method, path).json(&body).send(&server);
            assert!(
                is_bare_refusal(&response),
                "{method} {path} {body} {style:?}: {response:?}"
            );
        }
    }
    assert_eq!(everything(&server), before);
}

#[test]
fn null_is_a_parameter_left_out() {
    let server = started();
    let admin = Caller::admin(&server);
    let user = json!({"userid": "new", "email": "a@example.org", "password": null, "groups": null, "quota": null});
    let response = admin
        .request(V2, "POST", "/cloud/users")
        .json(&user)
        .send(&server);
    assert_eq!(response.ocs_code(), 200, "{}", response.text());
}

#[test]
fn bodies_that_cannot_be_read_hold_no_parameters() {
    let server = started();
    let admin = Caller::admin(&server);
    let before = everything(&server);
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let bodies: [(&str, &[u8]); 11] = [
        ("application/json", b"{\"groupid\":"),
        ("application/json", b"\"groupid\""),
        ("application/json", b"[]"),
        ("application/json", b"{\"groupid\":\"\xff\"}"),
        ("application/json", deep.as_bytes()),
        ("", b"{\"groupid\":\"new\"}"),
        ("text/plain", b"groupid=new"),
        ("application/xml", b"<groupid>new</groupid>"),
        ("application/vnd.api+json", b"{\"groupid\":\"new\"}"),
        (FORM, b"groupid=%ff"),
        ("multipart/form-data; boundary=b", b"--c\r\n"),
    ];
    for (content_type, body) in bodies {
        for style in Style::ALL {
            let response = admin
                .request(style, "POST", "/cloud/groups")
                .body(content_type, body)
                .send(&server);
            assert!(
                is_bare_refusal(&response),
                "{content_type} {style:?}: {response:?}"
            );
        }
    }
    // what needs no parameter goes on, as on the recorded server (982)
    let response = admin
        .request(V2, "PATCH", "/cloud/users/admin")
        .body("application/json", "{")
        .send(&server);
    assert_eq!(response.ocs_code(), 200);
    assert_eq!(everything(&server), before);
}

#[test]
fn queries_that_cannot_be_read_are_refused() {
    let server = started();
    let many = "a[]=1&".repeat(1001);
    let deep = format!("a{}=1", "[k]".repeat(100));
    for query in ["search=%ff", "%ff=x", &many, &deep] {
        let response = Caller::admin(&server)
            .request(V2, "GET", &format!("/cloud/users?{query}"))
            .send(&server);
        assert!(is_bare_refusal(&response), "{query:.20}: {response:?}");
    }
}

#[test]
fn bodies_beyond_a_mebibyte_are_refused_in_the_envelope() {
    let server = started();
    let admin = Caller::admin(&server);
    let before = everything(&server);
    let start = "groupid=new&ignored=";
    let body = |bytes: usize| format!("{start}{}", "x".repeat(bytes - start.len()));
    for style in Style::ALL {
        let response = admin
            .request(style, "POST", "/cloud/groups")
            .body(FORM, body(1024 * 1024 + 1))
            .send(&server);
        assert_eq!(response.status, style.status(413));
        assert_eq!(meta(style, &response).unwrap().code, 413);
    }
    assert_eq!(everything(&server), before);
    let response = admin
        .request(V2, "POST", "/cloud/groups")
        .body(FORM, body(1024 * 1024))
        .send(&server);
    assert_eq!(response.ocs_code(), 200);
}

#[test]
fn the_format_is_asked_for_in_the_query_or_by_accept() {
    let server = started();
    let json = |query: &str, accept: Option<&str>| {
        let admin = Caller::admin(&server);
        let style = Style {
            version: 2,
            json: false,
        };
        let mut request = admin.request(style, "GET", &format!("/cloud/users{query}"));
        if let Some(accept) = accept {
            request = request.header("Accept", accept);
        }
        let response = request.send(&server);
        assert_eq!(response.ocs_code(), 200);
        response.header("content-type") == Some(V2.content_type(true))
    };
    assert!(json("?format=json", None));
    assert!(json("", Some("application/json")));
    assert!(json("", Some("text/plain, application/json")));
    assert!(json("?format=", Some("application/json")));
    assert!(json("?format=xml&format=json", None));
    for (query, accept) in [
        ("", None),
        ("?format=xml", Some("application/json")),
        ("?format=JSON", None),
        ("?format=yaml", Some("application/json")),
        ("?format=json&format=xml", None),
        ("?format=", None),
        ("", Some("*/*")),
        ("", Some("application/json;q=0.9")),
        ("", Some("application/xml, application/json")),
    ] {
        assert!(!json(query, accept), "{query} {accept:?}");
    }
    // not in the body, where clients put it in vain
    let response = Caller::admin(&server)
        .request(
            Style {
                version: 2,
                json: false,
            },
            "POST",
            "/cloud/groups",
        )
        .body(FORM, "groupid=staff&format=json")
        .send(&server);
    assert!(response.text().starts_with("<?xml"));
}
