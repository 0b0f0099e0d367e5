//! Reading one user in every dialect, and a page of users.

use super::{Stage, webmail_accounts};
use crate::{
    Result,
    data::{DOMAIN, User, WEBMAIL},
    load::{
        self,
        wrk::{self, Requests},
    },
    process::Process,
    report::{Report, Row},
};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
};

const CLIENTS: u32 = 64;

/// The names of users, for Lua.
fn names(count: u32) -> String {
    let names: Vec<_> = (0..count)
        .map(|number| format!("{:?}", User::number(number).login))
        .collect();
    names.join(",")
}

/// A `GET` of one of the first users as Lua; `path` holds `"..u.."` where its login goes.
fn get(stage: &Stage, authorization: &str, path: &str, users: u32) -> Requests {
    Requests {
        lua: format!(
            "users = users or {{{}}}; local u = users[1 + math.floor(r * {})]; \
             return wrk.format(\"GET\", \"{path}\", {{ [\"Authorization\"] = \"{authorization}\", [\"OCS-APIRequest\"] = \"true\" }})",
            names(users.min(stage.users)),
            users.min(stage.users)
        ),
    }
}

/// How many different users are asked for: enough to leave the processor's caches.
const ASKED: u32 = 10_000;

/// How long they are asked for before anything is measured, in seconds: what is asked for the first time is read from the disk or, with a
/// million users, mapped page by page.
const WARM_UP: u32 = 5;

fn ocs(stage: &Stage, authorization: &str) -> Requests {
    get(
        stage,
        authorization,
        "/ocs/v2.php/cloud/users/\"..u..\"?format=json",
        ASKED,
    )
}

fn add(stage: &Stage, report: &mut Report, scenario: &str, requests: &Requests) -> Result<()> {
    if report.wants(scenario) {
        let measured = load::measure(&stage.server, || {
            wrk::run(&stage.server.address, CLIENTS, stage.seconds, requests)
        })?;
        report.add(Row::load(scenario, stage.users, CLIENTS, measured));
    }
    Ok(())
}

/// Measures reads; gives the body of an answer, for the floor.
pub(super) fn measure(stage: &Stage, report: &mut Report) -> Result<Vec<u8>> {
    wrk::run(
        &stage.server.address,
        CLIENTS,
        WARM_UP,
        &ocs(stage, &stage.app_password),
    )?;
    add(
        stage,
        report,
        "OCS get user, app password",
        &ocs(stage, &stage.app_password),
    )?;
    add(
        stage,
        report,
        "OCS get user, verified password",
        &ocs(stage, &stage.password),
    )?;
    let oneoffice = Requests {
        lua: format!(
            "users = users or {{{}}}; local u = users[1 + math.floor(r * {})]; return wrk.format(\"GET\", \"/oneoffice\", \
             {{ [\"x-api-key\"] = \"{}\" }}, '{{\"method\":\"getUserByEmail\",\"params\":{{\"email\":\"' .. u .. '@{DOMAIN}\"}}}}')",
            names(ASKED.min(stage.users)),
            ASKED.min(stage.users),
            stage.key
        ),
    };
    add(stage, report, "OneOffice getUserByEmail", &oneoffice)?;
    let search = format!("/oxaas/v1/admin/oxuser?search=\"..u..\"@{DOMAIN}");
    add(
        stage,
        report,
        "Open-Xchange search",
        &get(stage, &stage.password, &search, ASKED),
    )?;
    if report.wants("Hostway webmail") {
        webmail_accounts(stage)?;
        let webmail = format!("/accounts/default/email/{DOMAIN}/usernames/\"..u..\"/webmail");
        add(
            stage,
            report,
            "Hostway webmail",
            &get(stage, &stage.app_password, &webmail, WEBMAIL),
        )?;
    }
    let page = Requests {
        lua: format!(
            "return wrk.format(\"GET\", \"/ocs/v2.php/cloud/users/details?format=json&limit=50&offset=\" .. math.floor(r * 100), \
             {{ [\"Authorization\"] = \"{}\", [\"OCS-APIRequest\"] = \"true\" }})",
            stage.app_password
        ),
    };
    add(stage, report, "OCS list 50 users with details", &page)?;
    one(stage)
}

/// Measures the floor with the same requests.
pub(super) fn floor(floor: &Process, stage: &Stage, report: &mut Report) -> Result<()> {
    let requests = ocs(stage, &stage.app_password);
    let measured = load::measure(floor, || {
        wrk::run(&floor.address, CLIENTS, stage.seconds, &requests)
    })?;
    report.add(Row::load(
        "floor: constant JSON",
        stage.users,
        CLIENTS,
        measured,
    ));
    Ok(())
}

/// Measures reading a user on PostgreSQL.
pub(super) fn on_postgres(stage: &Stage, report: &mut Report) -> Result<()> {
    add(
        stage,
        report,
        "OCS get user, app password, PostgreSQL",
        &ocs(stage, &stage.app_password),
    )
}

/// Measures another OCS server, at `http://LOGIN:PASSWORD@HOST:PORT`, by reading the one user that logs in.
pub(super) fn other(url: &str, seconds: u32, report: &mut Report) -> Result<()> {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    let (credentials, address) = url
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .rsplit_once('@')
        .ok_or("the other server's URL has no LOGIN:PASSWORD@")?;
    let (login, _) = credentials
        .split_once(':')
        .ok_or("its URL has no password")?;
    let requests = Requests {
        lua: format!(
            "return wrk.format(\"GET\", \"/ocs/v2.php/cloud/users/{login}?format=json\", {{ [\"Authorization\"] = \"Basic {}\", \
             [\"OCS-APIRequest\"] = \"true\" }})",
            BASE64_STANDARD.encode(credentials)
        ),
    };
    let answers = wrk::run(address, 8, seconds, &requests)?;
    let measured = load::Measured::new(answers, std::time::Duration::ZERO);
    report.add(Row::load("another OCS server, get user", 0, 8, measured));
    Ok(())
}

/// The body of one answer.
fn one(stage: &Stage) -> Result<Vec<u8>> {
    answer(&stage.server, &User::number(1).login, &stage.app_password)
}

/// Shows the first administrator's password once: what an empty server holds afterwards is what it needs for its work.
pub(super) fn log_in(server: &Process) -> Result<()> {
    answer(server, "admin", &super::basic(crate::provost::PASSWORD)).map(drop)
}

/// The body of the answer that shows a user.
fn answer(server: &Process, login: &str, authorization: &str) -> Result<Vec<u8>> {
    let mut stream = TcpStream::connect(&server.address)?;
    write!(
        stream,
        "GET /ocs/v2.php/cloud/users/{login}?format=json HTTP/1.1\r\nHost: bench\r\nAuthorization: {authorization}\r\n\
         OCS-APIRequest: true\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let head = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .ok_or("no answer")?;
    Ok(answer.split_off(head + 4))
}
