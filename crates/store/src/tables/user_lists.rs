//! Lists of users: keys alone, in pages, by walking an index in its order.

use crate::{Row, Sql, Tx, Value, statements};
use provost_model::{GroupNumber, Result, TenantId, Timestamp, UserNumber};
use std::ops::ControlFlow;

statements! {
    /// In the order of logins.
    BY_LOGIN = "SELECT number, login, login_key, display_key, email_key FROM users u WHERE tenant = $1 AND login_key > $2 ORDER BY login_key LIMIT $3";
    /// In the order of logins, those alone that stand after a place in the order of display names.
    BY_LOGIN_AFTER_NAME = "SELECT number, login, login_key, display_key, email_key FROM users u WHERE tenant = $1 AND login_key > $2 \
        AND (display_key, login_key) > ($4, $5) ORDER BY login_key LIMIT $3";
    /// In the order of display names.
    BY_NAME = "SELECT number, login, login_key, display_key, email_key FROM users u WHERE tenant = $1 \
        AND (display_key, login_key) > ($2, $3) ORDER BY display_key, login_key LIMIT $4 OFFSET $5";
    /// Whether there are so many users.
    AS_MANY = "SELECT number FROM users u WHERE tenant = $1 AND login_key > '' ORDER BY login_key LIMIT 1 OFFSET $2";
    /// The disabled ones, in the order of logins.
    DISABLED = "SELECT number, login, login_key, display_key, email_key FROM users u WHERE tenant = $1 AND enabled = 0 AND login_key > $2 \
        ORDER BY login_key LIMIT $3";
    /// The members of one group, in the order of logins.
    OF_GROUP = "SELECT u.number, u.login, u.login_key, u.display_key, u.email_key FROM memberships m \
        JOIN users u ON u.tenant = m.tenant AND u.number = m.user_number \
        WHERE m.tenant = $1 AND m.group_number = $4 AND m.login_key > $2 ORDER BY m.login_key LIMIT $3";
    /// The members of all groups that a user administers, in the order of logins.
    OF_ADMINISTRATOR = "SELECT DISTINCT u.number, u.login, m.login_key, u.display_key, u.email_key FROM group_administrators a \
        JOIN memberships m ON m.tenant = a.tenant AND m.group_number = a.group_number \
        JOIN users u ON u.tenant = m.tenant AND u.number = m.user_number \
        WHERE a.tenant = $1 AND a.user_number = $4 AND m.login_key > $2 ORDER BY m.login_key LIMIT $3";
    /// Those who ever signed in, the latest first, after a place in this order.
    BY_SIGN_IN = "SELECT number, login, login_key, display_key, email_key, last_login_at FROM users u WHERE tenant = $1 \
        AND last_login_at IS NOT NULL AND last_login_at <= $2 AND (last_login_at < $2 OR number < $3) \
        ORDER BY last_login_at DESC, number DESC LIMIT $4 OFFSET $5";
    /// Which of these users, given as a JSON list, ever signed in, the latest first.
    BY_SIGN_IN_AMONG = sqlite
        "SELECT number FROM users u WHERE tenant = $1 AND number IN (SELECT value FROM json_each($2)) AND last_login_at IS NOT NULL \
         ORDER BY last_login_at DESC, number DESC LIMIT $3 OFFSET $4"
        postgres
        "SELECT number FROM users u WHERE tenant = $1 AND number IN \
         (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON))) AND last_login_at IS NOT NULL \
         ORDER BY last_login_at DESC, number DESC LIMIT $3 OFFSET $4";
    /// The first user of each of these telephone numbers, given as a JSON list.
    BY_PHONES = sqlite
        "SELECT u.phone, u.login FROM json_each($2) w JOIN users u ON u.tenant = $1 AND u.number = \
         (SELECT f.number FROM users f WHERE f.tenant = $1 AND f.phone = w.value ORDER BY f.number LIMIT 1) ORDER BY u.number"
        postgres
        "SELECT u.phone, u.login FROM json_array_elements_text(CAST($2 AS JSON)) w JOIN users u ON u.tenant = $1 AND u.number = \
         (SELECT f.number FROM users f WHERE f.tenant = $1 AND f.phone = w.value ORDER BY f.number LIMIT 1) ORDER BY u.number";
    /// Which of these users, given as a JSON list, are members of groups that a user administers.
    AMONG_ADMINISTERED = sqlite
        "SELECT DISTINCT m.user_number FROM group_administrators a JOIN memberships m ON m.tenant = a.tenant AND m.group_number = a.group_number \
         WHERE a.tenant = $1 AND a.user_number = $2 AND m.user_number IN (SELECT value FROM json_each($3))"
        postgres
        "SELECT DISTINCT m.user_number FROM group_administrators a JOIN memberships m ON m.tenant = a.tenant AND m.group_number = a.group_number \
         WHERE a.tenant = $1 AND a.user_number = $2 AND m.user_number IN \
         (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($3 AS JSON)))";
    /// Which of these users, given as a JSON list, are members of a group.
    AMONG_MEMBERS = sqlite
        "SELECT m.user_number FROM memberships m WHERE m.tenant = $1 AND m.group_number = $2 AND m.user_number IN (SELECT value FROM json_each($3))"
        postgres
        "SELECT m.user_number FROM memberships m WHERE m.tenant = $1 AND m.group_number = $2 AND m.user_number IN \
         (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($3 AS JSON)))";
}

