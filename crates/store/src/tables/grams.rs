//! Trigrams of names, each with its tenant in front, in the notation that both engines' word indexes take.
//!
//! FTS5's `ascii` tokenizer and PostgreSQL's `tsvector` split words at ASCII punctuation and blanks, so each such character is
//! moved into the private use area. The end of a field is padded, so that one or two characters are a prefix of some trigram.

use provost_model::TenantId;

/// Where ASCII punctuation is moved to.
const PUNCTUATION: u32 = 0xE000;
/// Stands between the tenant and the trigram.
const SEPARATOR: char = '\u{E100}';
/// Stands for what follows a field's last character.
const END: char = '\u{E101}';

/// The index document of a user: the trigrams of its folded fields, each between these quotes, with blanks between them. An import makes
/// a hundred for each user, so they become texts only at the end.
#[must_use]
pub fn document(tenant: TenantId, fields: &[&str], quote: &str) -> String {
    let prefix = prefix(tenant);
    let mut grams: Vec<u64> = Vec::with_capacity(fields.iter().map(|it| it.len()).sum());
    for field in fields {
        let mut characters = field.chars().map(safe).chain([END, END]);
        let begin = (characters.next(), characters.next());
        // nothing but two ends is an empty field
        let (Some(mut first), Some(mut second)) = begin else {
            continue;
        };
        for third in characters {
            grams.push(packed([first, second, third]));
            (first, second) = (second, third);
        }
    }
    grams.sort_unstable();
    grams.dedup();
    let length = prefix.len() + 2 * quote.len() + 1 + 3 * END.len_utf8();
    let mut document = String::with_capacity(grams.len() * length);
    for gram in grams {
        if !document.is_empty() {
            document.push(' ');
        }
        document.push_str(quote);
        document.push_str(&prefix);
        document.extend(unpacked(gram));
        document.push_str(quote);
    }
    document
}

/// A trigram as a number, which sorts and compares at once; characters have 21 bits.
fn packed(gram: [char; 3]) -> u64 {
    gram.into_iter()
        .fold(0, |packed, character| packed << 21 | u64::from(character))
}

fn unpacked(gram: u64) -> impl Iterator<Item = char> {
    [42, 21, 0]
        .into_iter()
        .filter_map(move |shift| char::from_u32((gram >> shift & 0x1F_FFFF) as u32))
}

/// What a folded pattern asks of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of these trigrams.
    All(Vec<String>),
    /// Some trigram that begins so: a pattern of one or two characters.
    Prefix(String),
}

/// The trigrams that a text with this folded, non-empty pattern in it has.
#[must_use]
pub fn wanted(tenant: TenantId, pattern: &str) -> Wanted {
    let prefix = prefix(tenant);
    let characters: Vec<char> = pattern.chars().map(safe).collect();
    if characters.len() < 3 {
        return Wanted::Prefix(format!("{prefix}{}", String::from_iter(characters)));
    }
    let mut grams: Vec<String> = characters
        .windows(3)
        .map(|gram| format!("{prefix}{}", String::from_iter(gram)))
        .collect();
    grams.sort_unstable();
    grams.dedup();
    Wanted::All(grams)
}

fn prefix(tenant: TenantId) -> String {
    format!("{}{SEPARATOR}", tenant.0)
}

fn safe(character: char) -> char {
    // white space beyond ASCII splits words too on PostgreSQL
    if character.is_ascii_alphanumeric() || !(character.is_ascii() || character.is_whitespace()) {
        return character;
    }
    char::from_u32(PUNCTUATION + (u32::from(character) & 0xFF)).unwrap_or(END)
}

#[cfg(test)]
#[expect(clippy::panic, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_wanted_of_every_text_that_holds_it() {
        let text = "o'täst <x>@example.org";
        let document = document(TenantId(7), &[text], "");
        let document: Vec<&str> = document.split(' ').collect();
        let characters: Vec<char> = text.chars().collect();
        for from in 0..characters.len() {
            for to in from + 1..=characters.len() {
                let pattern = String::from_iter(&characters[from..to]);
                match wanted(TenantId(7), &pattern) {
                    Wanted::All(grams) => {
                        assert!(
                            grams.iter().all(|gram| document.contains(&&**gram)),
                            "{pattern}"
                        );
                    }
                    Wanted::Prefix(prefix) => {
                        assert!(
                            document.iter().any(|gram| gram.starts_with(&prefix)),
                            "{pattern}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn tenants_share_no_gram() {
        let one = document(TenantId(1), &["alice"], "");
        let eleven = document(TenantId(11), &["alice"], "");
        let eleven: Vec<&str> = eleven.split(' ').collect();
        assert!(one.split(' ').all(|gram| !eleven.contains(&gram)));
        let Wanted::Prefix(short) = wanted(TenantId(1), "1") else {
            panic!("one character is a prefix");
        };
        assert!(eleven.iter().all(|gram| !gram.starts_with(&short)));
    }

    #[test]
    fn no_gram_holds_what_splits_words() {
        let fields = ["a b\u{a0}c-d_e.f'g\"h\\i\u{3000}j", "", "("];
        let document = document(TenantId(1), &fields, "");
        assert_eq!(document.split(' ').count(), 19 + 1);
        for gram in document.split(' ') {
            assert!(!gram.contains(char::is_whitespace), "{gram:?}");
            assert!(
                !gram.contains(|c: char| c.is_ascii_punctuation()),
                "{gram:?}"
            );
        }
    }
}
