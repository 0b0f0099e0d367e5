//! Grams of names, each with its tenant in front, in the notation that both engines' word indexes take.
//!
//! FTS5's `ascii` tokenizer and PostgreSQL's `tsvector` split words at ASCII punctuation and blanks, so each such character is
//! moved into the private use area. Patterns of one and two characters have grams of their own on SQLite, since FTS5 gathers all that begins
//! with a prefix before it gives the first; on PostgreSQL the end of a field is padded, so that they are a prefix of some trigram. Four digits have
//! one too on SQLite, see `is_number`. Databases hold documents that were made so: who changes the grams fills the index anew by a migration.

use crate::EngineKind;
use provost_model::TenantId;

/// Where ASCII punctuation is moved to.
const PUNCTUATION: u32 = 0xE000;
/// Stands between the tenant and the trigram.
const SEPARATOR: char = '\u{E100}';
/// Stands for what follows a field's last character.
const END: char = '\u{E101}';
/// Stands for no character, in grams shorter than three: names hold none.
const NONE: char = '\0';
/// How many digits make a gram.
const DIGITS: usize = 4;

/// The index document of a user, in the engine's own notation: the grams of its folded fields with blanks between them. An import makes
/// two hundred for each user, so they become texts only at the end.
#[must_use]
pub fn document(engine: EngineKind, tenant: TenantId, fields: &[&str]) -> String {
    let (padding, quote): (&[char], &str) = match engine {
        EngineKind::Sqlite => (&[], ""),
        EngineKind::Postgres => (&[END, END], "'"),
    };
    let prefix = prefix(tenant);
    let length: usize = fields.iter().map(|field| field.len()).sum();
    let mut grams = Grams::of_at_most(4 * length + 2 * fields.len());
    for (nth, field) in fields.iter().enumerate() {
        if engine == EngineKind::Sqlite && is_within_another(fields, nth) {
            continue;
        }
        let (mut zeroth, mut first, mut second) = (NONE, NONE, NONE);
        for third in field.chars().map(safe).chain(padding.iter().copied()) {
            if engine == EngineKind::Sqlite {
                grams.add([NONE, NONE, third]);
                grams.add([NONE, second, third]);
                if is_number(&[zeroth, first, second, third]) {
                    grams.add_number([zeroth, first, second, third]);
                }
            }
            if first != NONE {
                grams.add([first, second, third]);
            }
            (zeroth, first, second) = (first, second, third);
        }
    }
    let length = prefix.len() + 2 * quote.len() + 1 + 3 * END.len_utf8();
    let mut document = String::with_capacity(grams.found.len() * length);
    for gram in grams.found {
        if !document.is_empty() {
            document.push(' ');
        }
        document.push_str(quote);
        document.push_str(&prefix);
        push(&mut document, gram);
        document.push_str(quote);
    }
    document
}

/// Whether these are digits of a number that is long enough to have grams of its own: of ten characters three tell little.
fn is_number(characters: &[char]) -> bool {
    characters.len() == DIGITS && characters.iter().all(char::is_ascii_digit)
}

/// Distinct grams as numbers, in the order they were met.
struct Grams {
    found: Vec<u64>,
    /// An open table of what was found, with a power of two of slots; zero, which is no gram, is free.
    slots: Vec<u64>,
}

impl Grams {
    fn of_at_most(grams: usize) -> Self {
        Self {
            found: Vec::with_capacity(grams),
            slots: vec![0; (2 * grams + 1).next_power_of_two()],
        }
    }

    /// Adds a gram of up to three characters, which have 21 bits each.
    fn add(&mut self, gram: [char; 3]) {
        let packed = gram
            .into_iter()
            .fold(0, |packed, character| packed << 21 | u64::from(character));
        self.insert(packed);
    }

    fn add_number(&mut self, digits: [char; DIGITS]) {
        let packed = digits
            .into_iter()
            .fold(0, |packed, digit| packed << 8 | u64::from(digit));
        self.insert(NUMBER | packed);
    }

    fn insert(&mut self, gram: u64) {
        /// Spreads grams over the upper bits.
        const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
        if gram == 0 {
            return;
        }
        let last = self.slots.len() - 1;
        let mut at = (gram.wrapping_mul(SPREAD) >> 32) as usize & last;
        loop {
            match self.slots[at] {
                0 => break,
                it if it == gram => return,
                _ => at = (at + 1) & last,
            }
        }
        self.slots[at] = gram;
        self.found.push(gram);
    }
}

/// The bit of grams of digits.
const NUMBER: u64 = 1 << 63;

/// Appends the characters of a gram.
fn push(text: &mut String, gram: u64) {
    if gram & NUMBER != 0 {
        text.extend([24, 16, 8, 0].map(|shift| char::from((gram >> shift) as u8)));
        return;
    }
    for shift in [42, 21, 0] {
        let character = (gram >> shift & 0x1F_FFFF) as u32;
        if character != 0
            && let Some(character) = char::from_u32(character)
        {
            text.push(character);
        }
    }
}

/// Whether all grams of a field are another's too: a login is the beginning of most addresses.
fn is_within_another(fields: &[&str], nth: usize) -> bool {
    fields.iter().enumerate().any(|(other, field)| {
        other != nth
            && field.contains(fields[nth])
            && (field.len() > fields[nth].len() || other < nth)
    })
}

