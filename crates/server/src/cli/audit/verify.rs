//! `provost audit verify`.

use super::hash;
use crate::{
    cli::{defects::Defects, output::Output, session::Session},
    failure::{Failure, Result},
};
use clap::Args;
use provost_directory::queries::{ChainHead, Noted};
use provost_model::{Entry, TenantId, Timestamp};
use serde::Deserialize;
use std::path::PathBuf;

/// Tells whether chains of the audit still go through heads that were noted before.
///
/// Who can write to the database can compute a chain anew, which `provost check` alone cannot tell; but not one that goes through a head that
/// was noted elsewhere. Without --tenant the deployment's chain is meant.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  provost audit verify --tenant acme --position 1200 --hash 9f86d0…\n  provost audit verify --heads heads.json"
)]
pub(super) struct Verify {
    /// The tenant
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// The position that was noted
    #[arg(
        long,
        value_name = "N",
        requires = "hash",
        required_unless_present = "heads"
    )]
    position: Option<i64>,
    /// The hash that was noted with it
    #[arg(long, value_name = "HEX", requires = "position")]
    hash: Option<String>,
    /// A file that `provost audit head --json` printed
    #[arg(long, value_name = "FILE", conflicts_with_all = ["tenant", "position", "hash"])]
    heads: Option<PathBuf>,
}

/// A head as it was printed.
#[derive(Debug, Deserialize)]
struct Head {
    tenant: Option<String>,
    position: i64,
    hash: String,
}

impl Verify {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let mut broken = 0;
        let heads = self.heads()?;
        for head in &heads {
            if !verify(session, head, output).await? {
                broken += 1;
            }
        }
        if broken > 0 {
            return Err(Failure::refused(format_args!(
                "{broken} of {} chains are not as they were noted",
                heads.len()
            )));
        }
        Ok(())
    }

    fn heads(self) -> Result<Vec<Head>> {
        match (self.heads, self.position, self.hash) {
            (Some(file), _, _) => {
                let unusable = |error: &dyn std::fmt::Display| {
                    Failure::refused(format_args!("cannot use {}: {error}", file.display()))
                };
                let text = std::fs::read_to_string(&file).map_err(|error| unusable(&error))?;
                serde_json::from_str(&text).map_err(|error| unusable(&error))
            }
            (None, Some(position), Some(hash)) => Ok(vec![Head {
                tenant: self.tenant,
                position,
                hash,
            }]),
            _ => Ok(Vec::new()),
        }
    }
}

/// Verifies one head; false if it does not hold.
async fn verify(session: &Session, head: &Head, output: &mut Output) -> Result<bool> {
    let tenant = tenant(session, head.tenant.as_deref()).await?;
    let name = head.tenant.as_deref().unwrap_or("the deployment");
    let position = head.position;
    let noted = ChainHead {
        entries: position,
        newest_at: Timestamp(0),
        hash: hash::parsed(&head.hash)
            .ok_or_else(|| Failure::refused("a hash has 64 hexadecimal digits"))?,
    };
    let mut defects = Defects::default();
    let examined = session
        .directory
        .examine_audit(tenant, Some(noted), |defect| -> Result<()> {
            defects.tell(output, defect.kind.defect(), &defect.place)
        })
        .await?;
    let defects = defects.end(output)?;
    let verdict = match examined.noted {
        Some(Noted::Holds) if defects > 0 => "goes through it, but is not sound",
        Some(Noted::Holds) => "goes through it",
        Some(Noted::Differs) => "has another hash there: it was made anew",
        Some(Noted::NoSealEnds) => "has no head there: it was made anew, or the position is wrong",
        Some(Noted::Pruned) => "is pruned past it: note a newer head",
        Some(Noted::BeyondTheEnd) | None => {
            "ends before it: it was cut, or the database is an older copy"
        }
    };
    output.line(format_args!(
        "{name}, position {position}: the chain {verdict}"
    ))?;
    Ok(defects == 0 && examined.noted == Some(Noted::Holds))
}

/// The tenant of a head: by its slug, or by its id in angle brackets if it was deleted.
async fn tenant(session: &Session, name: Option<&str>) -> Result<TenantId> {
    let Some(name) = name else {
        return Ok(Entry::DEPLOYMENT);
    };
    let id = name
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
        .and_then(|id| id.parse().ok());
    match id {
        Some(id) => Ok(TenantId(id)),
        None => Ok(session.tenant(name).await?.id),
    }
}
