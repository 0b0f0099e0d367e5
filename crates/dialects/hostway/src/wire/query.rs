//! The query of a list.

use super::{Answer, fields::not_one_of};
use provost_http::params::{Map, Param, parse_form};

/// A query's values.
pub(crate) struct Query(Map);

impl Query {
    /// Reads a query.
    pub(crate) fn parse(query: &str) -> Result<Self, Answer> {
        parse_form(query.as_bytes())
            .map(Self)
            .map_err(|_| Answer::bad("query", "Malformed query"))
    }

    /// A text that may be left out.
    pub(crate) fn text(&self, name: &str) -> Result<Option<&str>, Answer> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Param::Text(text)) => Ok(Some(text)),
            Some(_) => Err(Answer::bad(name, "Must be a string")),
        }
    }

    /// A whole number, 1 or more, that may be left out.
    pub(crate) fn count(&self, name: &str) -> Result<Option<u64>, Answer> {
        let Some(text) = self.text(name)? else {
            return Ok(None);
        };
        match text.parse() {
            Ok(number) if number > 0 => Ok(Some(number)),
            _ => Err(Answer::bad(name, "Must be an integer, 1 or more")),
        }
    }

    /// Which of two words was given: whether it is the second; the first where none is.
    pub(crate) fn second(&self, name: &str, words: [&str; 2]) -> Result<bool, Answer> {
        match self.text(name)? {
            None => Ok(false),
            Some(text) if text == words[0] => Ok(false),
            Some(text) if text == words[1] => Ok(true),
            Some(text) => Err(Answer::bad(name, not_one_of(text, &words))),
        }
    }
}
