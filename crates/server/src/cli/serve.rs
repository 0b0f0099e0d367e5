//! `provost serve`.

use crate::{
    config::{ServeFlags, Settings},
    failure::Result,
    serve,
    telemetry::AccessLog,
};
use clap::Args;

/// The settings that have no flag, since they are set once or are secrets, and an example.
const SETTINGS_AND_EXAMPLE: &str = "\
Environment, or the same names in small letters without PROVOST_ in provost.toml:
  PROVOST_ADMIN_USER      the first administrator's login [default: admin]
  PROVOST_ADMIN_PASSWORD  its password [default: one is generated and printed once]
  PROVOST_ADMIN_EMAIL     its contact e-mail, empty for none [default: admin@example.org]
  PROVOST_PUBLIC_URL      the URL under which clients reach the server
  PROVOST_THROTTLE        on, or off for tests: wrong passwords slow down further ones, then block their address [default: on]
  PROVOST_TRUSTED_PROXIES the proxies that are believed, with commas between them: addresses or networks such as 10.0.0.0/8
  PROVOST_MAIL_SERVER     the mail server for welcome mails, HOST or HOST:PORT; without it none are sent
  PROVOST_MAIL_TLS        starttls, tls, or none for one on this machine [default: starttls]
  PROVOST_MAIL_CA         a PEM file of a certificate that is believed beside the system's
  PROVOST_MAIL_USER, PROVOST_MAIL_PASSWORD or PROVOST_MAIL_PASSWORD_FILE  the account at it, if it wants one
  PROVOST_MAIL_FROM       the sender: ADDRESS or NAME <ADDRESS>
  PROVOST_MAIL_TIMEOUT    seconds that sending one mail may take, 1 to 50 [default: 15]
  PROVOST_PASSWORD_LINK_DAYS  days that a link to set a password holds, 1 to 365 [default: 7]
  PROVOST_AUDIT_DAYS      days that audit entries and events are kept, 0 for ever [default: 400]
  PROVOST_MIGRATE         on: a database with an older schema is brought up to date; off: it is refused, for engines on which what
                          `provost schema` prints is applied by hand [default: on]
  PROVOST_OTLP_ENDPOINT   a collector of OpenTelemetry that a span of each request is sent to, http://HOST:PORT [default: none]
  PROVOST_MASTER_OVERRIDE as the flag
  PROVOST_OPEN_XCHANGE_CLASSES_ARRAY, PROVOST_OPEN_XCHANGE_SEARCH_ARRAY
                          on: classes of service, and what the search finds, are arrays also where there is one [default: off]
  PROVOST_OPEN_XCHANGE_TENANT_CREDENTIALS or …_TENANT_CREDENTIALS_FILE
                          SLUG:NAME:SECRET, with blanks or lines between several: for a tenant's shared mail domains and forwards
  PROVOST_OPEN_XCHANGE_MONITORING or …_MONITORING_FILE
                          NAME:SECRET, which may close sessions
  PROVOST_LISTEN, PROVOST_METRICS_LISTEN, PROVOST_TLS_CERTIFICATE, PROVOST_TLS_KEY, PROVOST_DATABASE, PROVOST_DATABASE_REPLICA, PROVOST_DRAIN, PROVOST_LOG, PROVOST_LOG_FORMAT as the flags

Example:
  provost serve --listen 0.0.0.0:8080 --database postgres://provost@db.internal/provost";

/// Serves until SIGTERM or SIGINT.
///
/// Prints `listening on http://ADDR`, or `https://` with a certificate of its own, on standard output once it answers. On an empty database it first makes the tenant `default`
/// with its administrator: login PROVOST_ADMIN_USER (admin), password PROVOST_ADMIN_PASSWORD; without one it generates a password
/// and prints it, this once. SIGTERM makes /readyz say no for --drain seconds while all else is served; then, or with SIGINT at once,
/// running requests finish, at most 30 seconds. A second signal ends it.
#[derive(Args, Debug)]
#[command(after_help = SETTINGS_AND_EXAMPLE)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) flags: ServeFlags,
}

impl Serve {
    /// Serves, on as many threads as there are cores.
    pub(crate) fn run(self, settings: Settings, access: AccessLog) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()?;
        let outcome = runtime.block_on(serve::serve(settings, access));
        // what is still running was given its time
        runtime.shutdown_background();
        outcome
    }
}
