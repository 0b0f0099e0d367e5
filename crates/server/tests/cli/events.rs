//! `provost events`.

use std::io::{BufRead, BufReader};

use crate::place::{Place, command, everywhere};
use provost_testkit::{ADMIN_PASSWORD, Engine};
use serde_json::Value;

fn lines(printed: &str) -> Vec<Value> {
    printed
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON object a line"))
        .collect()
}

everywhere! {
    fn what_happened_is_printed_an_object_a_line(place: &Place) {
        place.done(&["tenant", "create", "acme"]);
        place.done(&["user", "create", "ada", "--tenant", "acme"]);
        let events = lines(&place.done(&["events", "tail", "--tenant", "acme", "--json"]));
        let actions: Vec<_> = events.iter().map(|event| &event["action"]).collect();
        assert_eq!(actions, ["tenant.created", "user.created"]);
        assert!(events.iter().all(|event| event.get("actor").is_none()), "events do not tell who");
        assert!(lines(&place.done(&["events", "tail", "--json"])).len() > 2, "all tenants");
        assert_eq!(place.done(&["events", "tail", "--since", "0s", "--json"]), "");
    }
}

fn following_prints_what_comes(engine: Engine) {
    let place = Place::alone(engine);
    place.done(&["tenant", "create", "acme"]);
    let mut follower = command(
        place.database(),
        &[("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)],
    )
    .args(["events", "tail", "--follow", "--json"])
    .spawn()
    .expect("the binary runs");
    let output = follower.stdout.take().expect("a piped output");
    let mut subjects = BufReader::new(output).lines().map(|line| {
        let event: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        format!("{} {}", event["action"], event["subject"])
    });
    // two tenants and the first administrator; the order between tenants is not told
    let before: Vec<String> = subjects.by_ref().take(3).collect();
    assert!(
        before
            .iter()
            .any(|event| event == r#""tenant.created" "acme""#),
        "{before:?}"
    );

    // a tenant that comes while it runs is followed too
    place.done(&["tenant", "create", "late"]);
    assert_eq!(
        subjects.next().as_deref(),
        Some(r#""tenant.created" "late""#)
    );
    place.done(&["user", "create", "ada", "--tenant", "late"]);
    assert_eq!(
        subjects.next().as_deref(),
        Some(r#""user.created" "ada""#),
        "none is printed twice"
    );
    follower.kill().expect("a process of ours");
    follower.wait().expect("a killed process ends");
}

#[test]
fn following_prints_what_comes_on_sqlite() {
    following_prints_what_comes(Engine::Sqlite);
}

#[test]
fn following_prints_what_comes_on_postgres() {
    following_prints_what_comes(Engine::Postgres);
}
