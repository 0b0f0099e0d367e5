//! Finding which entries are not accounted for, once counting has told that some are not. It reads a whole chain for each hundred
//! thousand entries, so it is not done for nothing.

use super::{Defect, DefectKind, entry};
use crate::{
    Tx, statements,
    tables::{audit_seals, audit_unsealed},
};
use provost_model::{EntryId, Result, TenantId};
use std::collections::BTreeMap;
use uuid::Uuid;

statements! {
    ENTRIES = "SELECT id, noted FROM audit_entries WHERE tenant = $1 AND id > $2 ORDER BY id LIMIT $3";
    ENTRY = "SELECT 1 FROM audit_entries WHERE tenant = $1 AND id = $2";
    WAITS = "SELECT 1 FROM audit_unsealed WHERE tenant = $1 AND id = $2 \
        UNION ALL SELECT 1 FROM audit_entries WHERE tenant = $1 AND id = $2 AND noted IS NULL";
}

/// How many entries are looked for at once; each takes some 50 bytes.
const SOUGHT: i64 = 100_000;

/// How much is read at once.
const PAGE: i64 = 500;

/// How many seals are read at once.
const SEALS: i64 = 100;

/// What was found about some entries.
#[derive(Debug)]
pub(super) struct Searched {
    /// What is wrong with them.
    pub defects: Vec<Defect>,
    /// The last of them; nothing if there are no further ones.
    pub last: Option<EntryId>,
}

#[derive(Clone, Copy)]
struct Seen {
    waiting: bool,
    sealed: u32,
}

/// Looks for some of a tenant's entries, after the id `after`, in its chain and among those that wait. Without `after` it begins with the first.
///
/// # Errors
/// Those of the store.
pub(super) async fn search(
    tx: &mut Tx,
    tenant: TenantId,
    after: Option<EntryId>,
) -> Result<Searched> {
    let after = after.unwrap_or(EntryId(Uuid::nil()));
    let mut sought: BTreeMap<EntryId, Seen> = tx
        .all(
            &ENTRIES,
            &[tenant.into(), after.into(), SOUGHT.into()],
            |row| {
                let seen = Seen {
                    waiting: row.opt_int(1)?.is_none(),
                    sealed: 0,
                };
                Ok((EntryId(row.uuid(0)?), seen))
            },
        )
        .await?
        .into_iter()
        .collect();
    let last = sought.last_key_value().map(|(id, _)| *id);
    // Those that wait are looked at before the seals: what is sealed meanwhile is then met in one of the two.
    if let Some(last) = last {
        note_waiting(tx, tenant, after, last, &mut sought).await?;
        note_sealed(tx, tenant, &mut sought).await?;
    }
    let mut defects = Vec::new();
    for (id, seen) in sought {
        if let Some(kind) = wrong(tx, tenant, id, seen).await? {
            defects.push(entry(kind, tenant, id));
        }
    }
    Ok(Searched { defects, last })
}

async fn note_waiting(
    tx: &mut Tx,
    tenant: TenantId,
    mut after: EntryId,
    last: EntryId,
    sought: &mut BTreeMap<EntryId, Seen>,
) -> Result<()> {
    loop {
        let page = audit_unsealed::page(tx, tenant, after, PAGE).await?;
        for id in &page {
            if let Some(seen) = sought.get_mut(id) {
                seen.waiting = true;
            }
        }
        match page.last() {
            Some(end) if *end < last => after = *end,
            _ => return Ok(()),
        }
    }
}

async fn note_sealed(
    tx: &mut Tx,
    tenant: TenantId,
    sought: &mut BTreeMap<EntryId, Seen>,
) -> Result<()> {
    let mut after = 0;
    loop {
        let seals = audit_seals::page(tx, tenant, after, SEALS).await?;
        let Some(end) = seals.last() else {
            return Ok(());
        };
        after = end.first_entry;
        for item in seals.iter().flat_map(crate::chain::Seal::items) {
            if let Some(seen) = sought.get_mut(&item.id) {
                seen.sealed += 1;
            }
        }
    }
}

/// What is wrong with an entry that was seen so. What may have changed since is looked at again.
async fn wrong(
    tx: &mut Tx,
    tenant: TenantId,
    id: EntryId,
    seen: Seen,
) -> Result<Option<DefectKind>> {
    let key = [tenant.into(), id.into()];
    Ok(match seen {
        Seen { sealed: 2.., .. } => Some(DefectKind::SealedTwice),
        Seen {
            sealed: 1,
            waiting: true,
        } if tx.any(&WAITS, &key).await? => Some(DefectKind::WaitsAgain),
        // pruned meanwhile it would be gone
        Seen {
            sealed: 0,
            waiting: false,
        } if tx.any(&ENTRY, &key).await? => Some(DefectKind::Unsealed),
        _ => None,
    })
}
