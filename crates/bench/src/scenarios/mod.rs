//! What is done to Provost, and measured.

mod disturbances;
mod import;
mod reads;
mod searches;
mod writes;

use crate::{
    Cli, Result,
    data::{self, DOMAIN},
    load::open,
    peers::{argon2id, floor, raw_sqlite},
    process::Process,
    provost::{PASSWORD, Site},
    report::{Report, Row},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::{fs, path::Path, process::Command};

/// A served directory of users, and what opens it.
struct Stage {
    server: Process,
    users: u32,
    seconds: u32,
    /// `Authorization` with the administrator's password.
    password: String,
    /// The same with an app password.
    app_password: String,
    /// An API key of the tenant.
    key: String,
}

/// Measures everything with so many users: first on SQLite, then what is asked of PostgreSQL.
pub(crate) fn measure(cli: &Cli, binary: &Path, users: u32, report: &mut Report) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = folder.path().join("provost.db");
    let site = Site::new(binary, format!("sqlite:{}", database.display()));
    empty(&site, report)?;
    import::measure(&site, folder.path(), users, report)?;
    searches::make_small_tenant(&site, folder.path())?;
    let stage = stage(&site, users, cli.seconds, report)?;
    let answer = reads::measure(&stage, report)?;
    let body = folder.path().join("answer.json");
    fs::write(&body, answer)?;
    let constant = floor::start(&body)?;
    reads::floor(&constant, &stage, report)?;
    constant.stop()?;
    searches::measure(&stage, report)?;
    writes::measure(&stage, report)?;
    disturbances::measure(&stage, &site, folder.path(), report)?;
    rest();
    report.add(Row::figure(
        "memory after the load",
        users,
        megabytes(stage.server.memory()?),
        "MiB",
    ));
    stage.server.stop()?;
    if !cli.no_peers {
        argon2id::measure(users, cli.seconds, report)?;
        raw_sqlite::measure(&database, users, cli.seconds, report)?;
    }
    if let Some(url) = &cli.ocs {
        reads::other(url, cli.seconds, report)?;
    }
    match &cli.postgres {
        Some(server) => on_postgres(cli, server, binary, folder.path(), users, report),
        None => Ok(()),
    }
}

/// Start and memory without any data.
fn empty(site: &Site, report: &mut Report) -> Result<()> {
    // the first start makes the database
    site.serve()?.stop()?;
    let server = site.serve()?;
    report.add(Row::figure("start, empty", 0, milliseconds(&server), "ms"));
    reads::log_in(&server)?;
    rest();
    report.add(Row::figure(
        "memory, empty",
        0,
        megabytes(server.memory()?),
        "MiB",
    ));
    server.stop()
}

/// Serves the imported users, with all credentials.
fn stage(site: &Site, users: u32, seconds: u32, report: &mut Report) -> Result<Stage> {
    let tenant = ["--tenant", "default"];
    let app_password = site.done(
        &[
            &["user", "app-password", "admin", "--name", "bench"][..],
            &tenant,
        ]
        .concat(),
    )?;
    let key = site.done(
        &[
            &["key", "create", "--name", "bench", "--scope", "admin"][..],
            &tenant,
        ]
        .concat(),
    )?;
    let server = site.serve()?;
    report.add(Row::figure("start", users, milliseconds(&server), "ms"));
    Ok(Stage {
        server,
        users,
        seconds,
        password: basic(PASSWORD),
        app_password: basic(&app_password),
        key,
    })
}

/// `Authorization` of the first administrator.
fn basic(password: &str) -> String {
    let credentials = BASE64_STANDARD.encode(format!("admin:{password}"));
    format!("Basic {credentials}")
}

/// The same users on PostgreSQL, where reading one and creating some is measured.
fn on_postgres(
    cli: &Cli,
    server: &str,
    binary: &Path,
    folder: &Path,
    users: u32,
    report: &mut Report,
) -> Result<()> {
    let name = format!("provost_bench_{}_{users}", std::process::id());
    let psql = |sql: String| -> Result<()> {
        let done = Command::new("psql")
            .args([server, "--quiet", "--command", &sql])
            .status()?;
        if done.success() {
            Ok(())
        } else {
            Err("psql failed".into())
        }
    };
    psql(format!("CREATE DATABASE {name} TEMPLATE template0"))?;
    let base = server.rsplit_once('/').map_or(server, |(base, _)| base);
    let site = Site::new(binary, format!("{base}/{name}"));
    site.serve()?.stop()?;
    import::quietly(&site, folder, users)?;
    let stage = stage(&site, users, cli.seconds, report)?;
    reads::on_postgres(&stage, report)?;
    writes::on_postgres(&stage, report)?;
    stage.server.stop()?;
    psql(format!("DROP DATABASE {name}"))
}

/// Gives the first users webmail accounts.
fn webmail_accounts(stage: &Stage) -> Result<()> {
    let count = data::WEBMAIL.min(stage.users);
    let (host, authorization) = (stage.server.address.clone(), stage.app_password.clone());
    let body = r#"{"language": "en_US", "timezone": "UTC"}"#;
    let made = open::run(&stage.server.address, count / 5, 5, move |n| {
        let login = data::User::number(u32::try_from(n).unwrap_or_default()).login;
        format!(
            "POST /accounts/default/email/{DOMAIN}/usernames/{login}/webmail HTTP/1.1\r\nHost: {host}\r\nAuthorization: {authorization}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    })?;
    if made.errors > 0 {
        return Err(format!("{} webmail accounts were not made", made.errors).into());
    }
    Ok(())
}

/// Lets a server give back what it used a moment ago, for what is measured is what it keeps.
fn rest() {
    std::thread::sleep(std::time::Duration::from_secs(2));
}

fn milliseconds(server: &Process) -> f64 {
    server.started_in.as_secs_f64() * 1e3
}

#[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}
