//! Lists that go out as they are read, in bounded memory.

use crate::call::{Outcome, Reply};
use axum::{
    body::{Body, Bytes},
    http::{
        HeaderValue, Response,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
};
use futures_util::{StreamExt as _, stream};
use serde_json::Value;

/// Where a list comes from, page by page.
pub(crate) trait Pages: Send + 'static {
    /// The next items; none at the end.
    fn next(&mut self) -> impl Future<Output = Outcome<Vec<Value>>> + Send;
}

struct Sending<P> {
    pages: P,
    began: bool,
    ended: bool,
}

/// Sends a list as a JSON array. The first page is read before the answer begins, so that a store that is down still gets its error.
pub(crate) async fn send(pages: impl Pages) -> Outcome {
    let mut sending = Sending {
        pages,
        began: false,
        ended: false,
    };
    let first = sending.piece().await?;
    let rest = stream::try_unfold(sending, |mut sending| async move {
        if sending.ended {
            return Ok(None);
        }
        match sending.piece().await {
            Ok(piece) => Ok(Some((piece, sending))),
            // the answer has begun: it can only be broken off, which no client takes for the whole list
            Err(_) => Err(std::io::Error::other("the list broke off")),
        }
    });
    let all = stream::once(std::future::ready(Ok(first))).chain(rest);
    let mut response = Response::new(Body::from_stream(all));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(Reply::Streamed(response))
}

impl<P: Pages> Sending<P> {
    async fn piece(&mut self) -> Outcome<Bytes> {
        let mut piece = String::new();
        let page = self.pages.next().await?;
        self.ended = page.is_empty();
        if !self.began && page.is_empty() {
            piece.push('[');
        }
        for item in page {
            piece.push(if std::mem::replace(&mut self.began, true) {
                ','
            } else {
                '['
            });
            piece.push_str(&item.to_string());
        }
        if self.ended {
            piece.push(']');
        }
        Ok(Bytes::from(piece))
    }
}
