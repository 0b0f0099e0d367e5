//! The index of substrings of logins, display names and contact e-mails.
//!
//! On SQLite its documents stand in the order of the lists, see `places`, so that [`first`] meets a page's users first.

use super::{
    grams::{self, Wanted},
    places::{self, Label},
    user_lists::{self, Listed},
};
use crate::{Change, EngineKind, Row, Tx, Value, statement::Bound, statements};
use provost_model::{ContactEmail, DisplayName, Result, TenantId, User, UserNumber};
use std::{cmp::Reverse, ops::ControlFlow};

statements! {
    /// Users with all of these grams in one of their names, in the order of places on SQLite; the caller looks whether the pattern is in one of
    /// them, since grams alone may stand apart.
    HITS = sqlite
        "SELECT u.number, u.login, u.login_key, u.display_key, u.email_key, u.enabled, s.rowid FROM user_search s \
         CROSS JOIN user_search_places p ON p.place = s.rowid CROSS JOIN users u ON u.tenant = $1 AND u.tenant = p.tenant AND u.number = p.user_number \
         WHERE user_search MATCH $2 ORDER BY s.rowid"
        postgres
        "SELECT u.number, u.login, u.login_key, u.display_key, u.email_key, u.enabled FROM user_search s \
         JOIN users u ON u.tenant = s.tenant AND u.number = s.user_number WHERE s.tenant = $1 AND s.grams @@ CAST($2 AS TSQUERY) \
         AND (strpos(u.login_key, $3) > 0 OR strpos(u.display_key, $3) > 0 OR strpos(u.email_key, $3) > 0) LIMIT $4";
    /// Some users, to tell grams that many have from others.
    SAMPLE = "SELECT login_key, display_key, email_key FROM users WHERE tenant = $1 AND number > $2 ORDER BY number LIMIT $3";
    /// On PostgreSQL alone, as the next ones: on SQLite documents wait, see `documents`.
    PUT = sqlite
        "SELECT 1 FROM user_search_places WHERE tenant = $1 AND user_number = $2 AND place = $3"
        postgres
        "INSERT INTO user_search (tenant, user_number, grams) VALUES ($1, $2, CAST($3 AS TSVECTOR)) \
         ON CONFLICT (tenant, user_number) DO UPDATE SET grams = excluded.grams";
    ADD = sqlite
        "SELECT 1 FROM user_search_places WHERE tenant = $1 AND user_number = $2 AND place = $3"
        postgres
        "INSERT INTO user_search (tenant, user_number, grams) VALUES ($1, $2, CAST($3 AS TSVECTOR))";
    REMOVE = sqlite
        "SELECT 1 FROM user_search_places WHERE tenant = $1 AND user_number = $2"
        postgres
        "DELETE FROM user_search WHERE tenant = $1 AND user_number = $2";
    /// Adds the document of a user that has none; on PostgreSQL it begins to take rows as text.
    pub(crate) TAKE_IN = sqlite
        "INSERT INTO user_search (rowid, grams) VALUES ((SELECT place FROM user_search_places WHERE tenant = $1 AND user_number = $2), $3)"
        postgres
        "COPY user_search (tenant, user_number, grams) FROM STDIN";
    /// How many documents there are.
    pub(crate) COUNT = "SELECT COUNT(*) FROM user_search";
    /// Empties the index.
    pub(crate) CLEAR = sqlite
        "INSERT INTO user_search (user_search) VALUES ('delete-all')"
        postgres
        "DELETE FROM user_search";
}

/// How many grams of a pattern are looked for at most: those that fewest users have tell as much as all.
const GRAMS: usize = 3;
/// How many users tell which grams many have: the bits of a number.
const SAMPLE_SIZE: i64 = 64;
/// How many of those are many.
const COMMON: u32 = 16;

/// A user that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The user.
    pub listed: Listed,
    /// Whether it may log in.
    pub enabled: bool,
}

/// At most `limit` users of a tenant whose login, display name or contact e-mail holds the folded, non-empty pattern; in no order.
///
/// # Errors
/// Those of the store.
pub async fn hits(tx: &mut Tx, tenant: TenantId, pattern: &str, limit: i64) -> Result<Vec<Hit>> {
    let mut hits = Vec::new();
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    let query = query(tx, tenant, pattern).await?;
    let visit = |row: &Row<'_>| {
        if user_lists::row_matches(row, pattern)? {
            hits.push(Hit {
                listed: user_lists::from_row(row)?,
                enabled: row.bool(5)?,
            });
        }
        Ok(match hits.len() < wanted {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        })
    };
    match tx.engine() {
        EngineKind::Sqlite => {
            let bound = [tenant.0.into(), (&query).into()];
            tx.query(&HITS, &bound, visit).await?;
        }
        EngineKind::Postgres => {
            let bound = [
                tenant.0.into(),
                (&query).into(),
                pattern.into(),
                limit.into(),
            ];
            tx.query(&HITS, &bound, visit).await?;
        }
    }
    Ok(hits)
}

