//! Lists that go out as they are read, in bounded memory.

use crate::{
    call::{Call, Outcome, Reply},
    wire::ListFrame,
};
use axum::body::{Body, Bytes};
use futures_util::{StreamExt, stream};

/// Where a list comes from, piece by piece.
pub(crate) trait Pieces: Send + 'static {
    /// Writes the next items into the frame; false if there were none left.
    fn write(
        &mut self,
        call: &Call,
        frame: &mut ListFrame,
        out: &mut Vec<u8>,
    ) -> impl Future<Output = Outcome<bool>> + Send;
}

struct Sending<P> {
    call: Call,
    pieces: P,
    /// Gone when the list has ended.
    frame: Option<ListFrame>,
}

/// Sends a list. The first piece is read before the answer begins, so that a store that is down still gets its error.
pub(crate) async fn send(call: &Call, frame: ListFrame, pieces: impl Pieces) -> Outcome {
    let mut first = Vec::new();
    frame.open(&mut first);
    let mut sending = Sending {
        call: call.clone(),
        pieces,
        frame: Some(frame),
    };
    sending.write(&mut first).await?;
    let rest = stream::try_unfold(sending, |mut sending| async move {
        if sending.frame.is_none() {
            return Ok(None);
        }
        let mut piece = Vec::new();
        match sending.write(&mut piece).await {
            Ok(()) => Ok(Some((Bytes::from(piece), sending))),
            // the answer has begun: it can only be broken off, which no client takes for the whole list
            Err(_) => Err(std::io::Error::other("the list broke off")),
        }
    });
    let all = stream::once(std::future::ready(Ok(Bytes::from(first)))).chain(rest);
    Ok(Reply::Streamed(ListFrame::response(
        call.style,
        Body::from_stream(all),
    )))
}

impl<P: Pieces> Sending<P> {
    async fn write(&mut self, out: &mut Vec<u8>) -> Outcome<()> {
        if let Some(frame) = &mut self.frame
            && !self.pieces.write(&self.call, frame, out).await?
            && let Some(frame) = self.frame.take()
        {
            frame.close(out);
        }
        Ok(())
    }
}
