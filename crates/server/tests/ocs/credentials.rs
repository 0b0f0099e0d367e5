//! Who is let in, under which names, with which credentials; and that each change counts from the next request on.

use provost_testkit::{ADMIN_PASSWORD, Engine, Request, Response, TestServer};
use serde_json::json;

use crate::wire::{Caller, FORM, PASSWORD, V2, cli, cli_with_input};

fn started() -> TestServer {
    TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite)
}

/// Who the server takes somebody for; nobody, if it refuses.
fn known_as(server: &TestServer, login: &str, password: &str) -> Option<String> {
    let caller = Caller {
        server,
        login,
        password,
    };
    let response = caller.send(V2, "GET", "/cloud/user", &[]);
    match response.ocs_code() {
        200 => Some(response.ocs_data()["id"].as_str().unwrap().to_owned()),
        997 => None,
        other => panic!("{login}: {other}"),
    }
}

#[test]
fn a_user_is_known_by_login_address_and_contact_e_mail() {
    let server = started();
    let admin = Caller::admin(&server);
    cli(
        &server,
        &["domain", "add", "example.org", "--tenant", "default"],
    );
    admin.make_user("ada", &[("email", "ada@example.org")]);
    for name in ["ada", "ADA", "ada@example.org", "Ada@Example.ORG"] {
        assert_eq!(
            known_as(&server, name, PASSWORD).as_deref(),
            Some("ada"),
            "{name}"
        );
    }
    // a contact e-mail that one user alone has, though its domain is nobody's
    admin.done(
        "PUT",
        "/cloud/users/ada",
        &[("key", "email"), ("value", "ada@elsewhere.example")],
    );
    assert_eq!(
        known_as(&server, "ada@elsewhere.example", PASSWORD).as_deref(),
        Some("ada")
    );
    for (name, password) in [
        ("ad", PASSWORD),
        ("ada ", "wrong"),
        ("ada", "wrong"),
        ("ADA", "correct-horse-77"),
        ("nobody", PASSWORD),
    ] {
        assert_eq!(known_as(&server, name, password), None, "{name}");
    }
}

#[test]
fn an_address_wins_over_a_contact_e_mail_and_two_of_these_mean_nobody() {
    let server = started();
    let admin = Caller::admin(&server);
    let other = "Another-Horse-78";
    cli(
        &server,
        &["domain", "add", "example.org", "--tenant", "default"],
    );
    admin.make_user("ada", &[("email", "ada@example.org")]);
    admin.done(
        "POST",
        "/cloud/users",
        &[
            ("userid", "eve"),
            ("password", other),
            ("email", "ada@example.org"),
        ],
    );
    // eve has ada's address as contact e-mail, and locks nobody out by it
    assert_eq!(
        known_as(&server, "ada@example.org", PASSWORD).as_deref(),
        Some("ada")
    );
    assert_eq!(known_as(&server, "ada@example.org", other), None);
    assert_eq!(admin.get("/cloud/users/ada@example.org")["id"], "ada");

    let shared = "team@elsewhere.example";
    let set = |login: &str| {
        let path = format!("/cloud/users/{login}");
        Caller {
            server: &server,
            login,
            password: if login == "eve" { other } else { PASSWORD },
        }
        .done("PUT", &path, &[("key", "email"), ("value", shared)]);
    };
    set("eve");
    assert_eq!(known_as(&server, shared, other).as_deref(), Some("eve"));
    admin.make_user("bob", &[]);
    set("bob");
    assert_eq!(known_as(&server, shared, other), None);
    assert_eq!(known_as(&server, shared, PASSWORD), None);
}

#[test]
fn a_suffix_names_the_tenant_of_a_login() {
    let server = started();
    cli(&server, &["tenant", "create", "acme"]);
    cli_with_input(
        &server,
        &[
            "user",
            "create",
            "admin",
            "--tenant",
            "acme",
            "--admin",
            "--password-stdin",
        ],
        PASSWORD,
    );
    cli(&server, &["user", "create", "boss", "--tenant", "acme"]);
    let get = |path: &str, login: &str, password: &str| {
        Request::get(&format!("{path}/ocs/v2.php/cloud/users?format=json"))
            .ocs()
            .basic(login, password)
            .send(&server)
    };
    // every tenant has its own `admin`
    let users = json!({"users": ["admin", "boss"]});
    assert_eq!(get("/t/acme", "admin", PASSWORD).ocs_data(), users);
    assert_eq!(get("/t/acme", "admin@@acme", PASSWORD).ocs_data(), users);
    assert_eq!(get("", "admin", PASSWORD).ocs_code(), 997);
    // the suffix names the tenant where nothing else does
    assert_eq!(get("", "admin@@acme", PASSWORD).ocs_data(), users);
    assert_eq!(get("", "admin@@ACME", PASSWORD).ocs_data(), users);
    assert_eq!(get("/t/default", "admin@@acme", PASSWORD).ocs_code(), 997);
    assert_eq!(get("", "admin@@default", ADMIN_PASSWORD).ocs_code(), 200);
    // the operator is at home in `default` and let in everywhere
    assert_eq!(get("/t/acme", "admin", ADMIN_PASSWORD).ocs_code(), 997);
    assert_eq!(get("/t/acme", "admin@@", ADMIN_PASSWORD).ocs_code(), 200);
    assert_eq!(
        get("/t/acme", "admin@@default", ADMIN_PASSWORD).ocs_code(),
        200
    );
    assert_eq!(get("/t/nope", "admin@@", ADMIN_PASSWORD).ocs_code(), 997);
    assert_eq!(get("/t/acme", "admin@@nope", PASSWORD).ocs_code(), 997);
}

