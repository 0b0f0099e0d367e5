//! Counting.

use crate::{Tx, statements};
use provost_model::{Result, TenantId};

statements! {
    TALLY = "SELECT (SELECT COUNT(*) FROM audit_entries WHERE tenant = $1), \
        (SELECT CAST(COALESCE(SUM(entries), 0) AS BIGINT) FROM audit_seals WHERE tenant = $1 AND content IS NOT NULL), \
        (SELECT COUNT(*) FROM audit_unsealed u WHERE u.tenant = $1 AND EXISTS (SELECT 1 FROM audit_entries a WHERE a.tenant = u.tenant AND a.id = u.id)), \
        (SELECT COUNT(*) FROM audit_entries WHERE tenant = $1 AND noted IS NULL)";
}

/// How many entries of a tenant there are, in one state of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tally {
    /// All.
    pub entries: i64,
    /// Those that seals say they hold.
    pub sealed: i64,
    /// Those that wait to be sealed.
    pub waiting: i64,
}

impl Tally {
    /// Whether every entry is accounted for, as far as counting tells.
    #[must_use]
    pub const fn agrees(&self) -> bool {
        self.entries == self.sealed + self.waiting
    }
}

/// Counts the entries of a tenant.
///
/// # Errors
/// Those of the store.
pub(super) async fn tally(tx: &mut Tx, tenant: TenantId) -> Result<Tally> {
    let tally = tx
        .first(&TALLY, &[tenant.into()], |row| {
            Ok(Tally {
                entries: row.int(0)?,
                sealed: row.int(1)?,
                waiting: row.int(2)? + row.int(3)?,
            })
        })
        .await?;
    Ok(tally.unwrap_or(Tally {
        entries: 0,
        sealed: 0,
        waiting: 0,
    }))
}
