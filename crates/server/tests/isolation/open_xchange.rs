//! The Open-Xchange dialect: every operation as everybody, and what contexts of other tenants are answered.

use crate::{
    answers::{checked, written},
    elsewhere::everything_of,
    table::ACTORS,
    world::{Actor, NOBODYS, OURS, THEIRS, Tenant, World},
};
use provost_open_xchange::{AuthKind, Operation, operations};
use provost_testkit::{Engine, Request, Response};
use serde_json::{Value, json};

/// A context id that no tenant has.
const NO_CONTEXT: i64 = 987_654;

/// What an operation is done to: a context, a user of it, and the marker in its domain.
struct Target {
    context: i64,
    user: i64,
    marker: &'static str,
}

impl Target {
    fn of(tenant: &Tenant) -> Self {
        let search = format!("/oxaas/v1/admin/oxuser?search={}", tenant.named("user"));
        let found = tenant.actor("operator").signed(Request::get(&search));
        let record = found.send(&tenant.server).json();
        Self {
            context: record["context-id"].as_i64().unwrap(),
            user: record["user-id"].as_i64().unwrap(),
            marker: tenant.marker,
        }
    }
}

fn request(operation: Operation, target: &Target, prefix: &str) -> Request {
    let Target {
        context,
        user,
        marker,
    } = target;
    let mut path = operation.pattern.to_owned();
    let last = path.rsplit('/').find(|segment| *segment != "{}").unwrap();
    let last = last.to_owned();
    for (begins, ids) in [
        ("/admin/contexts", [context.to_string(), user.to_string()]),
        (
            "/admin/forwards",
            [context.to_string(), format!("info@{marker}.example")],
        ),
        (
            "/admin/sharedmaildomains",
            [format!("shared-{marker}.example"), String::new()],
        ),
    ] {
        if path.starts_with(begins) {
            for id in ids {
                path = path.replacen("{}", &id, 1);
            }
        }
    }
    match last.as_str() {
        "oxuser" => path.push_str(&format!("?search={marker}-user")),
        "sessions" => path.push_str(&format!("?contextId={context}")),
        _ => {}
    }
    assert!(!path.contains("{}"), "say how {path} is asked for");
    let request = Request::new(operation.method, &format!("{prefix}{path}"));
    match (operation.method, last.as_str()) {
        ("PUT", "oxantiphishing") => request.json(&json!({"oxantiphishing": true})),
        ("PUT", "spamlevel") => request.json(&json!({"spamlevel": "low"})),
        ("PUT", "classofservice") => request.json(&json!({"classofservice": "cloud_pim"})),
        ("PUT", "msisdn") => request.json(&json!({"msisdn": "+49 711 1"})),
        ("PUT", key) => request.json(&json!({ key: format!("{marker}-value") })),
        ("POST", "forwards") => request.json(&json!(["target@else.example"])),
        _ => request,
    }
}

/// Whether an actor passes.
fn passes(operation: Operation, actor: &Actor) -> bool {
    let of_the_context = match actor.name {
        "reseller" | "administrator" | "app:provision" => true,
        "app:read" => operation.method == "GET",
        _ => false,
    };
    match operation.kind {
        AuthKind::ContextAdmin => of_the_context || actor.name == "operator",
        AuthKind::ContextAdminOnly => of_the_context,
        AuthKind::ResellerAdmin | AuthKind::Tennant | AuthKind::Basic => {
            matches!(actor.name, "operator" | "reseller")
        }
    }
}

fn everybody_gets_what_is_written(tenant: &Tenant) {
    let names: Vec<&str> = tenant.actors.iter().map(|actor| actor.name).collect();
    assert_eq!(names, ACTORS);
    let target = Target::of(tenant);
    let by_path = format!("/t/{}/oxaas/v1", tenant.marker);
    for operation in operations() {
        for prefix in ["/oxaas/v1", &by_path] {
            for actor in tenant.actors.iter().chain(&tenant.refused) {
                if operation.method == "POST" && operation.pattern.starts_with("/admin/shared") {
                    // what the one shares, the other cannot
                    let end = Operation {
                        method: "DELETE",
                        ..operation
                    };
                    let end = request(end, &target, prefix);
                    tenant.actor("operator").signed(end).send(&tenant.server);
                }
                let asked = actor.signed(request(operation, &target, prefix));
                let answer = checked(tenant.marker, asked.send(&tenant.server));
                let passed = matches!(answer.status, 200 | 201 | 204 | 404);
                assert!(
                    passed || answer.status == 401,
                    "{operation:?}: {}",
                    answer.text()
                );
                assert_eq!(
                    passed,
                    passes(operation, actor),
                    "{operation:?} by {} at {prefix}: {}",
                    actor.name,
                    answer.text()
                );
            }
        }
    }
}

/// Everybody but operators asks for what is another's, and for what is nobody's.
fn nothing_of_another_shows(ours: &Tenant, theirs: &Tenant) {
    let there = Target::of(theirs);
    let nowhere = Target {
        context: NO_CONTEXT,
        user: there.user,
        marker: NOBODYS,
    };
    let before = everything_of(theirs);
    for operation in operations() {
        // a domain is named by whoever shares it: no one's until then
        if operation.pattern.starts_with("/admin/shared") {
            continue;
        }
        let others = ours.actors.iter().filter(|actor| actor.name != "operator");
        for actor in others.chain(&ours.refused) {
            let ask = |target: &Target| {
                let asked = actor.signed(request(operation, target, "/oxaas/v1"));
                plain(&asked.send(&ours.server), target)
            };
            let (given, wanted) = (ask(&there), ask(&nowhere));
            assert!(!given.contains(THEIRS), "{given}");
            assert_eq!(given, wanted, "{operation:?} by {}", actor.name);
        }
    }
    assert_eq!(
        before,
        everything_of(theirs),
        "the other tenant was changed"
    );
}

/// The answer without what was asked for, and without the length that it gives it.
fn plain(answer: &Response, target: &Target) -> String {
    written(answer)
        .replace(&format!("context {} ", target.context), "context N ")
        .lines()
        .filter(|line| !line.to_lowercase().starts_with("content-length"))
        .collect::<Vec<_>>()
        .join("\n")
}

fn walked(engine: Engine) {
    let world = World::made(engine);
    everybody_gets_what_is_written(&world.ours);
    nothing_of_another_shows(&world.ours, &world.other);
    // one who may ask for both sees both
    let operator = world.ours.actor("operator");
    let of = |tenant: &Tenant| Target::of(tenant).context;
    assert_ne!(of(&world.ours), of(&world.other));
    let found = Request::get(&format!("/oxaas/v1/admin/oxuser?search={THEIRS}-user"));
    let found = operator.signed(found).send(&world.ours.server).json();
    assert_eq!(
        found["uidname"],
        Value::from(format!("{THEIRS}-user@{THEIRS}.example"))
    );
    assert_ne!(OURS, THEIRS);
}

#[test]
fn nothing_shows_in_the_open_xchange_dialect_on_sqlite() {
    walked(Engine::Sqlite);
}

#[test]
fn nothing_shows_in_the_open_xchange_dialect_on_postgres() {
    walked(Engine::Postgres);
}
