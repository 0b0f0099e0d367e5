//! The access log: a line for each request, as `tracing_subscriber` would write it, at a tenth of its cost. It is the one line that every
//! request costs.

use super::lines::Lines;
use crate::config::LogFormat;
use jiff::{Timestamp, fmt::temporal::DateTimePrinter};
use provost_http::middleware::{Answered, log_answer};
use serde_json::json;
use std::{io::Write as _, net::IpAddr, time::Duration};
use tracing::Level;

/// The name under which the lines are asked for or turned off: `PROVOST_LOG=info,access=off`.
const TARGET: &str = "access";

/// How times are written.
const MICROSECONDS: DateTimePrinter = DateTimePrinter::new().precision(Some(6));

/// Where the lines go.
pub(crate) enum AccessLog {
    /// To whoever shows events, in its colours.
    Events,
    /// Straight to the log.
    Lines(Lines, LogFormat),
}

impl AccessLog {
    /// Writes the line of a request: method, route, status, microseconds until the answer's head, source address, request id.
    pub(crate) fn write(&self, answered: &Answered<'_>) {
        match self {
            Self::Events => log_answer(answered),
            Self::Lines(lines, format) => {
                if tracing::enabled!(target: TARGET, Level::INFO) {
                    let mut line = Vec::with_capacity(320);
                    match format {
                        LogFormat::Text => text(answered, Timestamp::now(), &mut line),
                        LogFormat::Json => object(answered, Timestamp::now(), &mut line),
                    }
                    lines.hand_over(&line);
                }
            }
        }
    }
}

fn text(answered: &Answered<'_>, now: Timestamp, line: &mut Vec<u8>) {
    let id = answered.request_id;
    // writing to memory does not fail
    let _ = MICROSECONDS.print_timestamp(&now, &mut *line);
    line.extend_from_slice(b"  INFO request{request_id=");
    line.extend_from_slice(id.as_bytes());
    line.extend_from_slice(b"}: ");
    line.extend_from_slice(TARGET.as_bytes());
    line.extend_from_slice(b": request answered method=");
    line.extend_from_slice(answered.method.as_str().as_bytes());
    line.extend_from_slice(b" route=");
    quote(answered.route_or_path(), line);
    line.extend_from_slice(b" status=");
    line.extend_from_slice(answered.status.as_str().as_bytes());
    line.extend_from_slice(b" duration_us=");
    number(microseconds(answered.duration), line);
    line.extend_from_slice(b" source=");
    address(answered.source, line);
    line.extend_from_slice(b" request_id=");
    quote(id, line);
    line.push(b'\n');
}

fn microseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

fn number(number: impl itoa::Integer, line: &mut Vec<u8>) {
    line.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

fn address(address: IpAddr, line: &mut Vec<u8>) {
    match address {
        IpAddr::V4(address) => {
            let [first, rest @ ..] = address.octets();
            number(first, line);
            for octet in rest {
                line.push(b'.');
                number(octet, line);
            }
        }
        IpAddr::V6(address) => {
            // writing to memory does not fail
            let _ = write!(line, "{address}");
        }
    }
}

/// Appends text as Rust's debug format has it, which looks at each character for what nearly none of them is.
fn quote(text: &str, line: &mut Vec<u8>) {
    let plain = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if text.bytes().all(plain) {
        line.push(b'"');
        line.extend_from_slice(text.as_bytes());
        line.push(b'"');
    } else {
        // writing to memory does not fail
        let _ = write!(line, "{text:?}");
    }
}

fn object(answered: &Answered<'_>, now: Timestamp, line: &mut Vec<u8>) {
    let span = json!({"request_id": answered.request_id, "name": "request"});
    let object = json!({
        "timestamp": format_args!("{now:.6}").to_string(),
        "level": "INFO",
        "message": "request answered",
        "method": answered.method.as_str(),
        "route": answered.route_or_path(),
        "status": answered.status.as_u16(),
        "duration_us": microseconds(answered.duration),
        "source": answered.source,
        "request_id": answered.request_id,
        "target": TARGET,
        "span": &span,
        "spans": [&span],
    });
    // writing to memory does not fail
    let _ = writeln!(line, "{object}");
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use axum::http::{Method, StatusCode};
    use provost_http::middleware::RouteLabel;
    use std::{
        io,
        net::{Ipv4Addr, Ipv6Addr},
        sync::{Arc, Mutex},
    };
    use tracing_subscriber::fmt;

    #[derive(Clone, Default)]
    struct Output(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Output {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What the library writes for the same answer, and when.
    fn of_the_library(format: LogFormat, answered: &Answered<'_>) -> (String, Timestamp) {
        let output = Output::default();
        let writer = output.clone();
        let logs = fmt().with_writer(move || writer.clone());
        let log = || {
            let span = tracing::info_span!("request", request_id = %answered.request_id);
            span.in_scope(|| log_answer(answered));
        };
        match format {
            LogFormat::Text => {
                tracing::subscriber::with_default(logs.with_ansi(false).finish(), log);
            }
            LogFormat::Json => {
                let logs = logs.json().flatten_event(true).finish();
                tracing::subscriber::with_default(logs, log);
            }
        }
        let text = String::from_utf8(output.0.lock().unwrap().clone()).unwrap();
        let time = text.trim_start_matches("{\"timestamp\":\"");
        let time = time[..27].parse().unwrap();
        (text, time)
    }

    #[test]
    fn lines_are_those_of_the_library() {
        let here = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 10));
        let there = IpAddr::V6(Ipv6Addr::LOCALHOST);
        for (route, source) in [(Some(RouteLabel("/cloud/users/{}")), here), (None, there)] {
            let answered = Answered {
                method: &Method::GET,
                path: "/no\"body/%0a",
                route,
                status: StatusCode::NOT_FOUND,
                duration: Duration::from_micros(1234),
                source,
                request_id: "0123.a_b-c",
                trace_parent: None,
            };
            let (expected, now) = of_the_library(LogFormat::Text, &answered);
            let mut line = Vec::new();
            text(&answered, now, &mut line);
            assert_eq!(String::from_utf8(line).unwrap(), expected);

            let (expected, now) = of_the_library(LogFormat::Json, &answered);
            let mut line = Vec::new();
            object(&answered, now, &mut line);
            let read = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).unwrap();
            assert_eq!(read(&line), read(expected.as_bytes()));
            assert_eq!(line.last(), Some(&b'\n'));
        }
    }
}
