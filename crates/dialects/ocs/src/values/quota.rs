//! Quotas as people write them.

use provost_model::Quota;

/// A quota: `none`, `default`, a number of bytes, or a number with a unit. What no number stands before is no quota; of an unknown unit
/// only a final `B` is read, so that `5 GiB` is five bytes, as on the real server.
pub(crate) fn parse_quota(text: &str) -> Option<Quota> {
    match text {
        "none" => return Some(Quota::None),
        "default" => return Some(Quota::Default),
        _ => {}
    }
    let lower = text.to_ascii_lowercase();
    let bytes = match number(&lower) {
        Some(bytes) => bytes,
        None => leading_number(&lower) * unit(&lower)?,
    };
    // negative ones break the real server
    if !(0.0..9.2e18).contains(&bytes) {
        return None;
    }
    Quota::bytes(as_bytes(as_kept(bytes))).ok()
}

/// The refusal of a text that is no quota.
pub(crate) fn quota_refusal(text: &str) -> String {
    format!("Invalid quota value: {text}")
}

/// PHP's `is_numeric`: blank space may stand before and after, an exponent is fine.
fn number(text: &str) -> Option<f64> {
    let digits = text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}']);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.'))
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.e".contains(&byte));
    plain.then(|| digits.parse().ok())?
}

/// PHP's conversion of a text to a number: what stands before the first character that is none.
fn leading_number(text: &str) -> f64 {
    let text = text.trim_start();
    (1..=text.len())
        .rev()
        .filter(|end| text.is_char_boundary(*end))
        .find_map(|end| number(&text[..end]))
        .unwrap_or(0.0)
}

/// What the longest unit at the end stands for, in bytes.
fn unit(text: &str) -> Option<f64> {
    const UNITS: [(&str, i32); 11] = [
        ("kb", 1),
        ("mb", 2),
        ("gb", 3),
        ("tb", 4),
        ("pb", 5),
        ("k", 1),
        ("m", 2),
        ("g", 3),
        ("t", 4),
        ("p", 5),
        ("b", 0),
    ];
    UNITS
        .into_iter()
        .find(|(name, _)| text.ends_with(name))
        .map(|(_, power)| 1024_f64.powi(power))
}

/// The real server keeps a quota as a text of at most one decimal, such as `1.5 GB`, and reads it back from that.
fn as_kept(bytes: f64) -> f64 {
    if bytes < 1024.0 {
        return bytes.trunc();
    }
    let mut kept = (bytes / 1024.0).round();
    let mut power = 1;
    while kept >= 1024.0 && power < 5 {
        kept = (kept / 1024.0 * 10.0).round() / 10.0;
        power += 1;
    }
    (kept * 1024_f64.powi(power)).round()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number lies between 0 and 9.2e18, and `as` rounds to what an integer holds"
)]
const fn as_bytes(bytes: f64) -> u64 {
    bytes as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn recorded_quotas_are_read_alike() {
        let cases = [
            ("1", 1),
            ("1024", 1024),
            ("5GB", 5 << 30),
            ("5 gb", 5 << 30),
            ("1.5 GB", 3 << 29),
            ("5 GiB", 5),
            ("5 XB", 5),
            ("100 MB", 100 << 20),
            ("10 TB", 10 << 40),
            ("1e3", 1000),
            ("0 B", 0),
            ("1,5 GB", 1 << 30),
        ];
        for (text, bytes) in cases {
            assert_eq!(parse_quota(text), Some(Quota::Bytes(bytes)), "{text}");
        }
        assert_eq!(parse_quota("none"), Some(Quota::None));
        assert_eq!(parse_quota("default"), Some(Quota::Default));
        for text in ["", "lots", "abc", "-1", "-3", "-1 GB", "  5 GB  "] {
            assert_eq!(parse_quota(text), None, "{text}");
        }
    }

    #[test]
    fn a_quota_is_kept_to_one_decimal() {
        assert_eq!(
            parse_quota("1500000"),
            Some(Quota::Bytes(1_468_006)),
            "1.4 MB"
        );
        assert_eq!(parse_quota("1073741824"), Some(Quota::Bytes(1 << 30)));
    }

    proptest! {
        #[test]
        fn any_text_is_a_quota_or_none(text in ".*") {
            let _ = parse_quota(&text);
        }

        #[test]
        fn whole_numbers_of_a_unit_are_exact(
            count in 0_u64..1024,
            power in 1_u32..5,
            blank in "[ ]?",
            upper in any::<bool>(),
        ) {
            let unit = ["kb", "mb", "gb", "tb"][power as usize - 1];
            let unit = if upper { unit.to_uppercase() } else { unit.to_owned() };
            let bytes = count << (10 * power);
            prop_assert_eq!(parse_quota(&format!("{count}{blank}{unit}")), Some(Quota::Bytes(bytes)));
        }

        #[test]
        fn what_is_kept_reads_as_itself(bytes in 0_u64..1 << 60) {
            if let Some(Quota::Bytes(kept)) = parse_quota(&bytes.to_string()) {
                prop_assert_eq!(parse_quota(&kept.to_string()), Some(Quota::Bytes(kept)));
            }
        }
    }
}
