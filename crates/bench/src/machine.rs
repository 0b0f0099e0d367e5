//! What it was measured on.

use crate::Result;
use serde::Serialize;
use std::fs;

/// The machine.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Machine {
    /// The processor's name.
    pub(crate) processor: String,
    /// How many of its cores there are.
    pub(crate) cores: usize,
    /// The kernel's version.
    pub(crate) kernel: String,
}

/// Describes this machine.
pub(crate) fn describe() -> Result<Machine> {
    let processors = fs::read_to_string("/proc/cpuinfo")?;
    let processor = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("unknown", |(_, name)| name.trim());
    Ok(Machine {
        processor: processor.to_owned(),
        cores: std::thread::available_parallelism()?.get(),
        kernel: fs::read_to_string("/proc/sys/kernel/osrelease")?
            .trim()
            .to_owned(),
    })
}
