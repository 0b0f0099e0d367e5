//! Users: one row each.

use crate::{Change, Row, Tx, Value, statement::Bound, statements};
use provost_model::{
    Address, Alias, ContactEmail, DisplayName, FirstDayOfWeek, Group, Language, Locale, Login,
    Phone, Profile, Quota, Result, Scope, TenantId, Timestamp, Timezone, User, UserId, UserNumber,
};

/// The columns of a whole user, in the order that [`from_row`] reads.
macro_rules! columns {
    () => {
        "u.number, u.id, u.login, u.display_name, u.email, u.address, u.address_follows_email, u.aliases, \
         u.notify_email, u.password_hash, u.phone, u.quota, u.language, u.locale, u.timezone, u.first_day_of_week, \
         u.manager, u.enabled, u.operator, u.profile, u.first_login_at, u.last_login_at, u.created_at, u.changed_at"
    };
}

/// Whether the user $2 of the tenant $1 is in the group with the id $3, and whether it administers any.
macro_rules! standing {
    () => {
        "EXISTS (SELECT 1 FROM user_groups g JOIN memberships m ON m.tenant = g.tenant AND m.group_number = g.number \
         WHERE g.tenant = $1 AND g.group_id = $3 AND m.user_number = $2), \
         EXISTS (SELECT 1 FROM group_administrators a WHERE a.tenant = $1 AND a.user_number = $2)"
    };
}

pub(super) use columns;
/// How many these are.
pub(super) const COLUMNS: usize = 24;

statements! {
    /// By number.
    BY_NUMBER = concat!("SELECT ", columns!(), " FROM users u WHERE u.tenant = $1 AND u.number = $2");
    /// By number, keeping others from changing it meanwhile.
    LOCKED = locking concat!("SELECT ", columns!(), " FROM users u WHERE u.tenant = $1 AND u.number = $2");
    /// By number, and how it stands.
    WITH_STANDING = concat!("SELECT ", columns!(), ", ", standing!(), " FROM users u WHERE u.tenant = $1 AND u.number = $2");
    STANDING = concat!("SELECT ", standing!());
    /// By login or address.
    BY_NAME = concat!(
        "SELECT ", columns!(), " FROM names n JOIN users u ON u.tenant = n.tenant AND u.number = n.user_number \
         WHERE n.tenant = $1 AND n.name_key = $2"
    );
    /// By contact e-mail: two rows are as good as many.
    BY_EMAIL = concat!("SELECT ", columns!(), " FROM users u WHERE u.tenant = $1 AND u.email_key = $2 LIMIT 2");
    /// Those with these numbers, given as a JSON list.
    BY_NUMBERS = sqlite concat!(
        "SELECT ", columns!(), " FROM users u WHERE u.tenant = $1 AND u.number IN (SELECT value FROM json_each($2))"
    ) postgres concat!(
        "SELECT ", columns!(), " FROM users u WHERE u.tenant = $1 AND u.number IN \
         (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON)))"
    );
    /// Those after a login, in the order of logins.
    PAGE = concat!(
        "SELECT ", columns!(), " FROM users u WHERE u.tenant = $1 AND u.login_key > $2 ORDER BY u.login_key LIMIT $3"
    );
    /// Another operator that may log in.
    OTHER_OPERATOR = "SELECT u.number FROM users u WHERE u.operator = 1 AND u.enabled = 1 AND NOT (u.tenant = $1 AND u.number = $2) LIMIT 1";
    /// An operator of a tenant.
    OPERATOR = "SELECT u.number FROM users u WHERE u.tenant = $1 AND u.operator = 1 LIMIT 1";
    INSERT = "INSERT INTO users (tenant, number, id, login, login_key, display_name, display_key, email, email_key, address, \
        address_follows_email, aliases, notify_email, password_hash, phone, quota, language, locale, timezone, first_day_of_week, manager, \
        enabled, operator, profile, first_login_at, last_login_at, created_at, changed_at) VALUES \
        ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)";
    UPDATE = "UPDATE users SET id = $3, login = $4, login_key = $5, display_name = $6, display_key = $7, email = $8, email_key = $9, \
        address = $10, address_follows_email = $11, aliases = $12, notify_email = $13, password_hash = $14, phone = $15, quota = $16, \
        language = $17, locale = $18, timezone = $19, first_day_of_week = $20, manager = $21, enabled = $22, operator = $23, profile = $24, \
        first_login_at = $25, last_login_at = $26, created_at = $27, changed_at = $28 WHERE tenant = $1 AND number = $2";
    DELETE = "DELETE FROM users WHERE tenant = $1 AND number = $2";
    /// Signing in touches nothing but its times.
    SIGN_IN = "UPDATE users SET first_login_at = COALESCE(first_login_at, $3), last_login_at = $3 WHERE tenant = $1 AND number = $2";
    /// A hash renewed after a login counts only while the hash it renews is still there.
    RENEW_HASH = "UPDATE users SET password_hash = $4 WHERE tenant = $1 AND number = $2 AND password_hash = $3";
}

