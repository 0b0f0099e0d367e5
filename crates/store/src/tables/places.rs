//! Where users stand in SQLite's index of substrings: in the order of folded display names and logins, as far as their first characters tell.
//!
//! A place is a label, the first characters of display name and login as a number, with a number of its own behind it. Users with
//! the same label stand in no order among themselves. PostgreSQL's index has no order: the statements are there to be prepared, and never run.

use crate::{Change, Tx, statements};
use provost_model::{Result, TenantId, UserNumber};

statements! {
    /// Gives a user the next place of a label, which begins at a place.
    pub(crate) ADD = sqlite
        "INSERT INTO user_search_places (place, tenant, user_number) VALUES (COALESCE((SELECT place + 1 FROM user_search_places \
         WHERE place >= $3 AND place <= $3 + 268435455 ORDER BY place DESC LIMIT 1), $3), $1, $2)"
        postgres
        "SELECT 1 FROM user_search WHERE tenant = $1 AND user_number = $2 AND user_number = $3";
    /// The last place of a label, which begins at a place, that a user has.
    LAST = sqlite
        "SELECT place FROM user_search_places WHERE place >= $1 AND place <= $1 + 268435455 ORDER BY place DESC LIMIT 1"
        postgres
        "SELECT user_number FROM user_search WHERE user_number = $1";
    /// Gives a user a free place.
    pub(crate) TAKE = sqlite
        "INSERT INTO user_search_places (place, tenant, user_number) VALUES ($1, $2, $3)"
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

/// How many digits make a label.
const DIGITS: usize = 6;
/// The base of a label, which is how many classes of characters there are.
const BASE: i64 = 52;
/// How many bits tell users of one label apart: some 268 million of the whole deployment may begin alike.
const OWN_BITS: u32 = 28;
/// Stands between display name and login, before all characters.
const END: char = '\0';

/// The first characters of the classes, in their order. A character of a class of its own is one digit, one of a class that is no larger
/// than the base two: its class and where it stands in it. A label ends with the first character of a larger class.
const FIRST_OF_CLASS: [char; BASE as usize] = [
    END, '\u{1}', ' ', '!', '-', '.', '/', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':',
    'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's',
    't', 'u', 'v', 'w', 'x', 'y', 'z', '{', '\u{df}', '\u{100}', '\u{180}', '\u{3ac}', '\u{3dc}',
    '\u{430}', '\u{460}',
];

/// Users whose places begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Label(i64);

impl Label {
    /// The label of a user with this folded display name, empty if it has none, and login.
    pub(crate) fn of(display_key: &str, login_key: &str) -> Self {
        let mut digits = [0; DIGITS];
        let mut free = digits.iter_mut();
        for character in display_key.chars().chain([END]).chain(login_key.chars()) {
            let (class, size) = class(character);
            let Some(digit) = free.next() else { break };
            *digit = class as i64;
            if size > BASE {
                break;
            }
            if size > 1 {
                let Some(digit) = free.next() else { break };
                *digit = distance(FIRST_OF_CLASS[class], character);
            }
        }
        Self(digits.iter().fold(0, |label, digit| label * BASE + digit))
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
        let mut digits = [0_u32; DIGITS];
        let mut rest = self.0;
        for digit in digits.iter_mut().rev() {
            *digit = u32::try_from(rest % BASE).unwrap_or_default();
            rest /= BASE;
        }
        let mut text = String::new();
        let mut digits = digits.into_iter();
        while let Some(digit) = digits.next() {
            let first = FIRST_OF_CLASS[digit as usize];
            let (_, size) = class(first);
            let further = if size > 1 && size <= BASE {
                digits.next().unwrap_or_default()
            } else {
                0
            };
            text.push(char::from_u32(u32::from(first) + further).unwrap_or(first));
            if size > BASE {
                break;
            }
        }
        let (display, login) = text.split_once(END).unwrap_or((&text, ""));
        let mut login = login.trim_end_matches(END).to_owned();
        // a user may have just this login
        login.pop();
        (display.to_owned(), login)
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

/// The class of a character, and how many characters it has.
fn class(character: char) -> (usize, i64) {
    let behind = FIRST_OF_CLASS.partition_point(|first| *first <= character);
    let next = FIRST_OF_CLASS.get(behind).copied().unwrap_or(char::MAX);
    let class = behind.saturating_sub(1);
    (class, distance(FIRST_OF_CLASS[class], next))
}

fn distance(from: char, to: char) -> i64 {
    i64::from(u32::from(to)) - i64::from(u32::from(from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn classes_ascend() {
        assert!(FIRST_OF_CLASS.is_sorted_by(|one, next| one < next));
        assert!(BASE.pow(DIGITS as u32) < 1 << (63 - OWN_BITS));
    }

    proptest! {
        #[test]
        fn labels_stand_in_the_order_of_names(
            one in "[a-c \u{1}\u{2}!'\u{7f}éäñ0名жα]{0,6}", its_login in "[a-c1./éñ]{1,8}",
            other in "[a-c \u{1}\u{2}!'\u{7f}éäñ0名жα]{0,6}", other_login in "[a-c1./éñ]{1,8}",
        ) {
            let (label, other_label) = (Label::of(&one, &its_login), Label::of(&other, &other_login));
            if (&one, &its_login) < (&other, &other_login) {
                prop_assert!(label <= other_label);
            }
            prop_assert!(label.before() < (one, its_login));
            let place = label.first_place() + 268_435_455;
            prop_assert_eq!(Label::of_place(place), label);
        }
    }
}
