//! Where users stand in SQLite's index of substrings: in the order of folded display names and logins, as far as their first characters tell.
//!
//! A place is a label, the first characters of display name and login as a number, with a number of its own behind it. Users with
//! the same label stand in no order among themselves. PostgreSQL's index has no order: the statements are there to be prepared, and never run.

use crate::{Change, Tx, statements};
use provost_model::{Result, TenantId, UserNumber};

statements! {
    /// Gives a user the next place of a label, which begins at a place.
    pub(crate) ADD = sqlite
        "INSERT INTO user_search_places (place, tenant, user_number, login, login_key, display_key, email_key) \
         VALUES (COALESCE((SELECT place + 1 FROM user_search_places \
         WHERE place >= $3 AND place <= $3 + 67108863 ORDER BY place DESC LIMIT 1), $3), $1, $2, NULLIF($4, $5), $5, $6, $7)"
        postgres
        "SELECT 1 FROM user_search WHERE tenant = $1 AND user_number = $2 AND user_number = $3";
    /// The last place of a label, which begins at a place, that a user has.
    LAST = sqlite
        "SELECT place FROM user_search_places WHERE place >= $1 AND place <= $1 + 67108863 ORDER BY place DESC LIMIT 1"
        postgres
        "SELECT user_number FROM user_search WHERE user_number = $1";
    /// Gives a user a free place.
    pub(crate) TAKE = sqlite
        "INSERT INTO user_search_places (place, tenant, user_number, login, login_key, display_key, email_key) \
         VALUES ($1, $2, $3, NULLIF($4, $5), $5, $6, $7)"
        postgres
        "SELECT 1 FROM user_search WHERE tenant = $2 AND user_number = $3 AND user_number = $1";
    OF = sqlite
        "SELECT place FROM user_search_places WHERE tenant = $1 AND user_number = $2"
        postgres
        "SELECT user_number FROM user_search WHERE tenant = $1 AND user_number = $2";
    REMOVE = sqlite
        "DELETE FROM user_search_places WHERE place = $1"
        postgres
        "SELECT 1 FROM user_search WHERE user_number = $1";
    /// Gives users back their places.
    pub(crate) CLEAR = sqlite
        "DELETE FROM user_search_places"
        postgres
        "SELECT 1 FROM user_search WHERE tenant IS NULL";
}

/// How many bits make a label: some seven or eight Latin letters.
const LABEL_BITS: u32 = 37;
/// How many bits tell users of one label apart: some 67 million of the whole deployment may begin alike.
const OWN_BITS: u32 = 63 - LABEL_BITS;
/// Stands between display name and login, before all characters.
const END: char = '\0';

/// Classes of characters in their order: the first of each, and which share of the labels begins with it, in parts of their sum. Frequent
/// characters have larger shares, so that a label holds more of them. A class goes on to where the next one begins.
///
/// Databases hold places that were made by this table: who changes it fills the index anew by a migration, as 0012 does.
#[rustfmt::skip]
const CLASSES: [(char, i64); 55] = [
    (END, 4), ('\u{1}', 1), (' ', 5), ('!', 1), (',', 2), ('-', 1), ('.', 3), ('/', 1),
    ('0', 2), ('1', 2), ('2', 2), ('3', 2), ('4', 2), ('5', 2), ('6', 2), ('7', 2), ('8', 2), ('9', 2), (':', 1), ('@', 1), ('[', 1),
    ('a', 9), ('b', 3), ('c', 4), ('d', 4), ('e', 9), ('f', 2), ('g', 3), ('h', 4), ('i', 8), ('j', 3), ('k', 3), ('l', 6), ('m', 5),
    ('n', 8), ('o', 6), ('p', 3), ('q', 1), ('r', 7), ('s', 6), ('t', 5), ('u', 4), ('v', 2), ('w', 2), ('x', 1), ('y', 2), ('z', 2),
    // further Latin letters, Greek, Cyrillic, and all else
    ('{', 1), ('\u{df}', 2), ('\u{100}', 1), ('\u{180}', 1), ('\u{3ac}', 2), ('\u{3dc}', 1), ('\u{430}', 4), ('\u{460}', 3),
];

/// The sum of all shares.
const ALL_SHARES: i64 = shares_before(CLASSES.len());

/// The shares of the classes before one.
const fn shares_before(class: usize) -> i64 {
    let (mut sum, mut at) = (0, 0);
    while at < class {
        sum += CLASSES[at].1;
        at += 1;
    }
    sum
}

/// Labels that follow each other: those of all names that begin alike.
#[derive(Clone, Copy)]
struct Span {
    first: i64,
    length: i64,
}

impl Span {
    const ALL: Self = Self {
        first: 0,
        length: 1 << LABEL_BITS,
    };

