//! Whose path it is.

use percent_encoding::percent_decode_str;

/// How many segments tell dialects apart.
const SEGMENTS: usize = 3;

/// The first segments of a path, by which the dialects know theirs. Nothing is allocated: every request is asked this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beginning<'a>([&'a str; SEGMENTS]);

impl<'a> Beginning<'a> {
    /// Of a path without its query, after `/t/{slug}` if it is there. Doubled slashes collapse, as in [`RawPath`](super::RawPath).
    #[must_use]
    pub fn of(path: &'a str) -> Self {
        let mut rest = path;
        let mut first = take_segment(&mut rest);
        if first == "t" {
            take_segment(&mut rest);
            first = take_segment(&mut rest);
        }
        Self([first, take_segment(&mut rest), take_segment(&mut rest)])
    }

    /// Whether these are the first segments, decoded.
    #[must_use]
    pub fn is(&self, segments: &[&str]) -> bool {
        segments.len() <= SEGMENTS
            && self.0.iter().zip(segments).all(|(own, wanted)| {
                own == wanted || own.contains('%') && percent_decode_str(own).eq(wanted.bytes())
            })
    }
}

/// Cuts the next segment off; the empty one at the end of the path.
fn take_segment<'a>(rest: &mut &'a str) -> &'a str {
    let from = rest.trim_start_matches('/');
    let end = from.bytes().position(|byte| byte == b'/');
    let (segment, after) = from.split_at(end.unwrap_or(from.len()));
    *rest = after;
    segment
}

#[cfg(test)]
mod tests {
    use super::Beginning;

    #[test]
    fn whole_segments_count_decoded_and_behind_a_tenant() {
        let prefix = ["oxaas", "v1"];
        for path in [
            "/oxaas/v1",
            "/oxaas/v1/",
            "//oxaas//v1/admin",
            "/t/acme/oxaas/v1/x",
            "/%6fxaas/v1",
        ] {
            assert!(Beginning::of(path).is(&prefix), "{path}");
        }
        for path in [
            "/",
            "/oxaas",
            "/oxaas/v12",
            "/a/oxaas/v1",
            "/t/oxaas/v1",
            "/t",
        ] {
            assert!(!Beginning::of(path).is(&prefix), "{path}");
        }
    }

    #[test]
    fn a_path_is_not_longer_than_it_is() {
        assert!(Beginning::of("/a").is(&["a"]));
        assert!(!Beginning::of("/a").is(&["a", "b"]));
        assert!(
            !Beginning::of("/a/b/c/d").is(&["a", "b", "c", "d"]),
            "no dialect's prefix is so long"
        );
    }
}
