//! Every status code that the dialect has, in both versions and both formats; and that refusals change nothing.

mod table;

use provost_testkit::{ADMIN_PASSWORD, Engine, Request, Response, TestServer};

use crate::wire::{Caller, FORM, Meta, PASSWORD, Style, V2, everything, meta};
use table::{BareRefusal, COMMON, Refusal, SHORT};

/// Who calls. The users are made by [`populated`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The first administrator, an operator too.
    Admin,
    /// A second administrator, no operator.
    Second,
    /// An administrator of the group `staff`, and a member of it.
    GroupAdmin,
    /// A user in no group.
    Plain,
    /// Nobody.
    Nobody,
    /// A user that is disabled.
    Disabled,
    /// `admin` with a wrong password.
    Impostor,
}
use By::{Admin, Disabled, GroupAdmin, Impostor, Nobody, Plain, Second};

impl By {
    fn caller(self, server: &TestServer) -> Caller<'_> {
        match self {
            Admin => Caller::admin(server),
            Second => Caller::user(server, "second"),
            GroupAdmin => Caller::user(server, "carol"),
            Plain => Caller::user(server, "bob"),
            Nobody => Caller::user(server, ""),
            Disabled => Caller::user(server, "gone"),
            Impostor => Caller::user(server, "admin"),
        }
    }
}

/// A server with the people of [`By`], `dave` in `staff`, and the group `dev` without anybody.
fn populated(engine: Engine) -> TestServer {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), engine);
    let admin = Caller::admin(&server);
    admin.make_group("staff");
    admin.make_group("dev");
    admin.make_user("second", &[("groups[]", "admin")]);
    admin.make_user("carol", &[("groups[]", "staff"), ("subadmin[]", "staff")]);
    admin.make_user(
        "dave",
        &[("groups[]", "staff"), ("email", "dave@example.org")],
    );
    admin.make_user("bob", &[]);
    admin.done(
        "PUT",
        "/cloud/users/bob",
        &[("key", "additional_mail"), ("value", "bob2@example.org")],
    );
    admin.make_user("gone", &[]);
    admin.done("PUT", "/cloud/users/gone/disable", &[]);
    server
}

fn ask(server: &TestServer, style: Style, by: By, what: &str, form: &str) -> Response {
    let (method, path) = what.split_once(' ').unwrap();
    let request = by.caller(server).request(style, method, path);
    if form.is_empty() {
        return request.send(server);
    }
    let form = form
        .replace("{password}", PASSWORD)
        .replace("{65}", &"g".repeat(65))
        .replace("{2049}", &"g".repeat(2049))
        .replace("{470}", &"aB3-".repeat(118)[..470]);
    request.body(FORM, form).send(server)
}

/// What is wrong with the answers to one refused request, in all four styles.
fn judged(server: &TestServer, refusal: &Refusal, by_operation: bool) -> Vec<String> {
    let Refusal {
        by,
        what,
        form,
        code,
        message,
    } = *refusal;
    let mut wrong = Vec::new();
    for style in Style::ALL {
        let response = ask(server, style, by, what, form);
        let wanted = Meta {
            status: "failure".to_owned(),
            code,
            message: message.to_owned(),
        };
        let mut check = |what_differs: &str, is: String, wanted: String| {
            if is != wanted {
                wrong.push(format!(
                    "{by:?} {what} {form:?} {style:?}: {what_differs} is {is}, not {wanted}"
                ));
            }
        };
        check(
            "the envelope",
            format!("{:?}", meta(style, &response)),
            format!("{:?}", Ok::<_, String>(wanted)),
        );
        check(
            "the status",
            response.status.to_string(),
            style.status(code).to_string(),
        );
        check(
            "the content type",
            format!("{:?}", response.header("content-type")),
            format!("{:?}", Some(style.content_type(by_operation))),
        );
    }
    wrong
}

/// Sends all of them; each must be refused as the table says, and leave everything as it was.
fn refused(server: &TestServer, refusals: &[Refusal], by_operation: bool) -> Vec<String> {
    let before = everything(server);
    let mut wrong = Vec::new();
    for refusal in refusals {
        wrong.extend(judged(server, refusal, by_operation));
        if everything(server) != before {
            wrong.push(format!("{refusal:?} changed something"));
            break;
        }
    }
    wrong
}

