//! Which parts of a pattern SQLite's index of substrings is asked for: few, that few users have together. The others would be read to no end.

use super::grams;
use crate::{Tx, statements};
use provost_model::{Result, TenantId};
use std::cmp::Reverse;

statements! {
    /// Names of some users, as good as drawn, with the number below 2^32 that they are drawn by. On SQLite alone.
    SAMPLE = sqlite
        "SELECT login_key, display_key, email_key, user_number * 1779033703 % 4294967296 FROM user_search_places WHERE tenant = $1 \
         AND user_number * 1779033703 % 4294967296 < 67108864 ORDER BY user_number * 1779033703 % 4294967296 LIMIT $2"
        postgres
        "SELECT 1 FROM user_search WHERE tenant = $1 LIMIT $2";
}

/// How many parts are chosen before any user was met.
const PARTS: usize = 3;
/// How many users tell which parts many have: the bits of a number.
pub(super) const SAMPLE_SIZE: i64 = 64;
/// Up to which number users are drawn, of those that are in the sample's index.
const DRAWN: i64 = 1 << 32;
/// One of how many of all users is in the sample's index.
const INDEXED: i64 = 64;
/// How many users that have one of the parts cost as much as one that has all of them, whose names are compared.
const COMPARED: u32 = 16;

/// The parts of a pattern that are asked for, and those that are not.
#[derive(Debug)]
pub(super) struct Telling<'p> {
    chosen: Vec<Part<'p>>,
    left: Vec<Part<'p>>,
    /// About how many users there are.
    users: i64,
}

#[derive(Clone, Copy, Debug)]
struct Part<'p> {
    nth: usize,
    text: &'p str,
    /// Which users of the sample have it.
    users: u64,
}

impl<'p> Telling<'p> {
    /// Chooses for a folded, non-empty pattern.
    ///
    /// # Errors
    /// Those of the store.
    pub(super) async fn of(tx: &mut Tx, tenant: TenantId, pattern: &'p str) -> Result<Self> {
        let parts = grams::slices(pattern);
        if parts.len() == 1 {
            return Ok(Self::among(&parts, &[], 0));
        }
        let mut last = DRAWN;
        let bound = [tenant.0.into(), SAMPLE_SIZE.into()];
        let sample = tx
            .all(&SAMPLE, &bound, |row| {
                let (login, display) = (row.text(0)?, row.text(1)?);
                let email = row.opt_text(2)?.unwrap_or_default();
                last = row.int(3)?.max(1);
                Ok([login, display, email].join("\n"))
            })
            .await?;
        let users = match i64::try_from(sample.len()).unwrap_or(i64::MAX) {
            length if length < SAMPLE_SIZE => INDEXED * length,
            length => DRAWN / last * length,
        };
        Ok(Self::among(&parts, &sample, users))
    }

