//! One directory, seen from every side: `docs/DIRECTORY.md` says where each dialect shows and takes each field, and these tests walk its
//! table.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod fields;
mod person;
mod table;
mod walk;
mod world;