#[test]
fn the_last_administrator_stays_though_an_operator_asks() {
    let server = started();
    cli(&server, &["tenant", "create", "acme"]);
    cli(
        &server,
        &["user", "create", "boss", "--tenant", "acme", "--admin"],
    );
    let send = |method: &str, path: &str, form: &str| {
        Request::new(
            method,
            &format!("/t/acme/ocs/v2.php/cloud{path}?format=json"),
        )
        .ocs()
        .basic("admin@@", ADMIN_PASSWORD)
        .body(FORM, form)
        .send(&server)
        .ocs_code()
    };
    assert_eq!(send("DELETE", "/users/boss", ""), 101);
    assert_eq!(send("PUT", "/users/boss/disable", ""), 101);
    assert_eq!(send("DELETE", "/users/boss/groups", "groupid=admin"), 105);
    assert_eq!(send("GET", "/users/boss", ""), 200);
}

/// A read and a write, by whatever credentials.
fn reads_and_writes(
    server: &TestServer,
    with: impl Fn(Request) -> Request,
) -> (Response, Response) {
    let path = "/ocs/v2.php/cloud/groups?format=json";
    let read = with(Request::get(path).ocs()).send(server);
    let write = with(Request::post(path).ocs())
        .form(&[("groupid", "made")])
        .send(server);
    (read, write)
}

fn assert_may_only_read(server: &TestServer, with: impl Fn(Request) -> Request) {
    let (read, write) = reads_and_writes(server, with);
    assert_eq!(read.ocs_code(), 200);
    assert_eq!((write.status, write.ocs_code()), (403, 403));
    assert_eq!(
        write.json()["ocs"]["meta"]["message"],
        "Password confirmation is required"
    );
}

fn assert_may_write(server: &TestServer, with: impl Fn(Request) -> Request) {
    let (read, write) = reads_and_writes(server, with);
    assert_eq!(
        (read.ocs_code(), write.ocs_code()),
        (200, 200),
        "{}",
        write.text()
    );
    Caller::admin(server).done("DELETE", "/cloud/groups/made", &[]);
}

#[test]
fn app_passwords_write_if_their_scope_says_so() {
    let server = started();
    let make = |scope: &str| {
        cli(
            &server,
            &[
                "user",
                "app-password",
                "admin",
                "--name",
                scope,
                "--scope",
                scope,
            ],
        )
    };
    let read = make("read");
    assert_may_only_read(&server, |request| request.basic("admin", &read));
    assert_may_only_read(&server, |request| request.bearer(&read));
    let provision = make("provision");
    assert_may_write(&server, |request| request.basic("admin", &provision));
    assert_may_write(&server, |request| request.bearer(&provision));
    // it is its owner's alone, and a login goes with it
    Caller::admin(&server).make_user("ada", &[]);
    assert_eq!(known_as(&server, "ada", &provision), None);
    assert_eq!(
        known_as(&server, "ADMIN", &provision).as_deref(),
        Some("admin")
    );
}

#[test]
fn keys_are_bearers_of_their_own_tenant() {
    let server = started();
    cli(&server, &["tenant", "create", "acme"]);
    cli(
        &server,
        &["user", "create", "boss", "--tenant", "acme", "--admin"],
    );
    let key = cli(
        &server,
        &["key", "create", "--tenant", "acme", "--name", "shop"],
    );
    let send = |method: &str, path: &str| {
        Request::new(method, path)
            .bearer(&key)
            .form(&[("groupid", "made")])
            .send(&server)
    };
    let users = json!({"users": ["boss"]});
    // a token needs no OCS-APIRequest header
    assert_eq!(
        send("GET", "/ocs/v2.php/cloud/users?format=json").ocs_data(),
        users
    );
    assert_eq!(
        send("GET", "/t/acme/ocs/v2.php/cloud/users?format=json").ocs_data(),
        users
    );
    assert_eq!(send("POST", "/ocs/v2.php/cloud/groups").ocs_code(), 200);
    assert_eq!(
        send("GET", "/t/default/ocs/v2.php/cloud/users").ocs_code(),
        997
    );
    assert_eq!(
        send("GET", "/t/nope/ocs/v2.php/cloud/users").ocs_code(),
        997
    );
    // a key is no user
    assert_eq!(send("GET", "/ocs/v2.php/cloud/user").ocs_code(), 404);
    let basic = Request::get("/t/acme/ocs/v2.php/cloud/users")
        .ocs()
        .basic("boss", &key);
    assert_eq!(basic.send(&server).ocs_code(), 997);
    assert_eq!(
        Caller::admin(&server).get("/cloud/groups"),
        json!({"groups": ["admin"]})
    );
}

