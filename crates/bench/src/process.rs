//! A server as a process: started, watched, stopped.

use crate::Result;
use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// A running server, which ends with this value.
pub(crate) struct Process {
    child: Child,
    /// From its start to its first line.
    pub(crate) started_in: Duration,
    /// `HOST:PORT`, as its first line says.
    pub(crate) address: String,
}

impl Process {
    /// Starts a server that prints `listening on http://HOST:PORT`.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let begin = Instant::now();
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().ok_or("no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let started_in = begin.elapsed();
        let address = line
            .trim()
            .strip_prefix("listening on http://")
            .ok_or_else(|| format!("{command:?} said {line:?}"))?;
        Ok(Self {
            address: address.to_owned(),
            child,
            started_in,
        })
    }

    /// Takes over a server that says nothing; it listens at the address.
    pub(crate) fn silent(command: &mut Command, address: String) -> Result<Self> {
        let begin = Instant::now();
        let child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut process = Self {
            child,
            started_in: Duration::ZERO,
            address,
        };
        while std::net::TcpStream::connect(&process.address).is_err() {
            if begin.elapsed() > Duration::from_secs(20) || process.child.try_wait()?.is_some() {
                return Err(format!("{command:?} does not listen at {}", process.address).into());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        process.started_in = begin.elapsed();
        Ok(process)
    }

    /// How much processor time it has used.
    pub(crate) fn cpu(&self) -> Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // the name in parentheses may hold blanks; user and system time are the 14th and 15th fields
        let (_, fields) = stat.rsplit_once(')').ok_or("no fields")?;
        let ticks: u64 = fields
            .split_whitespace()
            .skip(11)
            .take(2)
            .map(|field| field.parse::<u64>().unwrap_or_default())
            .sum();
        Ok(Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND))
    }

    /// The memory that it holds by itself, in bytes: without files that it maps.
    pub(crate) fn memory(&self) -> Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let kilobytes = status
            .lines()
            .find_map(|line| line.strip_prefix("RssAnon:"))
            .and_then(|value| value.trim().strip_suffix(" kB"))
            .ok_or("no RssAnon")?;
        Ok(kilobytes.trim().parse::<u64>()? * 1024)
    }

    /// Asks it to end, and waits.
    pub(crate) fn stop(mut self) -> Result<()> {
        Command::new("kill")
            .arg(self.child.id().to_string())
            .status()?;
        self.child.wait()?;
        Ok(())
    }
}

/// The kernel's unit of processor time: `USER_HZ`, which is 100 on Linux.
const TICKS_PER_SECOND: u64 = 100;

impl Drop for Process {
    fn drop(&mut self) {
        // it may have ended already
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
