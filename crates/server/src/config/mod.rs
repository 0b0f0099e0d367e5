//! The settings: from flags, else the environment, else the settings file.

mod file;
mod key;
mod mail;
mod open_xchange;
mod products;
mod settings;
mod source;

pub(crate) use settings::{Flags, LogFormat, ServeFlags, Settings};
