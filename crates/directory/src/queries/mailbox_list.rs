//! Lists of a domain's mailboxes, in pages by walking an index in its order.

use crate::{Directory, text::is_storable};
use provost_model::{DomainName, Quota, Result, Tenant, fold};
use provost_store::{
    Read, Tx,
    tables::mailbox_walks::{self, AFTER, BEFORE, MailboxKey},
};

/// How many keys are read at once.
const AT_ONCE: i64 = 500;

/// In which order mailboxes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailboxOrder {
    /// Whether by quota, then local part; else by local part alone.
    pub by_quota: bool,
    /// Whether the smallest come first.
    pub upwards: bool,
}

/// Which mailboxes are listed: those whose local part is this text, in which `*` stands for any characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxFilter {
    /// The folded pieces between the asterisks: one alone if there is none.
    pieces: Vec<String>,
}

impl MailboxFilter {
    /// The filter as it was written; all mailboxes where there is none.
    #[must_use]
    pub fn new(text: Option<&str>) -> Self {
        Self {
            pieces: fold(text.unwrap_or("*"))
                .split('*')
                .map(str::to_owned)
                .collect(),
        }
    }

    /// Whether it lets all mailboxes through.
    fn is_all(&self) -> bool {
        self.pieces.len() > 1 && self.pieces.iter().all(String::is_empty)
    }

    /// Whether it lets a folded local part through. Each piece is looked for behind the one before, the first at the start, the last at
    /// the end: no backtracking, whatever is asked for.
    fn lets_through(&self, local: &str) -> bool {
        let [first, between @ .., last] = self.pieces.as_slice() else {
            return self.pieces.first().is_some_and(|only| only == local);
        };
        let Some(mut rest) = local.strip_prefix(first.as_str()) else {
            return false;
        };
        for piece in between {
            match rest.find(piece.as_str()) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => return false,
            }
        }
        rest.ends_with(last.as_str())
    }

    /// The first and the one behind the last of the texts that begin as it does.
    fn range(&self) -> (String, String) {
        let first = self.pieces.first().map_or("", String::as_str);
        if self.pieces.len() == 1 {
            return (first.to_owned(), format!("{first}{BEFORE}"));
        }
        (first.to_owned(), format!("{first}{AFTER}"))
    }
}

/// A list of mailboxes, read in pages.
#[derive(Clone, Debug)]
pub struct MailboxStream {
    domain: DomainName,
    filter: MailboxFilter,
    upwards: bool,
    /// The stretches of the index that are still to be walked, in their order.
    stretches: Vec<Stretch>,
}

/// A part of an index that is walked in its order.
#[derive(Clone, Debug)]
enum Stretch {
    /// The local parts from the one text to before the other.
    Names(String, String),
    /// The stored quotas from a place on to the last.
    Quotas { from: (i64, String), last: i64 },
}

impl MailboxStream {
    /// The list of a tenant's domain.
    #[must_use]
    pub fn new(
        tenant: &Tenant,
        domain: DomainName,
        filter: MailboxFilter,
        order: MailboxOrder,
    ) -> Self {
        let mut stretches = if order.by_quota {
            quota_stretches(tenant.settings.default_quota, order.upwards)
        } else {
            let (from, before) = filter.range();
            vec![Stretch::Names(from, before)]
        };
        if order.by_quota && !order.upwards {
            stretches.reverse();
        }
        if !filter.pieces.iter().all(|piece| is_storable(piece)) {
            // nothing has such a name
            stretches.clear();
        }
        Self {
            domain,
            filter,
            upwards: order.upwards,
            stretches,
        }
    }

    /// The next mailboxes, some hundreds at most and perhaps none; nothing at the end.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn next(&mut self, directory: &Directory) -> Result<Option<Vec<MailboxKey>>> {
        let Some(stretch) = self.stretches.first() else {
            return Ok(None);
        };
        let page = Page {
            domain: &self.domain,
            upwards: self.upwards,
            stretch,
        };
        let mut keys = directory.read(&page).await?;
        let whole = i64::try_from(keys.len()).is_ok_and(|read| read < AT_ONCE);
        match keys.last() {
            Some(last) if !whole => {
                if let Some(stretch) = self.stretches.first_mut() {
                    stretch.go_on_behind(last, self.upwards);
                }
            }
            _ => {
                self.stretches.remove(0);
            }
        }
        keys.retain(|key| self.filter.is_all() || self.filter.lets_through(&key.local));
        Ok(Some(keys))
    }
}

