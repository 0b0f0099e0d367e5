//! `application/x-www-form-urlencoded`, in queries and bodies.

use super::bounds::MAX_VARIABLES;
use super::{InputError, Map, notation};
use percent_encoding::percent_decode;
use std::borrow::Cow;

/// Reads a query (without its question mark) or a form body.
///
/// `+` is a space, a broken escape stays as it is, a field without `=` is empty, one without a name is dropped, and the
/// last of several texts of one name wins.
///
/// # Errors
/// [`InputError`]; text that is not UTF-8 is malformed.
pub fn parse_form(form: &[u8]) -> Result<Map, InputError> {
    let mut map = Map::new();
    let fields = form
        .split(|byte| *byte == b'&')
        .filter(|field| !field.is_empty());
    for (count, field) in fields.enumerate() {
        if count >= MAX_VARIABLES {
            return Err(InputError::TooMany);
        }
        let name_ends = field.iter().position(|byte| *byte == b'=');
        let (name, value) = match name_ends {
            Some(at) => (&field[..at], &field[at + 1..]),
            None => (field, &field[..0]),
        };
        let (name, value) = (decode(name)?, decode(value)?);
        if !name.is_empty() {
            notation::assign(&mut map, &name, value)?;
        }
    }
    Ok(notation::with_lists(map))
}

