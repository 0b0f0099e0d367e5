//! A page of a search on SQLite, whose index gives its hits in the order of the list of all users as far as `places` tell it.

use super::{
    places::Label,
    telling::Telling,
    user_lists::{self, Listed},
};
use crate::{EngineKind, Row, Tx, statements};
use provost_model::{Result, TenantId};
use std::{
    cmp::Ordering,
    collections::{BinaryHeap, binary_heap::PeekMut},
    ops::ControlFlow,
};

statements! {
    /// Users behind a place that have all of these grams in one of their names, in the order of places, which hold all that is compared and
    /// shown. On SQLite alone.
    BEHIND = sqlite
        "SELECT p.user_number, COALESCE(p.login, p.login_key), p.login_key, p.display_key, p.email_key, s.rowid FROM user_search s \
         CROSS JOIN user_search_places p ON p.place = s.rowid AND p.tenant = $1 WHERE user_search MATCH $2 AND s.rowid > $3 ORDER BY s.rowid"
        postgres
        "SELECT 1 FROM user_search s WHERE s.tenant = $1 AND s.grams @@ CAST($2 AS TSQUERY) AND s.user_number = $3";
}

/// Before all places.
const NO_PLACE: i64 = -1;
/// How many of the users that were compared in vain tell which gram to ask for besides.
const MISLEADING: usize = u64::BITS as usize;

/// Whether pages can be asked of the index.
#[must_use]
pub const fn are_indexed(tx: &Tx) -> bool {
    matches!(tx.engine(), EngineKind::Sqlite)
}

/// The users whose login, display name or contact e-mail holds a folded pattern, in the order of folded display names and logins: a page of
/// them on its way.
#[derive(Debug)]
pub struct SearchPage<'p> {
    tenant: TenantId,
    pattern: &'p str,
    telling: Telling<'p>,
    listed: Vec<Listed>,
    skip: usize,
    limit: usize,
    /// The place in hand.
    place: i64,
    /// How many hits its label has had so far, which stand in no order.
    met: usize,
    /// The first of those that the page may need.
    alike: BinaryHeap<ByName>,
}

/// Many users whose names begin alike.
#[derive(Debug)]
pub struct Crowd {
    /// The users of the page before them.
    pub listed: Vec<Listed>,
    /// A folded display name and login behind which all of them stand, and all users of the page before them do not.
    pub after: (String, String),
    /// How many hits from there on are left out before the page.
    pub skip: usize,
}

/// A user, compared by folded display name and login.
#[derive(Debug)]
struct ByName(Listed);

impl ByName {
    fn names(&self) -> (&str, &str) {
        (&self.0.display_key, &self.0.login_key)
    }
}

impl PartialEq for ByName {
    fn eq(&self, other: &Self) -> bool {
        self.names() == other.names()
    }
}

impl Eq for ByName {}

impl PartialOrd for ByName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ByName {
    fn cmp(&self, other: &Self) -> Ordering {
        self.names().cmp(&other.names())
    }
}

/// Why the index is left.
enum Stop {
    Full,
    Crowded,
    Misled,
}

impl<'p> SearchPage<'p> {
    /// Begins a page of `limit` users, the first `skip` left out, that hold a folded, non-empty pattern.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn begin(
        tx: &mut Tx,
        tenant: TenantId,
        pattern: &'p str,
        (skip, limit): (usize, usize),
    ) -> Result<Self> {
        Ok(Self {
            tenant,
            pattern,
            telling: Telling::of(tx, tenant, pattern).await?,
            listed: Vec::new(),
            skip,
            limit,
            place: NO_PLACE,
            met: 0,
            alike: BinaryHeap::new(),
        })
    }

    /// The page; or as soon as more than `most` hits begin alike, which are not sorted then, what is known. It may be asked again, for more.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn gather(&mut self, tx: &mut Tx, most: usize) -> Result<Result<Vec<Listed>, Crowd>> {
        let mut patience = self.telling.patience();
        loop {
            let (stop, misleading) = self.go_on(tx, most, patience).await?;
            match stop {
                Some(Stop::Misled) if self.telling.choose_against(&misleading) => {}
                Some(Stop::Misled) => patience = usize::MAX,
                Some(Stop::Crowded) => return Ok(Err(self.crowd())),
                Some(Stop::Full) => return Ok(Ok(std::mem::take(&mut self.listed))),
                None => {
                    self.take_alike();
                    return Ok(Ok(std::mem::take(&mut self.listed)));
                }
            }
        }
    }

    /// Goes on behind the place in hand. Where it is misled, it gives the names of some who have all grams that were asked for, and not the
    /// pattern.
    async fn go_on(
        &mut self,
        tx: &mut Tx,
        most: usize,
        patience: usize,
    ) -> Result<(Option<Stop>, Vec<String>)> {
        let query = self.telling.query(self.tenant);
        let bound = [self.tenant.0.into(), (&query).into(), self.place.into()];
        let mut stop = None;
        let mut misleading = Vec::new();
        let (mut matching, mut others) = (0, 0);
        let visit = |row: &Row<'_>| {
            let place = row.int(5)?;
            if self.place != NO_PLACE && Label::of_place(self.place) != Label::of_place(place) {
                self.take_alike();
            }
            if self.listed.len() >= self.limit {
                stop = Some(Stop::Full);
                return Ok(ControlFlow::Break(()));
            }
            self.place = place;
            if user_lists::row_matches(row, self.pattern)? {
                self.meet(row)?;
                matching += 1;
            } else {
                if misleading.len() < MISLEADING {
                    misleading.push(user_lists::row_names(row)?);
                }
                others += 1;
            }
            if self.met > most {
                stop = Some(Stop::Crowded);
            } else if others >= patience.max(matching) {
                stop = Some(Stop::Misled);
            }
            Ok(match stop {
                None => ControlFlow::Continue(()),
                Some(_) => ControlFlow::Break(()),
            })
        };
        tx.query(&BEHIND, &bound, visit).await?;
        Ok((stop, misleading))
    }

    fn meet(&mut self, row: &Row<'_>) -> Result<()> {
        self.met += 1;
        let wanted = self.skip.saturating_add(self.limit - self.listed.len());
        if self.alike.len() >= wanted {
            let (login, display) = (row.text(2)?, row.text(3)?);
            match self.alike.peek_mut() {
                Some(last) if (display, login) < last.names() => PeekMut::pop(last),
                Some(_) | None => return Ok(()),
            };
        }
        self.alike.push(ByName(user_lists::from_row(row)?));
        Ok(())
    }

    fn take_alike(&mut self) {
        let alike = std::mem::take(&mut self.alike).into_sorted_vec();
        let skipped = self.skip.min(alike.len());
        self.skip -= skipped;
        let first = alike.into_iter().skip(skipped).map(|ByName(user)| user);
        self.listed.extend(first);
        self.met = 0;
    }

    fn crowd(&self) -> Crowd {
        Crowd {
            listed: self.listed.clone(),
            after: Label::of_place(self.place).before(),
            skip: self.skip,
        }
    }
}
