//! The names under which everything is told.

use super::{
    process::{Process, start_seconds},
    requests::Kind,
};
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet},
    metrics::MetricType,
};
use provost_directory::{DirectoryMetrics, HashingMetrics, Metrics, ThrottleMetrics};
use provost_store::metrics::{EngineMetrics, HistogramReading, PoolMetrics, StatementTime};
use std::{
    collections::BTreeMap,
    fmt::{self, Debug, Result},
};

/// Readings of times are in nanoseconds.
const NANOSECONDS: f64 = 1e9;

/// What was read for one scrape.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) requests: BTreeMap<Kind, HistogramReading>,
    pub(super) connections: u64,
    pub(super) statements: Vec<StatementTime>,
    pub(super) directory: DirectoryMetrics,
    pub(super) welcome_mails: Option<i64>,
    pub(super) process: Process,
}

impl Collector for Snapshot {
    fn encode(&self, encoder: DescriptorEncoder<'_>) -> Result {
        let mut page = Page { encoder };
        page.build(&self.directory.store)?;
        page.process(&self.process)?;
        page.requests(&self.requests)?;
        page.gauge(
            "provost_http_connections",
            "Connections of clients that are open",
            self.connections,
        )?;
        page.statements(&self.statements)?;
        page.store(&self.directory.store)?;
        page.hashing(&self.directory.hashing)?;
        if let Some(throttle) = &self.directory.throttle {
            page.throttle(throttle)?;
        }
        if let Some(waiting) = self.welcome_mails {
            page.gauge(
                "provost_welcome_mails_waiting",
                "Welcome mails that wait to be sent, in the whole deployment; counted up to 10000",
                waiting.unsigned_abs(),
            )?;
        }
        Ok(())
    }
}

/// What is being written.
struct Page<'a> {
    encoder: DescriptorEncoder<'a>,
}

