//! Reading one user in every dialect, and a page of users.

use super::{Peers, Stage};
use crate::{
    Result,
    data::{ASKED, DOMAIN, User},
    load::{
        self, Measured,
        turns::Turns,
        wrk::{self, Requests},
    },
    peers::{floor, slapd},
    process::Process,
    report::{Report, Row},
};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
};

const CLIENTS: u32 = 64;

/// The names of those who are asked for, for Lua.
fn names(stage: &Stage) -> String {
    let names: Vec<_> = (0..ASKED.min(stage.users))
        .map(|number| format!("{:?}", User::number(number).login))
        .collect();
    names.join(",")
}

/// Requests for one of the users; `format` is what is given to `wrk.format`, with the user's login as `u`.
fn of_users(stage: &Stage, format: &str) -> Requests {
    Requests {
        lua: format!(
            "users = users or {{{}}}; local u = users[1 + math.floor(r * #users)]; return wrk.format({format})",
            names(stage)
        ),
    }
}

/// A `GET` of one of the users; `path` holds `"..u.."` where its login goes.
fn get(stage: &Stage, authorization: &str, path: &str) -> Requests {
    of_users(
        stage,
        &format!(
            "\"GET\", \"{path}\", {{ [\"Authorization\"] = \"{authorization}\", [\"OCS-APIRequest\"] = \"true\" }}"
        ),
    )
}

/// How long they are asked for before anything is measured, in seconds: what is asked for the first time is read from the disk or, with a
/// million users, mapped page by page.
const WARM_UP: u32 = 5;

fn ocs(stage: &Stage, authorization: &str) -> Requests {
    get(
        stage,
        authorization,
        "/ocs/v2.php/cloud/users/\"..u..\"?format=json",
    )
}

/// Measures requests to a server.
fn ask(server: &Process, requests: &Requests, seconds: u32) -> Result<Measured> {
    load::measure(server, || {
        wrk::run(&server.address, CLIENTS, seconds, requests)
    })
}

fn add(stage: &Stage, report: &mut Report, scenario: &str, requests: &Requests) -> Result<()> {
    if report.wants(scenario) {
        let measured = ask(&stage.server, requests, stage.seconds)?;
        report.add(Row::load(scenario, stage.users, CLIENTS, measured));
    }
    Ok(())
}

/// Measures reads, beside the floor and slapd's.
pub(super) fn measure(
    stage: &Stage,
    peers: &Peers,
    folder: &Path,
    report: &mut Report,
) -> Result<()> {
    let app_password = ocs(stage, &stage.app_password);
    wrk::run(&stage.server.address, CLIENTS, WARM_UP, &app_password)?;
    let body = folder.join("answer.json");
    std::fs::write(&body, one(stage)?)?;
    let floor = floor::start(&body)?;
    let mut turns = Turns::new(stage.users);
    for (scenario, requests) in dialects(stage) {
        if report.wants(scenario) {
            turns.add(scenario, CLIENTS, move |seconds| {
                ask(&stage.server, &requests, seconds)
            });
        }
    }
    turns.add("floor: constant JSON", CLIENTS, |seconds| {
        ask(&floor, &app_password, seconds)
    });
    if let Some(slapd) = &peers.slapd
        && report.wants(slapd::GET)
    {
        turns.add(slapd::GET, CLIENTS, |seconds| slapd.get(CLIENTS, seconds));
    }
    turns.measure(stage.seconds, 1, report)?;
    floor.stop()?;
    let page = Requests {
        lua: format!(
            "return wrk.format(\"GET\", \"/ocs/v2.php/cloud/users/details?format=json&limit=50&offset=\" .. math.floor(r * 100), \
             {{ [\"Authorization\"] = \"{}\", [\"OCS-APIRequest\"] = \"true\" }})",
            stage.app_password
        ),
    };
    add(stage, report, "OCS list 50 users with details", &page)
}

/// What reads one user, in each dialect.
fn dialects(stage: &Stage) -> [(&'static str, Requests); 5] {
    let oneoffice = format!(
        "\"GET\", \"/oneoffice\", {{ [\"x-api-key\"] = \"{}\" }}, \
         '{{\"method\":\"getUserByEmail\",\"params\":{{\"email\":\"' .. u .. '@{DOMAIN}\"}}}}'",
        stage.key
    );
    let search = format!("/oxaas/v1/admin/oxuser?search=\"..u..\"@{DOMAIN}");
    let webmail = format!("/accounts/default/email/{DOMAIN}/usernames/\"..u..\"/webmail");
    [
        (
            "OCS get user, app password",
            ocs(stage, &stage.app_password),
        ),
        (
            "OCS get user, verified password",
            ocs(stage, &stage.password),
        ),
        ("OneOffice getUserByEmail", of_users(stage, &oneoffice)),
        ("Open-Xchange search", get(stage, &stage.password, &search)),
        ("Hostway webmail", get(stage, &stage.app_password, &webmail)),
    ]
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
    let measured = Measured::new(answers, std::time::Duration::ZERO);
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
