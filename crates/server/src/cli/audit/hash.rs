//! Hashes as they are printed.

/// The bytes in hexadecimal digits.
pub(super) fn printed(hash: &[u8]) -> String {
    use std::fmt::Write as _;
    hash.iter().fold(String::new(), |mut digits, byte| {
        // writing to a string does not fail
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// The bytes of a SHA-256 that was printed; nothing if it is none.
pub(super) fn parsed(digits: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = digits
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
        .collect::<Option<_>>()?;
    let bytes = digits.as_chunks::<2>().0;
    (digits.len() == 64).then(|| bytes.iter().map(|[high, low]| high << 4 | low).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_again_and_nothing_else() {
        let hash: Vec<u8> = (0..32).map(|byte| byte * 8).collect();
        let text = printed(&hash);
        assert_eq!(parsed(&text), Some(hash));
        assert_eq!(parsed(&text.to_uppercase()), parsed(&text));
        for wrong in [
            "",
            &text[2..],
            &format!("{text}00"),
            &text.replace('0', "g"),
        ] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }
}
