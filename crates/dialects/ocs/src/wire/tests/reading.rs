//! Reads what was written back into `Data`, with parsers that are not ours.

use std::fmt;

use roxmltree::Node;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::wire::Data;

/// JSON as `Data`; keys stay in order, and the empty array is the empty list.
pub(super) fn from_json(json: &str) -> Data {
    serde_json::from_str::<Read>(json)
        .unwrap_or_else(|error| panic!("{error} in {json}"))
        .0
}

/// The value of an element: null if it has no end tag, text if it has no child elements, a list if all of these are
/// `element`, else a map.
pub(super) fn from_xml(node: Node<'_, '_>) -> Data {
    let source = &node.document().input_text()[node.range()];
    let children: Vec<_> = node.children().filter(Node::is_element).collect();
    if source.ends_with("/>") && children.is_empty() && node.text().is_none() {
        Data::Null
    } else if children.is_empty() {
        Data::from(node.text().unwrap_or_default().to_owned())
    } else if children.iter().all(|child| child.has_tag_name("element")) {
        Data::list(children.into_iter().map(from_xml))
    } else {
        Data::map(
            children
                .into_iter()
                .map(|child| (child.tag_name().name().to_owned(), from_xml(child))),
        )
    }
}

/// The value under a key of a map.
pub(super) fn field<'a>(data: &'a Data, key: &str) -> &'a Data {
    let Data::Map(entries) = data else {
        panic!("{data:?} is no map")
    };
    entries
        .iter()
        .find(|entry| entry.0 == key)
        .map_or_else(|| panic!("no {key} in {data:?}"), |entry| &entry.1)
}

/// serde_json's own tree sorts the keys of objects unless all crates of the workspace agree to keep their order.
struct Read(Data);

impl<'de> Deserialize<'de> for Read {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DataVisitor).map(Self)
    }
}

struct DataVisitor;

impl<'de> Visitor<'de> for DataVisitor {
    type Value = Data;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON without fractions")
    }

    fn visit_unit<E>(self) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Data, E> {
        Ok(Data::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Data, E> {
        Ok(Data::Int(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Data, E> {
        i64::try_from(value).map(Data::Int).map_err(E::custom)
    }

    fn visit_str<E>(self, value: &str) -> Result<Data, E> {
        Ok(Data::from(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Data, A::Error> {
        let mut list = Vec::new();
        while let Some(Read(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Data::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Data, A::Error> {
        let mut map = Vec::new();
        while let Some((key, Read(value))) = entries.next_entry::<String, _>()? {
            map.push((key.into(), value));
        }
        Ok(Data::Map(map))
    }
}