#[test]
fn a_key_that_provisions_makes_no_administrators() {
    let server = started();
    let key = cli(&server, &["key", "create", "--tenant", "default"]);
    let send = |path: &str, form: &[(&str, &str)]| {
        Request::post(&format!("/ocs/v2.php/cloud{path}"))
            .bearer(&key)
            .form(form)
            .send(&server)
            .ocs_code()
    };
    assert_eq!(
        send("/users", &[("userid", "ada"), ("password", PASSWORD)]),
        200
    );
    assert_eq!(send("/users/ada/groups", &[("groupid", "admin")]), 403);
    let user = [
        ("userid", "eve"),
        ("password", PASSWORD),
        ("groups[]", "admin"),
    ];
    assert_eq!(send("/users", &user), 403);
    let users = Caller::admin(&server).get("/cloud/users");
    assert_eq!(users, json!({"users": ["ada", "admin"]}));
}

#[test]
fn a_change_counts_from_the_next_request_on() {
    let server = started();
    let admin = Caller::admin(&server);
    admin.make_user("ada", &[]);
    let token = cli(
        &server,
        &["user", "app-password", "ada", "--name", "telephone"],
    );
    let known = |password: &str| known_as(&server, "ada", password).is_some();
    assert!(known(PASSWORD) && known(&token));

    admin.done("PUT", "/cloud/users/ada/disable", &[]);
    assert!(!known(PASSWORD) && !known(&token));
    admin.done("PUT", "/cloud/users/ada/enable", &[]);
    assert!(known(PASSWORD) && known(&token));

    let new = "Another-Horse-78";
    admin.done(
        "PUT",
        "/cloud/users/ada",
        &[("key", "password"), ("value", new)],
    );
    // tokens outlive a change of the password
    assert!(!known(PASSWORD) && known(new) && known(&token));

    admin.make_group("staff");
    let ada = Caller {
        server: &server,
        login: "ada",
        password: new,
    };
    assert_eq!(ada.code("GET", "/cloud/users", &[]), 403);
    admin.done(
        "POST",
        "/cloud/users/ada/subadmins",
        &[("groupid", "staff")],
    );
    assert_eq!(ada.code("GET", "/cloud/users", &[]), 200);
    admin.done(
        "DELETE",
        "/cloud/users/ada/subadmins",
        &[("groupid", "staff")],
    );
    assert_eq!(ada.code("GET", "/cloud/users", &[]), 403);

    admin.done("DELETE", "/cloud/users/ada", &[]);
    assert!(!known(new) && !known(&token));
}

#[test]
fn a_suspended_tenant_lets_nobody_in_but_operators() {
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
    let key = cli(&server, &["key", "create", "--tenant", "acme"]);
    let token = cli(
        &server,
        &[
            "user",
            "app-password",
            "boss",
            "--tenant",
            "acme",
            "--name",
            "telephone",
        ],
    );
    let codes = || {
        let get = || Request::get("/t/acme/ocs/v2.php/cloud/users").ocs();
        [
            get().basic("boss", PASSWORD),
            get().basic("boss", &token),
            get().bearer(&key),
            get().basic("admin@@", ADMIN_PASSWORD),
        ]
        .map(|request| request.send(&server).ocs_code())
    };
    assert_eq!(codes(), [200, 200, 200, 200]);
    cli(&server, &["tenant", "suspend", "acme"]);
    assert_eq!(codes(), [997, 997, 997, 200]);
    cli(&server, &["tenant", "resume", "acme"]);
    assert_eq!(codes(), [200, 200, 200, 200]);
}

#[test]
fn what_is_no_login_is_nobody() {
    let server = started();
    for value in [
        "Basic",
        "Basic !!!",
        "Basic YWRtaW4=",
        "Basic Og==",
        "Basic YWRtaW46",
        "Bearer",
        "Bearer wrong",
        "Digest x",
        "admin",
    ] {
        let response = Request::get(&V2.path("/cloud/users"))
            .ocs()
            .header("Authorization", value)
            .send(&server);
        assert_eq!(response.ocs_code(), 997, "{value}");
        assert_eq!(
            response.json()["ocs"]["meta"]["message"],
            "Current user is not logged in",
            "{value}"
        );
    }
    // two headers could be read differently here and in a proxy before
    let response = Caller::admin(&server)
        .request(V2, "GET", "/cloud/users")
        .basic("admin", ADMIN_PASSWORD)
        .send(&server);
    assert_eq!(response.ocs_code(), 997);
}
