//! What a table holds, in a few bytes: the same on both engines for the same rows.

use super::{
    side::{PAGE, Side},
    statements::Walk,
};
use provost_model::Result;
use sha2::{Digest as _, Sha256};

/// How many rows a table has, and the SHA-256 over all of them in the order of their keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TableDigest {
    pub(super) rows: u64,
    pub(super) sha256: [u8; 32],
}

impl TableDigest {
    /// Reads a table from its first row to its last, and tells how many rows each page had.
    pub(super) async fn of(
        side: &mut Side,
        walk: &'static Walk,
        mut seen: impl FnMut(u64),
    ) -> Result<Self> {
        let (mut sha256, mut rows) = (Sha256::new(), 0);
        let mut encoded = Vec::new();
        let mut after = None;
        loop {
            let page = side.page(walk, after.as_deref()).await?;
            encoded.clear();
            for cell in page.cells() {
                cell.encode(&mut encoded);
            }
            sha256.update(&encoded);
            rows += page.len();
            seen(page.len());
            after = page.last_key();
            if page.len() < PAGE {
                let sha256 = sha256.finalize().into();
                return Ok(Self { rows, sha256 });
            }
        }
    }
}

/// The digest of all tables, in hexadecimal digits.
pub(super) fn of_all(tables: &[(&'static Walk, TableDigest)]) -> String {
    let mut sha256 = Sha256::new();
    for (walk, digest) in tables {
        sha256.update(walk.table.name);
        sha256.update(digest.rows.to_be_bytes());
        sha256.update(digest.sha256);
    }
    crate::migrate::hexadecimal(&sha256.finalize())
}
