//! Where a setting comes from: the first of flags, environment and file that has it.

use super::{file::File, key::Key};
use crate::failure::{Failure, Result};
use std::fmt;

/// The places where settings stand, in their order.
pub(super) struct Sources<'a> {
    pub(super) flags: &'a dyn Fn(Key) -> Option<String>,
    pub(super) environment: &'a dyn Fn(&str) -> Option<String>,
    pub(super) file: File,
}

impl Sources<'_> {
    /// A setting's value and the name of its place.
    fn find(&self, key: Key) -> Option<(String, String)> {
        if let Some(value) = (self.flags)(key) {
            return Some((key.flag(), value));
        }
        let variable = key.variable();
        if let Some(value) = (self.environment)(&variable) {
            return Some((variable, value));
        }
        self.file.get(key)
    }

    /// A setting as text.
    pub(super) fn text(&self, key: Key) -> Option<String> {
        self.find(key).map(|(_, value)| value)
    }

    /// A setting, read by `read`, whose error ends the sentence that begins with the setting's place.
    pub(super) fn parsed<T, E: fmt::Display>(
        &self,
        key: Key,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Result<Option<T>> {
        self.find(key)
            .map(|(place, value)| {
                read(&value).map_err(|error| Failure::refused(format_args!("{place}: {error}")))
            })
            .transpose()
    }
}
