//! Creating users, durably, with audit entry and event.

use super::{Peers, Stage};
use crate::{
    Result,
    load::{
        self, Measured,
        turns::Turns,
        wrk::{self, Requests},
    },
    peers::{argon2id, raw_sqlite, slapd},
    report::{Report, Row},
};

/// A `POST` of a new user as Lua. Names of different loads and runs do not meet.
fn create(stage: &Stage, prefix: &str, fields: &str) -> Requests {
    Requests {
        lua: format!(
            "return wrk.format(\"POST\", \"/ocs/v2.php/cloud/users?format=json\", {{ [\"Authorization\"] = \"{}\", \
             [\"OCS-APIRequest\"] = \"true\", [\"Content-Type\"] = \"application/x-www-form-urlencoded\" }}, \
             \"userid={prefix}\" .. n .. \"&email={prefix}\" .. n .. \"@bench.example&displayName=Made+by+{prefix}+\" .. n .. \"{fields}\")",
            stage.app_password
        ),
    }
}

/// Measures one client, some and many, beside SQLite alone and slapd; and some with passwords, beside argon2id alone.
pub(super) fn measure(stage: &Stage, peers: &mut Peers, report: &mut Report) -> Result<()> {
    const CREATE: &str = "OCS create user, durable";
    const WITH_PASSWORD: &str = "OCS create user with password";
    for clients in [1, 8, 64] {
        let mut turns = Turns::new(stage.users);
        if report.wants(CREATE) {
            let mut round = 0;
            turns.add(CREATE, clients, move |seconds| {
                round += 1;
                let requests = create(stage, &format!("c{clients}x{round}x"), "");
                ask(stage, &requests, clients, seconds)
            });
        }
        if let Some(sqlite) = &mut peers.sqlite {
            turns.add(raw_sqlite::SCENARIO, clients, move |seconds| {
                sqlite.measure(clients, seconds)
            });
        }
        if let Some(slapd) = &peers.slapd
            && report.wants(slapd::ADD)
        {
            let mut first = 100_000_000 * (1 + clients.ilog2());
            turns.add(slapd::ADD, clients, move |seconds| {
                first += 1_000_000;
                slapd.add(first, clients, seconds)
            });
        }
        turns.measure(stage.seconds, 1, report)?;
    }
    let mut turns = Turns::new(stage.users);
    if report.wants(WITH_PASSWORD) {
        let mut round = 0;
        turns.add(WITH_PASSWORD, 8, move |seconds| {
            round += 1;
            let requests = create(stage, &format!("p{round}x"), "&password=Correct-Horse-77");
            ask(stage, &requests, 8, seconds)
        });
    }
    if peers.argon2id {
        let threads = argon2id::threads()?;
        turns.add(argon2id::SCENARIO, threads, move |seconds| {
            Ok(argon2id::measure(threads, seconds))
        });
    }
    turns.measure(stage.seconds, 1, report)
}

/// Measures many clients on PostgreSQL.
pub(super) fn on_postgres(stage: &Stage, report: &mut Report) -> Result<()> {
    const CREATE: &str = "OCS create user, durable, PostgreSQL";
    if report.wants(CREATE) {
        let measured = ask(stage, &create(stage, "c64x", ""), 64, stage.seconds)?;
        report.add(Row::load(CREATE, stage.users, 64, measured));
    }
    Ok(())
}

fn ask(stage: &Stage, requests: &Requests, clients: u32, seconds: u32) -> Result<Measured> {
    load::measure(&stage.server, || {
        wrk::run(&stage.server.address, clients, seconds, requests)
    })
}
