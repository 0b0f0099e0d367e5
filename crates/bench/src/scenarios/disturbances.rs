//! What readers notice of others: of an import, and of somebody who guesses passwords.

use super::Stage;
use crate::{
    Result, data,
    load::{self, Measured, open, turns::Turns},
    provost::Site,
    report::{Report, Row},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::path::Path;

/// How many reads there are a second.
const READS: u32 = 500;
/// How many guesses.
const GUESSES: u32 = 1000;
/// How often the guesses begin and end: the slowest hundredth differs much from one time to the next.
const ROUNDS: u32 = 5;

/// Measures reads alone, beside an import, and beside a flood of wrong passwords.
pub(super) fn measure(
    stage: &Stage,
    site: &Site,
    folder: &Path,
    report: &mut Report,
) -> Result<()> {
    let mut turns = Turns::new(stage.users);
    for (scenario, guessed) in [
        ("reads, 500 a second, alone", false),
        ("reads, 500 a second, beside 1000 guesses", true),
    ] {
        if report.wants(scenario) {
            turns.add(scenario, 1, move |seconds| {
                if !guessed {
                    return reads(stage, seconds);
                }
                std::thread::scope(|scope| {
                    let guessing =
                        scope.spawn(|| guess(stage, seconds).map_err(|error| error.to_string()));
                    let measured = reads(stage, seconds);
                    guessing.join().map_err(|_| "the guesses panicked")??;
                    measured
                })
            });
        }
    }
    turns.measure(ROUNDS, stage.seconds, report)?;
    let import = "reads, 500 a second, beside an import";
    if report.wants(import) {
        let file = folder.join("more.jsonl");
        // more than is imported while reads are measured
        data::write(&file, 200_000_000..200_100_000)?;
        let path = file.display().to_string();
        let measured = std::thread::scope(|scope| {
            let importing = scope.spawn(|| {
                site.done(&["import", "--tenant", "default", &path])
                    .map_err(|error| error.to_string())
            });
            let measured = reads(stage, stage.seconds);
            importing.join().map_err(|_| "the import panicked")??;
            measured
        })?;
        report.add(Row::load(import, stage.users, 1, measured));
    }
    Ok(())
}

/// Reads users at a fixed rate, with an app password.
fn reads(stage: &Stage, seconds: u32) -> Result<Measured> {
    let (users, authorization) = (u64::from(stage.users), stage.app_password.clone());
    load::measure(&stage.server, || {
        open::run(&stage.server.address, READS, seconds, move |n| {
            get(
                u32::try_from(n * 7919 % users).unwrap_or_default(),
                &authorization,
            )
        })
    })
}

/// Guesses passwords of different users.
fn guess(stage: &Stage, seconds: u32) -> Result<()> {
    let users = u64::from(stage.users);
    open::run(&stage.server.address, GUESSES, seconds, move |n| {
        let user = u32::try_from(n * 104_729 % users).unwrap_or_default();
        let credentials = format!("{}:Wrong-Guess-{n}", data::User::number(user).login);
        get(
            user,
            &format!("Basic {}", BASE64_STANDARD.encode(credentials)),
        )
    })?;
    Ok(())
}

fn get(user: u32, authorization: &str) -> String {
    format!(
        "GET /ocs/v2.php/cloud/users/{}?format=json HTTP/1.1\r\nHost: bench\r\nAuthorization: {authorization}\r\nOCS-APIRequest: true\r\n\r\n",
        data::User::number(user).login
    )
}
