//! ownCloud's clients for JavaScript, js-owncloud-client and its successor owncloud-sdk: the whole life of users and groups.

use std::process::Command;

use provost_testkit::{Engine, TestServer};

use crate::tools::{drive, tool};

fn live(engine: Engine) {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), engine);
    let mut node = Command::new("node");
    // the older client uses functions that node would rather not have
    node.args(["--no-deprecation", "--test", "--test-reporter=spec"])
        .args(["js-owncloud-client.test.js", "owncloud-sdk.test.js"])
        .env("NODE_PATH", tool("owncloud_js", "node_modules"));
    drive(
        &server,
        engine,
        "owncloud_js",
        &mut node,
        &[" tests ", " pass ", " fail "],
    );
}

#[test]
fn users_and_groups_live_on_sqlite() {
    live(Engine::Sqlite);
}

#[test]
fn users_and_groups_live_on_postgres() {
    live(Engine::Postgres);
}
