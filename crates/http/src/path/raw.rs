//! A request's path, cut and decoded.

use percent_encoding::percent_decode_str;

/// The segments of a path.
///
/// axum's router matches undecoded text, so that `/users/%6de` slips past a static route, and it does not answer
/// `//users`; PHP servers do. Dialects therefore match on [`RawPath::segments`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawPath {
    segments: Vec<String>,
    trailing_slash: bool,
}

/// Why a path is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PathError {
    /// A segment is not UTF-8 once decoded.
    #[error("the path is not UTF-8")]
    NotUtf8,
    /// A segment holds NUL.
    #[error("the path holds NUL")]
    Nul,
}

impl RawPath {
    /// Cuts a path, without its query, at its slashes and decodes each segment once, by bytes.
    ///
    /// Leading and doubled slashes collapse. `%2F` stays inside its segment, `+` is a plus, a broken escape stays as
    /// it is, and `.` and `..` are ordinary segments: nothing is ever resolved.
    ///
    /// # Errors
    /// [`PathError`], for a segment that cannot be text.
    pub fn parse(path: &str) -> Result<Self, PathError> {
        let segments = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .map(decode)
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            trailing_slash: !segments.is_empty() && path.ends_with('/'),
            segments,
        })
    }

    /// The decoded segments, none of them empty, for `match path.segments().as_slice()`.
    #[must_use]
    pub fn segments(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    /// Whether a slash follows the last segment. The root has none.
    #[must_use]
    pub const fn trailing_slash(&self) -> bool {
        self.trailing_slash
    }

    /// What follows `prefix`, if the path begins with it.
    #[must_use]
    pub fn strip_prefix(&self, prefix: &[&str]) -> Option<Self> {
        let begins = self.segments.len() >= prefix.len()
            && self
                .segments
                .iter()
                .zip(prefix)
                .all(|(have, want)| have == want);
        begins.then(|| self.skip(prefix.len()))
    }

    /// The path without its first `count` segments.
    pub(super) fn skip(&self, count: usize) -> Self {
        let segments: Vec<String> = self.segments.iter().skip(count).cloned().collect();
        Self {
            trailing_slash: self.trailing_slash && !segments.is_empty(),
            segments,
        }
    }
}

fn decode(segment: &str) -> Result<String, PathError> {
    let text = percent_decode_str(segment)
        .decode_utf8()
        .map_err(|_| PathError::NotUtf8)?;
    if text.contains('\0') {
        return Err(PathError::Nul);
    }
    Ok(text.into_owned())
}