    /// The rarest part, then those that go with it least, as long as they spare more than they cost.
    fn among(parts: &[&'p str], sample: &[String], users: i64) -> Self {
        let part = |(nth, text): (usize, &&'p str)| Part {
            nth,
            text,
            users: having(text, sample),
        };
        let mut telling = Self {
            chosen: Vec::new(),
            left: parts.iter().enumerate().map(part).collect(),
            users,
        };
        let (mut together, mut hits) = (u64::MAX, 1.0);
        while telling.chosen.len() < PARTS
            && let Some(at) = telling.least(|part| (part.users & together).count_ones())
        {
            let part = telling.left[at];
            together &= part.users;
            let hits_then = match together {
                0 => hits * part.share(),
                users => share(users),
            };
            if !telling.chosen.is_empty() && part.share() > (hits - hits_then) * f64::from(COMPARED)
            {
                break;
            }
            hits = hits_then;
            telling.chosen.push(telling.left.swap_remove(at));
        }
        telling
    }

    /// Chooses one more, that fewest of these names hold, which all hold those chosen but not the pattern; false if that would not help.
    pub(super) fn choose_against(&mut self, names: &[String]) -> bool {
        let Some(at) = self.least(|part| having(part.text, names).count_ones()) else {
            return false;
        };
        let helps = 2 * having(self.left[at].text, names).count_ones() as usize <= names.len();
        if helps {
            self.chosen.push(self.left.swap_remove(at));
        }
        helps
    }

    /// How many users may be compared in vain before that has cost as much as one more part, which as few have as the sample can tell.
    pub(super) fn patience(&self) -> usize {
        let costs = self.users / SAMPLE_SIZE / i64::from(COMPARED);
        usize::try_from(costs.max(SAMPLE_SIZE)).unwrap_or(usize::MAX)
    }

    /// Where the part is that is worth most of those left.
    fn least(&self, weight: impl Fn(&Part<'_>) -> u32) -> Option<usize> {
        let worth = |part: &Part<'_>| {
            let nth = part.nth;
            let distance = self
                .chosen
                .iter()
                .map(|other| nth.abs_diff(other.nth))
                .min();
            (
                weight(part),
                part.users.count_ones(),
                // four digits are rarer than three characters
                Reverse(part.text.chars().count()),
                // at the edge of a word only two characters tell something
                !part.text.chars().all(char::is_alphanumeric),
                // neighbours tell nearly the same
                Reverse(distance),
            )
        };
        let parts = self.left.iter().enumerate();
        let (at, _) = parts.min_by_key(|(_, part)| worth(part))?;
        Some(at)
    }

    /// What to ask of the index. Grams hold neither quotes nor blanks.
    pub(super) fn query(&self, tenant: TenantId) -> String {
        let grams = self
            .chosen
            .iter()
            .map(|part| format!("\"{}\"", grams::of_slice(tenant, part.text)));
        Vec::from_iter(grams).join(" AND ")
    }
}

impl Part<'_> {
    /// About how large a share of the users have it.
    fn share(self) -> f64 {
        match self.users {
            0 if self.text.chars().count() > 3 => 1.0 / 2048.0,
            0 => 1.0 / 128.0,
            users => share(users),
        }
    }
}

fn share(users: u64) -> f64 {
    f64::from(users.count_ones()) / f64::from(u64::BITS)
}

/// Which users have a part in one of their names, a bit for each.
fn having(part: &str, names: &[String]) -> u64 {
    names
        .iter()
        .fold(0, |bits, names| bits << 1 | u64::from(names.contains(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen<'p>(telling: &Telling<'p>) -> Vec<&'p str> {
        telling.chosen.iter().map(|part| part.text).collect()
    }

    #[test]
    fn what_few_have_is_chosen() {
        let mut names = vec!["ann@bench".to_owned(); 60];
        names.extend(["zoe@bench".to_owned(), "zoo@bench".to_owned()]);
        let telling = Telling::among(&grams::slices("zoe@bench"), &names, 1_000_000);
        assert_eq!(chosen(&telling), ["zoe"], "zo goes with it");
        let telling = Telling::among(&grams::slices("x1234567@bench"), &names, 1_000_000);
        assert_eq!(chosen(&telling)[0], "1234");
        assert!(!chosen(&telling).contains(&"ben"));
    }

    #[test]
    fn what_those_lack_who_were_met_in_vain_is_chosen_besides() {
        let mut telling = Telling::among(&grams::slices("greta jensen"), &[], 1_000_000);
        telling.chosen.truncate(1);
        let first = chosen(&telling)[0];
        let met = ["greta abbott".to_owned(), "greta jenner".to_owned()];
        assert!(telling.choose_against(&met));
        let besides = chosen(&telling)[1];
        assert_ne!(first, besides);
        assert!(
            met.iter().all(|names| !names.contains(besides)),
            "{besides}"
        );
    }

    #[test]
    fn nothing_is_chosen_that_all_have() {
        let mut telling = Telling::among(&grams::slices("abcd"), &[], 1_000_000);
        telling.chosen.truncate(1);
        let all = ["abc bcd".to_owned()];
        assert!(!telling.choose_against(&all));
        assert_eq!(telling.chosen.len(), 1);
    }
}
