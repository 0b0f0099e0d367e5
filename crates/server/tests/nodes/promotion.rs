//! The primary is killed and its synchronous standby promoted, while clients work.

use crate::{Cluster, Load, assert_each_is_there_once, load::Acknowledged, node_on};
use provost_testkit::Request;
use std::time::{Duration, Instant};

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

    load.go_on_for(100);
    primary.kill();
    standby.promote();
    load.go_on_for(100);
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

    assert_each_is_there_once(&acknowledged, |sql| {
        let rows = standby.sql(sql);
        let row = |line: &str| {
            line.split_once('|')
                .map(|(name, number)| (name.to_owned(), number.to_owned()))
        };
        rows.lines().filter_map(row).collect()
    });
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
