//! The examples of ownCloud's page 'User Provisioning API' for users and groups, as curl sends them.

use std::process::Command;

use provost_testkit::{ADMIN_PASSWORD, Engine, TestServer};

use crate::wire::{Caller, Meta, Style, meta};

/// The page's own version and format.
const STYLE: Style = Style {
    version: 1,
    json: false,
};

/// One example: the verb of its 'HTTP method' line, the path after `/ocs/v1.php`, and one `-d` for each argument.
type Example = (&'static str, &'static str, &'static [&'static str]);

/// Runs curl and reads the answer.
fn curl(server: &TestServer, (method, path, arguments): Example) -> (Meta, String) {
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--show-error", "--request", method])
        .args(["--user", &format!("admin:{ADMIN_PASSWORD}")])
        .args(["--header", "OCS-APIRequest: true"]);
    for argument in arguments {
        curl.args(["-d", argument]);
    }
    let output = curl
        .arg(format!("{}/ocs/v1.php{path}", server.base_url()))
        .output()
        .unwrap_or_else(|error| panic!("curl does not run: {error}"));
    assert!(
        output.status.success(),
        "curl: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let response = provost_testkit::Response {
        status: 200,
        headers: Vec::new(),
        body: output.stdout,
    };
    let meta = meta(STYLE, &response).unwrap_or_else(|what| panic!("{method} {path}: {what}"));
    (meta, response.text())
}

/// Runs an example that must succeed, and hands out its answer.
fn succeeds(server: &TestServer, example: Example) -> String {
    let (meta, text) = curl(server, example);
    assert_eq!(
        (meta.status.as_str(), meta.code),
        ("ok", 100),
        "{example:?}: {text}"
    );
    text
}

const ADD_FRANK: Example = (
    "POST",
    "/cloud/users",
    &["userid=Frank", "password=frankspassword"],
);

/// The page deletes `Frank` before it is done with him, and speaks of groups that it never makes; these are put right between
/// the examples.
#[test]
fn all_examples_succeed_in_the_pages_order() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    let admin = Caller::admin(&server);
    let shows = |example: Example, element: &str| {
        let text = succeeds(&server, example);
        assert!(text.contains(element), "{example:?}: {text}");
    };

    succeeds(&server, ADD_FRANK);
    shows(
        ("GET", "/cloud/users?search=Frank", &[]),
        "<element>Frank</element>",
    );
    shows(("GET", "/cloud/users/Frank", &[]), "<enabled>1</enabled>");
    succeeds(
        &server,
        (
            "PUT",
            "/cloud/users/Frank",
            &["key=email", "value=franksnewemail@example.org"],
        ),
    );
    shows(
        ("GET", "/cloud/users/Frank", &[]),
        "<email>franksnewemail@example.org</email>",
    );
    succeeds(&server, ("DELETE", "/cloud/users/Frank", &[]));

    succeeds(&server, ADD_FRANK);
    admin.make_group("newgroup");
    shows(("GET", "/cloud/users/Frank/groups", &[]), "<groups/>");
    succeeds(
        &server,
        ("POST", "/cloud/users/Frank/groups", &["groupid=newgroup"]),
    );
    shows(
        ("GET", "/cloud/users/Frank/groups", &[]),
        "<element>newgroup</element>",
    );
    succeeds(
        &server,
        ("DELETE", "/cloud/users/Frank/groups", &["groupid=newgroup"]),
    );
    admin.make_group("group");
    succeeds(
        &server,
        ("POST", "/cloud/users/Frank/subadmins", &["groupid=group"]),
    );
    admin.make_group("oldgroup");
    admin.done(
        "POST",
        "/cloud/users/Frank/subadmins",
        &[("groupid", "oldgroup")],
    );
    succeeds(
        &server,
        (
            "DELETE",
            "/cloud/users/Frank/subadmins",
            &["groupid=oldgroup"],
        ),
    );
    shows(
        ("GET", "/cloud/users/Frank/subadmins", &[]),
        "<element>group</element>",
    );

    shows(
        ("GET", "/cloud/groups?search=adm", &[]),
        "<element>admin</element>",
    );
    admin.done("DELETE", "/cloud/groups/newgroup", &[]);
    succeeds(&server, ("POST", "/cloud/groups", &["groupid=newgroup"]));
    // the 'HTTP method' line says GET, the example itself POST
    shows(
        ("GET", "/cloud/groups/admin", &[]),
        "<element>admin</element>",
    );
    admin.make_group("mygroup");
    admin.done(
        "POST",
        "/cloud/users/Frank/subadmins",
        &[("groupid", "mygroup")],
    );
    shows(
        ("GET", "/cloud/groups/mygroup/subadmins", &[]),
        "<element>Frank</element>",
    );
    succeeds(&server, ("DELETE", "/cloud/groups/mygroup", &[]));
}

/// Run as they stand, with nothing put right between them, the examples after the deletion meet no `Frank`.
#[test]
fn examples_that_lack_their_subject_have_the_recorded_codes() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    let codes: &[(Example, i64)] = &[
        (("GET", "/cloud/users/Frank/groups", &[]), 998),
        (
            ("POST", "/cloud/users/Frank/groups", &["groupid=newgroup"]),
            102,
        ),
        (
            ("DELETE", "/cloud/users/Frank/groups", &["groupid=newgroup"]),
            102,
        ),
        (
            ("POST", "/cloud/users/Frank/subadmins", &["groupid=group"]),
            101,
        ),
        (
            (
                "DELETE",
                "/cloud/users/Frank/subadmins",
                &["groupid=oldgroup"],
            ),
            101,
        ),
        (("GET", "/cloud/users/Frank/subadmins", &[]), 404),
        (("GET", "/cloud/groups/mygroup/subadmins", &[]), 101),
        (("DELETE", "/cloud/groups/mygroup", &[]), 101),
    ];
    for (example, code) in codes {
        assert_eq!(curl(&server, *example).0.code, *code, "{example:?}");
    }
}

/// The page's administrator has the password `secret`, which the recorded server's policy refuses for a user, as ours does.
#[test]
fn the_pages_administrator_password_is_refused_for_users() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    let (meta, _) = curl(
        &server,
        ("POST", "/cloud/users", &["userid=Frank", "password=secret"]),
    );
    assert_eq!(meta.code, 107);
    assert_eq!(
        meta.message,
        "Password is among the 1,000,000 most common ones. Please make it unique. \
         Password needs to be at least 10 characters long."
    );
}
