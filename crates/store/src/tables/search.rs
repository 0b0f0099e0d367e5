//! The index of substrings of logins, display names and contact e-mails.

use super::{
    grams::{self, Wanted},
    user_lists::{self, Listed},
};
use crate::{Change, EngineKind, Tx, Value, statement::Bound, statements};
use provost_model::{ContactEmail, DisplayName, Result, TenantId, User, UserNumber};

statements! {
    /// Users with all of these trigrams in one of their names; `instr` decides, since trigrams alone may stand apart.
    HITS = sqlite
        "SELECT u.number, u.login, u.login_key, u.display_key, u.email_key, u.enabled FROM user_search s JOIN users u ON u.tenant = $1 AND u.number = s.rowid - $1 * 4294967296 \
         WHERE s.grams MATCH $2 AND (instr(u.login_key, $3) > 0 OR instr(u.display_key, $3) > 0 OR instr(u.email_key, $3) > 0) LIMIT $4"
        postgres
        "SELECT u.number, u.login, u.login_key, u.display_key, u.email_key, u.enabled FROM user_search s JOIN users u ON u.tenant = s.tenant AND u.number = s.user_number \
         WHERE s.tenant = $1 AND s.grams @@ CAST($2 AS TSQUERY) \
         AND (strpos(u.login_key, $3) > 0 OR strpos(u.display_key, $3) > 0 OR strpos(u.email_key, $3) > 0) LIMIT $4";
    PUT = sqlite
        "INSERT OR REPLACE INTO user_search (rowid, grams) VALUES ($1 * 4294967296 + $2, $3)"
        postgres
        "INSERT INTO user_search (tenant, user_number, grams) VALUES ($1, $2, CAST($3 AS TSVECTOR)) \
         ON CONFLICT (tenant, user_number) DO UPDATE SET grams = excluded.grams";
    /// Adds the document of a user that has none; on PostgreSQL it begins to take rows as text.
    pub(crate) TAKE_IN = sqlite
        "INSERT INTO user_search (rowid, grams) VALUES ($1 * 4294967296 + $2, $3)"
        postgres
        "COPY user_search (tenant, user_number, grams) FROM STDIN";
    /// How many documents there are.
    pub(crate) COUNT = "SELECT COUNT(*) FROM user_search";
    /// Empties the index.
    pub(crate) CLEAR = sqlite
        "INSERT INTO user_search (user_search) VALUES ('delete-all')"
        postgres
        "DELETE FROM user_search";
    /// Adds the document of a new user.
    ADD = sqlite
        "INSERT INTO user_search (rowid, grams) VALUES ($1 * 4294967296 + $2, $3)"
        postgres
        "INSERT INTO user_search (tenant, user_number, grams) VALUES ($1, $2, CAST($3 AS TSVECTOR))";
    REMOVE = sqlite
        "DELETE FROM user_search WHERE rowid = $1 * 4294967296 + $2"
        postgres
        "DELETE FROM user_search WHERE tenant = $1 AND user_number = $2";
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
    let query = query(tx.engine(), grams::wanted(tenant, pattern));
    tx.all(
        &HITS,
        &[
            tenant.0.into(),
            (&query).into(),
            pattern.into(),
            limit.into(),
        ],
        |row| {
            Ok(Hit {
                listed: user_lists::from_row(row)?,
                enabled: row.bool(5)?,
            })
        },
    )
    .await
}

/// Brings the index to a user's names.
///
/// # Errors
/// Those of the store.
pub async fn put(change: &mut Change, user: &User) -> Result<()> {
    let document = document(change.engine(), user);
    change
        .execute(
            &PUT,
            &[
                user.tenant.0.into(),
                user.number.0.into(),
                (&document).into(),
            ],
        )
        .await?;
    Ok(())
}

/// Adds new users to the index.
///
/// # Errors
/// Those of the store.
pub async fn add_many(change: &mut Change, users: &[&User]) -> Result<()> {
    let engine = change.engine();
    let documents: Vec<String> = users.iter().map(|user| document(engine, user)).collect();
    let rows: Vec<[Value<'_>; 3]> = users
        .iter()
        .zip(&documents)
        .map(|(user, document)| [user.tenant.into(), user.number.into(), document.into()])
        .collect();
    let statements: Vec<Bound<'_>> = rows.iter().map(|row| (&ADD, &row[..])).collect();
    change.execute_together(&statements).await?;
    Ok(())
}

/// The trigrams of a user's names, in the engine's own notation.
fn document(engine: EngineKind, user: &User) -> String {
    let login = user.login.key();
    let name = user
        .display_name
        .as_ref()
        .map(DisplayName::key)
        .unwrap_or_default();
    let email = user
        .email
        .as_ref()
        .map(ContactEmail::key)
        .unwrap_or_default();
    notation(engine, user.tenant, [&login, &name, &email])
}

/// The same of a user with this folded login, display name and contact e-mail.
pub(crate) fn notation(engine: EngineKind, tenant: TenantId, names: [&str; 3]) -> String {
    let quote = match engine {
        EngineKind::Sqlite => "",
        EngineKind::Postgres => "'",
    };
    grams::document(tenant, &names, quote)
}

/// Takes a user out of the index.
///
/// # Errors
/// Those of the store.
pub async fn remove(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<()> {
    change
        .execute(&REMOVE, &[tenant.0.into(), user.0.into()])
        .await?;
    Ok(())
}

/// The engine's own notation. Trigrams hold neither quotes nor blanks.
fn query(engine: EngineKind, wanted: Wanted) -> String {
    match (engine, wanted) {
        (EngineKind::Sqlite, Wanted::All(grams)) => grams
            .iter()
            .map(|gram| format!("\"{gram}\""))
            .collect::<Vec<_>>()
            .join(" AND "),
        (EngineKind::Sqlite, Wanted::Prefix(prefix)) => format!("\"{prefix}\" *"),
        (EngineKind::Postgres, Wanted::All(grams)) => grams
            .iter()
            .map(|gram| format!("'{gram}'"))
            .collect::<Vec<_>>()
            .join(" & "),
        (EngineKind::Postgres, Wanted::Prefix(prefix)) => format!("'{prefix}':*"),
    }
}
