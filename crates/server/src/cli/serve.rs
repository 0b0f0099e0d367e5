//! `provost serve`.

use crate::{config::Settings, failure::Result, serve};
use clap::Args;

/// Serves until SIGTERM or SIGINT.
///
/// Prints `listening on http://ADDR` on standard output once it answers. On an empty database it first makes the tenant `default`
/// with its administrator: login PROVOST_ADMIN_USER (admin), password PROVOST_ADMIN_PASSWORD; without one it generates a password
/// and prints it, this once. A signal lets running requests finish, at most 30 seconds; a second one ends at once.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost serve --listen 0.0.0.0:8080 --database postgres://provost@db.internal/provost"
)]
pub(crate) struct Serve {
    /// Where to listen, host and port [env: PROVOST_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
}

impl Serve {
    /// Serves, on as many threads as there are cores.
    pub(crate) fn run(self, settings: Settings) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        runtime.block_on(serve::serve(settings))
    }
}
