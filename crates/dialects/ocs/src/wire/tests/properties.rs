//! For any data: both renderings are well-formed and whole, and pieces add up to the whole.

use proptest::prelude::*;
use roxmltree::Node;

use super::parts;
use super::reading::{field, from_json};
use crate::wire::{Answer, Data, Format, ListFrame, ListKind, Style, Version};

/// Text with all that needs care: markup, quotes, controls, non-characters, characters beyond 16 bits.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[<>&\"'/\\\\ \t\r\n\u{0}-\u{1f}\u{7f}-\u{9f}a\u{2028}\u{fffd}\u{fffe}\u{ffff}\u{10ffff}😀]{0,12}",
    ]
}

fn any_key() -> impl Strategy<Value = String> {
    prop_oneof![
        any_text(),
        "[A-Za-z_][A-Za-z0-9_.-]{0,8}",
        "-?[0-9]{1,5}",
        "[a-z:@ '.é-]{0,5}"
    ]
}

fn any_data() -> impl Strategy<Value = Data> {
    let leaf = prop_oneof![
        Just(Data::Null),
        any::<bool>().prop_map(Data::from),
        any::<i64>().prop_map(Data::from),
        any_text().prop_map(Data::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Data::List),
            prop::collection::vec((any_key(), inner), 0..6).prop_map(Data::map),
        ]
    })
}

fn any_version() -> impl Strategy<Value = Version> {
    prop_oneof![Just(Version::V1), Just(Version::V2)]
}

fn any_format() -> impl Strategy<Value = Format> {
    prop_oneof![Just(Format::Xml), Just(Format::Json)]
}

fn body(answer: Answer, version: Version, format: Format) -> String {
    parts(answer.render(Style::new(version, format))).2
}

/// Empty maps are written as empty lists, as PHP has but one kind of array.
fn with_empty_lists(data: Data) -> Data {
    match data {
        Data::Map(entries) if entries.is_empty() => Data::EMPTY,
        Data::Map(entries) => Data::map(
            entries
                .into_iter()
                .map(|(key, value)| (key, with_empty_lists(value))),
        ),
        Data::List(items) => Data::list(items.into_iter().map(with_empty_lists)),
        leaf => leaf,
    }
}

fn allowed_in_xml(text: &str) -> String {
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.replace(forbidden, "\u{fffd}")
}

/// Whether an element shows a value, all the way down.
fn shows(node: Node<'_, '_>, data: &Data) -> bool {
    let text = node.text().unwrap_or_default();
    let children: Vec<_> = node.children().filter(Node::is_element).collect();
    match data {
        Data::Null => text.is_empty() && children.is_empty(),
        Data::Bool(value) => text == if *value { "1" } else { "" },
        Data::Int(number) => text == number.to_string(),
        Data::Text(value) => text == allowed_in_xml(value) && children.is_empty(),
        Data::List(items) => {
            children.len() == items.len()
                && children
                    .iter()
                    .zip(items)
                    .all(|(child, item)| child.has_tag_name("element") && shows(*child, item))
        }
        Data::Map(entries) => {
            children.len() == entries.len()
                && children.iter().zip(entries).all(|(child, (key, value))| {
                    (child.has_tag_name(&**key) || child.has_tag_name("element"))
                        && shows(*child, value)
                })
        }
    }
}

proptest! {
    #[test]
    fn json_of_any_data_reads_back(data in any_data(), version in any_version()) {
        let json = body(Answer::ok(data.clone()), version, Format::Json);
        prop_assert!(json.is_ascii());
        let envelope = from_json(&json);
        let ocs = field(&envelope, "ocs");
        prop_assert_eq!(field(ocs, "data"), &with_empty_lists(data));
    }

    #[test]
    fn xml_of_any_data_is_well_formed_and_whole(data in any_data(), version in any_version()) {
        let xml = body(Answer::ok(data.clone()), version, Format::Xml);
        let document = roxmltree::Document::parse(&xml).map_err(|error| TestCaseError::fail(format!("{error}: {xml}")))?;
        let shown = document.root_element().children().find(|child| child.has_tag_name("data"));
        prop_assert!(shown.is_some_and(|node| shows(node, &data)), "{}", xml);
    }

    #[test]
    fn any_message_is_well_formed(message in any_text(), code in any::<u16>(), version in any_version()) {
        let xml = body(Answer::failure(code, message.clone()), version, Format::Xml);
        let document = roxmltree::Document::parse(&xml).map_err(|error| TestCaseError::fail(format!("{error}: {xml}")))?;
        let shown = document.descendants().find(|node| node.has_tag_name("message"));
        prop_assert_eq!(shown.map(|node| node.text().unwrap_or_default().to_owned()), Some(allowed_in_xml(&message)));
        let json = body(Answer::failure(code, message.clone()), version, Format::Json);
        let envelope = from_json(&json);
        let meta = field(field(&envelope, "ocs"), "meta");
        prop_assert_eq!(field(meta, "message"), &Data::from(message));
    }

    #[test]
    fn a_framed_list_has_the_bytes_of_the_whole_one(
        items in prop::collection::vec((any_key(), any_data()), 0..6),
        is_map in any::<bool>(),
        version in any_version(),
        format in any_format(),
    ) {
        let kind = if is_map { ListKind::Map } else { ListKind::List };
        let mut framed = Vec::new();
        let mut frame = ListFrame::new(Style::new(version, format), "users", kind);
        frame.open(&mut framed);
        for (key, value) in &items {
            frame.item(key, value, &mut framed);
        }
        frame.close(&mut framed);

        let list = if is_map { Data::map(items) } else { Data::list(items.into_iter().map(|item| item.1)) };
        let whole = body(Answer::ok(Data::map([("users", list)])), version, format);
        prop_assert_eq!(String::from_utf8(framed).unwrap(), whole);
    }

    #[test]
    fn php_keys_are_the_integers_as_printed(number in any::<i64>()) {
        prop_assert_eq!(Data::php_key(&number.to_string()), Data::Int(number));
    }

    #[test]
    fn php_keys_lose_nothing(id in prop_oneof![any_key(), "[-+]?[0-9]{1,20}"]) {
        match Data::php_key(&id) {
            Data::Int(number) => prop_assert_eq!(number.to_string(), id),
            other => {
                prop_assert_eq!(other, Data::from(id.clone()));
                prop_assert!(id.parse::<i64>().is_err() || id.parse::<i64>().unwrap().to_string() != id);
            }
        }
    }
}
