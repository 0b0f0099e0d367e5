//! The HTTP under the exporter: OpenTelemetry's threads know no runtime, so the work is done on the server's.

use axum::http::{HeaderValue, Request, Response, header};
use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use opentelemetry_http::{HttpClient, HttpError};
use std::{
    fmt,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::{net::TcpStream, runtime::Handle, time::timeout};

/// How long sending one batch may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest answer of a collector that is read, in bytes.
const ANSWER: usize = 64 * 1024;

/// Sends each batch over a connection of its own: there is one every few seconds.
pub(super) struct Connection {
    runtime: Handle,
    /// Whether the last batch was lost, so that only changes are logged.
    lost: Arc<AtomicBool>,
}

impl Connection {
    /// On the runtime of the caller.
    pub(super) fn of_this_runtime() -> Self {
        Self {
            runtime: Handle::current(),
            lost: Arc::default(),
        }
    }
}

impl HttpClient for Connection {
    fn send_bytes<'s, 'f>(
        &'s self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        let lost = Arc::clone(&self.lost);
        let sent = self.runtime.spawn(async move {
            let outcome = match timeout(PATIENCE, post(request)).await {
                Ok(outcome) => outcome,
                Err(late) => Err(late.into()),
            };
            note(&lost, &outcome);
            outcome
        });
        Box::pin(async move { sent.await? })
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connection")
    }
}

fn note(lost: &AtomicBool, outcome: &Result<Response<Bytes>, HttpError>) {
    let reason = match outcome {
        Ok(answer) if answer.status().is_success() => None,
        Ok(answer) => Some(answer.status().to_string()),
        Err(error) => Some(error.to_string()),
    };
    let was_lost = lost.swap(reason.is_some(), Relaxed);
    match reason {
        Some(reason) if !was_lost => tracing::warn!(reason, "spans do not reach the collector"),
        None if was_lost => tracing::info!("spans reach the collector again"),
        Some(_) | None => {}
    }
}

async fn post(request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let (mut head, body) = request.into_parts();
    let authority = head.uri.authority().ok_or("the collector has no host")?;
    let host = authority.host().trim_matches(['[', ']']);
    let stream = TcpStream::connect((host, authority.port_u16().unwrap_or(80))).await?;
    let name = HeaderValue::from_str(authority.as_str())?;
    head.headers.insert(header::HOST, name);
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    head.uri = path.parse()?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    let carrying = tokio::spawn(connection);
    let answer = sender
        .send_request(Request::from_parts(head, Full::new(body)))
        .await?;
    let (head, body) = answer.into_parts();
    let body = Limited::new(body, ANSWER).collect().await?.to_bytes();
    carrying.abort();
    Ok(Response::from_parts(head, body))
}
