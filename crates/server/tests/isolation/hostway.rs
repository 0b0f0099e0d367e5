//! The Hostway dialect: every operation as every kind of actor, and nothing of the other tenant in any answer.

use crate::{
    answers::{checked, written},
    elsewhere::everything_of,
    table::ACTORS,
    world::{Actor, NOBODYS, OURS, THEIRS, Tenant, World},
};
use provost_testkit::{Engine, Request, Response};
use serde_json::{Value, json};

/// A password that the dialect takes for all mailboxes of this walk.
const MAILBOX_PASSWORD: &str = "Qz7-mmm-Kw";

/// What each kind of operation answers each of [`ACTORS`]: `ok`, or 401.
fn expected((method, pattern): (&str, &str)) -> [&'static str; 12] {
    match (pattern.split('/').nth(1), method) {
        // opr, res, adm, lead, user, read, prov, adm, part, app:read, app:prov, app:part
        (Some("accounts"), "GET") => [
            "ok", "ok", "ok", "401", "401", "ok", "ok", "ok", "401", "ok", "ok", "401",
        ],
        (Some("accounts"), _) => [
            "ok", "ok", "ok", "401", "401", "401", "ok", "ok", "401", "401", "ok", "401",
        ],
        // whoever has a mailbox in the domain, as the group's administrator and the user do
        (Some("email"), _) if !pattern.contains("usernames") => [
            "401", "401", "401", "ok", "ok", "401", "401", "401", "401", "401", "401", "401",
        ],
        // the mailbox is the user's
        (Some("email"), _) => [
            "401", "401", "401", "401", "ok", "401", "401", "401", "401", "401", "401", "401",
        ],
        (Some("sso"), _) => [
            "401", "401", "401", "401", "401", "ok", "ok", "ok", "401", "401", "401", "401",
        ],
        _ => panic!("{method} {pattern}: say who may"),
    }
}

/// The path of an operation on a mailbox.
fn path(pattern: &str, marker: &str, mailbox: &str) -> String {
    let domain = format!("{marker}.example");
    let ids = if pattern.starts_with("/accounts") {
        vec![marker, &domain, mailbox, "a@b.example"]
    } else {
        vec![&*domain, mailbox]
    };
    ids.iter()
        .fold(pattern.to_owned(), |path, id| path.replacen("{}", id, 1))
}

/// A body that every operation finds its values in.
fn body(token: &str) -> Value {
    json!({
        "password": MAILBOX_PASSWORD, "type": "standard", "usage": 1, "subject": "", "body": "", "active": true,
        "targets": [{"target": "a@b.example"}], "list": [{"address": "a@b.example", "type": "W"}], "authToken": token,
    })
}

/// Puts what an operation needs where it needs it, by a key, whose checks cost no hash; gives a token.
fn prepare(tenant: &Tenant, (method, pattern): (&str, &str), mailbox: &str) -> String {
    let key = tenant.actor("key:admin");
    let ask = |method: &str, what: &str| {
        let at = format!(
            "/accounts/{0}/email/{0}.example/usernames/{mailbox}/{what}",
            tenant.marker
        );
        tenant.ask(key, Request::new(method, &at).json(&body("")))
    };
    if ask("GET", "mailbox").status == 404 {
        assert_eq!(ask("PUT", "mailbox").status, 201);
    }
    ask("POST", "webmail");
    ask("POST", "forwards");
    let token = ask("GET", "webmail").json()["authToken"].clone();
    if method == "POST" && pattern.ends_with("/webmail") {
        assert_eq!(ask("DELETE", "webmail").status, 204);
    }
    token.as_str().unwrap().to_owned()
}

