//! The v1 page's operations on a tenant with the flavour `owncloud`, over both versions.

use crate::site::{PASSWORD, Site};
use provost_testkit::{ADMIN_PASSWORD, Engine, Request, Response, TestDatabase};

fn site() -> Site {
    let site = Site::new(TestDatabase::fresh(Engine::Sqlite));
    let set = site
        .server
        .cli(&["tenant", "set", "default", "flavour=owncloud"]);
    assert!(
        set.status.success(),
        "{}",
        String::from_utf8_lossy(&set.stderr)
    );
    site
}

/// An answer to a request without the header `OCS-APIRequest`, in XML.
fn ask(site: &Site, login: &str, version: u8, request: (&str, &str, &[(&str, &str)])) -> Response {
    let (method, path, fields) = request;
    let password = if login == "admin" {
        ADMIN_PASSWORD
    } else {
        PASSWORD
    };
    let request =
        Request::new(method, &format!("/ocs/v{version}.php{path}")).basic(login, password);
    let request = if fields.is_empty() {
        request
    } else {
        request.form(fields)
    };
    request
        .header("Accept", "application/json")
        .send(&site.server)
}

/// The HTTP status and the code of an envelope in XML.
fn codes(answer: &Response) -> (u16, u16) {
    let text = answer.text();
    assert_eq!(
        answer.header("Content-Type"),
        Some("text/xml; charset=UTF-8"),
        "{text}"
    );
    assert!(text.contains("<totalitems></totalitems>"), "{text}");
    let code = text
        .split("<statuscode>")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    (answer.status, code.parse().unwrap())
}

type Case = (
    &'static str,
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
    u16,
    u16,
);