/// What a list needs to know of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub number: UserNumber,
    /// Its login as it is written.
    pub login: String,
    /// Its folded login.
    pub login_key: String,
    /// Its folded display name; empty if it has none.
    pub display_key: String,
    /// Its folded contact e-mail.
    pub email_key: Option<String>,
}

impl Listed {
    /// Whether its login, display name or contact e-mail holds this folded pattern.
    #[must_use]
    pub fn matches(&self, pattern: &str) -> bool {
        self.login_key.contains(pattern)
            || self.display_key.contains(pattern)
            || self
                .email_key
                .as_ref()
                .is_some_and(|email| email.contains(pattern))
    }
}

/// Whose users a list is made of, in the order of logins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// All of the tenant.
    All,
    /// Those that stand after this place, folded display name and login, in the order of display names.
    AfterName(String, String),
    /// The disabled ones.
    Disabled,
    /// The members of a group.
    Group(GroupNumber),
    /// The members of the groups that this user administers.
    Administered(UserNumber),
}

/// Up to `limit` users after the folded login `after`, in the order of logins.
///
/// # Errors
/// Those of the store.
pub async fn by_login(
    tx: &mut Tx,
    tenant: TenantId,
    walk: &Walk,
    after: &str,
    limit: i64,
) -> Result<Vec<Listed>> {
    let (sql, further): (&'static Sql, Vec<Value<'_>>) = match walk {
        Walk::All => (&BY_LOGIN, vec![]),
        Walk::AfterName(display, login) => {
            (&BY_LOGIN_AFTER_NAME, vec![display.into(), login.into()])
        }
        Walk::Disabled => (&DISABLED, vec![]),
        Walk::Group(group) => (&OF_GROUP, vec![group.0.into()]),
        Walk::Administered(user) => (&OF_ADMINISTRATOR, vec![user.0.into()]),
    };
    let mut values = vec![tenant.0.into(), after.into(), limit.into()];
    values.extend(further);
    tx.all(sql, &values, from_row).await
}

/// Up to `limit` users after a place in the order of folded display names and logins, leaving out the first `offset` of them.
///
/// # Errors
/// Those of the store.
pub async fn by_name(
    tx: &mut Tx,
    tenant: TenantId,
    after: (&str, &str),
    limit: i64,
    offset: i64,
) -> Result<Vec<Listed>> {
    tx.all(
        &BY_NAME,
        &[
            tenant.0.into(),
            after.0.into(),
            after.1.into(),
            limit.into(),
            offset.into(),
        ],
        from_row,
    )
    .await
}

/// Which of these users belong to a walk of a group or of an administrator. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn among(
    tx: &mut Tx,
    tenant: TenantId,
    walk: &Walk,
    users: &[UserNumber],
) -> Result<Vec<UserNumber>> {
    let (sql, owner): (&'static Sql, i64) = match walk {
        Walk::Group(group) => (&AMONG_MEMBERS, group.0),
        Walk::Administered(user) => (&AMONG_ADMINISTERED, user.0),
        Walk::All | Walk::AfterName(..) | Walk::Disabled => return Ok(users.to_vec()),
    };
    let list = super::users::json_list(users);
    tx.all(
        sql,
        &[tenant.0.into(), owner.into(), (&list).into()],
        |row| Ok(UserNumber(row.int(0)?)),
    )
    .await
}

/// A user who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The user.
    pub listed: Listed,
    /// When it last did.
    pub at: Timestamp,
}

