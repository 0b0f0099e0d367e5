//! SQLite alone: the statements of a created user, with nothing around them, in batches as large as there are clients.

use crate::{
    Result,
    data::{DOMAIN, User},
    load::{Measured, percentile},
};
use rusqlite::{Connection, params};
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// The tenant `default`.
const TENANT: i64 = 1;
/// Far above the numbers that the server gave.
const FIRST_NUMBER: i64 = 1 << 30;

/// The statements of a create, and nothing around them.
pub(crate) const SCENARIO: &str = "SQLite alone, the statements of a create";

/// A database that provost made and filled, and that nobody serves.
pub(crate) struct RawSqlite {
    connection: Connection,
    number: i64,
}

impl RawSqlite {
    /// Opens it as the server does.
    pub(crate) fn open(database: &Path) -> Result<Self> {
        let connection = Connection::open(database)?;
        connection.set_prepared_statement_cache_capacity(64);
        connection.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536",
        )?;
        // as often as the server does
        connection.query_row("PRAGMA wal_autocheckpoint = 4000", [], |_| Ok(()))?;
        Ok(Self {
            connection,
            number: FIRST_NUMBER,
        })
    }

    /// Measures [`SCENARIO`], with so many creates in each transaction.
    pub(crate) fn measure(&mut self, batch: u32, seconds: u32) -> Result<Measured> {
        let connection = &self.connection;
        let begin = Instant::now();
        let first = self.number;
        let mut latencies = Vec::new();
        while begin.elapsed() < Duration::from_secs(seconds.into()) {
            let batch_begin = Instant::now();
            connection.execute_batch("BEGIN IMMEDIATE")?;
            for _ in 0..batch {
                connection
                    .prepare_cached("SAVEPOINT command")?
                    .execute([])?;
                create(connection, self.number)?;
                connection.prepare_cached("RELEASE command")?.execute([])?;
                self.number += 1;
            }
            connection.execute_batch("COMMIT")?;
            latencies.push(batch_begin.elapsed().as_secs_f64() * 1e6);
        }
        latencies.sort_unstable_by(f64::total_cmp);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a count of rows is far below 2^52"
        )]
        let per_second = (self.number - first) as f64 / begin.elapsed().as_secs_f64();
        Ok(Measured {
            per_second,
            p50_us: percentile(&latencies, 0.5),
            p99_us: percentile(&latencies, 0.99),
            ..Measured::default()
        })
    }
}

/// What a command writes and reads to create a user with a contact e-mail that becomes its address.
fn create(connection: &Connection, number: i64) -> Result<()> {
    let name = u32::try_from(number)?;
    let user = User::number(name);
    let key = user.display_name.to_lowercase();
    let id = id(number);
    let holder = |name: &str| -> Result<bool> {
        let mut statement = connection
            .prepare_cached("SELECT user_number FROM names WHERE tenant = ?1 AND name_key = ?2")?;
        Ok(statement.exists(params![TENANT, name])?)
    };
    let write = |sql: &str, values: &[&dyn rusqlite::ToSql]| -> Result<()> {
        connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    };
    let _: i64 = connection
        .prepare_cached(
            "INSERT INTO counters (tenant, kind, next) VALUES (?1, 'bench', 1) \
             ON CONFLICT (tenant, kind) DO UPDATE SET next = counters.next + 1 RETURNING next",
        )?
        .query_row([TENANT], |row| row.get(0))?;
    let claim = "INSERT INTO names (tenant, name_key, user_number) VALUES (?1, ?2, ?3) ON CONFLICT (tenant, name_key) DO NOTHING";
    write(claim, params![TENANT, user.login, number])?;
    let _: i64 = connection
        .prepare_cached("SELECT tenant FROM domains WHERE domain = ?1")?
        .query_row([DOMAIN], |row| row.get(0))?;
    holder(&user.email)?;
    write(
        "INSERT INTO addresses (domain, local_part, tenant, user_number, follows_email, quota) VALUES (?1, ?2, ?3, ?4, 1, -2) \
         ON CONFLICT (domain, local_part) DO NOTHING",
        params![DOMAIN, user.login, TENANT, number],
    )?;
    write(
        "INSERT INTO mailbox_counts (domain, shard, mailboxes, defaults, quota_mb) VALUES (?1, ?2, 1, 1, 0) \
         ON CONFLICT (domain, shard) DO UPDATE SET mailboxes = mailbox_counts.mailboxes + 1, defaults = mailbox_counts.defaults + 1",
        params![DOMAIN, number % 16],
    )?;
    write(claim, params![TENANT, user.email, number])?;
    write(
        "INSERT INTO users (tenant, number, id, login, login_key, display_name, display_key, email, email_key, address, \
         address_follows_email, quota, enabled, operator, created_at, changed_at) \
         VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?7, ?7, 1, -2, 1, 0, ?8, ?8)",
        params![
            TENANT,
            number,
            id,
            user.login,
            user.display_name,
            key,
            user.email,
            number
        ],
    )?;
    write(
        "INSERT OR REPLACE INTO user_search (rowid, grams) VALUES (?1 * 4294967296 + ?2, ?3)",
        params![TENANT, number, grams(&[&user.login, &key, &user.email])],
    )?;
    let details = format!(
        "{{\"email\":\"{}\",\"display_name\":\"{}\"}}",
        user.email, user.display_name
    );
    write(
        "INSERT INTO audit_entries (tenant, id, at, actor, action, subject, subject_number, details, request) \
         VALUES (?1, ?2, ?3, 'user admin', 'user.created', ?4, ?3, ?5, '0123456789abcdef')",
        params![TENANT, id, number, user.login, details],
    )?;
    write(
        "INSERT INTO events (tenant, id, at, action, subject, subject_number, details) VALUES (?1, ?2, ?3, 'user.created', ?4, ?3, ?5)",
        params![TENANT, id, number, user.login, details],
    )?;
    write(
        "INSERT INTO audit_unsealed (tenant, id) VALUES (?1, ?2)",
        params![TENANT, id],
    )
}

/// An id that grows with time, as the server's do; above all of its own.
fn id(number: i64) -> [u8; 16] {
    let mut id = [0xff; 16];
    id[8..].copy_from_slice(&number.to_be_bytes());
    id
}

/// As many trigrams as the server would make, each with the tenant in front.
fn grams(fields: &[&str]) -> String {
    let mut grams: Vec<String> = fields
        .iter()
        .flat_map(|field| {
            let characters: Vec<char> = field.chars().filter(|it| it.is_alphanumeric()).collect();
            let grams: Vec<_> = characters
                .windows(3)
                .map(|gram| format!("{TENANT}\u{e100}{}", String::from_iter(gram)))
                .collect();
            grams
        })
        .collect();
    grams.sort_unstable();
    grams.dedup();
    grams.join(" ")
}
