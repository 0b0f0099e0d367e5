//! Which logins may be created here. The directory takes more; users made through other dialects keep theirs.

use crate::wire::Answer;
use provost_model::{Login, Violation};

/// Names that the real server keeps for its own files.
const RESERVED: [&str; 8] = [
    ".htaccess",
    "files_external",
    "__groupfolders",
    ".ncdata",
    "owncloud.log",
    "nextcloud.log",
    "updater.log",
    "audit.log",
];
const MAX_BYTES: usize = 64;

/// The login, if it may be created here.
pub(crate) fn creatable_login(text: &str) -> Result<Login, Answer> {
    let refuse = |message: &'static str| Err(Answer::failure(101, message));
    let allowed =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '.' | '@' | '-' | '\'');
    if !text.chars().all(allowed) {
        return refuse(
            "Only the following characters are allowed in an Login: \"a-z\", \"A-Z\", \"0-9\", spaces and \"_.@-'\"",
        );
    }
    if text.trim().is_empty() {
        return refuse("A valid Login must be provided");
    }
    if text.trim() != text {
        return refuse("Login contains whitespace at the beginning or at the end");
    }
    if text == "." || text == ".." {
        return refuse("Login must not consist of dots only");
    }
    if text.len() > MAX_BYTES {
        return refuse("Username is too long");
    }
    if RESERVED.contains(&text) {
        return refuse("Login is invalid because files already exist for this user");
    }
    Login::parse(text)
        .map_err(|violation: Violation| Answer::failure(101, format!("The {violation}")))
}