impl Directory {
    /// How many mailboxes of a domain a filter lets through: from the domain's count where it is all of them.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn count_mailboxes(
        &self,
        tenant: &Tenant,
        domain: &DomainName,
        filter: &MailboxFilter,
    ) -> Result<i64> {
        if filter.is_all() {
            return Ok(self.mailbox_counts(domain).await?.mailboxes);
        }
        let order = MailboxOrder {
            by_quota: false,
            upwards: true,
        };
        let mut stream = MailboxStream::new(tenant, domain.clone(), filter.clone(), order);
        let mut count = 0_i64;
        while let Some(keys) = stream.next(self).await? {
            count = count.saturating_add(i64::try_from(keys.len()).unwrap_or(i64::MAX));
        }
        Ok(count)
    }
}

impl Stretch {
    fn go_on_behind(&mut self, last: &MailboxKey, upwards: bool) {
        let place = if upwards {
            format!("{}{BEFORE}", last.local)
        } else {
            last.local.clone()
        };
        match self {
            Self::Names(from, _) if upwards => *from = place,
            Self::Names(_, before) => *before = place,
            Self::Quotas { from, .. } => *from = (last.quota, place),
        }
    }
}

/// The stretches of the index by quota, smallest quota first: no limit counts as 0, since that is how it reads where a number is wanted,
/// and the default as what it is.
fn quota_stretches(default: Option<u64>, upwards: bool) -> Vec<Stretch> {
    let stretch = |low: i64, high: i64| {
        let (from, last) = if upwards { (low, high) } else { (high, low) };
        let place = if upwards {
            String::new()
        } else {
            AFTER.to_string()
        };
        Stretch::Quotas {
            from: (from, place),
            last,
        }
    };
    let default = Quota::Bytes(default.unwrap_or_default()).stored();
    let (none, usual) = (Quota::None.stored(), Quota::Default.stored());
    let mut stretches = vec![stretch(none, none)];
    if default > 0 {
        stretches.push(stretch(0, default - 1));
    }
    stretches.push(stretch(usual, usual));
    stretches.push(stretch(default, i64::MAX));
    stretches
}

struct Page<'a> {
    domain: &'a DomainName,
    upwards: bool,
    stretch: &'a Stretch,
}

impl Read for Page<'_> {
    type Output = Vec<MailboxKey>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        match self.stretch {
            Stretch::Names(from, before) => {
                let range = (from.as_str(), before.as_str());
                mailbox_walks::by_name(tx, self.domain, self.upwards, range, AT_ONCE).await
            }
            Stretch::Quotas {
                from: (quota, local),
                last,
            } => {
                let from = (*quota, local.as_str());
                mailbox_walks::by_quota(tx, self.domain, self.upwards, from, *last, AT_ONCE).await
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MailboxFilter;
    use proptest::prelude::*;

    fn lets_through(filter: &str, local: &str) -> bool {
        MailboxFilter::new(Some(filter)).lets_through(local)
    }

    #[test]
    fn asterisks_stand_for_any_characters() {
        for (filter, local, expected) in [
            ("john", "john", true),
            ("john", "johnny", false),
            ("JOHN", "john", true),
            ("john*", "john", true),
            ("john*", "john.smith", true),
            ("*smith", "john.smith", true),
            ("*smith", "smithy", false),
            ("*o*i*", "john.smith", true),
            ("j*n*h", "john.smith", true),
            ("ab*ba", "aba", false),
            ("*", "", true),
            ("**", "x", true),
            ("", "x", false),
        ] {
            assert_eq!(lets_through(filter, local), expected, "{filter} {local}");
        }
    }

    proptest! {
        #[test]
        fn what_is_let_through_lies_in_the_range(filter in "[ab*]{0,6}", local in "[ab]{1,6}") {
            let filter = MailboxFilter::new(Some(&filter));
            let (from, before) = filter.range();
            if filter.lets_through(&local) {
                prop_assert!(from <= local && local < before);
            }
        }

        #[test]
        fn pieces_are_found_as_a_slow_matcher_finds_them(filter in "[ab*]{0,6}", local in "[ab]{0,6}") {
            fn slow(filter: &[u8], local: &[u8]) -> bool {
                match filter {
                    [] => local.is_empty(),
                    [b'*', rest @ ..] => (0..=local.len()).any(|at| slow(rest, &local[at..])),
                    [one, rest @ ..] => local.first() == Some(one) && slow(rest, &local[1..]),
                }
            }
            prop_assert_eq!(lets_through(&filter, &local), slow(filter.as_bytes(), local.as_bytes()));
        }
    }
}
