//! Lists that go out as they are read, in bounded memory.

use super::Answer;
use crate::call::Outcome;
use axum::body::{Body, Bytes};
use futures_util::{StreamExt as _, stream};

/// Where a list comes from, piece by piece.
pub(crate) trait Pieces: Send + 'static {
    /// The next items as JSON, perhaps none; nothing at the end.
    fn next(&mut self) -> impl Future<Output = Outcome<Option<Vec<String>>>> + Send;
}

struct Sending<P> {
    pieces: P,
    begun: bool,
    /// What follows the last item; gone when the list has ended.
    end: Option<String>,
}

/// Answers with a list between two texts. The first piece is read before the answer begins, so that a store that is down still gets its
/// error.
pub(crate) async fn list(begin: String, pieces: impl Pieces, end: String) -> Outcome {
    let mut sending = Sending {
        pieces,
        begun: false,
        end: Some(end),
    };
    let mut first = begin;
    sending.write(&mut first).await?;
    let rest = stream::try_unfold(sending, |mut sending| async move {
        if sending.end.is_none() {
            return Ok(None);
        }
        let mut piece = String::new();
        match sending.write(&mut piece).await {
            Ok(()) => Ok(Some((Bytes::from(piece), sending))),
            // the answer has begun: it can only be broken off, which no client takes for the whole list
            Err(_) => Err(std::io::Error::other("the list broke off")),
        }
    });
    let all = stream::once(std::future::ready(Ok(Bytes::from(first)))).chain(rest);
    Ok(Answer::stream(Body::from_stream(all)))
}

impl<P: Pieces> Sending<P> {
    async fn write(&mut self, out: &mut String) -> Outcome<()> {
        match self.pieces.next().await? {
            Some(items) => {
                for item in items {
                    if self.begun {
                        out.push(',');
                    }
                    self.begun = true;
                    out.push_str(&item);
                }
            }
            None => out.push_str(&self.end.take().unwrap_or_default()),
        }
        Ok(())
    }
}
