//! Structured logs on standard error. No secret is ever given to them: passwords and tokens have types that do not print themselves.

use crate::{
    config::{LogFormat, Settings},
    failure::{Failure, Result},
};
use std::io::{self, IsTerminal};
use tracing_subscriber::{EnvFilter, fmt};

/// Begins to log. `quiet` is the level where none is set.
///
/// # Errors
/// A level that cannot be read.
pub(crate) fn start(settings: &Settings, quiet: &str) -> Result<()> {
    let level = settings.log.as_deref().unwrap_or(quiet);
    let filter = EnvFilter::try_new(level).map_err(|error| {
        Failure::refused(format_args!("log: {level:?} is no log level: {error}"))
    })?;
    let logs = fmt().with_env_filter(filter).with_writer(io::stderr);
    match settings.log_format {
        LogFormat::Text => logs.with_ansi(io::stderr().is_terminal()).try_init(),
        LogFormat::Json => logs.json().flatten_event(true).try_init(),
    }
    .map_err(Failure::refused)
}
