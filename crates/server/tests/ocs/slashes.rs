//! Paths as PHP servers read them: slashes, cases, routes that are not there, and paths that name a tenant.

use provost_testkit::{Engine, Request, TestServer};

use crate::wire::{Caller, FORM, PASSWORD, Style, V2, cli, cli_with_input, everything, meta};

fn started() -> TestServer {
    TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite)
}

#[test]
fn doubled_slashes_are_one() {
    let server = started();
    let admin = Caller::admin(&server);
    let users = admin.get("/cloud/users");
    for path in [
        "//ocs/v2.php/cloud/users",
        "/ocs//v2.php//cloud///users",
        "///ocs/v2.php/cloud//users",
    ] {
        let response = Request::get(&format!("{path}?format=json"))
            .ocs()
            .basic("admin", provost_testkit::ADMIN_PASSWORD)
            .send(&server);
        assert_eq!(response.ocs_data(), users, "{path}");
    }
    admin.done("POST", "//cloud//groups", &[("groupid", "staff")]);
    admin.done("DELETE", "/cloud//groups//staff", &[]);
}

#[test]
fn a_trailing_slash_is_another_route() {
    let server = started();
    let admin = Caller::admin(&server);
    let before = everything(&server);
    for style in Style::ALL {
        for (method, path) in [
            ("GET", "/cloud/users/"),
            ("GET", "/cloud/users//"),
            ("GET", "/cloud/users/admin/"),
            ("GET", "/cloud/user/"),
            ("GET", "/cloud/groups/"),
            ("GET", "/cloud/groups/admin/"),
            ("POST", "/cloud/groups/"),
            ("DELETE", "/cloud/users/admin/"),
        ] {
            let response = admin.send(style, method, path, &[("groupid", "new")]);
            let code = meta(style, &response).unwrap().code;
            assert_eq!(
                (response.status, code),
                (style.status(998), 998),
                "{method} {path} {style:?}"
            );
        }
    }
    assert_eq!(everything(&server), before);
}

#[test]
fn routes_have_one_case() {
    let server = started();
    let admin = Caller::admin(&server);
    for path in [
        "/cloud/Users",
        "/CLOUD/users",
        "/cloud/users/admin/groups/Details",
    ] {
        assert_eq!(admin.code("GET", path, &[]), 998, "{path}");
    }
    // a path of this form edits one of many values, with another method
    let response = admin.send(V2, "GET", "/cloud/users/admin/Groups", &[]);
    assert_eq!(response.status, 405);
    // the id of a group takes all that follows
    assert_eq!(admin.code("GET", "/cloud/groups/admin/SubAdmins", &[]), 404);
    // what looks like a login is one, whatever its case
    assert_eq!(admin.get("/cloud/users/ADMIN")["id"], "admin");
}

#[test]
fn unknown_routes_are_told_before_credentials_are_asked_for() {
    let server = started();
    for caller in [Caller::admin(&server), Caller::user(&server, "")] {
        for style in Style::ALL {
            for path in [
                "/cloud/nope",
                "/cloud",
                "",
                "/",
                "/cloud/users/admin/nope/nope",
                "/person/check",
                "/privatedata/getattribute",
            ] {
                let response = caller.send(style, "GET", path, &[]);
                let code = meta(style, &response).unwrap().code;
                assert_eq!(
                    (response.status, code),
                    (style.status(998), 998),
                    "{path} {style:?}"
                );
            }
        }
    }
    // but a wrong password is told of anywhere
    let impostor = Caller {
        password: PASSWORD,
        ..Caller::admin(&server)
    };
    assert_eq!(impostor.code("GET", "/cloud/nope", &[]), 997);
}

#[test]
fn paths_outside_the_interface_are_not_found() {
    let server = started();
    for path in [
        "/ocs/v3.php/cloud/users",
        "/ocs/cloud/users",
        "/ocs/V2.php/cloud/users",
        "/OCS/v2.php/cloud/users",
        "/index.html",
    ] {
        let response = Request::get(path)
            .ocs()
            .basic("admin", provost_testkit::ADMIN_PASSWORD)
            .send(&server);
        assert_eq!((response.status, response.body.len()), (404, 0), "{path}");
    }
}

#[test]
fn head_is_answered_as_get() {
    let server = started();
    let response = Caller::admin(&server).send(V2, "HEAD", "/cloud/users", &[]);
    assert_eq!(
        (response.status, response.header("content-type")),
        (200, Some(V2.content_type(true)))
    );
}

#[test]
fn a_path_may_name_the_tenant() {
    let server = started();
    cli(&server, &["tenant", "create", "acme"]);
    cli_with_input(
        &server,
        &[
            "user",
            "create",
            "boss",
            "--tenant",
            "acme",
            "--admin",
            "--password-stdin",
        ],
        PASSWORD,
    );
    let send = |method: &str, path: &str, form: &str| {
        Request::new(method, path)
            .ocs()
            .basic("boss", PASSWORD)
            .body(FORM, form)
            .send(&server)
    };
    for slug in ["acme", "ACME"] {
        let users = send(
            "GET",
            &format!("/t/{slug}/ocs/v2.php/cloud/users?format=json"),
            "",
        );
        assert_eq!(
            users.ocs_data(),
            serde_json::json!({"users": ["boss"]}),
            "{slug}"
        );
    }
    let made = send(
        "POST",
        "//t//acme//ocs/v2.php/cloud/users?format=json",
        "userid=ada&email=ada@acme.example",
    );
    assert_eq!(made.ocs_code(), 200, "{}", made.text());
    assert_eq!(
        send("GET", "/t/acme/ocs/v2.php/cloud/users/", "").ocs_code(),
        998
    );
    // the default tenant has neither of them, nor has a tenant that does not exist
    for path in [
        "/ocs/v2.php/cloud/users",
        "/t/default/ocs/v2.php/cloud/users",
        "/t/nope/ocs/v2.php/cloud/users",
    ] {
        assert_eq!(send("GET", path, "").status, 401, "{path}");
    }
    let own = Caller::admin(&server).get("/cloud/users");
    assert_eq!(own, serde_json::json!({"users": ["admin"]}));
    assert_eq!(send("GET", "/t/acme", "").status, 404);
    assert_eq!(
        send("GET", "/t/acme/t/acme/ocs/v2.php/cloud/users", "").status,
        404
    );
}
