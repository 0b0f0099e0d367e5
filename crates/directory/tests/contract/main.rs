//! What the directory promises, on both engines: a file for each promise.
#![expect(clippy::unwrap_used, reason = "tests")]

mod numbers;
mod statements;