    /// The labels of names whose next character has this number. In the end several characters may have the same one.
    fn then(self, character: u32) -> Self {
        let behind = CLASSES.partition_point(|(first, _)| u32::from(*first) <= character);
        let class = behind.saturating_sub(1);
        let (first, shares) = CLASSES[class];
        let next = CLASSES.get(behind).map_or(char::MAX, |(first, _)| *first);
        self.part(shares_before(class), shares, ALL_SHARES).part(
            i64::from(character) - i64::from(u32::from(first)),
            1,
            i64::from(u32::from(next)) - i64::from(u32::from(first)),
        )
    }

    /// So many of `all` equal parts, behind so many of them.
    const fn part(self, behind: i64, parts: i64, all: i64) -> Self {
        let first = self.length * behind / all;
        let end = self.length * (behind + parts) / all;
        Self {
            first: self.first + first,
            length: end - first,
        }
    }
}

/// Users whose places begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Label(i64);

impl Label {
    /// The label of a user with this folded display name, empty if it has none, and login.
    pub(crate) fn of(display_key: &str, login_key: &str) -> Self {
        let mut span = Span::ALL;
        for character in display_key.chars().chain([END]).chain(login_key.chars()) {
            span = span.then(character.into());
            if span.length <= 1 {
                break;
            }
        }
        Self(span.first)
    }

    /// The label of a place.
    pub(crate) const fn of_place(place: i64) -> Self {
        Self(place >> OWN_BITS)
    }

    /// The first of its places.
    pub(crate) const fn first_place(self) -> i64 {
        self.0 << OWN_BITS
    }

    /// A folded display name and login before which no user of this label stands, nor at it.
    pub(crate) fn before(self) -> (String, String) {
        let mut text = String::new();
        let mut span = Span::ALL;
        while span.length > 1 {
            let next = self.first_character(span);
            text.push(char::from_u32(next).unwrap_or(END));
            span = span.then(next);
        }
        let (display, login) = text.split_once(END).unwrap_or((&text, ""));
        let mut login = login.trim_end_matches(END).to_owned();
        // a user may have just this login
        login.pop();
        (display.to_owned(), login)
    }

    /// The number of the first character that may follow where this label is one of a span.
    fn first_character(self, span: Span) -> u32 {
        let (mut first, mut last) = (u32::from(END), u32::from(char::MAX));
        while first < last {
            let middle = first.midpoint(last);
            let there = span.then(middle);
            match there.first + there.length.max(1) > self.0 {
                true => last = middle,
                false => first = middle + 1,
            }
        }
        first
    }
}

/// The place behind all that users with a label have.
pub(super) async fn next(tx: &mut Tx, label: Label) -> Result<i64> {
    let first = label.first_place();
    let last = tx.first(&LAST, &[first.into()], |row| row.int(0)).await?;
    Ok(last.map_or(first, |last| last + 1))
}

/// Takes a user's place away, and gives which it was.
pub(super) async fn leave(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
) -> Result<Option<i64>> {
    let of = [tenant.into(), user.into()];
    let place = change.first(&OF, &of, |row| row.int(0)).await?;
    if let Some(place) = place {
        change.execute(&REMOVE, &[place.into()]).await?;
    }
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn classes_ascend() {
        assert!(CLASSES.is_sorted_by_key(|(first, _)| *first));
        assert_eq!(CLASSES[0].0, END);
    }

    #[test]
    fn labels_are_those_that_databases_hold() {
        let labels = [
            ("", "user100"),
            ("ada abbott 0", "ada.abbott0"),
            ("ω名é", "x"),
        ];
        let labels = labels.map(|(display, login)| Label::of(display, login).0);
        assert_eq!(labels, [2_787_908_950, 36_082_877_550, 130_280_077_101]);
    }

    #[test]
    fn names_that_begin_alike_have_labels_of_their_own() {
        for (one, other) in [
            ("priya petrov", "priya shah"),
            ("jensen anna", "jensen lars"),
            ("анна", "аник"),
        ] {
            assert_ne!(Label::of(one, "x"), Label::of(other, "x"), "{one}");
        }
        assert_ne!(Label::of("", "user100"), Label::of("", "user110"));
    }

    proptest! {
        #[test]
        fn labels_stand_in_the_order_of_names(
            one in "[a-c \u{1}\u{2}!'\u{7f}éäñ0名жα]{0,9}", its_login in "[a-c1./éñ]{1,9}",
            other in "[a-c \u{1}\u{2}!'\u{7f}éäñ0名жα]{0,9}", other_login in "[a-c1./éñ]{1,9}",
        ) {
            let (label, other_label) = (Label::of(&one, &its_login), Label::of(&other, &other_login));
            if (&one, &its_login) < (&other, &other_login) {
                prop_assert!(label <= other_label);
            }
            prop_assert!(label.before() < (one, its_login));
            let place = label.first_place() + 67_108_863;
            prop_assert_eq!(Label::of_place(place), label);
        }
    }
}
