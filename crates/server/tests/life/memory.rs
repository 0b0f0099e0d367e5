//! How much memory the server holds when it has nothing to do.

use crate::process::Server;
use provost_testkit::{Engine, PASSWORD, TestDatabase};
use std::{
    fs, thread,
    time::{Duration, Instant},
};

/// What an idle server may hold, in KiB. One password that is hashed takes 19 MiB.
const IDLE: u64 = 25 * 1024;
const PATIENCE: Duration = Duration::from_secs(60);

/// The memory that is the process's own, in KiB.
fn held(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).expect("a process");
    let own = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))
        .and_then(|line| line.trim().strip_suffix(" kB"))
        .expect("its own memory");
    own.parse().expect("a number")
}

/// The first start hashes the first administrator's password.
#[test]
fn what_hashing_took_is_given_back() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let server = Server::start(&database, &[("PROVOST_ADMIN_PASSWORD", PASSWORD)]);
    let begun = Instant::now();
    while held(&server) > IDLE {
        assert!(begun.elapsed() < PATIENCE, "{} KiB", held(&server));
        thread::sleep(Duration::from_millis(50));
    }
}
