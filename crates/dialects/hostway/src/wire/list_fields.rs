//! The list of a body: objects, whose values are named by their places, as in `list.0.type`.

use super::{Answer, fields::object};
use serde_json::{Map, Value};

/// The most items that are looked at.
const LONGEST: usize = 1000;

/// The list of a body, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct ListFields {
    name: &'static str,
    items: Vec<Value>,
    problems: Map<String, Value>,
}

impl ListFields {
    /// Reads the list of this name in a JSON object.
    pub(crate) fn parse(body: &[u8], name: &'static str) -> Result<Self, Answer> {
        let one = |text: &str| {
            let problem = (name.to_owned(), Value::from(text));
            Answer::bad_list(&Map::from_iter([problem]))
        };
        let mut document = object(body)?;
        let items = match document.get_mut(name).map(Value::take) {
            Some(Value::Array(items)) if items.len() > LONGEST => {
                return Err(one("Has too many items"));
            }
            Some(Value::Array(items)) => items,
            Some(Value::Null) | None => return Err(one("Required")),
            Some(_) => return Err(one("Must be a list")),
        };
        Ok(Self {
            name,
            items,
            problems: Map::new(),
        })
    }

    /// How many items there are.
    pub(crate) const fn len(&self) -> usize {
        self.items.len()
    }

    /// A text of the item at this place, of which `read` makes a value or says what is wrong.
    pub(crate) fn required<T>(
        &mut self,
        at: usize,
        key: &str,
        read: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let value = self.items.get(at).and_then(|item| item.get(key));
        let read = match value {
            None | Some(Value::Null) => Err("Required".to_owned()),
            Some(Value::String(text)) => read(text),
            Some(_) => Err("Must be a string".to_owned()),
        };
        match read {
            Ok(value) => Some(value),
            Err(text) => {
                let place = format!("{}.{at}.{key}", self.name);
                self.problems.insert(place, Value::String(text));
                None
            }
        }
    }

    /// Refuses the list if anything is wrong with it.
    pub(crate) fn finish(&self) -> Result<(), Answer> {
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Answer::bad_list(&self.problems))
        }
    }
}
