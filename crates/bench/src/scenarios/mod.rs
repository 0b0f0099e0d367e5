//! What is done to Provost, and measured.

mod disturbances;
mod import;
mod reads;
mod searches;
mod writes;

use crate::{
    Cli, Result,
    peers::{
        argon2id,
        raw_sqlite::{self, RawSqlite},
        slapd::{self, Slapd},
    },
    process::Process,
    provost::{PASSWORD, Site},
    report::{Report, Row},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use std::{fs, path::Path, process::Command, time::Duration};

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

/// Who does the same, with the same users.
#[derive(Default)]
struct Peers {
    slapd: Option<Slapd>,
    sqlite: Option<RawSqlite>,
    /// Whether argon2id is measured.
    argon2id: bool,
}

impl Peers {
    /// Starts those that are wanted; SQLite has a copy of the database, which nobody serves yet.
    fn start(
        cli: &Cli,
        folder: &Path,
        database: &Path,
        users: u32,
        report: &Report,
    ) -> Result<Self> {
        let mut peers = Self::default();
        if cli.no_peers {
            return Ok(peers);
        }
        if report.wants(slapd::GET) || report.wants(slapd::ADD) {
            peers.slapd = Some(Slapd::start(folder, users)?);
        }
        if report.wants(raw_sqlite::SCENARIO) {
            let copy = folder.join("alone.db");
            fs::copy(database, &copy)?;
            peers.sqlite = Some(RawSqlite::open(&copy)?);
        }
        peers.argon2id = report.wants(argon2id::SCENARIO);
        Ok(peers)
    }
}

/// Measures everything with so many users: first on SQLite, then what is asked of PostgreSQL.
pub(crate) fn measure(cli: &Cli, binary: &Path, users: u32, report: &mut Report) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let database = folder.path().join("provost.db");
    let site = Site::new(binary, format!("sqlite:{}", database.display()));
    empty(&site, report)?;
    import::measure(&site, folder.path(), users, report)?;
    searches::make_small_tenant(&site, folder.path())?;
    import::webmail_accounts(&site, folder.path(), users)?;
    let mut peers = Peers::start(cli, folder.path(), &database, users, report)?;
    let stage = stage(&site, users, cli.seconds, report)?;
    reads::measure(&stage, &peers, folder.path(), report)?;
    searches::measure(&stage, report)?;
    writes::measure(&stage, &mut peers, report)?;
    drop(peers);
    disturbances::measure(&stage, &site, folder.path(), report)?;
    rest(&stage.server)?;
    report.add(Row::figure(
        "memory after the load",
        users,
        megabytes(stage.server.memory()?),
        "MiB",
    ));
    stage.server.stop()?;
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
    rest(&server)?;
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
    // the entries of an import are sealed after it, which commits, and makes readers map the file anew
    rest(&server)?;
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

/// Lets a server finish what it does by itself, such as sealing what was imported, and give back what it used for that: what is measured is what it
/// keeps.
fn rest(server: &Process) -> Result<()> {
    for _ in 0..60 {
        let before = server.cpu()?;
        std::thread::sleep(Duration::from_secs(2));
        if server.cpu()? - before < Duration::from_millis(20) {
            break;
        }
    }
    Ok(())
}

fn milliseconds(server: &Process) -> f64 {
    server.started_in.as_secs_f64() * 1e3
}

#[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}
