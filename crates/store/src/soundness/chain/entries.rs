//! Whether sealed entries are there as they were sealed.

use super::{Defect, DefectKind, entry};
use crate::{
    Tx,
    chain::{Digest, EntryColumns, Sealed},
    tables::{audit_seals, id_list::IdList},
};
use provost_model::{EntryId, Result, TenantId};
use std::collections::HashMap;

/// How many entries are read at once.
const AT_ONCE: usize = 500;

/// What is wrong with these entries. One that is missing may have been pruned meanwhile, with its seal: the caller has to look.
pub(super) async fn defects(
    tx: &mut Tx,
    tenant: TenantId,
    sealed: &[Sealed],
) -> Result<Vec<(EntryId, Defect)>> {
    let mut defects = Vec::new();
    for some in sealed.chunks(AT_ONCE) {
        let found = digests(tx, tenant, some).await?;
        for Sealed { id, digest } in some {
            let kind = match found.get(id) {
                None => DefectKind::MissingEntry,
                Some(found) if *found == Some(*digest) => continue,
                Some(_) => DefectKind::ChangedEntry,
            };
            defects.push((*id, entry(kind, tenant, *id)));
        }
    }
    Ok(defects)
}

/// The digests of those that are there; none of one with columns that no entry ever had.
async fn digests(
    tx: &mut Tx,
    tenant: TenantId,
    sealed: &[Sealed],
) -> Result<HashMap<EntryId, Option<Digest>>> {
    let ids = IdList::of(sealed.iter().map(|item| item.id));
    let mut found = HashMap::with_capacity(sealed.len());
    audit_seals::visit_entries(tx, tenant, &ids, |row| {
        let digest = EntryColumns::from_row(row).map(|entry| entry.digest());
        found.insert(EntryId(row.uuid(1)?), digest.ok());
        Ok(())
    })
    .await?;
    Ok(found)
}
