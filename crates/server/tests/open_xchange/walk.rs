//! Every operation as every kind of actor, in contexts of their own and of others.

use crate::world::{
    ACME, BOSS, FOREIGN, FOREIGN_BOSS, FOREIGN_TENNANT, Login, MONITORING, OPERATOR, RESELLER,
    TENNANT, USER, World, on_both_engines,
};
use provost_open_xchange::{AuthKind, operations};
use provost_testkit::{PASSWORD, Response};
use serde_json::{Value, json};

/// The body that an operation takes, by the last fixed segment of its path.
fn body(method: &str, pattern: &str) -> Option<Value> {
    let last = pattern.rsplit('/').find(|segment| *segment != "{}");
    match (method, last) {
        ("PUT", Some("oxantiphishing")) => Some(json!({"oxantiphishing": true})),
        ("PUT", Some("spamlevel")) => Some(json!({"spamlevel": "low"})),
        ("PUT", Some("classofservice")) => Some(json!({"classofservice": "cloud_pim"})),
        ("PUT", Some("msisdn")) => Some(json!({"msisdn": "+49 711 1"})),
        ("PUT", Some(key)) => Some(json!({ key: "value" })),
        ("POST", Some("forwards")) => Some(json!(["target@else.example"])),
        _ => None,
    }
}

/// The path to something of a context: its id, a user there, an address in its domain, a domain of nobody.
fn path(pattern: &str, context: i64, user: i64, domain: &str) -> String {
    let mut path = pattern.to_owned();
    if pattern.starts_with("/admin/sharedmaildomains") {
        return path.replace("{}", "walk.example");
    }
    path = path.replacen("{}", &context.to_string(), 1);
    path = if pattern.starts_with("/admin/forwards") {
        path.replacen("{}", &format!("walk@{domain}"), 1)
    } else {
        path.replacen("{}", &user.to_string(), 1)
    };
    match pattern {
        "/admin/oxuser" => format!("{path}?search=johndoe@example.com"),
        "/admin/sessions" => format!("{path}?contextId={context}"),
        _ => path,
    }
}

/// How an answer is told in the tables: passed, refused, or not there.
fn class(answer: &Response) -> &'static str {
    match answer.status {
        401 => "401",
        404 if answer.text().contains("does not exist!") => "none",
        200 | 201 | 204 | 404 => "ok",
        _ => panic!("{} {}", answer.status, answer.text()),
    }
}

#[test]
fn everybody_is_answered_as_the_kind_of_the_operation_says() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        //   operator reseller  boss  tennant monitoring   user, foreign boss, a foreign tennant, wrong passwords
        let actors: [Login; 9] = [
            OPERATOR,
            RESELLER,
            BOSS,
            TENNANT,
            MONITORING,
            USER,
            FOREIGN_BOSS,
            FOREIGN_TENNANT,
            ("boss", "wrong"),
        ];
        let other_john = world.foreign;
        for operation in operations() {
            let contextless = matches!(operation.pattern, "/admin/oxuser")
                || operation.pattern.starts_with("/admin/shared");
            let own: [&str; 9] = match operation.kind {
                AuthKind::ContextAdmin => {
                    ["ok", "ok", "ok", "401", "401", "401", "401", "401", "401"]
                }
                AuthKind::ContextAdminOnly => {
                    ["401", "ok", "ok", "401", "401", "401", "401", "401", "401"]
                }
                AuthKind::ResellerAdmin => {
                    ["ok", "ok", "401", "401", "401", "401", "401", "401", "401"]
                }
                AuthKind::Tennant if contextless => {
                    ["ok", "ok", "401", "ok", "401", "401", "401", "ok", "401"]
                }
                AuthKind::Tennant => ["ok", "ok", "401", "ok", "401", "401", "401", "none", "401"],
                AuthKind::Basic => ["ok", "ok", "401", "401", "ok", "401", "401", "401", "401"],
            };
            let foreign: [&str; 9] = match operation.kind {
                AuthKind::ContextAdmin => {
                    ["ok", "none", "401", "401", "401", "401", "ok", "401", "401"]
                }
                AuthKind::ContextAdminOnly => [
                    "401", "none", "401", "401", "401", "401", "ok", "401", "401",
                ],
                AuthKind::Tennant if !contextless => [
                    "ok", "none", "401", "none", "401", "401", "401", "ok", "401",
                ],
                AuthKind::Basic => ["ok", "none", "401", "401", "ok", "401", "401", "401", "401"],
                AuthKind::ResellerAdmin | AuthKind::Tennant => own,
            };
            // as every actor in a context that is nobody's
            let nowhere: [&str; 9] = match operation.kind {
                AuthKind::ContextAdmin => [
                    "none", "none", "401", "401", "401", "401", "401", "401", "401",
                ],
                AuthKind::ContextAdminOnly => [
                    "401", "none", "401", "401", "401", "401", "401", "401", "401",
                ],
                AuthKind::Tennant if !contextless => [
                    "none", "none", "401", "none", "401", "401", "401", "none", "401",
                ],
                AuthKind::Basic => [
                    "none", "none", "401", "401", "none", "401", "401", "401", "401",
                ],
                AuthKind::ResellerAdmin | AuthKind::Tennant => own,
            };
            for (context, user, domain, wanted) in [
                (ACME, world.john, "example.com", own),
                (FOREIGN, other_john, "foreign.example", foreign),
                (99, 3, "example.com", nowhere),
            ] {
                let path = path(operation.pattern, context, user, domain);
                let given = actors.map(|login| {
                    // what an actor shares, others cannot
                    if operation.method == "POST" && operation.pattern.starts_with("/admin/shared")
                    {
                        world.ask(
                            OPERATOR,
                            "DELETE",
                            "/admin/sharedmaildomains/walk.example",
                            None,
                        );
                    }
                    // one msisdn for one user
                    if operation.method == "PUT" && operation.pattern.ends_with("msisdn") {
                        world.ask(OPERATOR, "DELETE", &world.of_john("msisdn"), None);
                        world.ask(
                            OPERATOR,
                            "DELETE",
                            &format!("/admin/contexts/{FOREIGN}/users/{other_john}/msisdn"),
                            None,
                        );
                    }
                    class(&world.ask(
                        login,
                        operation.method,
                        &path,
                        body(operation.method, operation.pattern),
                    ))
                });
                assert_eq!(given, wanted, "{} {path}", operation.method);
            }
        }
        assert_eq!(BOSS.1, PASSWORD);
    });
}

#[test]
fn a_context_of_others_is_answered_as_none_to_the_byte() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        for operation in operations() {
            for login in [RESELLER, BOSS, TENNANT, USER, ("boss", "wrong")] {
                let ask = |context| {
                    let path = path(operation.pattern, context, 3, "foreign.example");
                    let mut answer = world.ask(
                        login,
                        operation.method,
                        &path,
                        body(operation.method, operation.pattern),
                    );
                    answer.headers.retain(|(name, _)| {
                        !matches!(name.to_ascii_lowercase().as_str(), "date" | "x-request-id")
                    });
                    let text = answer
                        .text()
                        .replace(&format!("context {context} "), "context N ");
                    answer
                        .headers
                        .retain(|(name, _)| !name.eq_ignore_ascii_case("content-length"));
                    (answer.status, answer.headers, text)
                };
                if operation.pattern.starts_with("/admin/shared") {
                    continue;
                }
                assert_eq!(
                    ask(FOREIGN),
                    ask(98),
                    "{} {} {login:?}",
                    operation.method,
                    operation.pattern
                );
            }
        }
    });
}