/// Whether the index gives its hits in the order of the list of all users, so that [`first`] can be asked.
#[must_use]
pub const fn is_ordered(tx: &Tx) -> bool {
    matches!(tx.engine(), EngineKind::Sqlite)
}

/// What the index knows of a page.
#[derive(Debug)]
pub struct First {
    /// The page's users, or the first of them, in the order of folded display names and logins.
    pub listed: Vec<Listed>,
    /// Where so many users with alike names match that the list is to be walked for the rest of the page.
    pub crowd: Option<Crowd>,
}

/// Many users whose names begin alike.
#[derive(Debug)]
pub struct Crowd {
    /// A folded display name and login behind which all of them stand, and all users of the page before them do not.
    pub after: (String, String),
    /// How many hits from there on are left out before the page.
    pub skip: usize,
}

/// The first `limit` users, the first `skip` left out, whose login, display name or contact e-mail holds the folded, non-empty pattern, in
/// the order of folded display names and logins. More than `crowd` whose names begin alike are not sorted. Only where [`is_ordered`].
///
/// # Errors
/// Those of the store.
pub async fn first(
    tx: &mut Tx,
    tenant: TenantId,
    pattern: &str,
    (skip, limit): (usize, usize),
    crowd: usize,
) -> Result<First> {
    let query = query(tx, tenant, pattern).await?;
    let mut page = Gathered {
        listed: Vec::new(),
        alike: Vec::new(),
        skip,
        limit,
    };
    let mut label = None;
    let mut crowded = None;
    let visit = |row: &Row<'_>| {
        let here = Label::of_place(row.int(6)?);
        if label.is_some_and(|label| label != here) {
            page.take_alike();
            if page.is_full() {
                return Ok(ControlFlow::Break(()));
            }
        }
        label = Some(here);
        if user_lists::row_matches(row, pattern)? {
            page.alike.push(user_lists::from_row(row)?);
        }
        if page.alike.len() > crowd {
            crowded = Some(here);
            return Ok(ControlFlow::Break(()));
        }
        Ok(ControlFlow::Continue(()))
    };
    tx.query(&HITS, &[tenant.0.into(), (&query).into()], visit)
        .await?;
    if crowded.is_none() {
        page.take_alike();
    }
    Ok(First {
        crowd: crowded.map(|label| Crowd {
            after: label.before(),
            skip: page.skip,
        }),
        listed: page.listed,
    })
}

/// A page on its way.
struct Gathered {
    listed: Vec<Listed>,
    /// The hits of the label in hand, which stand in no order.
    alike: Vec<Listed>,
    skip: usize,
    limit: usize,
}

impl Gathered {
    fn take_alike(&mut self) {
        self.alike.sort_unstable_by(|a, b| {
            (&a.display_key, &a.login_key).cmp(&(&b.display_key, &b.login_key))
        });
        let skipped = self.skip.min(self.alike.len());
        self.skip -= skipped;
        let wanted = self.limit - self.listed.len();
        self.listed
            .extend(self.alike.drain(..).skip(skipped).take(wanted));
    }

    const fn is_full(&self) -> bool {
        self.listed.len() >= self.limit
    }
}

/// Brings the index to a user's names.
///
/// # Errors
/// Those of the store.
pub async fn put(change: &mut Change, user: &User) -> Result<()> {
    match change.engine() {
        EngineKind::Sqlite => {
            remove(change, user.tenant, user.number).await?;
            place_many(change, &[user]).await
        }
        EngineKind::Postgres => {
            let document = Names::of(user).document(EngineKind::Postgres, user.tenant);
            let put = [user.tenant.into(), user.number.into(), (&document).into()];
            change.execute_later(&PUT, &put).await
        }
    }
}

