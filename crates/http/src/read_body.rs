//! Reading a request's body whole, within bounds.

use axum::body::{Body, HttpBody as _};
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use std::time::Duration;

/// How large a body may be and how long it may take to arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyLimits {
    /// The most bytes.
    pub bytes: usize,
    /// The longest time from the first read to the last byte.
    pub time: Duration,
}

impl Default for BodyLimits {
    /// 1 MiB within 30 seconds.
    fn default() -> Self {
        Self {
            bytes: 1024 * 1024,
            time: Duration::from_secs(30),
        }
    }
}

/// Why a body could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyReadError {
    /// It has more bytes than allowed (HTTP 413).
    #[error("the body is too large")]
    TooLarge,
    /// It did not arrive in time (HTTP 408).
    #[error("the body did not arrive in time")]
    TooSlow,
    /// The connection broke, or the body's framing is wrong (HTTP 400, if anybody still listens).
    #[error("the body ended early")]
    Interrupted,
}

/// Reads a body of any method: GET and DELETE may carry one too.
///
/// # Errors
/// [`BodyReadError`]. A declared length beyond the limit is refused before anything is read.
pub async fn read_body(body: Body, limits: BodyLimits) -> Result<Bytes, BodyReadError> {
    if body.size_hint().lower() > u64::try_from(limits.bytes).unwrap_or(u64::MAX) {
        return Err(BodyReadError::TooLarge);
    }
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let whole = Limited::new(body, limits.bytes).collect();
    match tokio::time::timeout(limits.time, whole).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(BodyReadError::TooLarge),
        Ok(Err(_)) => Err(BodyReadError::Interrupted),
        Err(_) => Err(BodyReadError::TooSlow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::stream;
    use std::{convert::Infallible, io};

    fn limits(bytes: usize) -> BodyLimits {
        BodyLimits {
            bytes,
            time: Duration::from_secs(60),
        }
    }

    fn chunks(chunks: &[&'static str]) -> Body {
        let chunks: Vec<_> = chunks
            .iter()
            .map(|chunk| Ok::<_, Infallible>(*chunk))
            .collect();
        Body::from_stream(stream::iter(chunks))
    }

    #[tokio::test]
    async fn a_body_within_the_limit_is_read_whole() {
        assert_eq!(
            read_body(Body::from("abcd"), limits(4)).await,
            Ok(Bytes::from("abcd"))
        );
        assert_eq!(
            read_body(chunks(&["ab", "cd"]), limits(4)).await,
            Ok(Bytes::from("abcd"))
        );
        assert_eq!(read_body(Body::empty(), limits(0)).await, Ok(Bytes::new()));
    }

    #[tokio::test]
    async fn a_larger_one_is_refused_with_and_without_a_declared_length() {
        assert_eq!(
            read_body(Body::from("abcde"), limits(4)).await,
            Err(BodyReadError::TooLarge)
        );
        assert_eq!(
            read_body(chunks(&["abc", "de"]), limits(4)).await,
            Err(BodyReadError::TooLarge)
        );
    }

    #[tokio::test]
    async fn one_that_never_ends_is_too_slow() {
        let body = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
        let limits = BodyLimits {
            bytes: 4,
            time: Duration::ZERO,
        };
        assert_eq!(read_body(body, limits).await, Err(BodyReadError::TooSlow));
    }

    #[tokio::test]
    async fn a_broken_one_is_interrupted() {
        let broken = stream::iter([Ok(Bytes::from("a")), Err(io::Error::other("gone"))]);
        let read = read_body(Body::from_stream(broken), limits(4)).await;
        assert_eq!(read, Err(BodyReadError::Interrupted));
    }
}
