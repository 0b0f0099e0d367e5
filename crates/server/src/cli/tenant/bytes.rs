//! Amounts of bytes as people write them.

use provost_model::Quota;

/// The units, each 1,024 times the one before.
const UNITS: [&str; 6] = ["b", "kb", "mb", "gb", "tb", "pb"];

/// The bytes in `1048576`, `5 GB` or `1.5tb`; nothing if the text is none such, or more than a quota can be. Part of a byte is cut off.
pub(super) fn parse(text: &str) -> Option<u64> {
    let text = text.trim().to_ascii_lowercase();
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let power = match unit.trim_start() {
        "" => 0,
        unit => UNITS.iter().position(|name| *name == unit)?,
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits: u128 = format!("{whole}{part}").parse().ok()?;
    let scale = 10_u128.checked_pow(u32::try_from(part.len()).ok()?)?;
    let factor = 1024_u128.checked_pow(u32::try_from(power).ok()?)?;
    let bytes = u64::try_from(digits.checked_mul(factor)? / scale).ok()?;
    (!whole.is_empty() && bytes <= Quota::MAX_BYTES).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn amounts_are_read_in_units_of_1024() {
        for (text, bytes) in [
            ("0", 0),
            ("1048576", 1 << 20),
            ("100 MB", 100 << 20),
            ("5 GB", 5 << 30),
            ("5gb", 5 << 30),
            (" 1.5 TB ", 3 << 39),
            ("0.5 kb", 512),
            ("1.0001 b", 1),
            ("9223372036854775807", i64::MAX.unsigned_abs()),
        ] {
            assert_eq!(parse(text), Some(bytes), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "GB",
            ".5 GB",
            "1.2.3",
            "-1",
            "+1",
            "1e3",
            "5 GiB",
            "5 XB",
            "5 G B",
            "1,5 GB",
            "9223372036854775808",
            "9000 PB",
            "999999999999999999999999999999999999999999",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
