//! Lists that go out as they are read, in bounded memory.

use crate::{
    answer::{Answer, json},
    call::{Call, Outcome, Reply},
    record,
};
use axum::body::{Body, Bytes};
use futures_util::{StreamExt as _, stream};
use provost_directory::queries::{Listed, UserStream};
use provost_model::UserNumber;

/// How many users' details are read at once: what is kept of each may be large.
const AT_ONCE: usize = 100;

/// A list of users on its way.
struct Sending {
    call: Call,
    users: UserStream,
    /// What was read of the list, last first.
    waiting: Vec<Listed>,
    began: bool,
    ended: bool,
}

/// Sends a list. The first piece is read before the answer begins, so that a store that is down still gets its error.
pub(crate) async fn send(call: &Call, users: UserStream) -> Outcome {
    let mut sending = Sending {
        call: call.clone(),
        users,
        waiting: Vec::new(),
        began: false,
        ended: false,
    };
    let mut first = vec![b'['];
    sending.write(&mut first).await?;
    let rest = stream::try_unfold(sending, |mut sending| async move {
        if sending.ended {
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
    Ok(Reply::Streamed(json(Body::from_stream(all))))
}

/// The whole list of these users.
pub(crate) async fn page(call: &Call, users: &[Listed]) -> Outcome {
    let mut body = vec![b'['];
    let mut began = false;
    for users in users.chunks(AT_ONCE) {
        write(call, users, &mut began, &mut body).await?;
    }
    body.push(b']');
    Ok(Reply::Streamed(json(Body::from(body))))
}

impl Sending {
    /// Writes the next users, and the end of the list behind the last.
    async fn write(&mut self, out: &mut Vec<u8>) -> Outcome<()> {
        if self.waiting.is_empty() {
            self.waiting = self.users.next().await.map_err(crate::refusal::refuse)?;
            self.waiting.reverse();
        }
        if self.waiting.is_empty() {
            out.push(b']');
            self.ended = true;
            return Ok(());
        }
        let left = self.waiting.len().saturating_sub(AT_ONCE);
        let users: Vec<Listed> = self.waiting.drain(left..).rev().collect();
        write(&self.call, &users, &mut self.began, out).await
    }
}

async fn write(call: &Call, users: &[Listed], began: &mut bool, out: &mut Vec<u8>) -> Outcome<()> {
    let numbers: Vec<UserNumber> = users.iter().map(|user| user.number).collect();
    let (details, known) = call.details(&numbers).await?;
    record::write(&details, &known, call.tenant(), |user| {
        if std::mem::replace(began, true) {
            out.push(b',');
        }
        serde_json::to_writer(&mut *out, user).map_err(|error| {
            tracing::error!(%error, "a user could not be written");
            Answer::internal_error()
        })
    })
}
