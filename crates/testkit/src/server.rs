//! The `provost` binary as a running server.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::log::Log;
use crate::{Engine, TestDatabase};

/// The password of `admin` on every test server; the recorded exchanges use it too.
pub const ADMIN_PASSWORD: &str = "admin-pw-Xy7";

/// What the server prints on its standard output once it answers.
const LISTENING: &str = "listening on http://";

/// Where a server listens that may have any port.
const ANY_PORT: &str = "127.0.0.1:0";

/// Long enough for the slowest machine; it only keeps a broken server from hanging the tests.
const PATIENCE: Duration = Duration::from_secs(120);

/// A server process of its own on a database. Killed when dropped; its log is printed if the test failed.
#[derive(Debug)]
pub struct TestServer {
    binary: PathBuf,
    database: Arc<TestDatabase>,
    environment: Vec<(String, String)>,
    log: Log,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    process: Child,
    address: SocketAddr,
}

impl TestServer {
    /// Starts `binary` (`env!("CARGO_BIN_EXE_provost")` in the server's tests) on a fresh database and waits until it listens.
    ///
    /// # Panics
    /// If it does not come up; the message holds its log.
    pub fn start(binary: impl Into<PathBuf>, engine: Engine) -> Self {
        Self::start_with(binary, TestDatabase::fresh(engine), &[])
    }

    /// As [`TestServer::start`], on a given database, which servers may share in an [`Arc`], and with further variables, which
    /// come last: `&[("PROVOST_THROTTLE", "on")]`.
    ///
    /// # Panics
    /// If it does not come up; the message holds its log.
    pub fn start_with(
        binary: impl Into<PathBuf>,
        database: impl Into<Arc<TestDatabase>>,
        environment: &[(&str, &str)],
    ) -> Self {
        let mut server = Self {
            binary: binary.into(),
            database: database.into(),
            environment: environment
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            log: Log::default(),
            running: None,
        };
        server.running = Some(server.launch(ANY_PORT));
        server
    }

    /// Where it listens.
    ///
    /// # Panics
    /// If it was stopped.
    pub fn address(&self) -> SocketAddr {
        self.running
            .as_ref()
            .expect("the server was stopped")
            .address
    }

    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address())
    }

    /// The database that it works on.
    pub fn database(&self) -> &TestDatabase {
        &self.database
    }

    /// All that its processes have printed, on both channels.
    pub fn log(&self) -> String {
        self.log.text()
    }

    /// Runs the same binary with these arguments on the same database: `&["tenant", "create", "acme"]`.
    ///
    /// # Panics
    /// If the binary cannot be run; a failing command is the caller's to judge.
    pub fn cli(&self, arguments: &[&str]) -> Output {
        self.cli_with_input(arguments, "")
    }

    /// As [`TestServer::cli`], with this text on standard input (`--password-stdin`).
    ///
    /// # Panics
    /// If the binary cannot be run.
    pub fn cli_with_input(&self, arguments: &[&str], input: &str) -> Output {
        let mut process = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        if let Some(mut pipe) = process.stdin.take() {
            // A command that does not read its input may have closed it.
            let _ = pipe.write_all(input.as_bytes());
        }
        process.wait_with_output().expect("the command ends")
    }

    /// Ends the process as a power cut would: nothing of its own runs any more.
    ///
    /// # Panics
    /// If it was stopped before.
    pub fn sigkill(&mut self) {
        let mut process = self.take_process();
        process.kill().expect("a process of ours can be killed");
        process.wait().expect("a killed process ends");
    }

    /// Asks the server to end in order, and waits until it has.
    ///
    /// # Panics
    /// If it was stopped before, or does not end.
    pub fn sigterm_and_wait(&mut self) -> ExitStatus {
        let mut process = self.take_process();
        // The standard library sends SIGKILL alone; every shell has `kill` built in.
        let asked = Command::new("sh")
            .args(["-c", "kill -TERM \"$1\"", "sh", &process.id().to_string()])
            .status()
            .expect("a shell");
        assert!(asked.success(), "the server was gone before its SIGTERM");
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = process.try_wait().expect("the state of a process of ours") {
                return status;
            }
            if Instant::now() > deadline {
                let _ = process.kill();
                panic!(
                    "the server did not end at SIGTERM; its log:\n{}",
                    self.log()
                );
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Starts the server again on the same database, after ending it in order if it still runs. Its port changes.
    ///
    /// # Panics
    /// If it does not come up.
    pub fn restart(&mut self) {
        if self.running.is_some() {
            self.sigterm_and_wait();
        }
        self.running = Some(self.launch(ANY_PORT));
    }

    /// Starts the server again at an address where it listened before, as a node does that its proxy knows.
    ///
    /// # Panics
    /// If it still runs, or does not come up.
    pub fn restart_at(&mut self, address: SocketAddr) {
        assert!(self.running.is_none(), "it has to be stopped before");
        self.running = Some(self.launch(&address.to_string()));
    }

    fn take_process(&mut self) -> Child {
        self.running.take().expect("the server was stopped").process
    }

    /// The binary with a test's environment and nothing of the developer's own: no settings file, no `PROVOST_` variables.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PROVOST_") {
                command.env_remove(name);
            }
        }
        command
            .current_dir(self.database.directory())
            .env("PROVOST_DATABASE", self.database.url())
            .env("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)
            .env("PROVOST_THROTTLE", "off")
            // no proxy has to see that it leaves
            .env("PROVOST_DRAIN", "0")
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    fn launch(&self, listen: &str) -> Running {
        let mut process = self
            .command()
            .args(["serve", "--listen", listen])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not run: {error}", self.binary.display()));
        let errors = process.stderr.take().expect("a piped standard error");
        let error_lines = self.log.follow(errors);
        let output = process.stdout.take().expect("a piped standard output");
        let lines = self.log.follow(output);

        let deadline = Instant::now() + PATIENCE;
        while let Ok(line) = lines.recv_timeout(deadline.saturating_duration_since(Instant::now()))
        {
            let address = line
                .strip_prefix(LISTENING)
                .and_then(|address| address.trim_end_matches('/').parse().ok());
            if let Some(address) = address {
                return Running { process, address };
            }
        }
        let _ = process.kill();
        let status = process.wait();
        // The log is whole once standard error has ended.
        error_lines.into_iter().for_each(drop);
        panic!(
            "the server ended or never said '{LISTENING}ADDR' ({status:?}); its log:\n{}",
            self.log()
        );
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            let _ = running.process.kill();
            let _ = running.process.wait();
        }
        if std::thread::panicking() {
            eprintln!("--- log of the server\n{}---", self.log());
        }
    }
}
