//! Creating users, durably, with audit entry and event.

use super::Stage;
use crate::{
    Result,
    load::{
        self,
        wrk::{self, Requests},
    },
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

/// Measures one client, some and many, and one with passwords.
pub(super) fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    for clients in [1, 8, 64] {
        add(
            stage,
            report,
            "OCS create user, durable",
            clients,
            &create(stage, &format!("c{clients}x"), ""),
        )?;
    }
    add(
        stage,
        report,
        "OCS create user with password",
        8,
        &create(stage, "p", "&password=Correct-Horse-77"),
    )
}

/// Measures many clients on PostgreSQL.
pub(super) fn on_postgres(stage: &Stage, report: &mut Report) -> Result<()> {
    add(
        stage,
        report,
        "OCS create user, durable, PostgreSQL",
        64,
        &create(stage, "c64x", ""),
    )
}

fn add(
    stage: &Stage,
    report: &mut Report,
    scenario: &str,
    clients: u32,
    requests: &Requests,
) -> Result<()> {
    if report.wants(scenario) {
        let measured = load::measure(&stage.server, || {
            wrk::run(&stage.server.address, clients, stage.seconds, requests)
        })?;
        report.add(Row::load(scenario, stage.users, clients, measured));
    }
    Ok(())
}
