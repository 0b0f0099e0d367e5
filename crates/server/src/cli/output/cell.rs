//! A value as text for people.

use serde_json::Value;

/// The text of a value in a table: `-` for none, `yes` or `no`, lists with commas.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.is_empty() => "-".to_owned(),
        Value::String(text) => printable(text),
        Value::Array(list) if list.is_empty() => "-".to_owned(),
        Value::Array(list) => list.iter().map(text).collect::<Vec<_>>().join(", "),
        Value::Object(fields) if fields.is_empty() => "-".to_owned(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| format!("{name}={}", text(value)))
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// Without control characters: what users write must not steer the operator's terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|one| {
            if one.is_control() {
                char::REPLACEMENT_CHARACTER
            } else {
                one
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::text;
    use serde_json::json;

    #[test]
    fn values_read_like_text() {
        for (value, expected) in [
            (json!(null), "-"),
            (json!(""), "-"),
            (json!(true), "yes"),
            (json!(7), "7"),
            (json!(["a", "b"]), "a, b"),
            (json!([]), "-"),
            (json!({"fields": ["a", "b"], "n": 1}), "fields=a, b n=1"),
            (json!("\u{1b}[2J"), "\u{fffd}[2J"),
        ] {
            assert_eq!(text(&value), expected);
        }
    }
}
