//! The servers of a database: one, or several of which one takes writes.

use std::{
    future::pending,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::Duration,
};

use deadpool_postgres::Connect;
use futures_util::future::BoxFuture;
use provost_model::{Error, Result};
use tokio::{task::JoinHandle, time::timeout};
use tokio_postgres::{Client, Config, NoTls, config::TargetSessionAttrs};

/// How long one server may take to open a connection, from the first packet until it is ready.
const PATIENCE: Duration = Duration::from_secs(5);
/// The same where another server can be asked instead: less than the question may take whether the database is ready.
const PATIENCE_WITH_OTHERS: Duration = Duration::from_millis(1500);
/// How long the network may leave sent data unconfirmed, or an idle connection unprobed, until the server counts as gone.
const SILENCE: Duration = Duration::from_secs(5);
/// How long to wait between probes of an idle connection.
const PROBING: Duration = Duration::from_secs(2);

/// What connections are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Everything: a server that takes no writes is passed over.
    Writing,
    /// The command line's work on the one server that it was given, which may be a standby for commands that only read.
    Any,
    /// Lists, from any of the servers.
    Lists,
}

/// Servers that are asked one after another, beginning with the one that answered last, each for a bounded time: a machine that swallows
/// packets must not use up the time in which another could have answered.
pub(super) struct Hosts {
    servers: Vec<Config>,
    first: AtomicUsize,
}

impl Hosts {
    /// The servers of a URL, `postgres://USER:PASSWORD@HOST:PORT,HOST:PORT/NAME`.
    ///
    /// # Errors
    /// [`Error::Internal`] if it is none.
    pub(super) fn of(url: &str, purpose: Purpose) -> Result<Self> {
        let urls = one_by_one(url);
        let several = urls.len() > 1;
        let servers: Result<Vec<Config>> = urls
            .iter()
            .map(|url| server(url, purpose, several))
            .collect();
        Ok(Self {
            servers: servers?,
            first: AtomicUsize::new(0),
        })
    }

    /// How long it may take until one of them has answered.
    pub(super) fn patience(&self) -> Duration {
        let each = self.patience_with_each();
        each.saturating_mul(u32::try_from(self.servers.len()).unwrap_or(u32::MAX))
    }

    /// The settings of connections, for whoever wants to see them.
    pub(super) fn config(&self) -> Config {
        self.servers.first().cloned().unwrap_or_default()
    }

    fn patience_with_each(&self) -> Duration {
        if self.servers.len() > 1 {
            PATIENCE_WITH_OTHERS
        } else {
            PATIENCE
        }
    }

    async fn any(&self) -> Result<(Client, JoinHandle<()>), tokio_postgres::Error> {
        let mut refusal = None;
        let (first, count) = (self.first.load(Relaxed), self.servers.len());
        for at in (0..count).map(|nth| (first + nth) % count) {
            match timeout(self.patience_with_each(), self.servers[at].connect(NoTls)).await {
                Ok(Ok((client, connection))) => {
                    self.first.store(at, Relaxed);
                    let driver = tokio::spawn(async move {
                        if let Err(error) = connection.await {
                            tracing::warn!(%error, "a connection to the database was lost");
                        }
                    });
                    return Ok((client, driver));
                }
                Ok(Err(cause)) => refusal = Some(cause),
                // there is no error of the driver to tell of it; the next may answer
                Err(_) => tracing::warn!(server = at, "a database server does not answer"),
            }
            // who asks may give up before all were asked; the next one who does goes on behind this server
            self.first.store((at + 1) % count, Relaxed);
        }
        match refusal {
            Some(cause) => Err(cause),
            // the pool's own limit, which is as long as all of them may take, ends it
            None => pending().await,
        }
    }
}

impl Connect for Hosts {
    fn connect(
        &self,
        _: &Config,
    ) -> BoxFuture<'_, Result<(Client, JoinHandle<()>), tokio_postgres::Error>> {
        Box::pin(self.any())
    }
}

fn server(url: &str, purpose: Purpose, several: bool) -> Result<Config> {
    let mut config: Config = url
        .parse()
        .map_err(|cause| Error::Internal(format!("the database URL is wrong: {cause}")))?;
    if config.get_application_name().is_none() {
        config.application_name("provost");
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    config.keepalives_idle(SILENCE);
    config.keepalives_interval(PROBING);
    let takes_writes = match purpose {
        Purpose::Writing => true,
        Purpose::Any => several,
        Purpose::Lists => false,
    };
    if takes_writes {
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
    }
    Ok(config)
}

/// The same URL for each of its hosts alone. Hosts that stand in the query, as `?host=`, stay together: the driver asks them in turn.
fn one_by_one(url: &str) -> Vec<String> {
    let Some(scheme) = url.find("://").map(|at| at + 3) else {
        return vec![url.to_owned()];
    };
    let start = url[scheme..].find('@').map_or(scheme, |at| scheme + at + 1);
    let end = url[start..]
        .find(['/', '?'])
        .map_or(url.len(), |at| start + at);
    url[start..end]
        .split(',')
        .map(|host| format!("{}{host}{}", &url[..start], &url[end..]))
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use tokio_postgres::config::Host;

    fn targets(url: &str, purpose: Purpose) -> Vec<TargetSessionAttrs> {
        let hosts = Hosts::of(url, purpose).unwrap();
        hosts
            .servers
            .iter()
            .map(Config::get_target_session_attrs)
            .collect()
    }

    #[test]
    fn each_host_has_its_port_and_all_else_of_the_url() {
        let hosts = Hosts::of(
            "postgres://u:p%40w@one:1,[::1]:2,three/db?application_name=x",
            Purpose::Writing,
        )
        .unwrap();
        let seen: Vec<_> = hosts
            .servers
            .iter()
            .map(|server| (server.get_hosts().to_vec(), server.get_ports().to_vec()))
            .collect();
        let tcp = |host: &str| vec![Host::Tcp(host.to_owned())];
        assert_eq!(
            seen,
            [
                (tcp("one"), vec![1]),
                (tcp("::1"), vec![2]),
                (tcp("three"), vec![5432])
            ]
        );
        for server in &hosts.servers {
            assert_eq!(server.get_user(), Some("u"));
            assert_eq!(server.get_password(), Some(&b"p@w"[..]));
            assert_eq!(server.get_dbname(), Some("db"));
            assert_eq!(server.get_application_name(), Some("x"));
        }
    }

    #[test]
    fn several_hosts_mean_the_one_that_takes_writes() {
        use TargetSessionAttrs::{Any, ReadWrite};
        for (url, purpose, expected) in [
            ("postgres://a,b/db", Purpose::Any, vec![ReadWrite; 2]),
            ("postgres://a/db", Purpose::Any, vec![Any]),
            ("postgres://a/db", Purpose::Writing, vec![ReadWrite]),
            ("postgres://a,b/db", Purpose::Lists, vec![Any; 2]),
        ] {
            assert_eq!(targets(url, purpose), expected, "{url} {purpose:?}");
        }
    }

    #[test]
    fn hosts_in_the_query_stay_together() {
        assert_eq!(
            targets("postgres:///db?host=a,b&user=u", Purpose::Writing).len(),
            1
        );
    }
}
