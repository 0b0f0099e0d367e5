//! The primary is killed and its synchronous standby promoted, while clients work.

use crate::{Cluster, Load, load::Acknowledged, node_on};
use provost_testkit::Request;
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

/// How soon changes are acknowledged again: what the project promises, not a measurement.
const PROMISED: Duration = Duration::from_secs(10);

#[test]
fn every_acknowledged_write_is_there_once_after_the_standby_was_promoted() {
    let primary = Cluster::new();
    let standby = primary.standby(true);
    let url = format!(
        "postgres://postgres@{},{}/postgres",
        primary.host(),
        standby.host()
    );
    // one that meets the standby first is to pass it over
    let turned = format!(
        "postgres://postgres@{},{}/postgres",
        standby.host(),
        primary.host()
    );
    let nodes = [node_on(&url, &[]), node_on(&turned, &[])];
    let load = Load::on(&[nodes[0].address(), nodes[1].address()]);

    load.go_on_for(200);
    primary.kill();
    standby.promote();
    load.go_on_for(200);
    for node in &nodes {
        let ready = Request::get("/readyz").send(node);
        assert_eq!(ready.status, 200, "{}", ready.text());
    }
    // those that used up their time are told so; nothing else may have happened to them
    let failed = load.failed();
    assert!(failed.iter().all(|it| it.status == Some(503)), "{failed:?}");
    let acknowledged = load.end();
    let pause = longest_pause(&acknowledged);
    assert!(pause < PROMISED, "{pause:?}");
    println!("no change was acknowledged for {pause:?}");

    let entries = standby.sql(
        "SELECT subject || ' ' || COUNT(*) FROM audit_entries WHERE action = 'user.created' GROUP BY subject",
    );
    let entries: HashMap<&str, &str> = entries
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    assert!(entries.values().all(|times| *times == "1"), "{entries:?}");
    let users = standby.sql("SELECT login FROM users");
    let users: Vec<&str> = users.lines().collect();
    assert_eq!(users.len(), entries.len());
    for Acknowledged { login, .. } in &acknowledged {
        assert!(users.contains(&login.as_str()), "{login} is lost");
        assert!(
            entries.contains_key(login.as_str()),
            "{login} is not in the audit"
        );
    }
    let checked = nodes[0].cli(&["check"]);
    assert!(checked.status.success(), "{checked:?}");
}

/// The longest time without any acknowledged change.
fn longest_pause(acknowledged: &[Acknowledged]) -> Duration {
    let mut times: Vec<Instant> = acknowledged.iter().map(|it| it.at).collect();
    times.sort();
    times
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .max()
        .unwrap()
}
