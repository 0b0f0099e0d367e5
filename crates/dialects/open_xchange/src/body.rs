//! What a request's body gives.

use crate::{answer::Answer, call::Outcome};
use serde_json::Value;

/// The body, read as JSON whatever its type is called. Nothing is said of a broken one until somebody wants it.
#[derive(Clone, Debug)]
pub(crate) struct Given(Option<Value>);

impl Given {
    /// Reads a body.
    pub(crate) fn parse(body: &[u8]) -> Self {
        Self(serde_json::from_slice(body).ok())
    }

    /// No body.
    pub(crate) const fn nothing() -> Self {
        Self(None)
    }

    fn value(&self, key: &str) -> Outcome<&Value> {
        let body = self
            .0
            .as_ref()
            .ok_or_else(|| Answer::bad_request("The body is no JSON"))?;
        let object = body
            .as_object()
            .ok_or_else(|| Answer::bad_request("The body is no JSON object"))?;
        object
            .get(key)
            .ok_or_else(|| Answer::bad_request(&format!("The key {key} is missing")))
    }

    /// The one text under a key: a string, or an array of one.
    pub(crate) fn text(&self, key: &str) -> Outcome<&str> {
        match self.texts(key)?.as_slice() {
            [one] => Ok(one),
            _ => Err(wrong(key, "one string")),
        }
    }

    /// The texts under a key: a string, or an array of one or more.
    pub(crate) fn texts(&self, key: &str) -> Outcome<Vec<&str>> {
        match self.value(key)? {
            Value::String(text) => Ok(vec![text]),
            Value::Array(list) if !list.is_empty() => strings(list, key),
            _ => Err(wrong(key, "a string or an array of strings")),
        }
    }

    /// The boolean under a key.
    pub(crate) fn flag(&self, key: &str) -> Outcome<bool> {
        self.value(key)?
            .as_bool()
            .ok_or_else(|| wrong(key, "true or false"))
    }

    /// The texts of a body that is an array of one or more.
    pub(crate) fn list(&self) -> Outcome<Vec<&str>> {
        match &self.0 {
            Some(Value::Array(list)) if !list.is_empty() => strings(list, "body"),
            Some(_) | None => Err(wrong("body", "an array of strings")),
        }
    }
}

fn strings<'a>(list: &'a [Value], key: &str) -> Outcome<Vec<&'a str>> {
    list.iter()
        .map(|item| item.as_str().ok_or_else(|| wrong(key, "strings")))
        .collect()
}

fn wrong(key: &str, wanted: &str) -> Answer {
    Answer::bad_request(&format!("The {key} has to be {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::Given;
    use proptest::prelude::*;

    fn texts(body: &str) -> Option<Vec<String>> {
        let given = Given::parse(body.as_bytes());
        let texts = given.texts("k").ok()?;
        Some(texts.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn a_string_and_an_array_of_strings_are_texts() {
        assert_eq!(texts(r#"{"k": "a", "x": 1}"#), Some(vec!["a".to_owned()]));
        assert_eq!(
            texts(r#"{"k": ["a", "b"]}"#),
            Some(vec!["a".to_owned(), "b".to_owned()])
        );
        for body in [
            "",
            "{",
            "[]",
            "\"k\"",
            "{}",
            r#"{"k": null}"#,
            r#"{"k": 1}"#,
            r#"{"k": []}"#,
            r#"{"k": ["a", 1]}"#,
            r#"{"k": {"k": "a"}}"#,
            r#"{"K": "a"}"#,
        ] {
            assert_eq!(texts(body), None, "{body}");
        }
    }

    #[test]
    fn one_text_is_no_two_and_a_flag_is_no_text() {
        let given =
            Given::parse(br#"{"one": ["a"], "two": ["a", "b"], "yes": true, "text": "true"}"#);
        assert!(given.text("one").is_ok_and(|text| text == "a"));
        assert!(given.text("two").is_err());
        assert!(given.flag("yes").is_ok_and(|flag| flag));
        assert!(given.flag("text").is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(body in any::<Vec<u8>>()) {
            let given = Given::parse(&body);
            let _ = (given.text("k").is_ok(), given.flag("k").is_ok(), given.list().is_ok());
        }
    }
}