/// Up to `limit` users who ever signed in, the latest first, after a place in this order, leaving out the first `offset` of them.
///
/// # Errors
/// Those of the store.
pub async fn by_sign_in(
    tx: &mut Tx,
    tenant: TenantId,
    after: (Timestamp, UserNumber),
    limit: i64,
    offset: i64,
) -> Result<Vec<SignedIn>> {
    tx.all(
        &BY_SIGN_IN,
        &[
            tenant.0.into(),
            after.0.0.into(),
            after.1.0.into(),
            limit.into(),
            offset.into(),
        ],
        |row| {
            Ok(SignedIn {
                listed: from_row(row)?,
                at: Timestamp(row.int(5)?),
            })
        },
    )
    .await
}

/// Up to `limit` of these users who ever signed in, the latest first, leaving out the first `offset` of them. The caller bounds how
/// many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn by_sign_in_among(
    tx: &mut Tx,
    tenant: TenantId,
    users: &[UserNumber],
    limit: i64,
    offset: i64,
) -> Result<Vec<UserNumber>> {
    let list = super::users::json_list(users);
    tx.all(
        &BY_SIGN_IN_AMONG,
        &[tenant.0.into(), (&list).into(), limit.into(), offset.into()],
        |row| Ok(UserNumber(row.int(0)?)),
    )
    .await
}

/// For each of these telephone numbers that users have, the number and the login of the first of them, in the order of the users'
/// numbers. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn by_phones(
    tx: &mut Tx,
    tenant: TenantId,
    phones: &[String],
) -> Result<Vec<(String, String)>> {
    let list = serde_json::Value::from(phones.to_vec()).to_string();
    tx.all(&BY_PHONES, &[tenant.0.into(), (&list).into()], |row| {
        Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))
    })
    .await
}

/// Whether the tenant has more than `number` users. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn are_more_than(tx: &mut Tx, tenant: TenantId, number: i64) -> Result<bool> {
    tx.any(&AS_MANY, &[tenant.0.into(), number.into()]).await
}

/// What a walk met.
#[derive(Debug)]
pub struct Walked {
    /// The users that match, in the order of the walk.
    pub found: Vec<Listed>,
    /// How many matched and were left out before those.
    pub skipped: usize,
    /// The last user met, whether it matched or not; none if there was none.
    pub last: Option<(String, String)>,
    /// Whether the list ended.
    pub is_over: bool,
}

/// Of the first `rows` users after a place in the order of folded display names and logins those whose login, display name or contact
/// e-mail holds a folded pattern: up to `limit` of them, the first `skip` left out.
///
/// # Errors
/// Those of the store.
pub async fn matching_by_name(
    tx: &mut Tx,
    tenant: TenantId,
    after: (&str, &str),
    pattern: &str,
    rows: i64,
    (skip, limit): (usize, usize),
) -> Result<Walked> {
    let mut walked = Walked {
        found: Vec::new(),
        skipped: 0,
        last: None,
        is_over: false,
    };
    let mut last = (String::new(), String::new());
    let mut met = 0;
    let bound = [
        tenant.0.into(),
        after.0.into(),
        after.1.into(),
        rows.into(),
        0.into(),
    ];
    let visit = |row: &Row<'_>| {
        met += 1;
        if met == rows {
            last = (row.text(3)?.to_owned(), row.text(2)?.to_owned());
        }
        if row_matches(row, pattern)? {
            if walked.skipped < skip {
                walked.skipped += 1;
            } else {
                walked.found.push(from_row(row)?);
            }
        }
        Ok(match walked.found.len() < limit {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        })
    };
    tx.query(&BY_NAME, &bound, visit).await?;
    walked.is_over = met < rows && walked.found.len() < limit;
    walked.last = (met == rows).then_some(last);
    Ok(walked)
}

/// Whether the names in a row, as [`from_row`] reads them, hold a folded pattern.
pub(super) fn row_matches(row: &Row<'_>, pattern: &str) -> Result<bool> {
    Ok(row.text(2)?.contains(pattern)
        || row.text(3)?.contains(pattern)
        || row
            .opt_text(4)?
            .is_some_and(|email| email.contains(pattern)))
}

/// The names in such a row, to look for parts in.
pub(super) fn row_names(row: &Row<'_>) -> Result<String> {
    let email = row.opt_text(4)?.unwrap_or_default();
    Ok([row.text(2)?, row.text(3)?, email].join("\n"))
}

pub(super) fn from_row(row: &Row<'_>) -> Result<Listed> {
    Ok(Listed {
        number: UserNumber(row.int(0)?),
        login: row.text(1)?.to_owned(),
        login_key: row.text(2)?.to_owned(),
        display_key: row.text(3)?.to_owned(),
        email_key: row.opt_text(4)?.map(str::to_owned),
    })
}
