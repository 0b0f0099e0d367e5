//! Parameters by name and kind.

use crate::answer::Answer;
use provost_model::Violation;
use serde_json::{Map, Number, Value};

/// The parameters of a call, or those inside of one of them.
#[derive(Debug)]
pub(crate) struct Params {
    /// What stands before their names in refusals.
    prefix: &'static str,
    values: Map<String, Value>,
}

impl Params {
    pub(crate) const fn new(prefix: &'static str, values: Map<String, Value>) -> Self {
        Self { prefix, values }
    }

    /// All of them, in the order of names.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// Whatever was given.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// A text that must be given.
    pub(crate) fn required(&self, name: &str) -> Result<&str, Answer> {
        match self.value(name) {
            Some(Value::String(text)) => Ok(text),
            Some(Value::Null) | None => Err(self.missing(name)),
            Some(_) => Err(self.ill_typed(name, "a string")),
        }
    }

    /// A text that may be left out; null stands for that.
    pub(crate) fn optional(&self, name: &str) -> Result<Option<&str>, Answer> {
        match self.value(name) {
            Some(Value::Null) | None => Ok(None),
            Some(_) => self.required(name).map(Some),
        }
    }

    /// A text that may be left out, but not be null.
    pub(crate) fn given(&self, name: &str) -> Result<Option<&str>, Answer> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.ill_typed(name, "a string")),
        }
    }

    /// A truth that may be left out.
    pub(crate) fn boolean(&self, name: &str) -> Result<Option<bool>, Answer> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(*value)),
            Some(_) => Err(self.ill_typed(name, "true or false")),
        }
    }

    /// A whole number that is not negative, and may be left out; null stands for that.
    pub(crate) fn count(&self, name: &str) -> Result<Option<u64>, Answer> {
        match self.value(name) {
            Some(Value::Null) | None => Ok(None),
            Some(value) => match value.as_u64() {
                Some(count) => Ok(Some(count)),
                None => Err(self.ill_typed(name, "a whole number")),
            },
        }
    }

    /// What is inside of a parameter that may be left out. `prefix` is its name with a dot.
    pub(crate) fn inside(&self, prefix: &'static str) -> Result<Option<Self>, Answer> {
        let name = prefix.trim_end_matches('.');
        match self.value(name) {
            None => Ok(None),
            Some(Value::Object(values)) => Ok(Some(Self::new(prefix, values.clone()))),
            Some(_) => Err(self.ill_typed(name, "an object")),
        }
    }

    /// A list of texts that may be left out.
    pub(crate) fn texts(&self, name: &str) -> Result<Option<Vec<&str>>, Answer> {
        let ill_typed = || self.ill_typed(name, "a list of strings");
        match self.value(name) {
            None => Ok(None),
            Some(Value::Array(items)) => items
                .iter()
                .map(|item| item.as_str().ok_or_else(ill_typed))
                .collect::<Result<_, _>>()
                .map(Some),
            Some(_) => Err(ill_typed()),
        }
    }

    /// A list of whole numbers that may be left out, also in PostgreSQL's notation, `"{1,2}"`, as createUser answers it.
    pub(crate) fn integers(&self, name: &str) -> Result<Option<Vec<i64>>, Answer> {
        let ill_typed = || self.ill_typed(name, "a list of whole numbers");
        let read = match self.value(name) {
            None => return Ok(None),
            Some(Value::Array(items)) => items.iter().map(Value::as_i64).collect(),
            Some(Value::String(text)) => text
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
                .and_then(|items| match items {
                    "" => Some(Vec::new()),
                    items => items.split(',').map(|item| item.parse().ok()).collect(),
                }),
            Some(_) => None,
        };
        read.ok_or_else(ill_typed).map(Some)
    }

    /// A number or null that may be left out.
    pub(crate) fn number_or_null(&self, name: &str) -> Result<Option<Option<&Number>>, Answer> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Null) => Ok(Some(None)),
            Some(Value::Number(number)) => Ok(Some(Some(number))),
            Some(_) => Err(self.ill_typed(name, "a number or null")),
        }
    }

    /// A text or null that may be left out.
    pub(crate) fn text_or_null(&self, name: &str) -> Result<Option<Option<&str>>, Answer> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Null) => Ok(Some(None)),
            Some(Value::String(text)) => Ok(Some(Some(text))),
            Some(_) => Err(self.ill_typed(name, "a string or null")),
        }
    }

    /// The text of a name or number, which partners' ids are.
    pub(crate) fn id(&self, name: &str) -> Result<String, Answer> {
        match self.value(name) {
            Some(Value::Number(number)) if number.is_i64() || number.is_u64() => {
                Ok(number.to_string())
            }
            Some(Value::String(text)) => Ok(text.clone()),
            Some(Value::Null) | None => Err(self.missing(name)),
            Some(_) => Err(self.ill_typed(name, "a string or a whole number")),
        }
    }

    /// The refusal of a parameter that breaks a rule of the directory.
    pub(crate) fn broken(&self, name: &str) -> impl Fn(Violation) -> Answer {
        let name = format!("{}{name}", self.prefix);
        move |violation| Answer::refused(format!("{name} {}", violation.rule))
    }

    /// The refusal of a parameter that is not there.
    pub(crate) fn missing(&self, name: &str) -> Answer {
        Answer::refused(format!("{}{name} is missing", self.prefix))
    }

    /// The refusal of a parameter of another kind.
    pub(crate) fn ill_typed(&self, name: &str, kind: &str) -> Answer {
        Answer::refused(format!("{}{name} must be {kind}", self.prefix))
    }

    /// The refusal of a parameter that there is not, cut short.
    pub(crate) fn unknown(&self, name: &str) -> Answer {
        Answer::refused(format!("{}{} is not known", self.prefix, shortened(name)))
    }
}

/// A client's text for a refusal, cut short.
pub(crate) fn shortened(text: &str) -> String {
    const MAX_CHARACTERS: usize = 100;
    text.chars().take(MAX_CHARACTERS).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use serde_json::json;

    fn params(values: &Value) -> Params {
        Params::new("", values.as_object().unwrap().clone())
    }

    #[test]
    fn lists_of_numbers_are_read_in_both_notations() {
        for (value, read) in [
            (json!([0, -7]), Some(vec![0, -7])),
            (json!("{0,-7}"), Some(vec![0, -7])),
            (json!("{}"), Some(vec![])),
            (json!([]), Some(vec![])),
            (json!("0,7"), None),
            (json!("{0,x}"), None),
            (json!("{,}"), None),
            (json!([0.5]), None),
            (json!(["0"]), None),
            (json!({}), None),
            (json!(null), None),
        ] {
            let given = params(&json!({ "apps": value })).integers("apps");
            assert_eq!(given.ok().flatten(), read, "{value}");
        }
        assert_eq!(params(&json!({})).integers("apps"), Ok(None));
    }

    #[test]
    fn refusals_name_the_parameter() {
        let outer = params(&json!({ "profile": { "title": 1 }, "limit": -1 }));
        let inner = outer.inside("profile.").unwrap().unwrap();
        fn refused<T>(why: &str) -> Result<T, Answer> {
            Err(Answer::refused(why))
        }
        assert_eq!(
            inner.text_or_null("title"),
            refused("profile.title must be a string or null")
        );
        assert_eq!(
            outer.count("limit"),
            refused("limit must be a whole number")
        );
        assert_eq!(outer.required("email"), refused("email is missing"));
    }
}