fn everybody_is_answered_as_expected(world: &World) {
    let mut wrong = Vec::new();
    for operation in provost_hostway::operations() {
        let operation = (operation.method, operation.pattern);
        // the user's own mailbox has to stay the user's
        let own = format!("{OURS}-user");
        let mailbox = if operation.1.starts_with("/email") {
            own.as_str()
        } else {
            "walked"
        };
        for (actor, expected) in world.ours.actors.iter().zip(expected(operation)) {
            let token = prepare(&world.ours, operation, mailbox);
            let request = Request::new(operation.0, &path(operation.1, OURS, mailbox));
            let answer = world.ours.ask(actor, request.json(&body(&token)));
            let given = match answer.status {
                200..300 => "ok".to_owned(),
                other => other.to_string(),
            };
            if given != expected {
                wrong.push(format!(
                    "{operation:?} by {}: {given}, not {expected}",
                    actor.name
                ));
            }
        }
    }
    assert_eq!(world.ours.actors.len(), ACTORS.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Asks without the check that nothing of our tenant shows: whoever asks named it.
fn ask(world: &World, actor: &Actor, request: Request) -> Response {
    actor.signed(request).send(&world.ours.server)
}

fn strangers_are_answered_as_in_no_account(world: &World) {
    let foreign = world.other.actors.iter();
    let strangers = foreign
        .filter(|actor| actor.name != "operator")
        .chain(&world.ours.refused);
    for stranger in strangers {
        // each wrong password costs a hash
        let step = if stranger.costs_hashes() { 5 } else { 1 };
        for operation in provost_hostway::operations().step_by(step) {
            if operation.pattern.starts_with("/sso") {
                continue;
            }
            let mailbox = format!("{OURS}-user");
            let [here, nowhere] = [OURS, NOBODYS].map(|marker| {
                let request =
                    Request::new(operation.method, &path(operation.pattern, marker, &mailbox));
                written(&ask(world, stranger, request.json(&body(""))))
            });
            // resellers are told that there is no such account, whether it is another's or nobody's
            let told = stranger.name == "reseller" && operation.pattern.starts_with("/accounts");
            let status = if told { "404" } else { "401" };
            let who = format!("{} {operation:?}", stranger.name);
            assert!(here.starts_with(status), "{who}: {here}");
            assert_eq!(here, nowhere, "{} {operation:?}", stranger.name);
        }
    }
}

fn what_is_another_tenants_is_nobodys(world: &World) {
    for name in ["administrator", "key:admin", "reseller"] {
        let actor = world.ours.actor(name);
        for operation in provost_hostway::operations() {
            if !operation.pattern.starts_with("/accounts") {
                continue;
            }
            // our account with the domain of another, and of nobody
            let asked = [THEIRS, NOBODYS].map(|marker| {
                let mailbox = format!("{marker}-user");
                let path = path(operation.pattern, marker, &mailbox).replacen(
                    &format!("/accounts/{marker}/"),
                    &format!("/accounts/{OURS}/"),
                    1,
                );
                let request = Request::new(operation.method, &path).json(&body(""));
                let answer = ask(world, actor, request);
                assert_eq!(answer.status, 404, "{name} {operation:?}");
                written(&answer).replace(marker, "{asked}")
            });
            assert_eq!(asked[0], asked[1], "{name} {operation:?}");
        }
    }
    // a token of another tenant is none
    let token = prepare(&world.other, ("GET", ""), "token");
    for token in [token.as_str(), "none"] {
        let request = Request::post("/sso/verify").json(&body(token));
        let answer = ask(world, world.ours.actor("key:admin"), request);
        assert_eq!(checked(OURS, answer).status, 401);
    }
}

fn nothing_shows(engine: Engine) {
    let world = World::made(engine);
    prepare(&world.other, ("GET", ""), "token");
    let before = everything_of(&world.other);
    everybody_is_answered_as_expected(&world);
    strangers_are_answered_as_in_no_account(&world);
    what_is_another_tenants_is_nobodys(&world);
    assert_eq!(
        before,
        everything_of(&world.other),
        "the other tenant was changed"
    );
}

#[test]
fn nothing_shows_on_sqlite() {
    nothing_shows(Engine::Sqlite);
}

#[test]
fn nothing_shows_on_postgres() {
    nothing_shows(Engine::Postgres);
}
