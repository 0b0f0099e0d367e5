//! The layers as the server stacks them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use axum::{
    Extension, Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode},
    response::{IntoResponse as _, Response},
    routing::get,
};
use provost_http::{
    accepts_json,
    middleware::{
        AnswerObserver, Answered, Failure, FailureAnswer, Layers, RequestId, RouteLabel,
        SourceSettings, log_answer,
    },
};
use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};
use tower::ServiceExt as _;

/// A stack whose failures tell what they know of the request.
fn router(observer: AnswerObserver) -> Router {
    let answer: FailureAnswer = Arc::new(|failure, request| {
        let status = match failure {
            Failure::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
            Failure::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
        };
        let json = accepts_json(&request.headers());
        (status, format!("{} {} {json}", request.method, request.uri)).into_response()
    });
    let answers = Router::new()
        .route("/slow", get(std::future::pending::<()>))
        .route("/id", get(async || RequestId::current().to_string()))
        .route(
            "/users/{login}",
            get(async || (Extension(RouteLabel("users/{id}")), "")),
        )
        .route("/panic", get(broken));
    let layers = Arc::new(Layers {
        sources: SourceSettings::default(),
        observer,
        failure: answer,
        patience: Duration::ZERO,
    });
    Router::new().fallback(move |request: Request<Body>| {
        let (layers, answers) = (Arc::clone(&layers), answers.clone());
        async move {
            let answer = async |request| answers.oneshot(request).await.into_response();
            layers.answer(request, answer).await
        }
    })
}

async fn broken() {
    panic!("a secret")
}

async fn call(target: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, String) {
    call_observed(target, headers, Arc::new(log_answer)).await
}

async fn call_observed(
    target: &str,
    headers: &[(&str, &str)],
    observer: AnswerObserver,
) -> (StatusCode, HeaderMap, String) {
    let mut request = Request::get(target);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response: Response = router(observer)
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let (head, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1024).await.unwrap();
    (
        head.status,
        head.headers,
        String::from_utf8(body.to_vec()).unwrap(),
    )
}

#[tokio::test]
async fn a_sane_request_id_is_kept() {
    let (_, headers, body) = call("/id", &[("x-request-id", "Trace_1.a-B")]).await;
    assert_eq!(headers["x-request-id"], "Trace_1.a-B");
    assert_eq!(body, "Trace_1.a-B");
}

#[tokio::test]
async fn any_other_is_replaced() {
    let too_long = "a".repeat(65);
    for id in ["", "a b", "a\"b", "ü", too_long.as_str()] {
        let (_, headers, body) = call("/id", &[("x-request-id", id)]).await;
        assert_eq!(headers["x-request-id"], body.as_str());
        assert_eq!(body.len(), 16, "{body}");
        assert!(body.bytes().all(|byte| byte.is_ascii_hexdigit()), "{body}");
    }
}

#[test]
fn fresh_request_ids_differ() {
    assert_ne!(RequestId::fresh(), RequestId::fresh());
}

#[tokio::test]
async fn a_panic_is_answered_by_the_dialect() {
    let (status, headers, body) =
        call("/panic?format=json", &[("accept", "application/json")]).await;
    assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(body, "GET /panic?format=json true");
    assert!(headers.contains_key("x-request-id"));
}

#[tokio::test]
async fn so_is_a_handler_that_takes_too_long() {
    let (status, _, body) = call("/slow", &[]).await;
    assert_eq!(
        (status, body.as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "GET /slow false")
    );
}

#[tokio::test]
async fn each_answer_is_told_once_with_its_route_and_status() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&seen);
    let observer: AnswerObserver = Arc::new(move |answered: &Answered<'_>| {
        let route = answered.route.map(|label| label.0);
        let told = (answered.method.to_string(), route, answered.status.as_u16());
        telling.lock().unwrap().push(told);
    });
    for target in ["/users/ann?a=b", "/nowhere", "/panic"] {
        call_observed(target, &[], Arc::clone(&observer)).await;
    }
    let wanted = [(Some("users/{id}"), 200), (None, 404), (None, 500)]
        .map(|(route, status)| ("GET".to_owned(), route, status));
    assert_eq!(*seen.lock().unwrap(), wanted);
}

/// Where the log lines of a test go.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The access log's lines for some requests.
async fn logged(requests: &[(&str, &[(&str, &str)])]) -> Vec<String> {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    for (target, headers) in requests {
        call(target, headers).await;
    }
    drop(guard);
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    text.lines()
        .filter(|line| line.contains("request answered"))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn each_request_has_a_line_without_its_secrets() {
    let lines = logged(&[
        (
            "/users/ann?password=hidden",
            &[("x-request-id", "r1"), ("authorization", "Basic hidden")],
        ),
        ("/nowhere?password=hidden", &[("x-request-id", "r2")]),
        ("/panic?password=hidden", &[("x-request-id", "r3")]),
    ])
    .await;
    let wanted = [
        [
            "method=GET",
            "route=\"users/{id}\"",
            "status=200",
            "duration_us=",
            "request_id=\"r1\"",
        ],
        [
            "method=GET",
            "route=\"/nowhere\"",
            "status=404",
            "duration_us=",
            "request_id=\"r2\"",
        ],
        [
            "method=GET",
            "route=\"/panic\"",
            "status=500",
            "duration_us=",
            "request_id=\"r3\"",
        ],
    ];
    assert_eq!(lines.len(), wanted.len(), "{lines:#?}");
    for (line, wanted) in lines.iter().zip(wanted) {
        for part in wanted {
            assert!(line.contains(part), "{part} in {line}");
        }
        assert!(line.contains("INFO"), "{line}");
        assert!(!line.contains("hidden") && !line.contains("ann"), "{line}");
    }
}
