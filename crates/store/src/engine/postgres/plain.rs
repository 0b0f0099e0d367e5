//! Which databases are PostgreSQL itself: one server that keeps all tables of the directory, whose snapshots tell of every commit.

use super::{fault, pool::Connection};
use crate::fault::Fault;

/// Which server it is, and what it keeps elsewhere than in its own tables, by the extensions that do.
const KIND: &str = "SELECT version(), \
    (SELECT MIN(extname) FROM pg_extension WHERE extname IN ('citus', 'orioledb'))";
/// A transaction that is committed and writes nothing.
const COMMIT: &str = "SELECT pg_current_xact_id()";
/// Who builds PostgreSQL as it is, and writes so behind its version.
const BUILDERS: [&str; 5] = ["Debian", "Ubuntu", "Raspbian", "Devuan", "Homebrew"];

/// Why this server is not taken for PostgreSQL itself, if it is not.
pub(super) async fn refuses(connection: &Connection) -> Result<Option<String>, Fault> {
    let fault = |cause| fault::of(KIND, &cause);
    let row = connection.query_one(KIND, &[]).await.map_err(fault)?;
    let (version, extension): (String, Option<String>) = row
        .try_get(0)
        .and_then(|version| Ok((version, row.try_get(1)?)))
        .map_err(fault)?;
    Ok(match extension {
        Some(extension) => Some(format!("it has the extension {extension}")),
        None if is_plain(&version) => None,
        None => Some(format!("it is {version}")),
    })
}

/// Commits a transaction that writes nothing.
pub(super) async fn commit(connection: &Connection) -> Result<(), Fault> {
    connection
        .batch_execute(COMMIT)
        .await
        .map_err(|cause| fault::of(COMMIT, &cause))
}

/// Whether a server that calls itself so is PostgreSQL: what is built upon it says so, in its number or beside it.
fn is_plain(version: &str) -> bool {
    let Some((number, rest)) = version
        .strip_prefix("PostgreSQL ")
        .and_then(|rest| rest.split_once(' '))
    else {
        return false;
    };
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_released = ["beta", "rc", "devel", ""].into_iter().any(|stage| {
        number
            .split_once(stage)
            .is_some_and(|(before, after)| digits(before) && digits(after))
    });
    let built = match rest.strip_prefix('(') {
        None => rest,
        Some(rest) => match rest.split_once(") ") {
            Some((builder, rest))
                if BUILDERS.contains(&builder.split(' ').next().unwrap_or_default()) =>
            {
                rest
            }
            _ => return false,
        },
    };
    is_released && built.starts_with("on ") && !built.contains("Redshift")
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn postgresql_is_told_from_what_is_built_upon_it() {
        for version in [
            "PostgreSQL 15.18 (Debian 15.18-0+deb12u1) on x86_64-pc-linux-gnu, compiled by gcc (Debian 12.2.0-14) 12.2.0, 64-bit",
            "PostgreSQL 16.4 (Ubuntu 16.4-0ubuntu0.24.04.1) on x86_64-pc-linux-gnu, compiled by gcc",
            "PostgreSQL 16.3 on x86_64-pc-linux-musl, compiled by gcc (Alpine 13.2.1) 13.2.1, 64-bit",
            "PostgreSQL 17beta2 on aarch64-unknown-linux-gnu, compiled by gcc",
            "PostgreSQL 18devel on aarch64-unknown-linux-gnu, compiled by gcc",
        ] {
            assert!(is_plain(version), "{version}");
        }
        for version in [
            "CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15, go1.22.2)",
            "PostgreSQL 11.2-YB-2.19.3.0-b0 on x86_64-pc-linux-gnu, compiled by clang",
            "PostgreSQL 12.12 (Greenplum Database 7.0.0 build commit:0) on x86_64-pc-linux-gnu",
            "PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2, Redshift 1.0.1234",
            "PostgreSQL 10.3 (Postgres-XL 10r1) on x86_64-pc-linux-gnu",
            "(openGauss 5.0.0 build 0) compiled at 2023-03-29",
            "PostgreSQL 16",
            "",
        ] {
            assert!(!is_plain(version), "{version}");
        }
    }
}
