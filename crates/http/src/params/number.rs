//! Whole numbers as PHP reads them.

use super::Param;

/// The whole number in a text or JSON number: fractions are cut, blanks around it are fine. `None` for anything else and
/// beyond 64 bits.
pub(super) fn whole(value: &Param) -> Option<i64> {
    match value {
        Param::Text(text) => from_text(text.trim_ascii()),
        Param::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(cut)),
        _ => None,
    }
}

fn from_text(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    // Rust also reads `inf`, `nan` and `infinity`, which are no numbers in a form.
    let plain = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    if plain {
        text.parse().ok().and_then(cut)
    } else {
        None
    }
}

/// The number towards zero, where 64 bits hold it.
fn cut(number: f64) -> Option<i64> {
    // 2^63 is a power of two and so exact in an f64; i64::MAX is not.
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    let inside = (-BEYOND..BEYOND).contains(&number);
    inside.then_some(number.trunc() as i64)
}
