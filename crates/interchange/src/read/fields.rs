//! The keys of a line, taken one by one; what is left at the end is not known.

use crate::Problem;
use provost_model::{Patch, Rule, Violation};
use serde_json::{Map, Value};
use std::fmt;

/// The keys of a line, and what is wrong with them.
pub(super) struct Fields {
    line: u64,
    /// The key that these stand under, with a dot behind it.
    prefix: String,
    map: Map<String, Value>,
    problems: Vec<Problem>,
}

impl Fields {
    pub(super) const fn new(line: u64, map: Map<String, Value>) -> Self {
        Self {
            line,
            prefix: String::new(),
            map,
            problems: Vec::new(),
        }
    }

    /// Notes what is wrong with a key.
    pub(super) fn refuse(&mut self, key: &str, problem: impl fmt::Display) {
        let key = format!("{}{key}", self.prefix);
        self.problems.push(Problem::with(self.line, &key, problem));
    }

    /// What stands under a key, if it is there.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.map.remove(key)
    }

    /// Passes over a key that says what the server gave.
    pub(super) fn pass_over(&mut self, key: &str) {
        self.map.remove(key);
    }

    /// A text, or null to unset it.
    pub(super) fn text(&mut self, key: &str) -> Patch<String> {
        match self.take(key) {
            None => Patch::Keep,
            Some(Value::Null) => Patch::Clear,
            Some(Value::String(text)) => Patch::Set(text),
            Some(_) => {
                self.refuse(key, "is no text");
                Patch::Keep
            }
        }
    }

    /// A text that is read further, or null to unset it.
    pub(super) fn parsed<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Patch<T> {
        match self.text(key) {
            Patch::Keep => Patch::Keep,
            Patch::Clear => Patch::Clear,
            Patch::Set(text) => self
                .checked(key, parse(&text))
                .map_or(Patch::Keep, Patch::Set),
        }
    }

    /// A text that is read further and has to be there.
    pub(super) fn required<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        let before = self.problems.len();
        match self.parsed(key, parse) {
            Patch::Set(value) => Some(value),
            Patch::Keep | Patch::Clear => {
                if self.problems.len() == before {
                    self.refuse(key, "is missing");
                }
                None
            }
        }
    }

    /// A value, if it could be read.
    pub(super) fn checked<T>(&mut self, key: &str, read: Result<T, Violation>) -> Option<T> {
        read.map_err(|violation| self.refuse(key, violation.rule))
            .ok()
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        match self.take(key)? {
            Value::Bool(flag) => Some(flag),
            _ => {
                self.refuse(key, "is neither true nor false");
                None
            }
        }
    }

    /// A number without a sign.
    pub(super) fn number(&mut self, key: &str) -> Option<u64> {
        let value = self.take(key)?;
        let number = value.as_u64();
        if number.is_none() {
            self.refuse(key, "is no number");
        }
        number
    }

    /// A list; null is an empty one.
    pub(super) fn list(&mut self, key: &str) -> Option<Vec<Value>> {
        match self.take(key)? {
            Value::Array(items) => Some(items),
            Value::Null => Some(Vec::new()),
            _ => {
                self.refuse(key, "is no list");
                None
            }
        }
    }

    /// A list of texts that are read further.
    pub(super) fn parsed_list<T>(
        &mut self,
        key: &str,
        parse: impl Fn(&str) -> Result<T, Violation>,
    ) -> Option<Vec<T>> {
        let items = self.list(key)?;
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            match item.as_str() {
                Some(text) => list.extend(self.checked(key, parse(text))),
                None => self.refuse(key, "is no list of texts"),
            }
        }
        Some(list)
    }

    /// The keys of an object.
    pub(super) fn object(&mut self, key: &str) -> Option<Map<String, Value>> {
        match self.take(key)? {
            Value::Object(map) => Some(map),
            _ => {
                self.refuse(key, "is no object");
                None
            }
        }
    }

    /// Reads the keys of an object as those of a line.
    pub(super) fn within<T>(
        &mut self,
        key: &str,
        map: Map<String, Value>,
        read: impl FnOnce(&mut Fields) -> T,
    ) -> T {
        let mut inner = Fields {
            prefix: format!("{}{key}.", self.prefix),
            ..Fields::new(self.line, map)
        };
        let value = read(&mut inner);
        self.problems.extend(inner.finish());
        value
    }

    /// What is wrong with the keys; those that nobody took are not known.
    pub(super) fn finish(mut self) -> Vec<Problem> {
        let unknown: Vec<String> = self.map.keys().cloned().collect();
        for key in unknown {
            self.refuse(&key, "is no key that is known");
        }
        self.problems
    }
}

/// What is wrong with a hash, in the words of an import.
pub(super) fn hash_problem(rule: &Rule) -> &'static str {
    match rule {
        Rule::OutOfRange => "asks for more work than a login may cost",
        _ => "has none of the forms that are known",
    }
}
