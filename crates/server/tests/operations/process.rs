//! A server process whose lines and signals a test has in its own hands.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use provost_testkit::{ADMIN_PASSWORD, TestDatabase};

/// Only keeps what never happens from hanging the tests.
const PATIENCE: Duration = Duration::from_secs(120);

/// `provost serve` on a port of its own. Killed when dropped.
pub(crate) struct Process {
    child: Child,
    output: BufReader<ChildStdout>,
    log: Receiver<String>,
}

/// `provost serve` on a database, with these variables and none of the developer's own.
pub(crate) fn command(database: &TestDatabase, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_provost"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PROVOST_") {
            command.env_remove(name);
        }
    }
    command
        .args(["serve", "--listen", "127.0.0.1:0"])
        .current_dir(database.directory())
        .env("PROVOST_DATABASE", database.url())
        .env("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

impl Process {
    /// Starts it.
    pub(crate) fn start(database: &TestDatabase, variables: &[(&str, &str)]) -> Self {
        let mut child = command(database, variables)
            .spawn()
            .expect("the binary runs");
        let output = BufReader::new(child.stdout.take().expect("a piped output"));
        let log = follow(child.stderr.take().expect("a piped log"));
        Self { child, output, log }
    }

    /// What stands behind this in the next line of standard output that begins with it.
    pub(crate) fn says(&mut self, beginning: &str) -> String {
        loop {
            let mut line = String::new();
            let read = self.output.read_line(&mut line).expect("UTF-8");
            assert!(read > 0, "it ended without saying {beginning:?}");
            if let Some(rest) = line.trim_end().strip_prefix(beginning) {
                return rest.to_owned();
            }
        }
    }

    /// Waits until a line of the log holds this.
    pub(crate) fn logs(&self, part: &str) -> String {
        loop {
            match self.log.recv_timeout(PATIENCE) {
                Ok(line) if line.contains(part) => return line,
                Ok(_) => {}
                Err(_) => panic!("it never logged {part:?}"),
            }
        }
    }

    /// Sends it a signal, such as `HUP`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("sh")
            .args(["-c", "kill -\"$1\" \"$2\"", "sh", name, &id])
            .status()
            .expect("a shell");
        assert!(sent.success(), "it was gone before its signal");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // it may have ended before
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server that does not come up says on standard error.
pub(crate) fn refusal(database: &TestDatabase, variables: &[(&str, &str)]) -> String {
    let mut child = command(database, variables)
        .spawn()
        .expect("the binary runs");
    let mut said = String::new();
    let mut errors = child.stderr.take().expect("a piped log");
    errors.read_to_string(&mut said).expect("UTF-8");
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(1), "{said}");
    said
}

fn follow(errors: ChildStderr) -> Receiver<String> {
    let (lines, log) = channel();
    thread::spawn(move || {
        for line in BufReader::new(errors).lines().map_while(Result::ok) {
            // nobody may be listening any more; the pipe has to be emptied even so
            let _ = lines.send(line);
        }
    });
    log
}
