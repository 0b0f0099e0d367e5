//! The tree of parameters.

use serde_json::Number;
use std::collections::BTreeMap;

/// A value. Forms hold texts, lists and maps; JSON keeps its types, because dialects refuse a number where they want a
/// text.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Param {
    /// JSON's null.
    #[default]
    Null,
    /// JSON's true and false.
    Bool(bool),
    /// A JSON number.
    Number(Number),
    /// A text.
    Text(String),
    /// A JSON array, or a form's array whose keys are 0, 1, 2 … in that order.
    List(Vec<Param>),
    /// A JSON object, or any other array of a form.
    Map(Map),
}

/// How many names are looked through one by one. Nearly all requests have fewer; for more there is an index, since a client may send many.
const FEW: usize = 8;

/// Named values in the order of their first appearance, as in PHP's arrays.
#[derive(Clone, Debug, Default)]
pub struct Map {
    entries: Vec<(String, Param)>,
    /// Where the entries are, once they are more than [`FEW`].
    places: BTreeMap<String, usize>,
    next_index: u64,
}

impl Map {
    /// An empty map.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
            places: BTreeMap::new(),
            next_index: 0,
        }
    }

    /// The value of `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Param> {
        let place = self.place(name)?;
        self.entries.get(place).map(|(_, value)| value)
    }

    /// Sets a value. One that is there already is replaced in its place.
    pub fn insert(&mut self, name: &str, value: Param) {
        *self.slot(name) = value;
    }

    /// Names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Param)> {
        self.entries
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// The number of values.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no value.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The place of `name`'s value, null if it is new.
    pub(super) fn slot(&mut self, name: &str) -> &mut Param {
        let place = match self.place(name) {
            Some(place) => place,
            None => {
                let place = self.entries.len();
                self.entries.push((name.to_owned(), Param::Null));
                self.index_from(place);
                if let Some(index) = as_index(name) {
                    self.next_index = self.next_index.max(index.saturating_add(1));
                }
                place
            }
        };
        &mut self.entries[place].1
    }

    fn place(&self, name: &str) -> Option<usize> {
        if self.entries.len() <= FEW {
            return self.entries.iter().position(|(own, _)| own == name);
        }
        self.places.get(name).copied()
    }

    /// Notes where the entries from a new one on are; all of them, when they are no longer few.
    fn index_from(&mut self, new: usize) {
        let from = match new {
            ..FEW => return,
            FEW => 0,
            more => more,
        };
        let entries = self.entries.iter().enumerate().skip(from);
        self.places
            .extend(entries.map(|(place, (name, _))| (name.clone(), place)));
    }

    /// The name that `[]` stands for: one more than the largest number so far.
    pub(super) fn next_name(&self) -> String {
        self.next_index.to_string()
    }

    pub(super) fn into_entries(self) -> Vec<(String, Param)> {
        self.entries
    }
}

/// Two maps are equal if they hold the same values under the same names in the same order.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<'a> FromIterator<(&'a str, Param)> for Map {
    fn from_iter<I: IntoIterator<Item = (&'a str, Param)>>(entries: I) -> Self {
        let mut map = Self::new();
        for (name, value) in entries {
            map.insert(name, value);
        }
        map
    }
}

/// A name that PHP takes for an array index: `0`, `7`, but not `07`.
pub(super) fn as_index(name: &str) -> Option<u64> {
    let canonical =
        name == "0" || (!name.starts_with('0') && name.bytes().all(|byte| byte.is_ascii_digit()));
    if canonical { name.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_found_as_few_are() {
        let mut map = Map::new();
        let names: Vec<String> = (0..3 * FEW).map(|number| format!("n{number}")).collect();
        for (count, name) in names.iter().enumerate() {
            map.insert(name, Param::Bool(false));
            map.insert(&names[count / 2], Param::Text(name.clone()));
            assert_eq!(map.len(), count + 1);
            for (at, known) in names.iter().enumerate() {
                assert_eq!(map.get(known).is_some(), at <= count, "{known} of {count}");
            }
        }
        let in_order: Vec<&str> = map.iter().map(|(name, _)| name).collect();
        assert_eq!(in_order, names);
        assert_eq!(map.get("n3"), Some(&Param::Text("n7".to_owned())));
    }
}
