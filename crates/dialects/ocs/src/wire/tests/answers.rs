//! Single answers whose exact form matters, and that no recorded envelope shows.

use super::parts;
use super::recording::exchanges;
use crate::wire::{Answer, Data, Entries, Format, ListFrame, ListKind, Style, Version};
use axum::body::Body;
use axum::http::HeaderValue;

fn body(data: impl Into<Data>, format: Format) -> String {
    parts(Answer::ok(data).render(Style::new(Version::V2, format))).2
}

/// The recorded status and content type, and the body if it was kept, of the exchange `n`.
fn recorded(n: u32) -> (u16, String, String) {
    let answer = exchanges()
        .into_iter()
        .find(|exchange| exchange.n == n)
        .and_then(|exchange| exchange.answer)
        .unwrap();
    (answer.status, answer.content_type, answer.body)
}

#[test]
fn answers_without_envelope_are_the_recorded_ones() {
    let location = HeaderValue::from_static("/login");
    for (n, answer, format) in [
        (21, Answer::csrf(), Format::Xml),
        (39, Answer::see_other(location), Format::Xml),
        (101, Answer::method_not_allowed(), Format::Xml),
        (102, Answer::method_not_allowed(), Format::Json),
        (119, Answer::not_found(), Format::Xml),
        (137, Answer::bad_request(), Format::Json),
    ] {
        assert_eq!(
            parts(answer.render(Style::new(Version::V1, format))),
            recorded(n),
            "exchange {n}"
        );
    }
}

#[test]
fn only_wrong_credentials_are_challenged() {
    let challenge = |answer: Answer| {
        answer
            .render(Style::new(Version::V2, Format::Json))
            .headers()
            .get("www-authenticate")
            .cloned()
    };
    assert_eq!(
        challenge(Answer::unauthorised()),
        Some(HeaderValue::from_static(
            "Basic realm=\"Authorisation Required\""
        ))
    );
    assert_eq!(challenge(Answer::not_logged_in()), None);
}

#[test]
fn a_redirection_says_where_to() {
    let response = Answer::see_other(HeaderValue::from_static("/login"))
        .render(Style::new(Version::V1, Format::Xml));
    assert_eq!(response.headers()["location"], "/login");
}

#[test]
fn codes_map_to_http_statuses() {
    let status = |version, code| {
        parts(Answer::failure(code, "").render(Style::new(version, Format::Json))).0
    };
    for (code, v2) in [
        (101, 400),
        (113, 400),
        (199, 400),
        (403, 403),
        (404, 404),
        (422, 422),
        (429, 429),
        (601, 400),
        (996, 500),
        (998, 404),
        (999, 500),
    ] {
        assert_eq!(
            (status(Version::V1, code), status(Version::V2, code)),
            (200, v2),
            "code {code}"
        );
    }
    assert_eq!(
        (status(Version::V1, 997), status(Version::V2, 997)),
        (401, 401)
    );
}

#[test]
fn keys_that_are_no_xml_names_become_element() {
    let users = Data::map(
        ["gt space", "12345", "-5", "a:b", "é", "", "gt.dot", "_x"].map(|id| (id, Data::Null)),
    );
    let xml = body(users, Format::Xml);
    let names: Vec<_> = xml
        .lines()
        .filter_map(|line| line.strip_prefix("  <")?.strip_suffix("/>"))
        .collect();
    assert_eq!(
        names,
        [
            "element", "element", "element", "element", "element", "element", "gt.dot", "_x"
        ]
    );
}

#[test]
fn controls_are_escaped_as_php_does() {
    let text = "\u{0}\u{8}\u{c}\r\n\t\u{1f}\u{7f}/\\'&\u{2028}😀";
    let json = body(text, Format::Json);
    let escaped = r"\u0000\b\f\r\n\t\u001f".to_owned() + "\u{7f}" + r"\/\\'&\u2028\ud83d\ude00";
    assert!(
        json.ends_with(&format!("\"data\":\"{escaped}\"}}}}")),
        "{json}"
    );
    let xml = body(text, Format::Xml);
    assert!(
        xml.contains(
            "<data>\u{fffd}\u{fffd}\u{fffd}&#13;\n\t\u{fffd}\u{7f}/\\'&amp;\u{2028}😀</data>"
        ),
        "{xml}"
    );
}

#[test]
fn integers_keep_their_extremes() {
    assert!(
        body(Data::list([i64::MIN, 0, i64::MAX]), Format::Json)
            .contains("[-9223372036854775808,0,9223372036854775807]")
    );
}

#[test]
fn absent_fields_are_null_and_entries_keep_their_order() {
    let mut entries = Entries::with_capacity(2);
    entries.push("email", None::<String>);
    entries.push("enabled", false);
    assert!(body(entries, Format::Json).ends_with(r#""data":{"email":null,"enabled":false}}}"#));
}

#[test]
fn php_keys_that_look_like_integers_but_are_not_stay_text() {
    for id in [
        "007",
        "+1",
        "-0",
        "0x1",
        "",
        "-",
        " 1",
        "1.0",
        "9223372036854775808",
        "-9223372036854775809",
    ] {
        assert_eq!(Data::php_key(id), Data::from(id));
    }
}

#[test]
fn a_framed_list_is_answered_as_an_operation_answers() {
    let mut bytes = Vec::new();
    let frame = ListFrame::new(
        Style::new(Version::V2, Format::Xml),
        "groups",
        ListKind::List,
    );
    frame.open(&mut bytes);
    frame.close(&mut bytes);
    let whole = Answer::ok(Data::map([("groups", Data::EMPTY)]))
        .render(Style::new(Version::V2, Format::Xml));
    assert_eq!(
        parts(ListFrame::response(
            Style::new(Version::V2, Format::Xml),
            Body::from(bytes)
        )),
        parts(whole)
    );
}
