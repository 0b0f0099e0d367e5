//! Times: printed as RFC 3339, read as that or as an age.

use provost_model::Timestamp;

const MICROS_PER_SECOND: i64 = 1_000_000;

/// The time in RFC 3339, in UTC.
pub(crate) fn rfc3339(time: Timestamp) -> String {
    match jiff::Timestamp::from_microsecond(time.0) {
        Ok(time) => time.to_string(),
        // beyond the year 9999, which RFC 3339 cannot write
        Err(_) => time.0.to_string(),
    }
}

/// Reads a time: RFC 3339, or how long ago, such as `90s`, `15m`, `2h`, `3d` or `1w`.
///
/// # Errors
/// Anything else, in words.
pub(crate) fn since(text: &str, now: Timestamp) -> Result<Timestamp, String> {
    if let Some(seconds) = seconds(text) {
        return Ok(Timestamp(
            now.0
                .saturating_sub(seconds.saturating_mul(MICROS_PER_SECOND)),
        ));
    }
    text.parse::<jiff::Timestamp>()
        .map(|time| Timestamp(time.as_microsecond()))
        .map_err(|_| {
            format!("{text:?} is neither a time such as 2026-01-31T12:00:00Z nor an age such as 15m, 2h or 3d")
        })
}

fn seconds(age: &str) -> Option<i64> {
    let unit = match age.chars().last()? {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 24 * 3600,
        'w' => 7 * 24 * 3600,
        _ => return None,
    };
    let count = &age[..age.len() - 1];
    let digits = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| {
        count
            .parse::<i64>()
            .unwrap_or(i64::MAX)
            .saturating_mul(unit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_123_456);

    #[test]
    fn times_are_written_and_read_back() {
        let text = rfc3339(NOW);
        assert_eq!(text, "2023-11-14T22:13:20.123456Z");
        assert_eq!(since(&text, Timestamp(0)), Ok(NOW));
        assert_eq!(
            since("2023-11-14T23:13:20.123456+01:00", Timestamp(0)),
            Ok(NOW)
        );
        assert_eq!(rfc3339(Timestamp(i64::MAX)), i64::MAX.to_string());
    }

    #[test]
    fn ages_count_back_from_now() {
        for (age, seconds) in [
            ("0s", 0),
            ("90s", 90),
            ("15m", 900),
            ("2h", 7200),
            ("3d", 259_200),
            ("1w", 604_800),
        ] {
            assert_eq!(
                since(age, NOW),
                Ok(Timestamp(NOW.0 - seconds * MICROS_PER_SECOND)),
                "{age}"
            );
        }
        assert!(since("99999999999999999999w", NOW).is_ok());
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "h", "-2h", "2", "2y", "yesterday", "2026-01-31", "2ü"] {
            assert!(since(text, NOW).is_err(), "{text:?}");
        }
    }
}
