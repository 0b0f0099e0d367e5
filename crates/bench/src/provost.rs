//! The `provost` binary: built, run as a command, served.

use crate::{Result, process::Process};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// The first administrator's password.
pub(crate) const PASSWORD: &str = "Correct-Horse-77";

/// Builds it as users do; its path.
pub(crate) fn build() -> Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let built = Command::new(cargo)
        .args(["build", "--release", "--package", "provost"])
        .status()?;
    if !built.success() {
        return Err("provost does not build".into());
    }
    // it lies beside this program
    let own = std::env::current_exe()?;
    Ok(own.with_file_name("provost"))
}

/// A database, and how provost is run on it.
pub(crate) struct Site {
    binary: PathBuf,
    database: String,
}

impl Site {
    /// A site with this database's URL.
    pub(crate) fn new(binary: &Path, database: String) -> Self {
        Self {
            binary: binary.to_owned(),
            database,
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .env("PROVOST_DATABASE", &self.database)
            .env("PROVOST_ADMIN_PASSWORD", PASSWORD);
        command
    }

    /// Runs a command that has to succeed; what it printed.
    pub(crate) fn done(&self, arguments: &[&str]) -> Result<String> {
        let output = self.command().args(arguments).output()?;
        if !output.status.success() {
            let error = String::from_utf8_lossy(&output.stderr);
            return Err(format!("provost {}: {error}", arguments.join(" ")).into());
        }
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Serves it on a free port, with the access log on, as operators have it.
    pub(crate) fn serve(&self) -> Result<Process> {
        Process::start(
            self.command()
                .args(["serve", "--listen", "127.0.0.1:0"])
                .stderr(std::process::Stdio::null()),
        )
    }
}