/// Caller, method, path, fields; the code in version 1, and in version 2.
const CASES: &[Case] = &[
    (
        "admin",
        "POST",
        "/cloud/users",
        &[("userid", "Frank"), ("password", PASSWORD)],
        100,
        200,
    ),
    (
        "admin",
        "POST",
        "/cloud/users",
        &[("userid", "Frank"), ("password", PASSWORD)],
        102,
        400,
    ),
    (
        "admin",
        "POST",
        "/cloud/users",
        &[("userid", "Bob"), ("password", "secret")],
        101,
        400,
    ),
    (
        "admin",
        "POST",
        "/cloud/users",
        &[("userid", "Bob")],
        101,
        400,
    ),
    (
        "admin",
        "POST",
        "/cloud/users",
        &[("password", PASSWORD)],
        101,
        400,
    ),
    (
        "admin",
        "POST",
        "/cloud/users",
        &[
            ("userid", "Bob"),
            ("password", PASSWORD),
            ("groups[]", "no"),
        ],
        104,
        403,
    ),
    ("admin", "GET", "/cloud/users?search=Frank", &[], 100, 200),
    ("Frank", "GET", "/cloud/users", &[], 997, 997),
    ("admin", "GET", "/cloud/users/Frank", &[], 100, 200),
    ("admin", "GET", "/cloud/users/nobody", &[], 998, 404),
    ("Frank", "GET", "/cloud/users/admin", &[], 997, 997),
    (
        "admin",
        "PUT",
        "/cloud/users/Frank",
        &[("key", "email"), ("value", "frank@example.org")],
        100,
        200,
    ),
    (
        "admin",
        "PUT",
        "/cloud/users/Frank",
        &[("key", "email"), ("value", "no address")],
        102,
        400,
    ),
    (
        "admin",
        "PUT",
        "/cloud/users/Frank",
        &[("key", "quota"), ("value", "12MB")],
        100,
        200,
    ),
    (
        "admin",
        "PUT",
        "/cloud/users/Frank",
        &[("key", "quota"), ("value", "lots")],
        103,
        400,
    ),
    (
        "admin",
        "PUT",
        "/cloud/users/Frank",
        &[("key", "password"), ("value", "secret")],
        403,
        403,
    ),
    (
        "admin",
        "PUT",
        "/cloud/users/Frank",
        &[("key", "nothing"), ("value", "x")],
        997,
        997,
    ),
    (
        "admin",
        "PUT",
        "/cloud/users/Frank",
        &[("value", "x")],
        997,
        997,
    ),
    (
        "admin",
        "PUT",
        "/cloud/users/nobody",
        &[("key", "email"), ("value", "")],
        997,
        997,
    ),
    (
        "Frank",
        "PUT",
        "/cloud/users/Frank",
        &[("key", "quota"), ("value", "12MB")],
        997,
        997,
    ),
    ("admin", "PUT", "/cloud/users/Frank/disable", &[], 100, 200),
    ("admin", "PUT", "/cloud/users/Frank/enable", &[], 100, 200),
    ("admin", "PUT", "/cloud/users/nobody/enable", &[], 101, 400),
    (
        "admin",
        "POST",
        "/cloud/groups",
        &[("groupid", "newgroup")],
        100,
        200,
    ),
    (
        "admin",
        "POST",
        "/cloud/groups",
        &[("groupid", "newgroup")],
        102,
        400,
    ),
    (
        "admin",
        "POST",
        "/cloud/groups",
        &[("groupid", "0")],
        100,
        200,
    ),
    ("admin", "POST", "/cloud/groups", &[], 101, 400),
    (
        "Frank",
        "POST",
        "/cloud/groups",
        &[("groupid", "other")],
        997,
        997,
    ),
    ("admin", "GET", "/cloud/groups", &[], 100, 200),
    ("Frank", "GET", "/cloud/groups", &[], 997, 997),
    ("admin", "GET", "/cloud/users/Frank/groups", &[], 100, 200),
    ("admin", "GET", "/cloud/users/nobody/groups", &[], 998, 404),
    (
        "admin",
        "POST",
        "/cloud/users/Frank/groups",
        &[("groupid", "newgroup")],
        100,
        200,
    ),
    ("admin", "POST", "/cloud/users/Frank/groups", &[], 101, 400),
    (
        "admin",
        "POST",
        "/cloud/users/Frank/groups",
        &[("groupid", "no")],
        102,
        400,
    ),
    (
        "admin",
        "POST",
        "/cloud/users/nobody/groups",
        &[("groupid", "newgroup")],
        103,
        400,
    ),
    ("admin", "GET", "/cloud/groups/newgroup", &[], 100, 200),
    ("admin", "GET", "/cloud/groups/no", &[], 998, 404),
    (
        "admin",
        "POST",
        "/cloud/users/Frank/subadmins",
        &[("groupid", "newgroup")],
        100,
        200,
    ),
    (
        "admin",
        "POST",
        "/cloud/users/nobody/subadmins",
        &[("groupid", "newgroup")],
        101,
        400,
    ),
    (
        "admin",
        "POST",
        "/cloud/users/Frank/subadmins",
        &[("groupid", "no")],
        102,
        400,
    ),
    (
        "admin",
        "POST",
        "/cloud/users/Frank/subadmins",
        &[("groupid", "admin")],
        103,
        400,
    ),
    (
        "Frank",
        "POST",
        "/cloud/users/Frank/groups",
        &[("groupid", "admin")],
        104,
        403,
    ),
    ("Frank", "GET", "/cloud/groups/admin", &[], 997, 997),
    (
        "admin",
        "GET",
        "/cloud/users/Frank/subadmins",
        &[],
        100,
        200,
    ),
    (
        "admin",
        "GET",
        "/cloud/users/nobody/subadmins",
        &[],
        101,
        400,
    ),
    (
        "admin",
        "GET",
        "/cloud/groups/newgroup/subadmins",
        &[],
        100,
        200,
    ),
    ("admin", "GET", "/cloud/groups/no/subadmins", &[], 101, 400),
    (
        "admin",
        "DELETE",
        "/cloud/users/Frank/subadmins",
        &[("groupid", "newgroup")],
        100,
        200,
    ),
    (
        "admin",
        "DELETE",
        "/cloud/users/Frank/subadmins",
        &[("groupid", "newgroup")],
        102,
        400,
    ),
    (
        "admin",
        "DELETE",
        "/cloud/users/Frank/subadmins",
        &[("groupid", "no")],
        101,
        400,
    ),
    (
        "admin",
        "DELETE",
        "/cloud/users/Frank/groups",
        &[("groupid", "newgroup")],
        100,
        200,
    ),
    ("admin", "DELETE", "/cloud/groups/newgroup", &[], 100, 200),
    ("admin", "DELETE", "/cloud/groups/0", &[], 100, 200),
    ("admin", "DELETE", "/cloud/groups/no", &[], 101, 400),
    ("admin", "DELETE", "/cloud/groups/admin", &[], 102, 400),
    ("admin", "GET", "/cloud/apps?filter=enabled", &[], 100, 200),
    ("admin", "GET", "/cloud/apps?filter=other", &[], 101, 400),
    ("admin", "GET", "/cloud/apps/no-app", &[], 998, 404),
    ("Frank", "GET", "/cloud/apps", &[], 997, 997),
    ("admin", "DELETE", "/cloud/users/Frank", &[], 100, 200),
    ("admin", "DELETE", "/cloud/users/Frank", &[], 101, 400),
];