/// Adds new users to the index.
///
/// # Errors
/// Those of the store.
pub async fn add_many(change: &mut Change, users: &[&User]) -> Result<()> {
    if change.engine() == EngineKind::Sqlite {
        return place_many(change, users).await;
    }
    let documents: Vec<String> = users
        .iter()
        .map(|user| Names::of(user).document(EngineKind::Postgres, user.tenant))
        .collect();
    let rows: Vec<[Value<'_>; 3]> = users
        .iter()
        .zip(&documents)
        .map(|(user, document)| [user.tenant.into(), user.number.into(), document.into()])
        .collect();
    let statements: Vec<Bound<'_>> = rows.iter().map(|row| (&ADD, &row[..])).collect();
    change.execute_together(&statements).await?;
    Ok(())
}

/// Gives users without a place theirs, and their documents.
async fn place_many(change: &mut Change, users: &[&User]) -> Result<()> {
    let mut placed: Vec<(Label, Names, &User)> = users
        .iter()
        .map(|user| {
            let names = Names::of(user);
            (names.label(), names, *user)
        })
        .collect();
    placed.sort_by_key(|(label, ..)| *label);
    let mut rows: Vec<[Value<'_>; 3]> = Vec::with_capacity(placed.len());
    let mut last = None;
    for (label, names, user) in &placed {
        let place = match last {
            Some((it, place)) if it == *label => place + 1,
            Some(_) | None => places::next(change, *label).await?,
        };
        last = Some((*label, place));
        rows.push([place.into(), user.tenant.into(), user.number.into()]);
        let document = names.document(EngineKind::Sqlite, user.tenant);
        change.documents.add(place, document);
    }
    let statements: Vec<Bound<'_>> = rows.iter().map(|row| (&places::TAKE, &row[..])).collect();
    change.execute_together(&statements).await?;
    Ok(())
}

/// The folded names of a user.
struct Names {
    login: String,
    display: String,
    email: String,
}

impl Names {
    fn of(user: &User) -> Self {
        Self {
            login: user.login.key(),
            display: user
                .display_name
                .as_ref()
                .map(DisplayName::key)
                .unwrap_or_default(),
            email: user
                .email
                .as_ref()
                .map(ContactEmail::key)
                .unwrap_or_default(),
        }
    }

    fn label(&self) -> Label {
        Label::of(&self.display, &self.login)
    }

    /// The grams, in the engine's own notation.
    fn document(&self, engine: EngineKind, tenant: TenantId) -> String {
        grams::document(engine, tenant, &[&self.login, &self.display, &self.email])
    }
}

/// Takes a user out of the index.
///
/// # Errors
/// Those of the store.
pub async fn remove(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<()> {
    match change.engine() {
        EngineKind::Sqlite => {
            if let Some(place) = places::leave(change, tenant, user).await? {
                change.documents.remove(place);
            }
        }
        EngineKind::Postgres => {
            change
                .execute(&REMOVE, &[tenant.into(), user.into()])
                .await?;
        }
    }
    Ok(())
}

/// What to ask of the index for a pattern, in the engine's own notation. Grams hold neither quotes nor blanks.
async fn query(tx: &mut Tx, tenant: TenantId, pattern: &str) -> Result<String> {
    if tx.engine() == EngineKind::Postgres {
        return Ok(match grams::wanted(EngineKind::Postgres, tenant, pattern) {
            Wanted::All(grams) => format!("'{}'", grams.join("' & '")),
            Wanted::Prefix(prefix) => format!("'{prefix}':*"),
        });
    }
    let slices = grams::slices(pattern);
    let telling = if slices.len() <= 1 {
        slices
    } else {
        let bound = [tenant.0.into(), FIRST_NUMBER.into(), SAMPLE_SIZE.into()];
        let sample = tx
            .all(&SAMPLE, &bound, |row| {
                let names = [
                    row.text(0)?,
                    row.text(1)?,
                    row.opt_text(2)?.unwrap_or_default(),
                ];
                Ok(names.join("\n"))
            })
            .await?;
        most_telling(&slices, &sample)
    };
    let mut query = String::new();
    for slice in telling {
        if let Wanted::All(grams) = grams::wanted(EngineKind::Sqlite, tenant, slice) {
            for gram in grams {
                let and = if query.is_empty() { "" } else { " AND " };
                query.extend([and, "\"", &gram, "\""]);
            }
        }
    }
    Ok(query)
}

/// A number that is behind none of a user.
const FIRST_NUMBER: i64 = 0;

/// The slices of a pattern that together fewest of the sampled users have: the rarest one, then those that it goes with least.
fn most_telling<'p>(slices: &[&'p str], sample: &[String]) -> Vec<&'p str> {
    let mut left: Vec<(usize, u64)> = slices
        .iter()
        .map(|slice| having(slice, sample))
        .enumerate()
        .collect();
    let mut chosen: Vec<(usize, u64)> = Vec::new();
    while chosen.len() < GRAMS {
        let together = chosen.iter().fold(u64::MAX, |all, (_, users)| all & users);
        let worth = |(at, users): &(usize, u64)| {
            let distance = chosen.iter().map(|(other, _)| at.abs_diff(*other)).min();
            (
                (users & together).count_ones(),
                users.count_ones(),
                // at the edge of a word only two characters tell something
                !slices[*at].chars().all(char::is_alphanumeric),
                // neighbours tell nearly the same
                Reverse(distance),
            )
        };
        let best = left
            .iter()
            .enumerate()
            .min_by_key(|(_, slice)| worth(slice));
        let Some((nth, (_, users))) = best else { break };
        // one that many have costs more than it tells
        if !chosen.is_empty() && users.count_ones() > COMMON {
            break;
        }
        chosen.push(left.swap_remove(nth));
    }
    chosen.iter().map(|(at, _)| slices[*at]).collect()
}

/// Which of the sampled users have a slice in one of their names, a bit for each.
fn having(slice: &str, sample: &[String]) -> u64 {
    sample.iter().fold(0, |bits, names| {
        bits << 1 | u64::from(names.contains(slice))
    })
}