/// The user with this number.
///
/// # Errors
/// Those of the store.
pub async fn by_number(tx: &mut Tx, tenant: TenantId, number: UserNumber) -> Result<Option<User>> {
    tx.first(&BY_NUMBER, &[tenant.0.into(), number.0.into()], |row| {
        from_row(tenant, row)
    })
    .await
}

/// How a user stands in its tenant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// It is a member of the group of administrators.
    pub administrator: bool,
    /// It administers a group.
    pub group_administrator: bool,
}

/// The user with this number, and how it stands.
///
/// # Errors
/// Those of the store.
pub async fn with_standing(
    tx: &mut Tx,
    tenant: TenantId,
    number: UserNumber,
) -> Result<Option<(User, Standing)>> {
    let bound = [tenant.into(), number.into(), Group::ADMINISTRATORS.into()];
    tx.first(&WITH_STANDING, &bound, |row| {
        let standing = Standing {
            administrator: row.bool(COLUMNS)?,
            group_administrator: row.bool(COLUMNS + 1)?,
        };
        Ok((from_row(tenant, row)?, standing))
    })
    .await
}

/// How the user with this number stands.
///
/// # Errors
/// Those of the store.
pub async fn standing(tx: &mut Tx, tenant: TenantId, number: UserNumber) -> Result<Standing> {
    let bound = [tenant.into(), number.into(), Group::ADMINISTRATORS.into()];
    let found = tx.first(&STANDING, &bound, |row| {
        Ok(Standing {
            administrator: row.bool(0)?,
            group_administrator: row.bool(1)?,
        })
    });
    Ok(found.await?.unwrap_or_default())
}

/// The user with this number, kept from other writers until the end of the transaction.
///
/// # Errors
/// Those of the store.
pub async fn locked(
    change: &mut Change,
    tenant: TenantId,
    number: UserNumber,
) -> Result<Option<User>> {
    change
        .first(&LOCKED, &[tenant.0.into(), number.0.into()], |row| {
            from_row(tenant, row)
        })
        .await
}

/// The user with this login or, if no login is so, this address.
///
/// # Errors
/// Those of the store.
pub async fn by_name(tx: &mut Tx, tenant: TenantId, name_key: &str) -> Result<Option<Box<User>>> {
    tx.first(&BY_NAME, &[tenant.0.into(), name_key.into()], |row| {
        from_row(tenant, row).map(Box::new)
    })
    .await
}

/// The user with this contact e-mail, if exactly one has it.
///
/// # Errors
/// Those of the store.
pub async fn by_email(tx: &mut Tx, tenant: TenantId, email_key: &str) -> Result<Option<Box<User>>> {
    let mut found = tx
        .all(&BY_EMAIL, &[tenant.0.into(), email_key.into()], |row| {
            from_row(tenant, row).map(Box::new)
        })
        .await?;
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// The users with these numbers, in no order. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn by_numbers(
    tx: &mut Tx,
    tenant: TenantId,
    numbers: &[UserNumber],
) -> Result<Vec<User>> {
    let list = json_list(numbers);
    tx.all(&BY_NUMBERS, &[tenant.0.into(), (&list).into()], |row| {
        from_row(tenant, row)
    })
    .await
}