#[test]
fn the_v1_pages_operations_have_ownclouds_codes_in_both_versions() {
    let site = site();
    let mut wrong = Vec::new();
    for version in [1, 2] {
        for (login, method, path, fields, v1, v2) in CASES {
            let given = codes(&ask(&site, login, version, (method, path, fields)));
            let code = if version == 1 { *v1 } else { *v2 };
            let status = match (version, code) {
                (_, 997) => 401,
                (1, _) => 200,
                (_, code) => code,
            };
            if given != (status, code) {
                wrong.push(format!(
                    "v{version} {login} {method} {path} {fields:?}: {given:?}, not {:?}",
                    (status, code)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn users_and_envelopes_have_ownclouds_shape() {
    let site = site();
    let made = ask(
        &site,
        "admin",
        1,
        (
            "POST",
            "/cloud/users",
            &[("userid", "Frank"), ("password", PASSWORD)],
        ),
    );
    let text = made.text();
    assert!(
        text.contains("<message/>") && text.contains(" <data/>"),
        "{text}"
    );
    let put = |value| {
        ask(
            &site,
            "admin",
            2,
            (
                "PUT",
                "/cloud/users/Frank",
                &[("key", "quota"), ("value", value)],
            ),
        )
    };
    let shown = |login| {
        let password = if login == "admin" {
            ADMIN_PASSWORD
        } else {
            PASSWORD
        };
        let request =
            Request::get("/ocs/v2.php/cloud/users/Frank?format=json").basic(login, password);
        request.send(&site.server).ocs_data()
    };
    for (given, kept) in [
        ("12MB", "12 MB"),
        ("1.5 GB", "1.5 GB"),
        ("none", "none"),
        ("default", "default"),
        ("5", "5 B"),
    ] {
        assert_eq!(codes(&put(given)), (200, 200));
        assert_eq!(shown("admin")["quota"]["definition"], kept);
    }
    let user = shown("admin");
    let keys: Vec<&String> = user.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 6, "{keys:?}");
    assert_eq!(
        (&user["enabled"], &user["two_factor_auth_enabled"]),
        (&"true".into(), &"false".into())
    );
    assert!(
        shown("Frank")["enabled"].is_null(),
        "a user does not see whether it is enabled"
    );
    let own = Request::get("/ocs/v1.php/cloud/user?format=json")
        .basic("Frank", PASSWORD)
        .send(&site.server);
    assert_eq!(own.ocs_data()["display-name"], "Frank");
}

#[test]
fn strangers_learn_the_default_tenants_flavour_alone() {
    let site = site();
    for slug in ["acme", "plain"] {
        assert!(
            site.server
                .cli(&["tenant", "create", slug])
                .status
                .success()
        );
    }
    assert!(
        site.server
            .cli(&["tenant", "set", "plain", "flavour=nextcloud"])
            .status
            .success()
    );
    assert_eq!(
        Request::get("/status.php").send(&site.server).json()["productname"],
        "ownCloud"
    );
    let answers: Vec<(u16, String)> = ["acme", "plain", "nobody"]
        .iter()
        .map(|slug| Request::get(&format!("/t/{slug}/ocs/v2.php/cloud/users")).send(&site.server))
        .map(|answer| (answer.status, answer.text()))
        .collect();
    assert!(
        answers[0] == answers[1] && answers[1] == answers[2],
        "{answers:?}"
    );
}

/// A host is public, so the tenant that lists it shows its flavour to everybody who asks there.
#[test]
fn a_tenants_host_has_its_flavour_before_any_login() {
    let site = Site::new(TestDatabase::fresh(Engine::Sqlite));
    for arguments in [
        &["tenant", "create", "acme", "--host", "cloud.acme.example"][..],
        &["tenant", "set", "acme", "flavour=owncloud"],
    ] {
        assert!(site.server.cli(arguments).status.success());
    }
    let product = |host: &str, path: &str| {
        let answer = Request::get(path).header("Host", host).send(&site.server);
        answer.json()["productname"].as_str().unwrap().to_owned()
    };
    assert_eq!(product("cloud.acme.example", "/status.php"), "ownCloud");
    assert_eq!(product("other.example", "/status.php"), "Nextcloud");
    assert_eq!(product("other.example", "/t/acme/status.php"), "Nextcloud");
    // which asks for no header OCS-APIRequest
    let capabilities = Request::get("/ocs/v2.php/cloud/capabilities?format=json")
        .header("Host", "cloud.acme.example")
        .send(&site.server);
    assert_eq!(capabilities.status, 200, "{}", capabilities.text());
}
