//! The form in which names are compared.

use unicode_normalization::UnicodeNormalization;

/// Folds text for comparison: NFKC, lower case, NFKC again, because a lower-case letter may have a composed form where the
/// upper-case one has none. Two texts are the same name if their folded forms are equal. Folding twice changes nothing.
///
/// Letters are lowered one by one, and the final sigma counts as any sigma: whether `Σ` ends a word must not decide equality.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkc()
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .nfkc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::fold;
    use proptest::prelude::*;

    #[test]
    fn case_width_and_composition_do_not_matter() {
        for (left, right) in [
            ("ALICE", "alice"),
            ("Ärger", "a\u{308}rger"),
            ("ﬁsh", "FISH"),
            ("Ａｌｉｃｅ", "alice"),
            ("ΣΑΣ", "σας"),
            ("H\u{331}", "\u{1e96}"),
        ] {
            assert_eq!(fold(left), fold(right), "{left} and {right}");
        }
    }

    #[test]
    fn different_names_stay_different() {
        assert_ne!(fold("müller"), fold("muller"));
        assert_ne!(fold("a b"), fold("ab"));
    }

    #[test]
    fn folding_any_single_character_twice_changes_nothing() {
        for c in '\0'..=char::MAX {
            let once = fold(c.encode_utf8(&mut [0; 4]));
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in any::<String>()) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
