//! Spans, received as a collector of OpenTelemetry receives them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest,
    common::v1::{KeyValue, any_value::Value},
    trace::v1::{Span, span::SpanKind, status::StatusCode},
};
use prost::Message as _;
use provost_testkit::{ADMIN_PASSWORD, Engine, Request, TestDatabase, TestServer};

/// Only keeps what never happens from hanging the tests.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a caller says of its own trace.
const TRACEPARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// A collector that takes everything.
struct Collector {
    endpoint: String,
    received: Receiver<(String, Vec<u8>)>,
}

impl Collector {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let (sender, received) = channel();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                take(stream, &sender);
            }
        });
        Self { endpoint, received }
    }

    fn server(&self) -> TestServer {
        TestServer::start_with(
            env!("CARGO_BIN_EXE_provost"),
            TestDatabase::fresh(Engine::Sqlite),
            &[
                ("PROVOST_OTLP_ENDPOINT", self.endpoint.as_str()),
                ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ],
        )
    }

    /// The next spans, with their resource's attributes, and the bytes that they came as.
    fn next(&self) -> (Vec<Span>, Vec<KeyValue>, Vec<u8>) {
        let (target, body) = self.received.recv_timeout(PATIENCE).expect("spans");
        assert_eq!(target, "POST /v1/traces HTTP/1.1");
        let request = ExportTraceServiceRequest::decode(body.as_slice()).expect("OTLP");
        let mut spans = Vec::new();
        let mut resource = Vec::new();
        for of_resource in request.resource_spans {
            resource.extend(of_resource.resource.expect("a resource").attributes);
            spans.extend(of_resource.scope_spans.into_iter().flat_map(|it| it.spans));
        }
        (spans, resource, body)
    }
}

fn take(mut stream: TcpStream, sender: &Sender<(String, Vec<u8>)>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut target = String::new();
    reader.read_line(&mut target).unwrap();
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    stream
        .write_all(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n",
        )
        .unwrap();
    // the test may have ended
    let _ = sender.send((target.trim_end().to_owned(), body));
}

fn text(attributes: &[KeyValue], key: &str) -> String {
    let found = attributes.iter().find(|it| it.key == key);
    let value = found.and_then(|it| it.value.clone()?.value);
    match value {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        other => panic!("{key}: {other:?}"),
    }
}

#[test]
fn a_request_is_a_span_of_its_callers_trace() {
    let collector = Collector::start();
    let server = collector.server();
    let answer = Request::get("/ocs/v2.php/cloud/users/very-own-login?search=very-own-search")
        .ocs()
        .basic("admin", ADMIN_PASSWORD)
        .header("traceparent", TRACEPARENT)
        .header("X-Request-Id", "here-i-am")
        .send(&server);
    assert_eq!(answer.status, 404);
    let (spans, resource, bytes) = collector.next();
    let [span] = &spans[..] else {
        panic!("one span: {spans:?}")
    };
    assert_eq!(
        span.trace_id,
        0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c_u128.to_be_bytes()
    );
    assert_eq!(span.parent_span_id, 0xb7ad_6b71_6920_3331_u64.to_be_bytes());
    assert_eq!(span.name, "GET /cloud/users/{}");
    assert_eq!(span.kind, SpanKind::Server as i32);
    assert!(span.end_time_unix_nano > span.start_time_unix_nano);
    for (key, wanted) in [
        ("http.request.method", "GET"),
        ("http.route", "/cloud/users/{}"),
        ("http.response.status_code", "404"),
        ("provost.dialect", "ocs"),
        ("provost.request_id", "here-i-am"),
    ] {
        assert_eq!(text(&span.attributes, key), wanted, "{key}");
    }
    let failed = span
        .status
        .as_ref()
        .is_some_and(|it| it.code() == StatusCode::Error);
    assert!(!failed, "the client's mistake is no error of ours");
    assert_eq!(text(&resource, "service.name"), "provost");
    let bytes = String::from_utf8_lossy(&bytes);
    for secret in ["very-own", ADMIN_PASSWORD, "admin"] {
        assert!(!bytes.contains(secret), "{secret}");
    }
}

#[test]
fn without_a_callers_trace_a_request_begins_one_and_none_is_lost_at_the_end() {
    let collector = Collector::start();
    let mut server = collector.server();
    for _ in 0..3 {
        Request::get("/status.php").send(&server);
        Request::get("/healthz").send(&server);
    }
    assert!(server.sigterm_and_wait().success());
    let mut spans = Vec::new();
    while spans.len() < 3 {
        spans.extend(collector.next().0);
    }
    assert_eq!(spans.len(), 3, "health checks make none: {spans:?}");
    assert!(spans.iter().all(|span| span.parent_span_id.is_empty()));
    assert_ne!(spans[0].trace_id, spans[1].trace_id);
}

#[test]
fn a_collector_that_is_away_harms_nothing() {
    let server = TestServer::start_with(
        env!("CARGO_BIN_EXE_provost"),
        TestDatabase::fresh(Engine::Sqlite),
        &[
            ("PROVOST_OTLP_ENDPOINT", "http://127.0.0.1:1"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_BSP_MAX_QUEUE_SIZE", "16"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "16"),
        ],
    );
    let mut server = server;
    for _ in 0..500 {
        let answer = Request::get("/status.php").send(&server);
        assert_eq!(answer.status, 200);
    }
    assert!(server.sigterm_and_wait().success());
    let log = server.log();
    let told = log
        .lines()
        .filter(|line| line.contains("spans do not reach the collector"));
    assert_eq!(told.count(), 1, "told once: {log}");
}

#[test]
fn an_endpoint_that_cannot_be_spoken_to_is_refused() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    for endpoint in ["https://collector.example.org", "collector:4318", "http://"] {
        let said = crate::process::refusal(&database, &[("PROVOST_OTLP_ENDPOINT", endpoint)]);
        assert!(said.contains("PROVOST_OTLP_ENDPOINT: "), "{said}");
    }
}
