//! Users that are made up: always the same ones.

use crate::Result;
use serde_json::json;
use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::Path,
};

/// The mail domain of all of them.
pub(crate) const DOMAIN: &str = "bench.example";
/// An argon2id hash of a password that nobody has, as the server would make it.
const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ";
/// How many of them, from the first on, are asked for by name: enough to leave the processor's caches. They have webmail accounts.
pub(crate) const ASKED: u32 = 10_000;

const FIRST: [&str; 16] = [
    "Ada", "Bela", "Chloe", "Dmitri", "Elif", "Farid", "Greta", "Hiro", "Ines", "Jamal", "Kirsten",
    "Luca", "Mei", "Noor", "Olga", "Priya",
];
const LAST: [&str; 16] = [
    "Abbott",
    "Brandt",
    "Castillo",
    "Dvorak",
    "Eriksen",
    "Ferrari",
    "Garcia",
    "Haddad",
    "Ivanova",
    "Jensen",
    "Kowalski",
    "Lindqvist",
    "Moreau",
    "Nakamura",
    "Okafor",
    "Petrov",
];

/// A user.
pub(crate) struct User {
    pub(crate) login: String,
    pub(crate) display_name: String,
    pub(crate) email: String,
}

impl User {
    /// The nth user.
    pub(crate) fn number(number: u32) -> Self {
        // neighbours share no name
        let mixed = number.wrapping_mul(2_654_435_761) >> 8;
        let (first, last) = (
            FIRST[(mixed % 16) as usize],
            LAST[(mixed / 16 % 16) as usize],
        );
        let login = format!("{}.{}{number}", first.to_lowercase(), last.to_lowercase());
        Self {
            display_name: format!("{first} {last} {number}"),
            email: format!("{login}@{DOMAIN}"),
            login,
        }
    }
}

/// Writes users as lines of JSON for `provost import`, with hashed passwords.
pub(crate) fn write(path: &Path, users: std::ops::Range<u32>) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for number in users {
        let user = User::number(number);
        let line = json!({
            "type": "user",
            "login": user.login,
            "display_name": user.display_name,
            "email": user.email,
            "password_hash": HASH,
        });
        writeln!(file, "{line}")?;
    }
    Ok(file.flush()?)
}

/// Writes lines that give these users webmail accounts.
pub(crate) fn write_webmail_accounts(path: &Path, users: std::ops::Range<u32>) -> Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    for number in users {
        let User { login, .. } = User::number(number);
        let line = json!({ "type": "user", "login": login, "webmail": { "type": "standard" } });
        writeln!(file, "{line}")?;
    }
    Ok(file.flush()?)
}
