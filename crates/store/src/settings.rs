//! How a store is opened.

use std::time::Duration;

use crate::Injector;

/// Where the database is, and the store's bounds. [`StoreSettings::new`] gives sane ones.
#[derive(Clone)]
pub struct StoreSettings {
    /// `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`, which may name several hosts: the one that takes writes is used.
    pub url: String,
    /// PostgreSQL: standbys that serve lists, a URL like the other. None.
    pub replica: Option<String>,
    /// Whether this is a server. SQLite: the one of its file; a second one is refused. PostgreSQL: it wants a database that takes writes,
    /// and starts on a schema that is newer in what it does not use. The command line is none.
    pub server: bool,
    /// Whether an older schema is brought up to date; else it is refused. It is.
    pub migrate: bool,
    /// SQLite: writes that may wait; further ones are turned away. 4096.
    pub queue_length: usize,
    /// SQLite: read-only connections that are kept open. 16.
    pub idle_readers: usize,
    /// SQLite: long reads at once; further ones wait. 4.
    pub long_reads: usize,
    /// SQLite: how long to wait for another process, such as the command line beside a server. 5 s.
    pub busy_timeout: Duration,
    /// PostgreSQL: connections at most. 16.
    pub connections: usize,
    /// PostgreSQL: how long to wait for a free connection. 5 s.
    pub connection_wait: Duration,
    /// For how long a command or query is repeated after serialization failures and lost connections: longer than a
    /// standby takes to be promoted. 20 s.
    pub retry_deadline: Duration,
    /// PostgreSQL: the longest pause between two tries. 500 ms.
    pub longest_pause: Duration,
    /// Raises faults in tests.
    pub injector: Option<Injector>,
}

impl StoreSettings {
    /// The default settings for a database; not as its server.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            replica: None,
            server: false,
            migrate: true,
            queue_length: 4096,
            idle_readers: 16,
            long_reads: 4,
            busy_timeout: Duration::from_secs(5),
            connections: 16,
            connection_wait: Duration::from_secs(5),
            retry_deadline: Duration::from_secs(20),
            longest_pause: Duration::from_millis(500),
            injector: None,
        }
    }
}
