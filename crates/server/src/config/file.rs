//! The settings file, `provost.toml`: texts and switches, and the tables of the site's products.

use super::{key::Key, products::ProductTables};
use crate::failure::{Failure, Result};
use provost_model::Products;
use std::{
    collections::HashMap,
    fs, io,
    path::{Path, PathBuf},
};

/// The file that is read where none is named, if it is there.
const USUAL: &str = "provost.toml";

/// A settings file's values.
#[derive(Debug, Default)]
pub(super) struct File {
    path: PathBuf,
    values: HashMap<&'static str, String>,
    products: Products,
}

impl File {
    /// Reads the named file, or the usual one if it is there.
    ///
    /// # Errors
    /// A named file that is not there; a file that cannot be read, is not TOML, or has unknown keys.
    pub(super) fn read(named: Option<&Path>) -> Result<Self> {
        let path = named.unwrap_or(Path::new(USUAL));
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(path, &text),
            Err(error) if named.is_none() && error.kind() == io::ErrorKind::NotFound => {
                Ok(Self::default())
            }
            Err(error) => Err(Failure::refused(format_args!(
                "the settings file {}: {error}",
                path.display()
            ))),
        }
    }

    fn parse(path: &Path, text: &str) -> Result<Self> {
        let wrong = |what: &dyn std::fmt::Display| {
            Failure::refused(format_args!("the settings file {}: {what}", path.display()))
        };
        let mut table: toml::Table = text
            .parse()
            // the error's own text shows the line, which may hold a password
            .map_err(|error: toml::de::Error| wrong(&error.message()))?;
        let tables: toml::Table = ProductTables::KEYS
            .into_iter()
            .filter_map(|key| table.remove_entry(key))
            .collect();
        let tables: ProductTables = tables
            .try_into()
            .map_err(|error: toml::de::Error| wrong(&error.message()))?;
        let mut values = HashMap::new();
        for (name, value) in table {
            let Some(key) = Key::ALL.into_iter().find(|key| key.in_file() == name) else {
                return Err(wrong(&format_args!("there is no setting `{name}`")));
            };
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Boolean(true) => "on".to_owned(),
                toml::Value::Boolean(false) => "off".to_owned(),
                _ => return Err(wrong(&format_args!("`{name}` must be a text"))),
            };
            values.insert(key.in_file(), text);
        }
        Ok(Self {
            path: path.to_owned(),
            values,
            products: tables.products()?,
        })
    }

    /// The site's products.
    pub(super) fn products(&self) -> Products {
        self.products.clone()
    }

    /// The value of a setting and where it stands.
    pub(super) fn get(&self, key: Key) -> Option<(String, String)> {
        let value = self.values.get(key.in_file())?;
        let place = format!("`{}` in {}", key.in_file(), self.path.display());
        Some((place, value.clone()))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn parse(text: &str) -> Result<File> {
        File::parse(Path::new("provost.toml"), text)
    }

    #[test]
    fn texts_and_switches_are_read() {
        let file = parse("listen = '[::]:80'\nthrottle = false").unwrap();
        assert_eq!(
            file.get(Key::Listen),
            Some(("`listen` in provost.toml".to_owned(), "[::]:80".to_owned()))
        );
        assert_eq!(file.get(Key::Throttle).unwrap().1, "off");
        assert_eq!(file.get(Key::Log), None);
    }

    #[test]
    fn mistakes_are_named() {
        for (text, message) in [
            ("lisen = 'x'", "there is no setting `lisen`"),
            ("listen = 80", "`listen` must be a text"),
            ("[listen]\nport = 1", "`listen` must be a text"),
        ] {
            let error = parse(text).unwrap_err().to_string();
            assert_eq!(error, format!("the settings file provost.toml: {message}"));
        }
    }

    #[test]
    fn a_broken_line_is_not_repeated_since_it_may_hold_a_password() {
        let error = parse("admin_password = s3cr3t").unwrap_err().to_string();
        assert!(!error.contains("s3cr3t"), "{error}");
    }

    #[test]
    fn a_named_file_has_to_be_there() {
        let path = Path::new("/nowhere/provost.toml");
        assert!(File::read(Some(path)).is_err());
    }
}
