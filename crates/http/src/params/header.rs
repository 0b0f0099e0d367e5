//! Header values with parameters: `form-data; name="a"`.

/// The part before the first semicolon, trimmed and lower-cased.
pub(super) fn kind(value: &str) -> String {
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The parameter `wanted` (lower-case), its quotes and backslashes undone.
pub(super) fn parameter(value: &str, wanted: &str) -> Option<String> {
    let (_, mut rest) = value.split_once(';')?;
    loop {
        let (name, after) = rest.split_once('=')?;
        let (text, next) = token_or_quoted(after.trim_start());
        // A parameter without a value drags its semicolon into the name of the next.
        let name = name.rsplit(';').next().unwrap_or_default();
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(text);
        }
        rest = next;
    }
}

/// The value at the start of `text`, and what follows the next semicolon.
fn token_or_quoted(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let (token, rest) = text.split_once(';').unwrap_or((text, ""));
        return (token.trim_end().to_owned(), rest);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => {
                let after = &quoted[at + 1..];
                return (value, after.split_once(';').map_or("", |(_, rest)| rest));
            }
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            other => value.push(other),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn parameters_are_found_in_any_case_quoted_or_not() {
        let value = r#"form-data; NAME="a;\"b\\"; filename = c ;x"#;
        assert_eq!(parameter(value, "name").as_deref(), Some(r#"a;"b\"#));
        assert_eq!(parameter(value, "filename").as_deref(), Some("c"));
        assert_eq!(parameter(value, "x"), None);
        assert_eq!(
            parameter("form-data; flag; name=a", "name").as_deref(),
            Some("a")
        );
        assert_eq!(parameter("name=a", "name"), None);
    }

    #[test]
    fn the_kind_is_bare_and_lower_case() {
        assert_eq!(kind("Application/JSON ; charset=utf-8"), "application/json");
        assert_eq!(kind(""), "");
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(value in "[a=;\"\\\\ü ]*") {
            let _ = parameter(&value, "a");
        }
    }
}