fn decode(text: &[u8]) -> Result<String, InputError> {
    let spaced: Cow<'_, [u8]> = if text.contains(&b'+') {
        text.iter()
            .map(|byte| if *byte == b'+' { b' ' } else { *byte })
            .collect::<Vec<u8>>()
            .into()
    } else {
        text.into()
    };
    percent_decode(&spaced)
        .decode_utf8()
        .map(Cow::into_owned)
        .map_err(|_| InputError::Malformed)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::{MAX_DEPTH, Param};
    use super::*;
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    fn text(text: &str) -> Param {
        Param::Text(text.to_owned())
    }

    fn texts(texts: &[&str]) -> Param {
        Param::List(texts.iter().map(|item| text(item)).collect())
    }

    fn map<const N: usize>(entries: [(&str, Param); N]) -> Map {
        Map::from_iter(entries)
    }

    fn assert_reads(form: &str, wanted: &Map) {
        assert_eq!(parse_form(form.as_bytes()).as_ref(), Ok(wanted), "{form}");
    }

    #[test]
    fn fields_are_decoded() {
        assert_reads(
            "userid=gtfull&displayName=Full+O%27T%C3%A4st&email=&flag",
            &map([
                ("userid", text("gtfull")),
                ("displayName", text("Full O'Täst")),
                ("email", text("")),
                ("flag", text("")),
            ]),
        );
        assert_reads(
            "a=%2B+%2b&b=100%&c=%zz&d=1=2",
            &map([
                ("a", text("+ +")),
                ("b", text("100%")),
                ("c", text("%zz")),
                ("d", text("1=2")),
            ]),
        );
    }

    #[test]
    fn empty_fields_and_names_are_dropped() {
        assert_reads("&&=x&a=1&", &map([("a", text("1"))]));
        assert_reads("", &Map::new());
    }

    #[test]
    fn the_last_text_wins_in_the_first_place() {
        assert_reads("a=1&b=2&a=3", &map([("a", text("3")), ("b", text("2"))]));
    }

    #[test]
    fn brackets_make_lists_and_maps() {
        assert_reads("a[]=1&a[]=2", &map([("a", texts(&["1", "2"]))]));
        assert_reads("a%5B%5D=1", &map([("a", texts(&["1"]))]));
        assert_reads("a[0]=x&a[1]=y", &map([("a", texts(&["x", "y"]))]));
        assert_reads(
            "a[k]=v&a[5]=w&a[]=x",
            &map([(
                "a",
                Param::Map(map([("k", text("v")), ("5", text("w")), ("6", text("x"))])),
            )]),
        );
        assert_reads(
            "a[k][]=1&a[k][]=2&a[l][m]=3",
            &map([(
                "a",
                Param::Map(map([
                    ("k", texts(&["1", "2"])),
                    ("l", Param::Map(map([("m", text("3"))]))),
                ])),
            )]),
        );
    }

    #[test]
    fn lists_out_of_order_stay_maps() {
        assert_reads(
            "a[1]=y&a[0]=x",
            &map([("a", Param::Map(map([("1", text("y")), ("0", text("x"))])))]),
        );
    }

    #[test]
    fn texts_and_arrays_replace_each_other() {
        assert_reads("a=1&a[]=2", &map([("a", texts(&["2"]))]));
        assert_reads("a[]=1&a=2", &map([("a", text("2"))]));
    }

    #[test]
    fn odd_brackets_are_read_somehow() {
        assert_reads(
            "a[k]rest=1",
            &map([("a", Param::Map(map([("k", text("1"))])))]),
        );
        assert_reads(
            "a[k=1&[]=2&]=3",
            &map([("a[k", text("1")), ("[]", text("2")), ("]", text("3"))]),
        );
    }

    #[test]
    fn text_that_is_not_utf8_is_malformed() {
        assert_eq!(parse_form(b"a=%ff"), Err(InputError::Malformed));
        assert_eq!(parse_form(b"\xff=1"), Err(InputError::Malformed));
    }

    #[test]
    fn bounds_hold() {
        let fields = |count: usize| vec!["a[]=1"; count].join("&");
        assert!(parse_form(fields(MAX_VARIABLES).as_bytes()).is_ok());
        assert_eq!(
            parse_form(fields(MAX_VARIABLES + 1).as_bytes()),
            Err(InputError::TooMany)
        );
        let nested = |depth: usize| format!("a{}=1", "[k]".repeat(depth));
        assert!(parse_form(nested(MAX_DEPTH - 1).as_bytes()).is_ok());
        assert_eq!(
            parse_form(nested(MAX_DEPTH).as_bytes()),
            Err(InputError::TooDeep)
        );
    }

    /// Trees that a form can hold: no empty containers, and maps that no list could be taken for.
    fn tree() -> impl Strategy<Value = Param> {
        let leaf = any::<String>().prop_map(Param::Text);
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..5).prop_map(Param::List),
                prop::collection::btree_map("[^\\[\\]]+x", inner, 1..5).prop_map(to_map),
            ]
        })
    }

    fn to_map(entries: std::collections::BTreeMap<String, Param>) -> Param {
        Param::Map(
            entries
                .iter()
                .map(|(name, value)| (name.as_str(), value.clone()))
                .collect(),
        )
    }

    fn encode(name: &str, value: &Param, fields: &mut Vec<String>) {
        let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        match value {
            Param::Text(text) => fields.push(format!("{name}={}", escaped(text))),
            Param::List(items) => {
                for (place, item) in items.iter().enumerate() {
                    let index = if matches!(item, Param::Text(_)) {
                        String::new()
                    } else {
                        place.to_string()
                    };
                    encode(&format!("{name}[{index}]"), item, fields);
                }
            }
            Param::Map(map) => {
                for (key, item) in map.iter() {
                    encode(&format!("{name}[{}]", escaped(key)), item, fields);
                }
            }
            Param::Null | Param::Bool(_) | Param::Number(_) => {}
        }
    }

    proptest! {
        #[test]
        fn trees_round_trip(tree in tree()) {
            let mut fields = Vec::new();
            encode("a", &tree, &mut fields);
            let read = parse_form(fields.join("&").as_bytes()).unwrap();
            prop_assert_eq!(read, map([("a", tree)]));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(form in any::<Vec<u8>>()) {
            let _ = parse_form(&form);
        }

        #[test]
        fn any_brackets_are_read(form in "[k0\\[\\]=&+%]*") {
            prop_assert!(parse_form(form.as_bytes()).is_ok());
        }
    }
}
