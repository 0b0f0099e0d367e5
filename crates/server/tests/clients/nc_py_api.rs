//! nc-py-api, Nextcloud's client for Python: the whole life of users and groups, through its blocking and its asynchronous class.

use std::process::Command;

use provost_testkit::{Engine, TestServer};

use crate::tools::{drive, tool};

fn lives(engine: Engine) {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), engine);
    let mut pytest = Command::new(tool("nc_py_api", "bin/python"));
    // nothing is written into the sources
    pytest
        .args(["-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"])
        .arg("--color=no");
    drive(&server, engine, "nc_py_api", &mut pytest, &[" passed"]);
}

#[test]
fn users_and_groups_live_on_sqlite() {
    lives(Engine::Sqlite);
}

#[test]
fn users_and_groups_live_on_postgres() {
    lives(Engine::Postgres);
}
