//! The recorded exchanges with a real server.

use std::path::Path;

use serde::Deserialize;

use super::reading::{field, from_json, from_xml};
use crate::wire::{Data, Version};

/// A request and its answer; see the README beside the recording.
#[derive(Deserialize)]
pub(super) struct Exchange {
    pub(super) n: u32,
    pub(super) name: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) auth: Option<(String, String)>,
    pub(super) answer: Option<Recorded>,
}

#[derive(Deserialize)]
pub(super) struct Recorded {
    pub(super) status: u16,
    pub(super) content_type: String,
    pub(super) body: String,
    /// Not recorded but written afterwards, where we differ on purpose.
    #[serde(default)]
    pub(super) ours: bool,
}

/// A recorded envelope, read back.
pub(super) struct Opened {
    pub(super) succeeded: bool,
    pub(super) code: u16,
    pub(super) message: String,
    pub(super) data: Data,
}

/// All exchanges, in order.
pub(super) fn exchanges() -> Vec<Exchange> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/transcripts/ocs.jsonl");
    let lines = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

impl Exchange {
    pub(super) fn version(&self) -> Version {
        if self.path.contains("/v1.php/") {
            Version::V1
        } else {
            Version::V2
        }
    }
}

impl Recorded {
    pub(super) fn is_json(&self) -> bool {
        self.content_type.contains("json")
    }

    /// The envelope of the body, if it has one.
    pub(super) fn open(&self) -> Option<Opened> {
        let (meta, data) = if self.body.starts_with("<?xml") {
            let document = roxmltree::Document::parse(&self.body).unwrap();
            let part = |name| {
                document
                    .root_element()
                    .children()
                    .find(|child| child.has_tag_name(name))
                    .unwrap()
            };
            (from_xml(part("meta")), from_xml(part("data")))
        } else if self.is_json() && self.body.contains("\"ocs\"") {
            let envelope = from_json(&self.body);
            let ocs = field(&envelope, "ocs");
            (field(ocs, "meta").clone(), field(ocs, "data").clone())
        } else {
            return None;
        };
        Some(Opened {
            succeeded: text(field(&meta, "status")) == "ok",
            code: text(field(&meta, "statuscode")).parse().unwrap(),
            message: text(field(&meta, "message")),
            data,
        })
    }
}

fn text(data: &Data) -> String {
    match data {
        Data::Text(text) => text.to_string(),
        Data::Int(number) => number.to_string(),
        other => panic!("{other:?} where text was expected"),
    }
}
