//! Accepting connections, and how long and how many of them are kept.

use super::{cores::Cores, tls::Tls};
use axum::{
    body::{Body, HttpBody as _},
    extract::Request,
    http::{HeaderValue, Method, header::CONTENT_LENGTH},
    response::Response,
};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::{
        conn::auto::Builder,
        graceful::{GracefulShutdown, Watcher},
    },
};
use provost_http::{Handler, middleware::SourceAddress};
use provost_store::metrics::Gauge;
use std::{
    convert::Infallible,
    future::poll_fn,
    io,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    time::sleep,
};

/// How long a client may take to send the head of a request, and to begin the next one on a connection that it keeps open. Clients
/// that drip a byte now and then hold nothing longer than this.
const HEAD: Duration = Duration::from_secs(15);
/// How often an HTTP/2 client is asked whether it is still there, and how long it may take to say so.
const PING: Duration = Duration::from_secs(20);
/// How many connections are open at once. Further ones wait in the operating system's queue until one of these ends.
const CONNECTIONS: usize = 8192;
/// How long to wait after the operating system has no means left for a further connection.
const EXHAUSTED: Duration = Duration::from_secs(1);

/// What is served on a listener.
#[derive(Clone)]
pub(super) struct Service {
    /// What encrypts the connections, if they are.
    pub(super) tls: Option<Arc<Tls>>,
    /// What answers.
    pub(super) handler: Handler,
    /// Where.
    pub(super) cores: Cores,
    /// The connections that are open.
    pub(super) connections: Arc<Gauge>,
}

/// Serves connections until the end is asked for; then accepts nothing more, and ends when all requests are answered.
pub(super) async fn accept(listener: TcpListener, service: Service, end: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    let mut end = pin!(end);
    loop {
        let next = async {
            // the semaphore is never closed
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        tokio::select! {
            () = &mut end => break,
            (place, accepted) = next => match accepted {
                Ok((stream, peer)) => match stream.into_std() {
                    Ok(stream) => {
                        let watcher = connections.watcher();
                        let own = service.clone();
                        service.cores.spawn(async move {
                            let _open = own.connections.presence();
                            own.serve(stream, peer, watcher).await;
                            drop(place);
                        });
                    }
                    Err(error) => refused(&error).await,
                },
                Err(error) => refused(&error).await,
            },
        }
    }
    drop(listener);
    connections.shutdown().await;
}

impl Service {
    /// Serves one connection, on the thread that this runs on.
    async fn serve(&self, stream: std::net::TcpStream, peer: SocketAddr, watcher: Watcher) {
        let stream = match TcpStream::from_std(stream) {
            Ok(stream) => stream,
            Err(error) => {
                tracing::error!(%error, "a connection cannot be served");
                return;
            }
        };
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection stays with delayed segments");
        }
        match &self.tls {
            None => self.answer(stream, peer, watcher).await,
            Some(tls) => match tls.accept(stream).await {
                Ok(stream) => self.answer(stream, peer, watcher).await,
                Err(error) => tracing::debug!(%error, "a client did not come to speak TLS"),
            },
        }
    }

    /// Answers what comes on one connection.
    async fn answer(
        &self,
        stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
        peer: SocketAddr,
        watcher: Watcher,
    ) {
        let handler = self.handler.clone();
        let asked = Arc::new(AtomicBool::new(false));
        let asking = Arc::clone(&asked);
        let service = service_fn(move |request: Request<Incoming>| {
            asking.store(true, Ordering::Relaxed);
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(SourceAddress(peer.ip()));
            let head = request.method() == Method::HEAD;
            let answer = handler.answer(request);
            async move {
                let response = answer.await;
                Ok::<_, Infallible>(if head {
                    without_body(response)
                } else {
                    response
                })
            }
        });
        let mut builder = Builder::new(self.cores.clone());
        builder
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD);
        builder
            .http2()
            .timer(TokioTimer::new())
            .keep_alive_interval(PING)
            .keep_alive_timeout(PING);
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        tokio::select! {
            biased;
            outcome = watcher.watch(connection) => {
                if let Err(error) = outcome {
                    tracing::debug!(error, "a connection broke");
                }
            }
            () = silence(&asked) => tracing::debug!("a connection brought no request in time"),
        }
    }
}

/// The answer to HEAD: what GET is answered, told but not sent.
fn without_body(mut response: Response) -> Response {
    let length = response.body().size_hint().exact();
    *response.body_mut() = Body::empty();
    if let Some(length) = length {
        let headers = response.headers_mut();
        headers
            .entry(CONTENT_LENGTH)
            .or_insert(HeaderValue::from(length));
    }
    response
}

/// Ends if the first request does not come in time. The limits of HTTP/1 and HTTP/2 begin only when it is known which of the two a
/// client speaks.
async fn silence(asked: &AtomicBool) {
    let mut time = pin!(sleep(HEAD));
    // the connection's task is polled several times for each request: the clock is looked at for the first alone
    poll_fn(|context| match asked.load(Ordering::Relaxed) {
        true => Poll::Pending,
        false => time.as_mut().poll(context),
    })
    .await;
}

/// Goes on after a connection that was not to be had: at once if it was the client's doing, else after a while.
async fn refused(error: &io::Error) {
    match error.kind() {
        io::ErrorKind::ConnectionAborted
        | io::ErrorKind::ConnectionRefused
        | io::ErrorKind::ConnectionReset => {}
        _ => {
            tracing::error!(%error, "no connection can be accepted");
            sleep(EXHAUSTED).await;
        }
    }
}
