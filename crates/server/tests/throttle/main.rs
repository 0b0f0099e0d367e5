//! Throttling as clients meet it: over HTTP, from the whole binary, with proxies before it that tell where requests come from.
//! How long waits and blocks are, `directory/tests/contract/throttle.rs` holds with a clock of its own.
#![expect(clippy::unwrap_used, reason = "tests")]

mod edits;
mod guesses;

use provost_testkit::{Engine, Request, Response, TestDatabase, TestServer};

const PASSWORD: &str = "Correct-Horse-77";
const WRONG: &str = "Wrong-Horse-77";

/// A server that throttles, as servers do, and believes a proxy on its own machine.
fn started(database: TestDatabase) -> TestServer {
    TestServer::start_with(
        env!("CARGO_BIN_EXE_provost"),
        database,
        &[
            ("PROVOST_THROTTLE", "on"),
            ("PROVOST_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8"),
            ("PROVOST_LOG_FORMAT", "json"),
        ],
    )
}

fn started_on_sqlite() -> TestServer {
    started(TestDatabase::fresh(Engine::Sqlite))
}

/// Who calls, from where.
#[derive(Clone, Copy)]
struct Caller<'a> {
    server: &'a TestServer,
    from: &'a str,
    login: &'a str,
    password: &'a str,
}

impl<'a> Caller<'a> {
    fn request(self, method: &str, path: &str) -> Request {
        Request::new(method, path)
            .ocs()
            .header("X-Forwarded-For", self.from)
            .basic(self.login, self.password)
    }

    fn get(self, path: &str) -> Response {
        self.request("GET", path).send(self.server)
    }

    /// The HTTP status of a request that everybody may make who is let in.
    fn status(self) -> u16 {
        self.get("/ocs/v2.php/cloud/user?format=json").status
    }

    fn with(self, login: &'a str, password: &'a str) -> Self {
        Self {
            login,
            password,
            ..self
        }
    }
}

fn cli(server: &TestServer, arguments: &[&str], input: &str) -> String {
    let output = server.cli_with_input(arguments, input);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}
