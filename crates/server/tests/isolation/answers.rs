//! What an answer says, and what it must never say.

use crate::world::{OURS, THEIRS};
use provost_testkit::Response;

/// The answer, if no text of the other tenant stands in it, neither in a header nor in the body.
pub(crate) fn checked(own: &str, answer: Response) -> Response {
    for foreign in [OURS, THEIRS] {
        let whole = written(&answer).to_lowercase();
        assert!(
            own == foreign || !whole.contains(foreign),
            "an answer of {own} holds a text of {foreign}: {whole}"
        );
    }
    answer
}

/// The whole answer as text, but for its request id and date.
pub(crate) fn written(answer: &Response) -> String {
    let mut text = format!("{}\n", answer.status);
    for (name, value) in &answer.headers {
        if !["x-request-id", "date"].contains(&name.to_ascii_lowercase().as_str()) {
            text.push_str(&format!("{name}: {value}\n"));
        }
    }
    text.push('\n');
    text.push_str(&answer.text());
    text
}

/// The table's word for an answer: `ok`, the code of the OCS envelope, or the HTTP status of an answer without one.
pub(crate) fn class(answer: &Response) -> String {
    let text = answer.text();
    if !text.contains("statuscode") {
        return format!("http{}", answer.status);
    }
    match answer.ocs_code() {
        100 | 200 => "ok".to_owned(),
        code => code.to_string(),
    }
}