fn refusals_have_their_code_and_change_nothing(engine: Engine) {
    let server = populated(engine);
    let mut wrong = Vec::new();
    for table in table::BY_OPERATIONS {
        wrong.extend(refused(&server, table, true));
    }
    wrong.extend(refused(&server, table::OUTSIDE, false));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn refusals_have_their_code_and_change_nothing_on_sqlite() {
    refusals_have_their_code_and_change_nothing(Engine::Sqlite);
}

#[test]
fn refusals_have_their_code_and_change_nothing_on_postgres() {
    refusals_have_their_code_and_change_nothing(Engine::Postgres);
}

#[test]
fn some_refusals_are_a_status_alone() {
    let server = populated(Engine::Sqlite);
    let before = everything(&server);
    let mut wrong = Vec::new();
    for BareRefusal {
        by,
        what,
        form,
        status,
    } in table::BARE
    {
        for style in Style::ALL {
            let response = ask(&server, style, *by, what, form);
            let content_type = match status {
                405 => style.content_type(false),
                _ => "text/html; charset=UTF-8",
            };
            if (response.status, response.header("content-type")) != (*status, Some(content_type))
                || !response.body.is_empty()
            {
                wrong.push(format!("{by:?} {what} {form:?} {style:?}: {response:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(everything(&server), before);
}

#[test]
fn a_request_that_a_web_page_could_send_is_refused() {
    let server = populated(Engine::Sqlite);
    let before = everything(&server);
    for style in Style::ALL {
        for header in [None, Some("")] {
            let mut request = Request::post(&style.path("/cloud/groups"))
                .basic("admin", ADMIN_PASSWORD)
                .form(&[("groupid", "forged")]);
            if let Some(value) = header {
                request = request.header("OCS-APIRequest", value);
            }
            let response = request.send(&server);
            assert_eq!(response.status, 412, "{style:?}");
            assert_eq!(response.text(), r#"{"message":"CSRF check failed"}"#);
        }
    }
    assert_eq!(everything(&server), before);
}

#[test]
fn only_a_wrong_password_is_asked_for_again() {
    let server = populated(Engine::Sqlite);
    for style in Style::ALL {
        let asked = |by| {
            ask(&server, style, by, "GET /cloud/user", "")
                .header("www-authenticate")
                .map(str::to_owned)
        };
        let realm = Some("Basic realm=\"Authorisation Required\"".to_owned());
        assert_eq!(asked(Impostor), realm);
        assert_eq!(asked(Disabled), realm);
        assert_eq!(asked(Nobody), None);
    }
}

#[test]
fn browsers_without_login_are_sent_to_the_front_page() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    for style in Style::ALL {
        let response = Caller::user(&server, "")
            .request(style, "GET", "/cloud/users")
            .header("Accept", "text/html,application/xhtml+xml")
            .send(&server);
        assert_eq!(
            (response.status, response.header("location")),
            (303, Some("/"))
        );
        assert!(response.body.is_empty());
    }
}

#[test]
fn refused_fields_of_a_patch_are_told_one_by_one() {
    let server = populated(Engine::Sqlite);
    let patch = |style| {
        ask(
            &server,
            style,
            Admin,
            "PATCH /cloud/users/dave",
            "email=nope&password=short&groups[]=staff&groups[]=nope&displayName=x",
        )
    };
    let reasons = [
        ("password", format!("{COMMON} {SHORT}")),
        ("email", "Invalid email address".to_owned()),
        ("groups", "Group nope does not exist".to_owned()),
    ];
    for style in Style::ALL {
        let response = patch(style);
        let text = response.text();
        for (field, reason) in &reasons {
            if style.json {
                assert_eq!(
                    response.json()["ocs"]["data"]["errors"][field],
                    *reason,
                    "{text}"
                );
            } else {
                assert!(
                    text.contains(&format!("<{field}>{reason}</{field}>")),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn a_patch_names_the_group_that_is_missing() {
    let server = populated(Engine::Sqlite);
    // the empty text cannot be a group's id
    for missing in ["nope", ""] {
        for field in ["groups", "subadminGroups"] {
            let form = format!("{field}[]=staff&{field}[]={missing}");
            let response = ask(&server, V2, Admin, "PATCH /cloud/users/dave", &form);
            assert_eq!(
                response.json()["ocs"]["data"]["errors"][field],
                format!("Group {missing} does not exist")
            );
        }
    }
}

#[test]
fn a_group_has_no_other_field_than_its_display_name() {
    let server = populated(Engine::Sqlite);
    let before = everything(&server);
    for style in Style::ALL {
        let response = ask(
            &server,
            style,
            Admin,
            "PUT /cloud/groups/staff",
            "key=foo&value=x",
        );
        // the recorded server's code in version 1; in version 2 it would be a fault of the server
        let code = if style.version == 1 { 999 } else { 101 };
        assert_eq!(meta(style, &response).unwrap().code, code);
        assert_eq!(response.status, style.status(code));
    }
    assert_eq!(everything(&server), before);
}

#[test]
fn an_address_is_wanted_where_the_setting_says_so() {
    let server = populated(Engine::Sqlite);
    let setting = "/apps/provisioning_api/api/v1/config/apps/core/newUser.requireEmail";
    Caller::admin(&server).done("POST", setting, &[("value", "yes")]);
    let refusal = Refusal {
        by: Admin,
        what: "POST /cloud/users",
        form: "userid=new&password={password}",
        code: 110,
        message: "Required email address was not provided",
    };
    let wrong = refused(&server, &[refusal], true);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
