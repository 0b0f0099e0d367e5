//! Seals the audit in the background, and prunes it.

use provost_directory::{AuditSealer, Directory, Round};
use std::time::{Duration, Instant};
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};

/// How soon after a write its entry is sealed.
const PERIOD: Duration = Duration::from_secs(1);

/// After so many periods the database is looked at even if this server wrote nothing: other nodes and the command line write too.
const PERIODS_WITHOUT_LOOKING: u32 = 5;

/// How often what is too old is looked for.
const PRUNING: Duration = Duration::from_secs(60);

/// Seals what is written, and prunes what is older than so many days, 0 for never, until the server ends. Then it seals what is left.
pub(super) async fn keep(
    directory: Directory,
    mut sealer: AuditSealer,
    days: u32,
    mut ended: watch::Receiver<()>,
) {
    let mut period = interval(PERIOD);
    period.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sealed = None;
    let mut not_looked = 0;
    let mut prune_at = Instant::now();
    loop {
        tokio::select! {
            _ = period.tick() => {}
            // an error means the same: the sender is gone because the end was asked for
            _ = ended.changed() => break,
        }
        // taken before the round, so that what is written meanwhile is looked at in the next one
        let writes = directory.metrics().store.writes;
        not_looked += 1;
        if sealed != Some(writes) || not_looked >= PERIODS_WITHOUT_LOOKING {
            not_looked = 0;
            sealed = Some(writes);
            if outcome(sealer.seal().await) == Round::More {
                sealed = None;
                period.reset_immediately();
            }
        }
        if days > 0
            && prune_at <= Instant::now()
            && outcome(sealer.prune(days).await) != Round::More
        {
            prune_at = Instant::now() + PRUNING;
        }
    }
    while outcome(sealer.seal().await) == Round::More {}
    if let Err(error) = sealer.release().await {
        tracing::warn!(%error, "another server seals the audit only once this one's lease ends");
    }
}

/// What a round did; a failed one is tried again later.
fn outcome(round: provost_model::Result<Round>) -> Round {
    round.unwrap_or_else(|error| {
        tracing::warn!(%error, "the audit is not sealed or pruned yet");
        Round::Idle
    })
}
