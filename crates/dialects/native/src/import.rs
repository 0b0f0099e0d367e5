//! Imports: lines in as they arrive, lines out as they are dealt with.

use crate::{problem::Problem, refusal::refuse};
use axum::{
    body::{Body, BodyDataStream, Bytes},
    http::{HeaderValue, Response, StatusCode, header, request::Parts},
};
use futures_util::{StreamExt as _, stream};
use provost_directory::{Actor, Directory, commands::imports::Matching};
use provost_http::Param;
use provost_http::params::parse_form;
use provost_interchange::{
    Format, Import, ImportSettings, Observer, Problem as LineProblem, Reach, Source, Summary,
};
use provost_model::{Error, Result, Tenant};
use serde_json::json;
use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
};

/// How many problems are told: a client that sends all of its body before it reads an answer must not be waited for.
const MOST_PROBLEMS: u64 = 1000;

/// The notation of the answer.
const NDJSON: &str = "application/x-ndjson";

/// How a request wants its import.
pub(crate) fn settings(
    parts: &Parts,
    actor: Arc<Actor>,
    tenant: Arc<Tenant>,
    request: impl Into<Arc<str>>,
) -> Result<ImportSettings, Problem> {
    let mut settings = ImportSettings {
        actor,
        request: request.into(),
        reach: Reach::Tenant(tenant),
        format: format(parts)?,
        matching: Matching::Login,
        dry_run: false,
        source: None,
    };
    let query = parse_form(parts.uri.query().unwrap_or_default().as_bytes())
        .map_err(|_| Problem::bad_request("The query cannot be read."))?;
    for (name, value) in query.iter() {
        let Param::Text(value) = value else {
            return Err(Problem::bad_request(format!("{name} is no text.")));
        };
        match (name, value.as_str()) {
            ("dry_run", "true") => settings.dry_run = true,
            ("dry_run", "false") => settings.dry_run = false,
            ("match", "login") => settings.matching = Matching::Login,
            ("match", "address") => settings.matching = Matching::Address,
            ("dry_run" | "match", _) => {
                return Err(Problem::bad_request(format!(
                    "{name} has none of its values."
                )));
            }
            _ => return Err(Problem::bad_request("A parameter is not known.")),
        }
    }
    Ok(settings)
}

/// The notation of the body.
fn format(parts: &Parts) -> Result<Format, Problem> {
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|kind| kind.trim().to_ascii_lowercase());
    match kind.as_deref() {
        Some("application/x-ndjson" | "application/jsonl" | "application/x-jsonlines") => {
            Ok(Format::JsonLines)
        }
        Some("text/csv") => Ok(Format::Csv),
        _ => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The body has to be application/x-ndjson or text/csv.",
        )),
    }
}

/// Begins an import. The answer begins at once, so that no time limit meets a long one; each line of it is a problem with a line of the
/// body, and the last the summary, or why the import ended early.
pub(crate) fn begin(directory: Directory, settings: ImportSettings, body: Body) -> Response<Body> {
    let out = Arc::new(Mutex::new(Vec::new()));
    let mut telling = Telling {
        out: Arc::clone(&out),
        told: 0,
    };
    let source = Arriving(body.into_data_stream());
    let import = Import::new(directory, settings);
    let done = Box::pin(async move { import.run(source, &mut telling).await });
    let mut response = Response::new(Body::from_stream(lines(done, out)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(NDJSON));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

type Done = Pin<Box<dyn Future<Output = Result<Summary>> + Send>>;

/// The lines of the answer, which carries the import out as it is read.
fn lines(
    done: Done,
    out: Arc<Mutex<Vec<u8>>>,
) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> + Send {
    let mut done = Some(done);
    stream::poll_fn(move |context| {
        let Some(import) = &mut done else {
            return Poll::Ready(None);
        };
        let ended = import.as_mut().poll(context);
        let mut piece = std::mem::take(&mut *out.lock().unwrap_or_else(PoisonError::into_inner));
        match ended {
            Poll::Ready(outcome) => {
                done = None;
                line(&mut piece, &last(outcome));
            }
            Poll::Pending if piece.is_empty() => return Poll::Pending,
            Poll::Pending => {}
        }
        Poll::Ready(Some(Ok(Bytes::from(piece))))
    })
}

/// The last line.
fn last(outcome: Result<Summary>) -> serde_json::Value {
    match outcome {
        Ok(summary) => json!({ "summary": summary }),
        Err(error) => json!({ "error": refuse(&error) }),
    }
}

fn line(out: &mut Vec<u8>, value: &serde_json::Value) {
    out.extend(value.to_string().as_bytes());
    out.push(b'\n');
}

/// The body, as it arrives.
struct Arriving(BodyDataStream);

impl Source for Arriving {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>> {
        match self.0.next().await {
            None => Ok(None),
            Some(Ok(bytes)) => Ok(Some(bytes.into())),
            Some(Err(_)) => Err(Error::Unavailable("the body broke off")),
        }
    }
}

/// Writes the answer's lines.
struct Telling {
    out: Arc<Mutex<Vec<u8>>>,
    told: u64,
}

impl Observer for Telling {
    fn problem(&mut self, problem: LineProblem) {
        self.told += 1;
        let mut out = self.out.lock().unwrap_or_else(PoisonError::into_inner);
        if self.told <= MOST_PROBLEMS {
            line(&mut out, &json!(problem));
        }
        if self.told == MOST_PROBLEMS {
            line(
                &mut out,
                &json!({ "problem": "further problems are counted alone" }),
            );
        }
    }

    fn advanced(&mut self, _bytes: u64) {}
}
