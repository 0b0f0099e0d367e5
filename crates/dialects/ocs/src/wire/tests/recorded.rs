//! Every recorded envelope, read and rendered again, has the same bytes, HTTP status and content type.

use super::parts;
use super::recording::{Exchange, Opened, exchanges};
use crate::wire::{Answer, Format, Style};

/// The answer that stands for a recorded envelope, made as an operation would make it.
fn answer(opened: Opened) -> Answer {
    if opened.succeeded {
        assert_eq!(opened.message, "OK");
        return Answer::ok(opened.data);
    }
    match (opened.code, opened.message.as_str()) {
        (996, "Internal Server Error\n") => Answer::internal_error(),
        (997, "Current user is not logged in") => Answer::not_logged_in(),
        (997, "Unauthorised") => Answer::unauthorised(),
        (998, message) if message.starts_with("Invalid query") => Answer::unknown_route(),
        _ => Answer::failure(opened.code, opened.message).with_data(opened.data),
    }
}

#[test]
fn recorded_envelopes_are_rendered_to_the_same_bytes() {
    let mut compared = 0;
    for exchange in exchanges() {
        let Some(recorded) = &exchange.answer else {
            continue;
        };
        // those were written by another JSON serialiser, with blanks and without PHP's escapes
        if recorded.ours && recorded.is_json() {
            continue;
        }
        let Some(opened) = recorded.open() else {
            continue;
        };
        let format = if recorded.is_json() {
            Format::Json
        } else {
            Format::Xml
        };
        let expected = (
            recorded.status,
            recorded.content_type.clone(),
            recorded.body.clone(),
        );
        assert_eq!(
            parts(answer(opened).render(Style::new(exchange.version(), format))),
            expected,
            "exchange {}",
            exchange.n
        );
        compared += 1;
    }
    assert!(compared > 1000, "only {compared} envelopes were compared");
}

/// XML alone does not show what kind of value a text was; the same answer in JSON does.
#[test]
fn what_was_recorded_as_json_is_rendered_as_the_recorded_xml() {
    let exchanges = exchanges();
    let mut compared = 0;
    for pair in exchanges
        .iter()
        .flat_map(|json| partners(json, &exchanges).map(move |xml| (json, xml)))
    {
        let (Some(in_json), Some(in_xml)) = (&pair.0.answer, &pair.1.answer) else {
            continue;
        };
        let (Some(from), Some(to)) = (in_json.open(), in_xml.open()) else {
            continue;
        };
        if (from.succeeded, &from.message) != (to.succeeded, &to.message) {
            continue;
        }
        let (_, _, body) = parts(answer(from).render(Style::new(pair.1.version(), Format::Xml)));
        assert_eq!(body, in_xml.body, "exchanges {} and {}", pair.0.n, pair.1.n);
        compared += 1;
    }
    assert!(compared > 100, "only {compared} pairs were compared");
}

/// The readings near a JSON one that asked for the same in XML.
fn partners<'a>(json: &'a Exchange, all: &'a [Exchange]) -> impl Iterator<Item = &'a Exchange> {
    let is_reading = |exchange: &Exchange| exchange.method == "GET";
    let asks_for = |path: &str| {
        path.replace("/v1.php/", "/v2.php/")
            .replace("?format=json", "")
    };
    all.iter().filter(move |xml| {
        is_reading(json)
            && is_reading(xml)
            && json.n.abs_diff(xml.n) <= 3
            && json.path.ends_with("?format=json")
            && !xml.path.contains("format=")
            && xml.answer.as_ref().is_some_and(|answer| !answer.is_json())
            && json.auth == xml.auth
            && asks_for(&json.path) == asks_for(&xml.path)
            && json.name.split(" [").next() == xml.name.split(" [").next()
    })
}
