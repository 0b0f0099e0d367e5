//! A server process whose signals and channels a test has in its own hands.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use provost_testkit::TestDatabase;

/// The binary on a database with these variables and no others of its own.
pub(crate) fn provost(database: &TestDatabase, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_provost"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PROVOST_") {
            command.env_remove(name);
        }
    }
    command
        .current_dir(database.directory())
        .env("PROVOST_DATABASE", database.url())
        // no proxy has to see that it leaves
        .env("PROVOST_DRAIN", "0")
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// A server that listens. Killed when dropped.
pub(crate) struct Server {
    process: Child,
    output: BufReader<ChildStdout>,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// What it printed on standard output until it listened, that line included.
    pub(crate) printed: String,
}

impl Server {
    /// Starts it on a port of its own, and waits until it listens.
    pub(crate) fn start(database: &TestDatabase, variables: &[(&str, &str)]) -> Self {
        let mut process = provost(database, variables)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        let mut output = BufReader::new(process.stdout.take().expect("a piped output"));
        let mut printed = String::new();
        let address = loop {
            let mut line = String::new();
            let read = output.read_line(&mut line).expect("UTF-8");
            assert!(read > 0, "it ended: {:?}; {printed}", process.wait());
            printed.push_str(&line);
            if let Some(address) = line.trim_end().strip_prefix("listening on http://") {
                break address.parse().expect("an address");
            }
        };
        Self {
            process,
            output,
            address,
            printed,
        }
    }

    /// The process's number.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Sends it a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.id().to_string();
        let sent = Command::new("sh")
            .args(["-c", "kill -\"$1\" \"$2\"", "sh", name, &id])
            .status()
            .expect("a shell");
        assert!(sent.success(), "it was gone before its signal");
    }

    /// Waits for its end; what it printed after it listened.
    pub(crate) fn wait(&mut self) -> (ExitStatus, String) {
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).expect("UTF-8");
        (self.process.wait().expect("it ends"), rest)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // it may have ended before
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
