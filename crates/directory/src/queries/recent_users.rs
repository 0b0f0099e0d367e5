//! The users who signed in last.

use crate::{Directory, text::is_storable};
use provost_model::{Result, TenantId, Timestamp, UserNumber, fold};
use provost_store::{
    Read, Tx,
    tables::{
        search,
        user_lists::{self, SignedIn},
    },
};

/// How many rows one step of a walk reads.
const STEP: i64 = 500;
/// Up to how many hits a search takes from its index; if there are more, the walk meets enough of them soon.
const INDEXED_HITS: i64 = 1000;

impl Directory {
    /// Up to `limit` users who ever signed in, the latest first, the first `offset` left out; with `search`, those whose login, display
    /// name or contact e-mail holds it.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn recent_users(
        &self,
        tenant: TenantId,
        search: Option<&str>,
        limit: i64,
        offset: i64,
    ) -> Result<Vec<UserNumber>> {
        if !search.is_none_or(is_storable) {
            return Ok(Vec::new());
        }
        let search = search.map(fold).filter(|search| !search.is_empty());
        self.read(&Recent {
            tenant,
            search,
            limit,
            offset,
        })
        .await
    }
}

struct Recent {
    tenant: TenantId,
    search: Option<String>,
    limit: i64,
    offset: i64,
}

impl Read for Recent {
    type Output = Vec<UserNumber>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let Some(search) = &self.search else {
            let page = user_lists::by_sign_in(tx, self.tenant, LATEST, self.limit, self.offset);
            return Ok(page.await?.iter().map(|row| row.listed.number).collect());
        };
        let hits = search::hits(tx, self.tenant, search, INDEXED_HITS + 1).await?;
        if i64::try_from(hits.len()).is_ok_and(|hits| hits <= INDEXED_HITS) {
            let numbers: Vec<UserNumber> = hits.iter().map(|hit| hit.listed.number).collect();
            return user_lists::by_sign_in_among(
                tx,
                self.tenant,
                &numbers,
                self.limit,
                self.offset,
            )
            .await;
        }
        self.walk(tx, search).await
    }
}

/// A place before all sign-ins.
const LATEST: (Timestamp, UserNumber) = (Timestamp(i64::MAX), UserNumber(i64::MAX));

impl Recent {
    async fn walk(&self, tx: &mut Tx, search: &str) -> Result<Vec<UserNumber>> {
        let wanted = usize::try_from(self.limit).unwrap_or_default();
        let mut left_out = 0;
        let mut page = Vec::new();
        let mut after = LATEST;
        loop {
            let rows = user_lists::by_sign_in(tx, self.tenant, after, STEP, 0).await?;
            let ended = i64::try_from(rows.len()).is_ok_and(|rows| rows < STEP);
            for SignedIn { listed, at } in rows {
                after = (at, listed.number);
                if !listed.matches(search) {
                    continue;
                }
                if left_out < self.offset {
                    left_out += 1;
                } else {
                    page.push(listed.number);
                }
                if page.len() >= wanted {
                    return Ok(page);
                }
            }
            if ended {
                return Ok(page);
            }
        }
    }
}
