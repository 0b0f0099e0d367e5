//! What the directory's throttle of guesses needs of a runtime: time that passes, and somebody who writes down what it did.

use provost_directory::{Directory, Sleeper, ThrottleSettings};
use std::{pin::Pin, sync::Arc, time::Duration};
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval, sleep},
};

/// How long a block may wait until it stands in the audit.
const PERIOD: Duration = Duration::from_secs(1);

/// The throttle, if it is on.
pub(super) fn settings(on: bool) -> Option<ThrottleSettings> {
    on.then(|| ThrottleSettings {
        sleeper: Arc::new(Runtime),
    })
}

struct Runtime;

impl Sleeper for Runtime {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(sleep(duration))
    }
}

/// Writes blocks into the audit until the server ends, and then that they end with it. No login waits for it.
pub(super) async fn record_blocks(directory: Directory, mut ended: watch::Receiver<()>) {
    let mut period = interval(PERIOD);
    period.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = period.tick() => warn_of(directory.record_blocks().await),
            // an error means the same: the sender is gone because the end was asked for
            _ = ended.changed() => break,
        }
    }
    warn_of(directory.record_end_of_blocks().await);
}

fn warn_of(outcome: provost_model::Result<()>) {
    if let Err(error) = outcome {
        tracing::warn!(%error, "blocks of addresses are not in the audit yet");
    }
}
