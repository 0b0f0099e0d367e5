//! Whether the audit's chains are whole: every seal follows from the one before, every sealed entry is there as it was sealed, and every
//! entry is sealed once or waits for it.
//!
//! A chain is walked in steps of bounded size, each a query of its own, beside a server that seals and prunes meanwhile. What has to be
//! seen in one state is one statement; else a suspicion is looked at again before it is told.

mod entries;
mod examine;
mod search;
mod tally;
mod walk;

use crate::{Sql, Tx, statements};
use provost_model::{EntryId, Result, TenantId};

pub use examine::{Examined, examine};
use search::{Searched, search};
pub use tally::Tally;
use tally::tally;
pub use walk::{ChainWalk, Noted, Step};

statements! {
    NEXT = "SELECT MIN(x.tenant) FROM (SELECT MIN(tenant) AS tenant FROM audit_entries WHERE tenant > $1 \
        UNION ALL SELECT MIN(tenant) FROM audit_seals WHERE tenant > $1 UNION ALL SELECT MIN(tenant) FROM audit_unsealed WHERE tenant > $1) x";
}

/// Something that is wrong with a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// What.
    pub kind: DefectKind,
    /// Where.
    pub place: String,
}

/// What may be wrong with a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DefectKind {
    /// A place that no seal holds.
    MissingSeal,
    /// A seal that is not what its hash says, or whose hash is not that of a seal behind the one before.
    ChangedSeal,
    /// A sealed entry that is not what its digest says.
    ChangedEntry,
    /// A sealed entry that is not there.
    MissingEntry,
    /// An entry that is in a chain more than once.
    SealedTwice,
    /// A sealed entry that waits to be sealed.
    WaitsAgain,
    /// An entry that is neither sealed nor waits for it.
    Unsealed,
    /// The counts of entries and sealed ones differ, and it was not found which.
    Miscounted,
}

impl DefectKind {
    /// What each is called.
    #[must_use]
    pub const fn defect(self) -> &'static str {
        match self {
            Self::MissingSeal => "a seal that is missing from the audit's chain",
            Self::ChangedSeal => {
                "a seal of the audit that was changed, or does not follow from the one before"
            }
            Self::ChangedEntry => "an audit entry that was changed after it was sealed",
            Self::MissingEntry => "a sealed audit entry that is not there",
            Self::SealedTwice => "an audit entry that was sealed twice",
            Self::WaitsAgain => "a sealed audit entry that waits to be sealed again",
            Self::Unsealed => "an audit entry that is neither sealed nor waits for it",
            Self::Miscounted => {
                "a number of audit entries that differs from those sealed and waiting"
            }
        }
    }
}

/// Every statement of this module.
pub(super) fn statements() -> impl Iterator<Item = &'static Sql> {
    [ALL, search::ALL, tally::ALL, walk::ALL]
        .into_iter()
        .flatten()
        .copied()
}

/// The tenant after this one that has audit entries or seals. The deployment comes first, before it -1.
///
/// # Errors
/// Those of the store.
pub async fn next_chain(tx: &mut Tx, after: TenantId) -> Result<Option<TenantId>> {
    let next = tx
        .first(&NEXT, &[after.into()], |row| row.opt_int(0))
        .await?;
    Ok(next.flatten().map(TenantId))
}

fn entry(kind: DefectKind, tenant: TenantId, id: EntryId) -> Defect {
    Defect {
        kind,
        place: format!("tenant {}, entry {}", tenant.0, id.0),
    }
}

fn places(kind: DefectKind, tenant: TenantId, first: i64, last: i64) -> Defect {
    Defect {
        kind,
        place: if first == last {
            format!("tenant {}, place {first}", tenant.0)
        } else {
            format!("tenant {}, places {first} to {last}", tenant.0)
        },
    }
}
