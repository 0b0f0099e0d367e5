//! Examining a chain from end to end.

use super::{ChainWalk, Defect, DefectKind, Noted, Searched, Step, Tally, search, tally};
use crate::{Read, Store, Tx, chain::ChainHead};
use provost_model::{EntryId, Result, TenantId};

/// What an examination found, beside the defects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Examined {
    /// How many entries there are.
    pub tally: Tally,
    /// What became of the head that was noted elsewhere; nothing if none was given.
    pub noted: Option<Noted>,
}

/// Walks a tenant's chain, counts, and where the counts differ looks for what is wrong; `tell` is told each defect as it is found.
///
/// # Errors
/// Those of the store, and of `tell`.
pub async fn examine<E: From<provost_model::Error>>(
    store: &Store,
    tenant: TenantId,
    noted: Option<ChainHead>,
    mut tell: impl FnMut(Defect) -> Result<(), E>,
) -> Result<Examined, E> {
    let (mut found, mut doubt) = (false, false);
    let mut became = None;
    let mut rest = Some(match noted {
        Some(noted) => ChainWalk::of(tenant).past(noted),
        None => ChainWalk::of(tenant),
    });
    while let Some(walk) = rest {
        let step = store.read_long(walk).await?;
        for defect in step.defects {
            found = true;
            tell(defect)?;
        }
        doubt |= found || step.met_again;
        became = became.or(step.noted);
        rest = step.rest;
    }

    let tally = store.read_long(Count { tenant }).await?;
    // what is missing and what is too many may count the same
    if doubt || !tally.agrees() {
        let mut after = None;
        loop {
            let searched = store.read_long(Search { tenant, after }).await?;
            for defect in searched.defects {
                found = true;
                tell(defect)?;
            }
            if searched.last.is_none() {
                break;
            }
            after = searched.last;
        }
        if !found {
            tell(Defect {
                kind: DefectKind::Miscounted,
                place: format!("tenant {}", tenant.0),
            })?;
        }
    }
    Ok(Examined {
        tally,
        noted: became,
    })
}

impl Read for ChainWalk {
    type Output = Step;

    async fn run(&self, tx: &mut Tx) -> Result<Step> {
        self.step(tx).await
    }
}

struct Count {
    tenant: TenantId,
}

impl Read for Count {
    type Output = Tally;

    async fn run(&self, tx: &mut Tx) -> Result<Tally> {
        tally(tx, self.tenant).await
    }
}

struct Search {
    tenant: TenantId,
    after: Option<EntryId>,
}

impl Read for Search {
    type Output = Searched;

    async fn run(&self, tx: &mut Tx) -> Result<Searched> {
        search(tx, self.tenant, self.after).await
    }
}
