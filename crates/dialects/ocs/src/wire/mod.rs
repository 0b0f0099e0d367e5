//! What goes over the wire: the value tree of an answer, its two renderings, the envelope around it, and lists that are
//! written piece by piece. The bytes are those of a Nextcloud 34 server, proven in `tests` against its recorded answers.

mod answer;
mod data;
mod envelope;
mod format;
mod frame;
mod json;
mod style;
mod xml;

#[cfg(test)]
mod tests;

pub(crate) use answer::{Answer, empty_page, json_document};
pub(crate) use data::{Data, Entries};
pub(crate) use format::{Format, Version};
pub(crate) use frame::{ListFrame, ListKind};
pub(crate) use style::Style;
