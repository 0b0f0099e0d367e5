//! A mail as it arrived.

use crate::site::PUBLIC_URL;
use serde_json::Value;

/// A mail as it arrived, taken apart by the mail server (`smtp.py`).
#[derive(Debug)]
pub(crate) struct Mail(pub(crate) Value);

impl Mail {
    /// One of the things that the mail server tells of it.
    pub(crate) fn told(&self, what: &str) -> &Value {
        &self.0[what]
    }

    /// The names of its headers.
    pub(crate) fn header_names(&self) -> Vec<String> {
        let headers = self.0["headers"].as_array().unwrap();
        headers
            .iter()
            .map(|header| header[0].as_str().unwrap().to_ascii_lowercase())
            .collect()
    }

    /// The one header of this name.
    pub(crate) fn header(&self, name: &str) -> &str {
        let headers = self.0["headers"].as_array().unwrap();
        let mut found = headers
            .iter()
            .filter(|header| header[0].as_str().unwrap().eq_ignore_ascii_case(name));
        let header = found
            .next()
            .unwrap_or_else(|| panic!("no {name}: {self:?}"));
        assert!(found.next().is_none(), "{name} twice: {self:?}");
        header[1].as_str().unwrap()
    }

    /// The part as plain text.
    pub(crate) fn text(&self) -> &str {
        self.0["text"].as_str().unwrap()
    }

    /// The part in HTML.
    pub(crate) fn html(&self) -> &str {
        self.0["html"].as_str().unwrap()
    }

    /// The link to set a password, which stands on a line of its own.
    pub(crate) fn link(&self) -> &str {
        let mut links = self
            .text()
            .lines()
            .filter(|line| line.starts_with(PUBLIC_URL));
        let link = links.next().unwrap_or_else(|| panic!("no link: {self:?}"));
        assert!(links.next().is_none(), "two links: {self:?}");
        link
    }

    /// The link's secret.
    pub(crate) fn secret(&self) -> &str {
        self.link().split_once('#').unwrap().1
    }
}
