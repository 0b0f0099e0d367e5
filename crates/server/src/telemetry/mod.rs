//! Structured logs on standard error. No secret is ever given to them: passwords and tokens have types that do not print themselves.

mod access;
mod in_request;
mod lines;

pub(crate) use access::AccessLog;

use crate::{
    config::{LogFormat, Settings},
    failure::{Failure, Result},
};
use in_request::InRequest;
use lines::{LastLines, Lines};
use std::io::{self, IsTerminal};
use tracing_subscriber::{EnvFilter, fmt, fmt::MakeWriter, util::SubscriberInitExt as _};

/// Begins to log as a server does, which is not kept waiting by its log. What is still to be written is written when the last value that
/// is given is dropped.
///
/// # Errors
/// A level that cannot be read.
pub(crate) fn start_server(settings: &Settings) -> Result<(AccessLog, LastLines)> {
    let (lines, last) = Lines::start(io::stderr()).map_err(Failure::refused)?;
    start_with(settings, "info", lines.clone())?;
    let access = match settings.log_format {
        LogFormat::Text if io::stderr().is_terminal() => AccessLog::Events,
        format => AccessLog::Lines(lines, format),
    };
    Ok((access, last))
}

/// Begins to log as a command does, which tells of little more than what went wrong.
///
/// # Errors
/// A level that cannot be read.
pub(crate) fn start_command(settings: &Settings) -> Result<()> {
    start_with(settings, "warn", io::stderr)
}

/// `quiet` is the level where none is set.
fn start_with<W>(settings: &Settings, quiet: &str, writer: W) -> Result<()>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let level = settings.log.as_deref().unwrap_or(quiet);
    let filter = EnvFilter::try_new(level).map_err(|error| {
        Failure::refused(format_args!("log: {level:?} is no log level: {error}"))
    })?;
    let logs = fmt().with_env_filter(filter).with_writer(writer);
    match settings.log_format {
        LogFormat::Text => {
            let logs = logs.with_ansi(io::stderr().is_terminal());
            InRequest(logs.finish()).try_init()
        }
        LogFormat::Json => InRequest(logs.json().flatten_event(true).finish()).try_init(),
    }
    .map_err(Failure::refused)
}
