//! The index of substrings of logins, display names and contact e-mails.
//!
//! On SQLite its documents stand in the order of the lists, see `places`, so that a [`search_page`](super::search_page) is met first.

use super::{
    grams::{self, Wanted},
    places::{self, Label},
    telling::Telling,
    user_lists::{self, Listed},
};
use crate::{Change, EngineKind, Row, Tx, Value, statement::Bound, statements};
use provost_model::{ContactEmail, DisplayName, Result, TenantId, User, UserNumber};
use std::ops::ControlFlow;

statements! {
    /// Users with all of these grams in one of their names; the caller looks whether the pattern is in one of them, since grams alone may
    /// stand apart.
    HITS = sqlite
        "SELECT u.number, u.login, u.login_key, u.display_key, u.email_key, u.enabled FROM user_search s \
         CROSS JOIN user_search_places p ON p.place = s.rowid CROSS JOIN users u ON u.tenant = $1 AND u.tenant = p.tenant AND u.number = p.user_number \
         WHERE user_search MATCH $2"
        postgres
        "SELECT u.number, u.login, u.login_key, u.display_key, u.email_key, u.enabled FROM user_search s \
         JOIN users u ON u.tenant = s.tenant AND u.number = s.user_number WHERE s.tenant = $1 AND s.grams @@ CAST($2 AS TSQUERY) \
         AND (strpos(u.login_key, $3) > 0 OR strpos(u.display_key, $3) > 0 OR strpos(u.email_key, $3) > 0) LIMIT $4";
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
    let mut rows: Vec<[Value<'_>; 7]> = Vec::with_capacity(placed.len());
    let mut last = None;
    for (label, names, user) in &placed {
        let place = match last {
            Some((it, place)) if it == *label => place + 1,
            Some(_) | None => places::next(change, *label).await?,
        };
        last = Some((*label, place));
        rows.push([
            place.into(),
            user.tenant.into(),
            user.number.into(),
            user.login.as_str().into(),
            (&names.login).into(),
            (&names.display).into(),
            user.email
                .as_ref()
                .map_or(Value::Null, |_| (&names.email).into()),
        ]);
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
    match tx.engine() {
        EngineKind::Sqlite => Ok(Telling::of(tx, tenant, pattern).await?.query(tenant)),
        EngineKind::Postgres => Ok(match grams::wanted(EngineKind::Postgres, tenant, pattern) {
            Wanted::All(grams) => format!("'{}'", grams.join("' & '")),
            Wanted::Prefix(prefix) => format!("'{prefix}':*"),
        }),
    }
}