/// Up to `limit` users after the folded login `after`, in the order of folded logins.
///
/// # Errors
/// Those of the store.
pub async fn page(tx: &mut Tx, tenant: TenantId, after: &str, limit: i64) -> Result<Vec<User>> {
    tx.all(&PAGE, &[tenant.into(), after.into(), limit.into()], |row| {
        from_row(tenant, row)
    })
    .await
}

/// Whether an operator other than this user may log in.
///
/// # Errors
/// Those of the store.
pub async fn has_other_operator(tx: &mut Tx, tenant: TenantId, number: UserNumber) -> Result<bool> {
    tx.any(&OTHER_OPERATOR, &[tenant.0.into(), number.0.into()])
        .await
}

/// Whether a tenant holds operators.
///
/// # Errors
/// Those of the store.
pub async fn has_operator(tx: &mut Tx, tenant: TenantId) -> Result<bool> {
    tx.any(&OPERATOR, &[tenant.0.into()]).await
}

/// Adds a user's row.
///
/// # Errors
/// Those of the store.
pub async fn insert(change: &mut Change, user: &User) -> Result<()> {
    change
        .execute_later(&INSERT, &values(user, &Folded::of(user)))
        .await
}

/// Writes all fields of a user's row.
///
/// # Errors
/// Those of the store.
pub async fn update(change: &mut Change, user: &User) -> Result<()> {
    change
        .execute(&UPDATE, &values(user, &Folded::of(user)))
        .await?;
    Ok(())
}

/// Deletes a user's row.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: TenantId, number: UserNumber) -> Result<()> {
    change
        .execute(&DELETE, &[tenant.0.into(), number.0.into()])
        .await?;
    Ok(())
}

/// Notes that a user signed in.
///
/// # Errors
/// Those of the store.
pub async fn sign_in(
    change: &mut Change,
    tenant: TenantId,
    number: UserNumber,
    at: Timestamp,
) -> Result<()> {
    change
        .execute(&SIGN_IN, &[tenant.0.into(), number.0.into(), at.0.into()])
        .await?;
    Ok(())
}

/// Replaces a password's hash by another of the same password; false if the hash is no longer `old`.
///
/// # Errors
/// Those of the store.
pub async fn renew_hash(
    change: &mut Change,
    tenant: TenantId,
    number: UserNumber,
    old: &str,
    new: &str,
) -> Result<bool> {
    let rows = change
        .execute(
            &RENEW_HASH,
            &[tenant.0.into(), number.0.into(), old.into(), new.into()],
        )
        .await?;
    Ok(rows == 1)
}

/// Adds the rows of many users.
///
/// # Errors
/// Those of the store.
pub async fn insert_many(change: &mut Change, users: &[&User]) -> Result<()> {
    let folded: Vec<Folded> = users.iter().map(|user| Folded::of(user)).collect();
    let rows: Vec<_> = users
        .iter()
        .zip(&folded)
        .map(|(user, folded)| values(user, folded))
        .collect();
    let statements: Vec<Bound<'_>> = rows.iter().map(|row| (&INSERT, &row[..])).collect();
    change.execute_together(&statements).await?;
    Ok(())
}

/// What a row holds besides the user's fields as they are.
struct Folded {
    login: String,
    display_name: String,
    email: Option<String>,
    aliases: Option<String>,
    profile: Option<String>,
}

impl Folded {
    fn of(user: &User) -> Self {
        Self {
            login: user.login.key(),
            // users without a display name stand before all others, as the recorded server has them
            display_name: user
                .display_name
                .as_ref()
                .map(DisplayName::key)
                .unwrap_or_default(),
            email: user.email.as_ref().map(ContactEmail::key),
            aliases: stored_aliases(&user.aliases),
            profile: user.profile.stored(),
        }
    }
}

