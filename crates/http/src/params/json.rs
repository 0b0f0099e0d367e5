//! JSON bodies. serde_json's own map would forget the order of the names.

use super::bounds::{MAX_DEPTH, MAX_JSON_VALUES};
use super::{InputError, Map, Param};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::{cell::Cell, fmt};

/// Reads a JSON object; any other JSON is malformed. The last of several values of one name wins.
pub(super) fn parse(body: &[u8]) -> Result<Map, InputError> {
    let budget = Budget {
        values: Cell::new(0),
        exceeded: Cell::new(None),
    };
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let seed = Value {
        budget: &budget,
        depth: 0,
    };
    let value = seed.deserialize(&mut deserializer);
    let ended = deserializer.end();
    match (value, ended) {
        (Ok(Param::Map(map)), Ok(())) => Ok(map),
        _ => Err(budget.exceeded.get().unwrap_or(InputError::Malformed)),
    }
}

/// What a body has used of its bounds.
struct Budget {
    values: Cell<usize>,
    exceeded: Cell<Option<InputError>>,
}

impl Budget {
    fn take<E: Error>(&self, depth: usize) -> Result<(), E> {
        self.values.set(self.values.get() + 1);
        let exceeded = if depth > MAX_DEPTH {
            InputError::TooDeep
        } else if self.values.get() > MAX_JSON_VALUES {
            InputError::TooMany
        } else {
            return Ok(());
        };
        self.exceeded.set(Some(exceeded));
        Err(E::custom(exceeded))
    }
}

/// A value yet to be read, inside `depth` lists and objects.
#[derive(Clone, Copy)]
struct Value<'b> {
    budget: &'b Budget,
    depth: usize,
}

impl Value<'_> {
    fn inner(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = Param;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Param, D::Error> {
        self.budget.take(self.depth)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = Param;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Param, E> {
        Ok(Param::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Param, E> {
        Ok(Param::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Param, E> {
        Ok(Param::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Param, E> {
        Ok(Param::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Param, E> {
        Number::from_f64(value)
            .map(Param::Number)
            .ok_or_else(|| E::custom("the number is not finite"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Param, E> {
        Ok(Param::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Param, E> {
        Ok(Param::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Param, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.inner())? {
            list.push(item);
        }
        Ok(Param::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Param, A::Error> {
        let mut map = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            map.insert(&name, entries.next_value_seed(self.inner())?);
        }
        Ok(Param::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn types_and_order_are_kept() {
        let read = parse(br#" {"z": "t", "a": [1, -2, 1.5, null], "m": {"b": true}, "z": "u"} "#);
        let wanted = Map::from_iter([
            ("z", Param::Text("u".to_owned())),
            (
                "a",
                Param::List(vec![
                    Param::Number(1.into()),
                    Param::Number((-2).into()),
                    Number::from_f64(1.5).map_or(Param::Null, Param::Number),
                    Param::Null,
                ]),
            ),
            ("m", Param::Map(Map::from_iter([("b", Param::Bool(true))]))),
        ]);
        assert_eq!(read, Ok(wanted));
    }

    #[test]
    fn what_is_no_object_is_malformed() {
        for body in [
            r#"{"userid":"#,
            "{",
            r#""x""#,
            "[]",
            "5",
            "null",
            "{} {}",
            "{'a': 1}",
            r#"{"a": "\ud800"}"#,
        ] {
            assert_eq!(parse(body.as_bytes()), Err(InputError::Malformed), "{body}");
        }
        assert_eq!(parse(b"{\"a\": \"\xff\"}"), Err(InputError::Malformed));
    }

    #[test]
    fn bounds_hold() {
        let nested =
            |depth: usize| format!("{{\"a\":{}1{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(nested(MAX_DEPTH - 1).as_bytes()).is_ok());
        assert_eq!(
            parse(nested(MAX_DEPTH).as_bytes()),
            Err(InputError::TooDeep)
        );
        assert_eq!(parse(nested(100_000).as_bytes()), Err(InputError::TooDeep));
        let many = |count: usize| format!("{{\"a\":[{}]}}", vec!["0"; count].join(","));
        assert!(parse(many(MAX_JSON_VALUES - 2).as_bytes()).is_ok());
        assert_eq!(
            parse(many(MAX_JSON_VALUES - 1).as_bytes()),
            Err(InputError::TooMany)
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(body in any::<Vec<u8>>()) {
            let _ = parse(&body);
        }

        #[test]
        fn any_brackets_are_read_without_a_panic(body in "[\\[\\]{}:,\"a1 ]*") {
            let _ = parse(body.as_bytes());
        }
    }
}
