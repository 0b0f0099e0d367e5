//! The settings: from flags, else the environment, else the settings file.

mod file;
mod key;
mod mail;
mod network;
mod open_xchange;
mod products;
mod settings;
mod source;

pub(crate) use network::{Collector, TlsFiles};
pub(crate) use settings::{Flags, LogFormat, ServeFlags, Settings};
