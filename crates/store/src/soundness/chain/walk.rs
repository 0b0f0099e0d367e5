//! Walking a chain.

use super::{Defect, DefectKind, entries, places};
use crate::{
    Tx,
    chain::{ChainHead, Seal, Sealed},
    statements,
    tables::audit_seals,
};
use provost_model::{Result, TenantId};
use std::collections::HashMap;

statements! {
    HOLDS_ENTRIES = "SELECT 1 FROM audit_seals WHERE tenant = $1 AND first_entry = $2 AND content IS NOT NULL";
    BEFORE = "SELECT 1 FROM audit_seals WHERE tenant = $1 AND first_entry < $2 LIMIT 1";
}

/// How many seals a step reads; each holds up to 500 entries of 48 bytes.
const SEALS: i64 = 100;

/// A walk along a tenant's chain, as far as it has come.
#[derive(Clone, Debug)]
pub struct ChainWalk {
    tenant: TenantId,
    /// The first entry of the last seal so far.
    after: i64,
    /// The place of the last entry so far; nothing if the last seal does not tell.
    reached: Option<i64>,
    /// The hashes that the next seal may follow from; none if that cannot be told. They are two where the last seal is not what its hash
    /// says: whichever was changed, the next one is to blame only if it follows from neither.
    links: Vec<Vec<u8>>,
    /// A head that was noted elsewhere, which the chain has to go through.
    noted: Option<ChainHead>,
}

/// Some further seals of a chain.
#[derive(Debug)]
pub struct Step {
    /// What is wrong with them.
    pub defects: Vec<Defect>,
    /// Whether an entry was met twice, so that a search is due.
    pub met_again: bool,
    /// What became of the head that was noted elsewhere.
    pub noted: Option<Noted>,
    /// The rest of the chain; nothing at its end.
    pub rest: Option<ChainWalk>,
}

/// What became of a head that was noted elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    /// The chain goes through it.
    Holds,
    /// At its place the chain has another hash.
    Differs,
    /// No seal ends at its place.
    NoSealEnds,
    /// The chain begins behind it: what it stood for is pruned.
    Pruned,
    /// The chain ends before it.
    BeyondTheEnd,
}

impl ChainWalk {
    /// A walk along the whole chain of a tenant.
    #[must_use]
    pub fn of(tenant: TenantId) -> Self {
        Self {
            tenant,
            after: 0,
            reached: Some(0),
            links: vec![ChainHead::empty().hash],
            noted: None,
        }
    }

    /// The same, past a head that was noted elsewhere.
    #[must_use]
    pub fn past(self, noted: ChainHead) -> Self {
        Self {
            noted: Some(noted),
            ..self
        }
    }

    /// Walks past some further seals.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn step(&self, tx: &mut Tx) -> Result<Step> {
        let mut walk = self.clone();
        let seals = audit_seals::page(tx, self.tenant, self.after, SEALS).await?;
        let mut step = Step {
            defects: Vec::new(),
            met_again: false,
            noted: None,
            rest: None,
        };
        for seal in &seals {
            walk.pass(tx, seal, &mut step).await?;
        }
        self.pass_entries(tx, &seals, &mut step).await?;
        if seals.is_empty() {
            step.noted = walk.noted.take().map(|_| Noted::BeyondTheEnd);
        } else {
            step.rest = Some(walk);
        }
        Ok(step)
    }

    /// Walks past one seal.
    async fn pass(&mut self, tx: &mut Tx, seal: &Seal, step: &mut Step) -> Result<()> {
        let (tenant, first, last) = (self.tenant, seal.first_entry, seal.last_entry());
        // A pruned seal is where a chain begins. It may have become that while the chain was walked.
        let begins =
            seal.content.is_none() && !tx.any(&BEFORE, &[tenant.into(), first.into()]).await?;
        if begins {
            self.links = vec![seal.hash.clone()];
        } else {
            let expected = self.reached.map_or(first, |reached| reached + 1);
            if first > expected {
                let missing = places(DefectKind::MissingSeal, tenant, expected, first - 1);
                step.defects.push(missing);
                self.links.clear();
            }
            let changed = seal.content.is_none()
                || !seal.is_whole()
                || first < expected
                || !self.links_to(seal);
            if changed {
                step.defects
                    .push(places(DefectKind::ChangedSeal, tenant, first, last));
            }
            let mut links = vec![seal.hash.clone()];
            if changed {
                links.extend(self.links.iter().map(|link| seal.hash_after(link).to_vec()));
            }
            self.links = links;
        }
        if let Some(noted) = self.noted.take_if(|noted| noted.entries <= last) {
            step.noted = Some(match noted.entries == last {
                true if noted.hash == seal.hash => Noted::Holds,
                true => Noted::Differs,
                false if begins => Noted::Pruned,
                false => Noted::NoSealEnds,
            });
        }
        self.after = first;
        self.reached = (begins || seal.is_whole()).then_some(last);
        Ok(())
    }

    /// Whether a seal's hash is the one that it has to have here.
    fn links_to(&self, seal: &Seal) -> bool {
        self.links.is_empty()
            || self
                .links
                .iter()
                .any(|link| seal.hash_after(link).as_slice() == seal.hash)
    }

    /// Looks at the entries of these seals.
    async fn pass_entries(&self, tx: &mut Tx, seals: &[Seal], step: &mut Step) -> Result<()> {
        let mut seal_of = HashMap::new();
        let mut sealed: Vec<Sealed> = Vec::new();
        for seal in seals {
            for item in seal.items() {
                if seal_of.insert(item.id, seal.first_entry).is_none() {
                    sealed.push(item);
                } else {
                    step.met_again = true;
                }
            }
        }
        for (id, defect) in entries::defects(tx, self.tenant, &sealed).await? {
            if defect.kind == DefectKind::ChangedEntry
                || self.still_holds(tx, seal_of.get(&id).copied()).await?
            {
                step.defects.push(defect);
            }
        }
        Ok(())
    }

    /// Whether a seal still holds entries. Pruning takes both away at once, so an entry that was missing before this is really missing.
    async fn still_holds(&self, tx: &mut Tx, first: Option<i64>) -> Result<bool> {
        match first {
            Some(first) => {
                tx.any(&HOLDS_ENTRIES, &[self.tenant.into(), first.into()])
                    .await
            }
            None => Ok(false),
        }
    }
}