impl Page<'_> {
    fn build(&mut self, store: &Metrics) -> Result {
        let database = match store.engine {
            EngineMetrics::Sqlite { .. } => "sqlite",
            EngineMetrics::Postgres(_) => "postgres",
            EngineMetrics::Closed => "closed",
        };
        let labels = [
            ("version", env!("CARGO_PKG_VERSION")),
            ("database", database),
        ];
        self.family(
            "provost_build_info",
            "Which program this is, and which engine holds its database",
            MetricType::Gauge,
        )?
        .encode_family(&labels)?
        .encode_gauge(&1_u64)
    }

    fn process(&mut self, process: &Process) -> Result {
        self.family(
            "process_start_time_seconds",
            "When the process began, in seconds since 1970",
            MetricType::Gauge,
        )?
        .encode_gauge(&start_seconds())?;
        if let Some(bytes) = process.resident_bytes {
            self.gauge(
                "process_resident_memory_bytes",
                "Memory of the process that is in use",
                bytes,
            )?;
        }
        if let Some(seconds) = process.cpu_seconds {
            self.family(
                "process_cpu_seconds",
                "Time of the process on processors",
                MetricType::Counter,
            )?
            .encode_counter::<NoLabelSet, _, f64>(&seconds, None)?;
        }
        if let Some(files) = process.open_files {
            self.gauge("process_open_fds", "Open files and connections", files)?;
        }
        Ok(())
    }

    fn requests(&mut self, requests: &BTreeMap<Kind, HistogramReading>) -> Result {
        let mut counts = self.family(
            "provost_http_requests",
            "Requests that were answered",
            MetricType::Counter,
        )?;
        for (kind, times) in requests {
            let status = kind.status.to_string();
            let labels = [
                ("dialect", kind.dialect),
                ("route", kind.route),
                ("method", kind.method),
                ("status", status.as_str()),
            ];
            counts
                .encode_family(&labels)?
                .encode_counter::<NoLabelSet, _, f64>(&times.count(), None)?;
        }
        let mut routes: BTreeMap<[(&str, &str); 3], HistogramReading> = BTreeMap::new();
        for (kind, times) in requests {
            let labels = [
                ("dialect", kind.dialect),
                ("route", kind.route),
                ("method", kind.method),
            ];
            routes.entry(labels).or_default().add(times);
        }
        let mut durations = self.family(
            "provost_http_request_duration_seconds",
            "Time from the head of a request to that of its answer",
            MetricType::Histogram,
        )?;
        for (labels, times) in &routes {
            durations
                .encode_family(labels)
                .and_then(|encoder| histogram(encoder, times, NANOSECONDS))?;
        }
        Ok(())
    }

    fn statements(&mut self, statements: &[StatementTime]) -> Result {
        let mut counts = self.family(
            "provost_statements",
            "Statements that the database has carried out",
            MetricType::Counter,
        )?;
        for it in statements {
            counts
                .encode_family(&[("statement", it.name)])?
                .encode_counter::<NoLabelSet, _, f64>(&it.count, None)?;
        }
        let mut times = self.family(
            "provost_statement_seconds",
            "Time that statements took in all, reading their rows included",
            MetricType::Counter,
        )?;
        for it in statements {
            times
                .encode_family(&[("statement", it.name)])?
                .encode_counter::<NoLabelSet, _, f64>(&it.time.as_secs_f64(), None)?;
        }
        Ok(())
    }

    fn store(&mut self, store: &Metrics) -> Result {
        self.counter(
            "provost_store_writes",
            "Changes that were tried, repetitions not counted",
            store.writes,
        )?;
        self.counter(
            "provost_store_commits",
            "Transactions that were committed; on SQLite one holds many changes",
            store.commits,
        )?;
        self.counter(
            "provost_store_repetitions",
            "Repetitions of queries and changes after serialization failures and lost connections",
            store.repetitions,
        )?;
        self.counter(
            "provost_store_turned_away",
            "Changes that were turned away because too many waited",
            store.turned_away,
        )?;
        self.counter(
            "provost_store_doubtful_commits",
            "Commits whose answer was lost, and that were looked up",
            store.doubtful_commits,
        )?;
        self.times(
            "provost_store_commit_duration_seconds",
            "Time until a commit was durable",
            &store.commit_times,
        )?;
        match &store.engine {
            EngineMetrics::Sqlite {
                waiting_writes,
                queue_length,
                writes_per_commit,
            } => {
                self.gauge(
                    "provost_sqlite_waiting_writes",
                    "Changes that wait for the writer",
                    *waiting_writes,
                )?;
                self.gauge(
                    "provost_sqlite_queue_length",
                    "How many changes may wait for the writer",
                    *queue_length,
                )?;
                let encoder = self.family(
                    "provost_sqlite_writes_per_commit",
                    "Changes that shared a commit",
                    MetricType::Histogram,
                )?;
                histogram(encoder, writes_per_commit, 1.0)
            }
            EngineMetrics::Postgres(pool) => self.pool(pool),
            EngineMetrics::Closed => Ok(()),
        }
    }

    fn pool(&mut self, pool: &PoolMetrics) -> Result {
        let mut connections = self.family(
            "provost_postgres_connections",
            "Connections to the database",
            MetricType::Gauge,
        )?;
        for (state, count) in [
            ("used", pool.open.saturating_sub(pool.idle)),
            ("idle", pool.idle),
        ] {
            connections
                .encode_family(&[("state", state)])?
                .encode_gauge(&count)?;
        }
        self.gauge(
            "provost_postgres_connections_most",
            "How many connections to the database there may be",
            pool.most,
        )?;
        self.gauge(
            "provost_postgres_waiting",
            "Queries and changes that wait for a connection",
            pool.waiting,
        )?;
        self.counter(
            "provost_postgres_recalled",
            "Answers that needed no query, since the database had not changed",
            pool.recalled,
        )
    }

    fn hashing(&mut self, hashing: &HashingMetrics) -> Result {
        self.gauge(
            "provost_hashing_threads",
            "Threads that hash passwords",
            hashing.threads,
        )?;
        self.gauge(
            "provost_hashing_running",
            "Passwords that are being hashed",
            hashing.running,
        )?;
        self.gauge(
            "provost_hashing_waiting",
            "Passwords that wait to be hashed",
            hashing.waiting,
        )?;
        self.gauge(
            "provost_hashing_queue_length",
            "How many passwords may wait to be hashed",
            hashing.queue_length,
        )?;
        self.counter(
            "provost_hashing_turned_away",
            "Passwords that were turned away because too many waited",
            hashing.turned_away,
        )?;
        self.times(
            "provost_hashing_duration_seconds",
            "Time that hashing a password took",
            &hashing.times,
        )
    }

    fn throttle(&mut self, throttle: &ThrottleMetrics) -> Result {
        self.gauge(
            "provost_throttle_blocked_addresses",
            "Addresses that are blocked",
            throttle.blocked,
        )?;
        self.counter(
            "provost_throttle_blocks",
            "Blocks of addresses that began",
            throttle.blocks,
        )?;
        self.counter(
            "provost_throttle_wrong_passwords",
            "Wrong passwords that were shown",
            throttle.wrong_passwords,
        )?;
        self.counter(
            "provost_throttle_delayed",
            "Logins that had to wait because of wrong passwords before them",
            throttle.delayed,
        )?;
        self.gauge(
            "provost_throttle_waiting",
            "Logins that wait because of wrong passwords before them",
            throttle.waiting,
        )?;
        self.counter(
            "provost_throttle_refused",
            "Logins that were refused unseen: their address is blocked, or too many wait",
            throttle.refused,
        )
    }

    fn counter(&mut self, name: &str, help: &str, value: u64) -> Result {
        self.family(name, help, MetricType::Counter)?
            .encode_counter::<NoLabelSet, _, f64>(&value, None)
    }

    fn gauge(&mut self, name: &str, help: &str, value: u64) -> Result {
        self.family(name, help, MetricType::Gauge)?
            .encode_gauge(&value)
    }

    fn times(&mut self, name: &str, help: &str, times: &HistogramReading) -> Result {
        let encoder = self.family(name, help, MetricType::Histogram)?;
        histogram(encoder, times, NANOSECONDS)
    }

    fn family<'s>(
        &'s mut self,
        name: &'s str,
        help: &str,
        kind: MetricType,
    ) -> std::result::Result<MetricEncoder<'s>, fmt::Error> {
        self.encoder.encode_descriptor(name, help, None, kind)
    }
}

/// Writes a histogram whose numbers are `parts` of what is told.
#[expect(
    clippy::cast_precision_loss,
    reason = "the format knows floating numbers alone"
)]
fn histogram(mut encoder: MetricEncoder<'_>, reading: &HistogramReading, parts: f64) -> Result {
    let bounds = reading.bounds.iter().map(|bound| *bound as f64 / parts);
    let buckets: Vec<(f64, u64)> = bounds
        .chain([f64::INFINITY])
        .zip(reading.counts.iter().copied())
        .collect();
    let sum = reading.sum as f64 / parts;
    encoder.encode_histogram::<NoLabelSet>(sum, reading.count(), &buckets, None)
}
