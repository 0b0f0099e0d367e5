//! Lines as rows.

use serde_json::Value;

/// The columns that are written. An import knows each key of a line as a column.
const COLUMNS: [&str; 22] = [
    "type",
    "tenant",
    "id",
    "login",
    "address",
    "email",
    "display_name",
    "password_hash",
    "enabled",
    "quota",
    "language",
    "locale",
    "timezone",
    "phone",
    "manager",
    "groups",
    "administers",
    "aliases",
    "msisdn",
    "classes_of_service",
    "preferences",
    "webmail",
];

/// Stands for a null, since an empty cell says nothing.
pub(crate) const NULL: &str = "\\N";

/// Stands between the texts of a list.
pub(crate) const SEPARATOR: char = ';';

/// Writes the header.
pub(super) fn header(out: &mut Vec<u8>) {
    cells(out, COLUMNS.iter().map(|column| (*column).to_owned()));
}

/// Writes a line as a row.
pub(super) fn row(out: &mut Vec<u8>, line: &Value) {
    cells(
        out,
        COLUMNS
            .iter()
            .map(|column| line.get(column).map(cell).unwrap_or_default()),
    );
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => NULL.to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => list(items).unwrap_or_else(|| value.to_string()),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

/// A list of texts with semicolons between them, if none of them would be read otherwise then.
fn list(items: &[Value]) -> Option<String> {
    let texts: Vec<&str> = items.iter().map(Value::as_str).collect::<Option<_>>()?;
    let plain = |text: &&str| {
        !text.is_empty()
            && !text.contains(SEPARATOR)
            && !text.starts_with('[')
            && text.trim() == *text
    };
    texts
        .iter()
        .all(plain)
        .then(|| texts.join(SEPARATOR.encode_utf8(&mut [0; 4])))
}

fn cells(out: &mut Vec<u8>, cells: impl Iterator<Item = String>) {
    for (nth, cell) in cells.enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        let quoted = cell.contains([',', '"', '\n', '\r']) || cell.trim() != cell;
        if quoted {
            out.push(b'"');
            out.extend(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend(cell.as_bytes());
        }
    }
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, row};
    use serde_json::json;

    #[test]
    fn cells_are_quoted_where_they_would_be_read_otherwise() {
        let mut out = Vec::new();
        row(
            &mut out,
            &json!({
                "type": "user", "login": "o\"hara, p", "address": null, "enabled": false,
                "groups": ["a", "b c"], "administers": ["x;y"], "display_name": " two\nlines",
            }),
        );
        let text = String::from_utf8_lossy(&out);
        assert_eq!(
            text,
            "user,,,\"o\"\"hara, p\",\\N,,\" two\nlines\",,false,,,,,,,a;b c,\"[\"\"x;y\"\"]\",,,,,\n"
        );
        assert_eq!(COLUMNS.len(), 22);
    }
}
