//! All parameters of a request, merged, with typed access.

use super::map::as_index;
use super::{Map, Param, ParamError, number};

/// What `map` answers for an empty list, which PHP cannot tell from an empty map.
static EMPTY: Map = Map::new();

/// The parameters of a request from all its places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters(Map);

impl Parameters {
    /// Merges the places: what the path says goes before the body, and the body before the query. Null in the body hides
    /// the query's value.
    #[must_use]
    pub fn merge(path: &[(&str, &str)], body: Map, query: Map) -> Self {
        let mut merged = query;
        for (name, value) in body.into_entries() {
            merged.insert(&name, value);
        }
        for (name, value) in path {
            merged.insert(name, Param::Text((*value).to_owned()));
        }
        Self(merged)
    }

    /// The value as it came, null too.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Param> {
        self.0.get(name)
    }

    /// Whether the parameter is there and null, which the typed getters take for absent.
    #[must_use]
    pub fn is_null(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Param::Null))
    }

    /// All names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Param)> {
        self.0.iter()
    }

    /// A text.
    ///
    /// # Errors
    /// [`ParamError::WrongType`], also for JSON numbers and booleans.
    pub fn text(&self, name: &str) -> Result<Option<&str>, ParamError> {
        match self.present(name) {
            None => Ok(None),
            Some(Param::Text(text)) => Ok(Some(text)),
            Some(_) => Err(ParamError::wrong_type(name)),
        }
    }

    /// A text that has to be there; it may be empty.
    ///
    /// # Errors
    /// [`ParamError::Missing`] if it is absent or null, else as [`Self::text`].
    pub fn required_text(&self, name: &str) -> Result<&str, ParamError> {
        self.text(name)?.ok_or_else(|| ParamError::missing(name))
    }

    /// A list of texts. A map whose names are all numbers counts as one.
    ///
    /// # Errors
    /// [`ParamError::WrongType`], for a single text too.
    pub fn list_of_texts(&self, name: &str) -> Result<Option<Vec<&str>>, ParamError> {
        let texts = match self.present(name) {
            None => return Ok(None),
            Some(Param::List(items)) => items.iter().map(as_text).collect(),
            Some(Param::Map(map)) => map
                .iter()
                .map(|(key, value)| as_index(key).and_then(|_| as_text(value)))
                .collect(),
            Some(_) => None,
        };
        texts.map(Some).ok_or_else(|| ParamError::wrong_type(name))
    }

    /// Named values. An empty list is an empty map.
    ///
    /// # Errors
    /// [`ParamError::WrongType`].
    pub fn map(&self, name: &str) -> Result<Option<&Map>, ParamError> {
        match self.present(name) {
            None => Ok(None),
            Some(Param::Map(map)) => Ok(Some(map)),
            Some(Param::List(items)) if items.is_empty() => Ok(Some(&EMPTY)),
            Some(_) => Err(ParamError::wrong_type(name)),
        }
    }

    /// A whole number: `500`, `"500"`, and `1.9` or `"1.9"` as 1.
    ///
    /// # Errors
    /// [`ParamError::WrongType`], for `abc` and the empty text too, and beyond 64 bits.
    pub fn int(&self, name: &str) -> Result<Option<i64>, ParamError> {
        self.present(name)
            .map(|value| number::whole(value).ok_or_else(|| ParamError::wrong_type(name)))
            .transpose()
    }

    fn present(&self, name: &str) -> Option<&Param> {
        self.get(name).filter(|value| !matches!(value, Param::Null))
    }
}

fn as_text(value: &Param) -> Option<&str> {
    match value {
        Param::Text(text) => Some(text),
        _ => None,
    }
}
