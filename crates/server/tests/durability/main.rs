//! What was acknowledged is there, whole, however the server ends; and what was not is there whole or not at all.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod clients;
mod ended_in_order;
mod killed;
mod sealed;
mod soundness;
mod wanted;

use provost_testkit::{Engine, Request, TestDatabase, TestServer};
use std::sync::Arc;

/// The groups that users are made in.
const GROUPS: [&str; 4] = ["red", "green", "blue", "grey"];

/// A server with the groups.
fn server(engine: Engine) -> TestServer {
    let database = Arc::new(TestDatabase::fresh(engine));
    // its log names every request
    let quiet = [("PROVOST_LOG", "warn")];
    let server = TestServer::start_with(env!("CARGO_BIN_EXE_provost"), database, &quiet);
    for group in GROUPS {
        let request =
            Request::post("/ocs/v2.php/cloud/groups?format=json").form(&[("groupid", group)]);
        assert_eq!(
            clients::as_administrator(request).send(&server).ocs_code(),
            200
        );
    }
    server
}
