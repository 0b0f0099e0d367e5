//! PostgreSQL servers of a test's own: a primary, and a standby that can be promoted.

use std::{
    fs::{self, File},
    net::TcpListener,
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::Duration,
};
use tempfile::TempDir;

/// A server that a test may kill. It is stopped, and its files go, when this value is dropped.
pub(crate) struct Cluster {
    folder: TempDir,
    port: u16,
}

impl Cluster {
    /// An empty primary.
    pub(crate) fn new() -> Self {
        let cluster = Self::unstarted();
        cluster.run(
            "initdb",
            &[
                "--username=postgres",
                "--auth=trust",
                "--no-sync",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ],
        );
        cluster.start();
        cluster
    }

    /// A standby that follows this primary. With `synchronous` the primary confirms nothing from then on that the standby has not got.
    pub(crate) fn standby(&self, synchronous: bool) -> Self {
        let standby = Self::unstarted();
        let primary = format!(
            "--dbname=host=127.0.0.1 port={} user=postgres application_name=standby",
            self.port
        );
        standby.run(
            "pg_basebackup",
            &[
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--no-sync",
                &primary,
            ],
        );
        standby.start();
        if synchronous {
            self.sql("ALTER SYSTEM SET synchronous_standby_names = '*'");
            self.sql("SELECT pg_reload_conf()");
        }
        let wanted = if synchronous { "sync" } else { "async" };
        while self.sql("SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'")
            != wanted
        {
            thread::sleep(Duration::from_millis(20));
        }
        standby
    }

    /// `HOST:PORT`.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Where nodes find it.
    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@{}/postgres", self.host())
    }

    /// What a statement gives, as text.
    pub(crate) fn sql(&self, statement: &str) -> String {
        let output = Command::new("psql")
            .args([
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--command",
                statement,
            ])
            .arg(self.url())
            .output()
            .expect("psql runs");
        assert!(output.status.success(), "{statement}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill(&self) {
        let text = fs::read_to_string(self.folder.path().join("data/postmaster.pid")).unwrap();
        let process = text.lines().next().unwrap();
        let killed = Command::new("sh")
            .args(["-c", "kill -KILL \"$1\"", "sh", process])
            .status();
        assert!(killed.unwrap().success());
    }

    /// Ends it in order, which ends its connections.
    pub(crate) fn stop(&self) {
        self.run("pg_ctl", &["stop", "--wait", "--mode=fast"]);
    }

    /// Starts it where it was.
    pub(crate) fn start(&self) {
        let folder = self.folder.path().display();
        let options = format!(
            "--options=-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories='{folder}' -c max_connections=200 \
             -c shared_buffers=32MB -c fsync=off",
            self.port
        );
        let log = format!("--log={folder}/log");
        self.run("pg_ctl", &["start", "--wait", &log, &options]);
    }

    /// Makes a standby a primary.
    pub(crate) fn promote(&self) {
        self.run("pg_ctl", &["promote", "--wait"]);
    }

    fn unstarted() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("provost-cluster-")
            .tempdir()
            .unwrap();
        if is_root() {
            // PostgreSQL refuses to run as root
            let owned = Command::new("chown")
                .arg("postgres")
                .arg(folder.path())
                .status();
            assert!(owned.unwrap().success());
        }
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        Self { folder, port }
    }

    /// Runs a program of PostgreSQL on the files of this server, which must succeed.
    fn run(&self, program: &str, arguments: &[&str]) {
        let status = self.try_to_run(program, arguments);
        let said = fs::read_to_string(self.folder.path().join("said")).unwrap();
        assert!(status.success(), "{program} {arguments:?}: {said}");
    }

    fn try_to_run(&self, program: &str, arguments: &[&str]) -> ExitStatus {
        let folder = self.folder.path();
        let program = programs().join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        // a file, since a server that it starts would hold a pipe open
        let said = File::create(folder.join("said")).unwrap();
        command
            .args(arguments)
            .arg(format!("--pgdata={}/data", folder.display()))
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .status()
            .expect("the programs of PostgreSQL run")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // it may be stopped or killed
        self.try_to_run("pg_ctl", &["stop", "--mode=immediate"]);
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().unwrap().stdout == b"0\n"
}

/// Where the newest PostgreSQL's programs are: Debian keeps them off the PATH.
fn programs() -> PathBuf {
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let versions = installed.filter_map(|entry| {
        let path = entry.ok()?.path();
        let version: u32 = path.file_name()?.to_str()?.parse().ok()?;
        Some((version, path.join("bin")))
    });
    versions
        .max()
        .map_or_else(PathBuf::new, |(_, programs)| programs)
}