/// What a folded pattern asks of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of these trigrams.
    All(Vec<String>),
    /// Some trigram that begins so: a pattern of one or two characters.
    Prefix(String),
}

/// The grams that a text with this folded, non-empty pattern in it has, in the pattern's order.
#[must_use]
pub fn wanted(engine: EngineKind, tenant: TenantId, pattern: &str) -> Wanted {
    let prefix = prefix(tenant);
    let characters: Vec<char> = pattern.chars().map(safe).collect();
    if characters.len() < 3 && engine == EngineKind::Postgres {
        return Wanted::Prefix(gram(&prefix, &characters));
    }
    let length = characters.len().clamp(1, 3);
    let mut grams: Vec<String> = Vec::new();
    for window in characters.windows(length) {
        let gram = gram(&prefix, window);
        if !grams.contains(&gram) {
            grams.push(gram);
        }
    }
    Wanted::All(grams)
}

/// The gram of a slice of a pattern on SQLite.
#[must_use]
pub fn of_slice(tenant: TenantId, slice: &str) -> String {
    let characters: Vec<char> = slice.chars().map(safe).collect();
    gram(&prefix(tenant), &characters)
}

/// The distinct parts of a folded, non-empty pattern, each a gram on SQLite: four digits, three characters that are not all among such, or
/// all of a shorter pattern.
#[must_use]
pub fn slices(pattern: &str) -> Vec<&str> {
    let ends = pattern
        .char_indices()
        .map(|(at, _)| at)
        .chain([pattern.len()]);
    let ends: Vec<usize> = ends.collect();
    let is_number = |from: usize| {
        ends.get(from + DIGITS)
            .is_some_and(|end| is_number(&pattern[ends[from]..*end].chars().collect::<Vec<char>>()))
    };
    let length = (ends.len() - 1).min(3);
    let mut slices: Vec<&str> = Vec::with_capacity(ends.len());
    for (from, window) in ends.windows(length + 1).enumerate() {
        let end = if is_number(from) {
            ends[from + DIGITS]
        } else if from > 0 && is_number(from - 1) {
            continue;
        } else {
            window[length]
        };
        let slice = &pattern[window[0]..end];
        if !slices.contains(&slice) {
            slices.push(slice);
        }
    }
    slices
}

fn gram(prefix: &str, characters: &[char]) -> String {
    let mut gram = String::with_capacity(prefix.len() + 3 * characters.len());
    gram.push_str(prefix);
    gram.extend(characters.iter().filter(|character| **character != NONE));
    gram
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

    const BOTH: [EngineKind; 2] = [EngineKind::Sqlite, EngineKind::Postgres];

    fn grams(engine: EngineKind, tenant: i64, fields: &[&str]) -> Vec<String> {
        let document = document(engine, TenantId(tenant), fields);
        let unquoted = document.replace('\'', "");
        unquoted.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_pattern_is_wanted_of_every_text_that_holds_it() {
        let text = "o'täst <x>@example.org";
        let characters: Vec<char> = text.chars().collect();
        for engine in BOTH {
            let document = grams(engine, 7, &[text]);
            for from in 0..characters.len() {
                for to in from + 1..=characters.len() {
                    let pattern = String::from_iter(&characters[from..to]);
                    match wanted(engine, TenantId(7), &pattern) {
                        Wanted::All(grams) => {
                            assert!(
                                grams.iter().all(|gram| document.contains(gram)),
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
    }

    #[test]
    fn a_pattern_is_cut_into_what_its_grams_are_made_of() {
        for (pattern, expected) in [
            ("a", &["a"][..]),
            ("äb", &["äb"]),
            ("äbc", &["äbc"]),
            ("aaaab", &["aaa", "aab"]),
            ("1234", &["1234"]),
            (
                "n1234567@b",
                &["n12", "1234", "2345", "3456", "4567", "67@", "7@b"],
            ),
            ("1111111", &["1111"]),
        ] {
            assert_eq!(slices(pattern), expected);
        }
    }

    #[test]
    fn tenants_share_no_gram() {
        for engine in BOTH {
            let one = grams(engine, 1, &["alice"]);
            let eleven = grams(engine, 11, &["alice"]);
            assert!(one.iter().all(|gram| !eleven.contains(gram)));
        }
        let eleven = grams(EngineKind::Postgres, 11, &["alice"]);
        let Wanted::Prefix(short) = wanted(EngineKind::Postgres, TenantId(1), "1") else {
            panic!("one character is a prefix");
        };
        assert!(eleven.iter().all(|gram| !gram.starts_with(&short)));
    }

    #[test]
    fn no_gram_holds_what_splits_words() {
        let fields = ["a b\u{a0}c-d_e.f'g\"h\\i\u{3000}j", "", "("];
        for (engine, expected) in [
            (EngineKind::Sqlite, 17 + 18 + 19 + 1),
            (EngineKind::Postgres, 19 + 1),
        ] {
            let grams = grams(engine, 1, &fields);
            assert_eq!(grams.len(), expected);
            for gram in grams {
                assert!(!gram.contains(char::is_whitespace), "{gram:?}");
                assert!(
                    !gram.contains(|c: char| c.is_ascii_punctuation()),
                    "{gram:?}"
                );
            }
        }
    }
}
