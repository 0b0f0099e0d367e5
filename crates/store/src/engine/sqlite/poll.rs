//! Running a future that never waits.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use provost_model::{Error, Result};

/// The outcome of a future at its first poll. On SQLite statements are answered at once, so a future that is not ready waits for
/// something that it must not wait for: it is dropped.
pub(super) fn once<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => Err(Error::internal(
            "a query or command waited for something other than its transaction",
        )),
    }
}
