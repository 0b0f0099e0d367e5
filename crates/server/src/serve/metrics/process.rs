//! What the operating system knows of this process. On a system without `/proc` nothing is told.

use std::{
    fs,
    sync::OnceLock,
    time::{SystemTime, UNIX_EPOCH},
};

/// How many parts of a second `/proc` counts time in. Linux has shown a hundred to programs since its beginning, on all machines.
const TICKS: f64 = 100.0;

/// What is known.
#[derive(Debug, Default)]
pub(super) struct Process {
    /// Memory that is in use, in bytes.
    pub(super) resident_bytes: Option<u64>,
    /// Time on processors, in seconds.
    pub(super) cpu_seconds: Option<f64>,
    /// Open files and connections.
    pub(super) open_files: Option<u64>,
}

impl Process {
    /// As it is now.
    pub(super) fn read() -> Self {
        let text = |name| fs::read_to_string(format!("/proc/self/{name}")).ok();
        Self {
            resident_bytes: text("status").as_deref().and_then(resident),
            cpu_seconds: text("stat").as_deref().and_then(cpu),
            open_files: fs::read_dir("/proc/self/fd")
                .ok()
                // reading them opens one
                .map(|files| (files.count() as u64).saturating_sub(1)),
        }
    }
}

/// When the process began, in seconds since 1970: when this was asked first.
pub(super) fn start_seconds() -> f64 {
    static START: OnceLock<f64> = OnceLock::new();
    *START.get_or_init(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        now.map_or(0.0, |since| since.as_secs_f64())
    })
}

/// `VmRSS:     1234 kB`.
fn resident(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// The fields behind the name, which is in brackets and may hold anything: the 12th and 13th are the times in the program and in the
/// system.
fn cpu(stat: &str) -> Option<f64> {
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: Vec<u32> = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse().ok())
        .collect();
    match ticks[..] {
        [program, system] => Some((f64::from(program) + f64::from(system)) / TICKS),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_and_time_are_read() {
        assert_eq!(
            resident("VmPeak:\t 9 kB\nVmRSS:\t   12 kB\n"),
            Some(12 * 1024)
        );
        let stat = "7 (a ) b) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20";
        assert_eq!(cpu(stat), Some(2.0));
        assert_eq!(cpu("7"), None);
    }

    #[test]
    fn this_process_is_known() {
        let process = Process::read();
        assert!(process.resident_bytes.is_some_and(|bytes| bytes > 100_000));
        assert!(process.cpu_seconds.is_some());
        assert!(process.open_files.is_some_and(|files| files > 2));
    }
}
