//! The values of a body, each with its type. What is wrong with them is gathered, so that a client learns all of it at once.

use super::Answer;
use serde_json::{Map, Value};

/// The values of a body, and what is wrong with them.
#[derive(Debug)]
pub(crate) struct Fields {
    values: Map<String, Value>,
    problems: Map<String, Value>,
}

impl Fields {
    /// Reads a JSON object; an empty body is an empty one.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Answer> {
        let values = match object(body)? {
            Value::Object(values) => values,
            _ => return Err(Answer::bad("body", "Must be an object")),
        };
        Ok(Self {
            values,
            problems: Map::new(),
        })
    }

    /// A text that may be left out.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let found = self.values.get(name).filter(|value| !value.is_null())?;
        match found.as_str() {
            Some(text) => Some(text.to_owned()),
            None => self.wrong(name, "Must be a string"),
        }
    }

    /// A text that must be given.
    pub(crate) fn required_text(&mut self, name: &str) -> Option<String> {
        let text = self.text(name);
        if text.is_none() && !self.problems.contains_key(name) {
            return self.wrong(name, "Required");
        }
        text
    }

    /// A boolean that may be left out.
    pub(crate) fn flag(&mut self, name: &str) -> Option<bool> {
        let found = self.values.get(name).filter(|value| !value.is_null())?;
        match found.as_bool() {
            Some(flag) => Some(flag),
            None => self.wrong(name, "Must be a boolean"),
        }
    }

    /// A whole number, 0 or more, that may be left out.
    pub(crate) fn number(&mut self, name: &str) -> Option<u64> {
        let found = self.values.get(name).filter(|value| !value.is_null())?;
        match found.as_u64() {
            Some(number) => Some(number),
            None => self.wrong(name, "Must be an integer, 0 or more"),
        }
    }

    /// A boolean that must be given.
    pub(crate) fn required_flag(&mut self, name: &str) -> Option<bool> {
        let flag = self.flag(name);
        if flag.is_none() && !self.problems.contains_key(name) {
            return self.wrong(name, "Required");
        }
        flag
    }

    /// What a value was made of, or the problem that it has.
    pub(crate) fn made<T>(&mut self, name: &str, made: Result<T, String>) -> Option<T> {
        match made {
            Ok(value) => Some(value),
            Err(text) => self.wrong(name, text),
        }
    }

    /// Refuses the body if anything is wrong with it.
    pub(crate) fn finish(&self) -> Result<(), Answer> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Answer::all_bad(&self.problems))
        }
    }

    fn wrong<T>(&mut self, name: &str, text: impl Into<String>) -> Option<T> {
        self.problems
            .insert(name.to_owned(), Value::String(text.into()));
        None
    }
}

/// The JSON document of a body.
pub(super) fn object(body: &[u8]) -> Result<Value, Answer> {
    if body.trim_ascii().is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    serde_json::from_slice(body).map_err(|_| Answer::bad("body", "Malformed JSON"))
}

/// The text for a value that is none of those that may be.
pub(crate) fn not_one_of(value: &str, known: &[&str]) -> String {
    format!("\"{value}\" is not one of {}", known.join(", "))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_that_is_wrong_is_told() {
        let body = br#"{"a": 1, "b": "x", "c": -1, "d": null}"#;
        let mut fields = Fields::parse(body).ok().unwrap();
        assert_eq!(fields.text("a"), None);
        assert_eq!(fields.flag("b"), None);
        assert_eq!(fields.number("c"), None);
        assert_eq!(fields.required_text("d"), None);
        assert_eq!(fields.text("e"), None);
        assert!(fields.finish().is_err());
        assert_eq!(
            serde_json::to_value(&fields.problems).unwrap(),
            serde_json::json!({
                "a": "Must be a string", "b": "Must be a boolean",
                "c": "Must be an integer, 0 or more", "d": "Required",
            })
        );
    }

    proptest! {
        #[test]
        fn any_body_is_read_without_a_panic(body in any::<Vec<u8>>()) {
            if let Ok(mut fields) = Fields::parse(&body) {
                fields.required_text("type");
            }
        }
    }
}
