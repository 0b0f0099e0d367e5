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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::{form::parse_form, json};
    use super::*;
    use proptest::{collection::vec, prelude::*};

    fn of_json(body: &str) -> Parameters {
        Parameters::merge(&[], json::parse(body.as_bytes()).unwrap(), Map::new())
    }

    fn of_query(query: &str) -> Parameters {
        Parameters::merge(&[], Map::new(), parse_form(query.as_bytes()).unwrap())
    }

    fn wrong<T>(name: &str) -> Result<T, ParamError> {
        Err(ParamError::wrong_type(name))
    }

    #[test]
    fn the_path_goes_before_the_body_and_the_body_before_the_query() {
        let body = parse_form(b"a=body&b=body").unwrap();
        let query = parse_form(b"a=query&b=query&c=query").unwrap();
        let merged = Parameters::merge(&[("a", "path")], body, query);
        assert_eq!(merged.text("a"), Ok(Some("path")));
        assert_eq!(merged.text("b"), Ok(Some("body")));
        assert_eq!(merged.text("c"), Ok(Some("query")));
    }

    /// Few names, so that places share some.
    fn place() -> impl Strategy<Value = Vec<(String, String)>> {
        vec(("[a-c0-9]{1,2}", any::<String>()), 0..8)
    }

    fn map(entries: &[(String, String)]) -> Map {
        entries
            .iter()
            .map(|(name, value)| (name.as_str(), Param::Text(value.clone())))
            .collect()
    }

    proptest! {
        #[test]
        fn each_name_has_the_value_of_its_first_place(path in place(), body in place(), query in place()) {
            let texts: Vec<(&str, &str)> = path.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let merged = Parameters::merge(&texts, map(&body), map(&query));
            let last = |place: &[(String, String)], name: &str| {
                place.iter().rev().find(|(own, _)| own == name).map(|(_, value)| value.clone())
            };
            let names: std::collections::BTreeSet<&str> = [&path, &body, &query]
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str())
                .collect();
            prop_assert_eq!(merged.iter().map(|(name, _)| name).collect::<std::collections::BTreeSet<_>>(), names.clone());
            for name in names {
                let first = [&path, &body, &query].into_iter().find_map(|place| last(place, name));
                prop_assert_eq!(merged.text(name), Ok(first.as_deref()));
            }
        }
    }

    #[test]
    fn null_hides_the_query_and_counts_as_absent() {
        let body = json::parse(br#"{"a": null}"#).unwrap();
        let merged = Parameters::merge(&[], body, parse_form(b"a=query").unwrap());
        assert_eq!(merged.text("a"), Ok(None));
        assert!(merged.is_null("a"));
        assert!(!merged.is_null("b"));
        assert_eq!(merged.required_text("a"), Err(ParamError::missing("a")));
    }

    #[test]
    fn only_texts_are_texts() {
        let json = of_json(r#"{"t": "", "n": 77, "b": true, "l": ["a"], "m": {}}"#);
        assert_eq!(json.required_text("t"), Ok(""));
        for name in ["n", "b", "l", "m"] {
            assert_eq!(json.text(name), wrong(name));
        }
        assert_eq!(of_query("search[]=a").text("search"), wrong("search"));
        assert_eq!(json.required_text("none"), Err(ParamError::missing("none")));
    }

    #[test]
    fn lists_of_texts_may_have_any_numbers_as_names() {
        for query in ["g[]=a&g[]=b", "g[0]=a&g[1]=b", "g[7]=a&g[3]=b"] {
            assert_eq!(
                of_query(query).list_of_texts("g"),
                Ok(Some(vec!["a", "b"])),
                "{query}"
            );
        }
        for query in ["g=a", "g[k]=a", "g[][]=a"] {
            assert_eq!(of_query(query).list_of_texts("g"), wrong("g"), "{query}");
        }
        let json = of_json(r#"{"g": ["a"], "empty": [], "mixed": ["a", 1], "s": "a", "n": null}"#);
        assert_eq!(json.list_of_texts("g"), Ok(Some(vec!["a"])));
        assert_eq!(json.list_of_texts("empty"), Ok(Some(vec![])));
        assert_eq!(json.list_of_texts("mixed"), wrong("mixed"));
        assert_eq!(json.list_of_texts("s"), wrong("s"));
        assert_eq!(json.list_of_texts("n"), Ok(None));
    }

    #[test]
    fn an_empty_list_is_an_empty_map() {
        let json = of_json(r#"{"m": {"k": "v"}, "empty": [], "l": ["a"], "s": "a"}"#);
        assert_eq!(
            json.map("m").unwrap().unwrap().get("k"),
            Some(&Param::Text("v".to_owned()))
        );
        assert!(json.map("empty").unwrap().unwrap().is_empty());
        assert_eq!(json.map("l"), wrong("l"));
        assert_eq!(json.map("s"), wrong("s"));
        assert_eq!(json.map("none"), Ok(None));
    }

    #[test]
    fn whole_numbers_are_read_as_in_php() {
        for (text, wanted) in [
            ("500", 500),
            ("-1", -1),
            ("1.9", 1),
            ("-1.9", -1),
            ("007", 7),
            ("1e2", 100),
            ("%2B5", 5),
            ("+5+", 5),
            (".5", 0),
            ("5.", 5),
        ] {
            assert_eq!(
                of_query(&format!("limit={text}")).int("limit"),
                Ok(Some(wanted)),
                "{text}"
            );
        }
        for text in [
            "abc",
            "",
            "+",
            "5a",
            "0x10",
            "inf",
            "NaN",
            "1e400",
            "9223372036854775808",
            "1.2.3",
        ] {
            assert_eq!(
                of_query(&format!("limit={text}")).int("limit"),
                wrong("limit"),
                "{text}"
            );
        }
        let json =
            of_json(r#"{"a": 3, "b": 2.7, "c": true, "d": null, "e": 18446744073709551615}"#);
        assert_eq!(json.int("a"), Ok(Some(3)));
        assert_eq!(json.int("b"), Ok(Some(2)));
        assert_eq!(json.int("c"), wrong("c"));
        assert_eq!(json.int("d"), Ok(None));
        assert_eq!(json.int("e"), wrong("e"));
    }
}