/// The columns of a row, in the order of the statements that write one.
fn values<'a>(user: &'a User, folded: &'a Folded) -> [Value<'a>; 28] {
    [
        user.tenant.0.into(),
        user.number.0.into(),
        user.id.into(),
        user.login.as_str().into(),
        (&folded.login).into(),
        user.display_name.as_ref().map(DisplayName::as_str).into(),
        (&folded.display_name).into(),
        user.email.as_ref().map(ContactEmail::as_str).into(),
        folded.email.as_deref().into(),
        user.address.as_ref().map(Address::as_str).into(),
        user.address_follows_email.into(),
        folded.aliases.as_deref().into(),
        user.notify_email.as_ref().map(ContactEmail::as_str).into(),
        user.password_hash.as_deref().into(),
        user.phone.as_ref().map(Phone::as_str).into(),
        user.quota.stored().into(),
        user.language.as_ref().map(Language::as_str).into(),
        user.locale.as_ref().map(Locale::as_str).into(),
        user.timezone.as_ref().map(Timezone::as_str).into(),
        user.first_day_of_week
            .map(|day| i64::from(day.get()))
            .into(),
        user.manager.as_deref().into(),
        user.enabled.into(),
        user.operator.into(),
        folded.profile.as_deref().into(),
        user.first_login_at.map(|at| at.0).into(),
        user.last_login_at.map(|at| at.0).into(),
        user.created_at.0.into(),
        user.changed_at.0.into(),
    ]
}

/// A user from a row with [`columns`].
pub(super) fn from_row(tenant: TenantId, row: &Row<'_>) -> Result<User> {
    let text = |i: usize| -> Result<Option<String>> { Ok(row.opt_text(i)?.map(str::to_owned)) };
    Ok(User {
        tenant,
        number: UserNumber(row.int(0)?),
        id: UserId(row.uuid(1)?),
        login: Login::from_stored(row.text(2)?.to_owned()),
        display_name: text(3)?.map(DisplayName::from_stored),
        email: text(4)?.map(ContactEmail::from_stored),
        address: text(5)?.map(Address::from_stored),
        address_follows_email: row.bool(6)?,
        aliases: row
            .opt_text(7)?
            .map(aliases_from_stored)
            .unwrap_or_default(),
        notify_email: text(8)?.map(ContactEmail::from_stored),
        password_hash: text(9)?,
        phone: text(10)?.map(Phone::from_stored),
        quota: Quota::from_stored(row.int(11)?),
        language: text(12)?.map(Language::from_stored),
        locale: text(13)?.map(Locale::from_stored),
        timezone: text(14)?.map(Timezone::from_stored),
        first_day_of_week: row
            .opt_int(15)?
            .and_then(|day| i8::try_from(day).ok())
            .map(FirstDayOfWeek::from_stored),
        manager: text(16)?,
        enabled: row.bool(17)?,
        operator: row.bool(18)?,
        profile: Profile::from_stored(row.opt_text(19)?),
        first_login_at: row.opt_int(20)?.map(Timestamp),
        last_login_at: row.opt_int(21)?.map(Timestamp),
        created_at: Timestamp(row.int(22)?),
        changed_at: Timestamp(row.int(23)?),
    })
}

/// Numbers as the JSON list that `BY_NUMBERS` and its kin take.
pub(super) fn json_list(numbers: &[UserNumber]) -> String {
    let mut list = String::with_capacity(2 + numbers.len() * 8);
    list.push('[');
    for (i, number) in numbers.iter().enumerate() {
        if i > 0 {
            list.push(',');
        }
        list.push_str(&number.0.to_string());
    }
    list.push(']');
    list
}

fn stored_aliases(aliases: &[Alias]) -> Option<String> {
    if aliases.is_empty() {
        return None;
    }
    let list: Vec<_> = aliases
        .iter()
        .map(|alias| serde_json::json!([alias.value, alias.scope.map(Scope::name)]))
        .collect();
    Some(serde_json::Value::Array(list).to_string())
}

fn aliases_from_stored(text: &str) -> Vec<Alias> {
    let Ok(serde_json::Value::Array(list)) = serde_json::from_str(text) else {
        return Vec::new();
    };
    list.iter()
        .filter_map(|pair| {
            Some(Alias {
                value: pair.get(0)?.as_str()?.to_owned(),
                scope: pair
                    .get(1)
                    .and_then(serde_json::Value::as_str)
                    .and_then(Scope::from_name),
            })
        })
        .collect()
}
