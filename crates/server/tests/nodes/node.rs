//! A node: a server process among others on the same database.

use provost_testkit::{ADMIN_PASSWORD, Engine, Request, TestDatabase, TestServer};
use std::sync::Arc;

/// A node on the tests' PostgreSQL server.
pub(crate) fn node(database: &Arc<TestDatabase>, environment: &[(&str, &str)]) -> TestServer {
    // its log names every request
    let environment: Vec<_> = [("PROVOST_LOG", "warn")]
        .iter()
        .chain(environment)
        .copied()
        .collect();
    let binary = env!("CARGO_BIN_EXE_provost");
    TestServer::start_with(binary, Arc::clone(database), &environment)
}

/// A node on a database of the test's own.
pub(crate) fn node_on(url: &str, environment: &[(&str, &str)]) -> TestServer {
    // the variable wins; the other database is but the folder that the node runs in
    let folder = Arc::new(TestDatabase::fresh(Engine::Sqlite));
    let environment: Vec<_> = [("PROVOST_DATABASE", url)]
        .iter()
        .chain(environment)
        .copied()
        .collect();
    node(&folder, &environment)
}

/// The request with the credentials of the first administrator.
pub(crate) fn as_administrator(request: Request) -> Request {
    request.ocs().basic("admin", ADMIN_PASSWORD)
}
