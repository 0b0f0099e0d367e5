//! A request's path, cut and decoded.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// The segments of a path.
///
/// axum's router matches undecoded text, so that `/users/%6de` slips past a static route, and it does not answer
/// `//users`; PHP servers do. Dialects therefore match on [`RawPath::segments`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawPath {
    /// The decoded segments, one after another: every request has some, and one text is made sooner than one for each.
    text: String,
    /// Where each of them ends in it.
    ends: Vec<usize>,
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
        let mut raw = Self {
            text: String::with_capacity(path.len()),
            ..Self::default()
        };
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            raw.push(&decode(segment)?);
        }
        raw.trailing_slash = !raw.ends.is_empty() && path.ends_with('/');
        Ok(raw)
    }

    fn push(&mut self, segment: &str) {
        self.text.push_str(segment);
        self.ends.push(self.text.len());
    }

    /// The decoded segments, none of them empty, for `match path.segments().as_slice()`.
    #[must_use]
    pub fn segments(&self) -> Vec<&str> {
        self.iter().collect()
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let mut from = 0;
        self.ends.iter().map(move |end| {
            let segment = &self.text[from..*end];
            from = *end;
            segment
        })
    }

    /// Whether a slash follows the last segment. The root has none.
    #[must_use]
    pub const fn trailing_slash(&self) -> bool {
        self.trailing_slash
    }

    /// What follows `prefix`, if the path begins with it.
    #[must_use]
    pub fn strip_prefix(&self, prefix: &[&str]) -> Option<Self> {
        let begins = self.ends.len() >= prefix.len()
            && self.iter().zip(prefix).all(|(have, want)| have == *want);
        begins.then(|| self.skip(prefix.len()))
    }

    /// The first two segments, as far as they are there.
    pub(super) fn first_two(&self) -> [Option<&str>; 2] {
        let mut segments = self.iter();
        [segments.next(), segments.next()]
    }

    /// The path without its first `count` segments.
    pub(super) fn skip(&self, count: usize) -> Self {
        let mut rest = Self::default();
        for segment in self.iter().skip(count) {
            rest.push(segment);
        }
        rest.trailing_slash = self.trailing_slash && !rest.ends.is_empty();
        rest
    }
}

fn decode(segment: &str) -> Result<Cow<'_, str>, PathError> {
    // most need no second look
    if !segment.bytes().any(|byte| matches!(byte, b'%' | 0)) {
        return Ok(Cow::Borrowed(segment));
    }
    let text = percent_decode_str(segment)
        .decode_utf8()
        .map_err(|_| PathError::NotUtf8)?;
    if text.contains('\0') {
        return Err(PathError::Nul);
    }
    Ok(text)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
    use proptest::prelude::*;

    fn segments(path: &str) -> Vec<String> {
        let path = RawPath::parse(path).unwrap();
        path.iter().map(str::to_owned).collect()
    }

    #[test]
    fn slashes_collapse() {
        assert_eq!(segments("//users"), ["users"]);
        assert_eq!(
            segments("/ocs//v2.php/cloud///users"),
            ["ocs", "v2.php", "cloud", "users"]
        );
        assert!(segments("/").is_empty());
        assert!(segments("").is_empty());
    }

    #[test]
    fn a_trailing_slash_is_told() {
        assert!(RawPath::parse("/users/").unwrap().trailing_slash());
        assert!(!RawPath::parse("/users").unwrap().trailing_slash());
        assert!(!RawPath::parse("/").unwrap().trailing_slash());
        assert!(!RawPath::parse("/users%2F").unwrap().trailing_slash());
    }

    #[test]
    fn segments_are_decoded_once() {
        assert_eq!(
            segments("/groups/GT%2Fslash/users"),
            ["groups", "GT/slash", "users"]
        );
        assert_eq!(segments("/GT%252Fslash"), ["GT%2Fslash"]);
        assert_eq!(segments("/a+b%2Bc"), ["a+b+c"]);
        assert_eq!(segments("/%6de"), ["me"]);
        assert_eq!(segments("/100%/%zz"), ["100%", "%zz"]);
        assert_eq!(segments("/%C3%BC"), ["ü"]);
    }

    #[test]
    fn dots_are_never_resolved() {
        assert_eq!(segments("/a/./../%2e%2e/b"), ["a", ".", "..", "..", "b"]);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(RawPath::parse("/users/%ff"), Err(PathError::NotUtf8));
        assert_eq!(RawPath::parse("/users/a%00b"), Err(PathError::Nul));
    }

    #[test]
    fn a_prefix_is_stripped_by_whole_segments() {
        let path = RawPath::parse("/ocs/v2.php/cloud/").unwrap();
        let rest = path.strip_prefix(&["ocs", "v2.php"]).unwrap();
        assert_eq!(rest.segments(), ["cloud"]);
        assert!(rest.trailing_slash());
        assert_eq!(path.strip_prefix(&["oc"]), None);
        assert_eq!(
            path.strip_prefix(&["ocs", "v2.php", "cloud", "users"]),
            None
        );
    }

    proptest! {
        #[test]
        fn no_path_has_empty_segments(path in "[/%a-f0-9.+ü]*") {
            if let Ok(path) = RawPath::parse(&path) {
                prop_assert!(path.segments().iter().all(|segment| !segment.is_empty()));
            }
        }

        #[test]
        fn any_text_is_read_without_a_panic(path in any::<String>()) {
            let _ = RawPath::parse(&path);
        }

        #[test]
        fn encoded_segments_come_back(wanted in prop::collection::vec("[^\0]+", 0..5)) {
            let path: String = wanted
                .iter()
                .flat_map(|segment| ["/".to_owned(), utf8_percent_encode(segment, NON_ALPHANUMERIC).to_string()])
                .collect();
            prop_assert_eq!(segments(&path), wanted);
        }
    }
}
