#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]
use super::*;
use proptest::prelude::*;
use serde_json::json;

fn lines(format: Format, pieces: &[&[u8]]) -> Vec<Line> {
    let mut lines = Lines::new(format);
    let mut read = Vec::new();
    for piece in pieces {
        lines.push(piece);
        read.extend(std::iter::from_fn(|| lines.next(false)));
    }
    read.extend(std::iter::from_fn(|| lines.next(true)));
    read
}

fn said(text: &str) -> Result<Said, Vec<String>> {
    let line = lines(Format::JsonLines, &[text.as_bytes()])
        .pop()
        .unwrap_or_else(|| panic!("a line"));
    Record::read(line)
        .map(|record| record.said)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[test]
fn lines_are_numbered_also_where_blank_or_unreadable() {
    let text = b"\xef\xbb\xbf{\"a\":1}\n\n  \r\n{\"b\":2}\r\n\xff\n[1]\n{\"c\":3}";
    let read = lines(Format::JsonLines, &[text]);
    let numbers: Vec<u64> = read.iter().map(|(line, _)| *line).collect();
    assert_eq!(numbers, [1, 4, 5, 6, 7]);
    assert_eq!(read[0].1, Ok(json!({"a": 1}).as_object().unwrap().clone()));
    assert_eq!(read[2].1, Err("it is not UTF-8".to_owned()));
    assert_eq!(read[3].1, Err("it is no JSON object".to_owned()));
}

#[test]
fn a_key_that_is_there_twice_is_refused_however_deep() {
    for text in [
        r#"{"a":1,"a":2}"#,
        r#"{"x":{"a":1,"a":1}}"#,
        r#"{"x":[{"a":1,"a":1}]}"#,
    ] {
        let (_, read) = lines(Format::JsonLines, &[text.as_bytes()]).pop().unwrap();
        assert!(read.unwrap_err().contains("the key \"a\" is there twice"));
    }
}

#[test]
fn a_line_without_an_end_takes_no_room_beyond_its_limit() {
    let mut lines = Lines::new(Format::JsonLines);
    let piece = vec![b'x'; LONGEST / 4];
    for _ in 0..40 {
        lines.push(&piece);
        assert_eq!(lines.next(false), None);
    }
    let Lines::Json(_) = &lines else {
        panic!("JSON lines")
    };
    lines.push(b"\n{\"a\":1}\n");
    let (number, read) = lines.next(false).unwrap();
    assert_eq!(number, 1);
    assert!(read.unwrap_err().contains("more than"));
    assert_eq!(lines.next(false).unwrap().0, 2);
}

#[test]
fn rows_are_what_the_same_lines_are_in_json() {
    let text = "login,enabled,quota,groups,preferences,display_name\r\n\
        ada,no,1024,a;b,\"{\"\"core\"\":{\"\"lang\"\":\"\"de\"\"}}\",\"Ada, \"\"the\nfirst\"\"\"\n\
        bob,,none,\"[\"\"x;y\"\"]\",,\\N\n\
        short\n";
    let read = lines(Format::Csv, &[text.as_bytes()]);
    let object = |value: serde_json::Value| Ok(value.as_object().unwrap().clone());
    assert_eq!(
        read[0],
        (
            2,
            object(json!({
                "type": "user", "login": "ada", "enabled": false, "quota": 1024, "groups": ["a", "b"],
                "preferences": {"core": {"lang": "de"}}, "display_name": "Ada, \"the\nfirst\""
            }))
        )
    );
    assert_eq!(
        read[1],
        (
            4,
            object(json!({
                "type": "user", "login": "bob", "quota": "none", "groups": ["x;y"], "display_name": null
            }))
        )
    );
    assert_eq!(
        read[2],
        (5, Err("it has 1 cells where the header has 6".to_owned()))
    );
    assert_eq!(read.len(), 3);
}

#[test]
fn everything_that_is_wrong_with_a_line_is_told() {
    let problems = said(
        r#"{"type":"user","login":" ada","email":7,"quota":"much","colour":"red","password_hash":"x","webmail":{"type":"!","size":1}}"#,
    )
    .unwrap_err();
    assert_eq!(
        problems,
        [
            "line 1: login: must not begin or end with blank space",
            "line 1: email: is no text",
            "line 1: password_hash: has none of the forms that are known",
            "line 1: quota: is neither a number of bytes nor default or none",
            "line 1: webmail.type: holds characters that are not allowed",
            "line 1: webmail.size: is no key that is known",
            "line 1: colour: is no key that is known",
        ]
    );
    assert_eq!(
        said("{}").unwrap_err(),
        ["line 1: type: is missing".to_owned()]
    );
}

proptest! {
    #[test]
    fn lines_are_the_same_however_they_arrive(
        text in "(\\{\"a\":[0-9]{1,3}\\}|\n|\"|,|a){0,40}",
        cut in 0_usize..100,
        csv in any::<bool>(),
    ) {
        let format = if csv { Format::Csv } else { Format::JsonLines };
        let bytes = text.as_bytes();
        let cut = cut.min(bytes.len());
        prop_assert_eq!(
            lines(format, &[bytes]),
            lines(format, &[&bytes[..cut], &bytes[cut..]])
        );
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        csv in any::<bool>(),
    ) {
        let format = if csv { Format::Csv } else { Format::JsonLines };
        for line in lines(format, &[&bytes]) {
            let _ = Record::read(line);
        }
    }
}
