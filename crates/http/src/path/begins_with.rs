//! Whose path it is.

use percent_encoding::percent_decode_str;

/// Whether a path, without its query, begins with these segments, perhaps behind `/t/{slug}`. Segments are decoded and doubled slashes
/// collapse, as in [`RawPath`](super::RawPath), but nothing is allocated: every request is asked this.
#[must_use]
pub fn begins_with(path: &str, prefix: &[&str]) -> bool {
    let segments = || path.split('/').filter(|segment| !segment.is_empty());
    let mut own = segments();
    if segments().next() == Some("t") {
        own.nth(1);
    }
    prefix.iter().all(|wanted| {
        own.next().is_some_and(|segment| {
            segment == *wanted
                || segment.contains('%') && percent_decode_str(segment).eq(wanted.bytes())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::begins_with;

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
            assert!(begins_with(path, &prefix), "{path}");
        }
        for path in [
            "/",
            "/oxaas",
            "/oxaas/v12",
            "/a/oxaas/v1",
            "/t/oxaas/v1",
            "/t",
        ] {
            assert!(!begins_with(path, &prefix), "{path}");
        }
    }
}
