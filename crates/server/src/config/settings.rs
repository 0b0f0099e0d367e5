//! The settings themselves, with their defaults.

use super::network::{Collector, TlsFiles, metrics_listen, otlp_endpoint, tls};
use super::open_xchange::open_xchange;
use super::{
    file::File,
    key::Key,
    mail::{mail, whole},
    source::Sources,
};
use crate::failure::Result;
use clap::{Args, ValueEnum};
use provost_delivery::MailSettings;
use provost_http::TrustedProxies;
use provost_model::{ContactEmail, Login, Products, Violation};
use std::{fmt, path::PathBuf, time::Duration};

/// The flags that every command takes.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Flags {
    /// The database: sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME, perhaps with several hosts, HOST:PORT,HOST:PORT, of which the one
    /// that takes writes is used [env: PROVOST_DATABASE] [default: sqlite:provost.db]
    #[arg(long, global = true, value_name = "URL", help_heading = "Settings")]
    pub(crate) database: Option<String>,
    /// The settings file; without one provost.toml in this folder is read, if it is there [env: PROVOST_CONFIG]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    pub(crate) config: Option<PathBuf>,
    /// What is logged on standard error: error, warn, info, debug, or finer, as in warn,access=info [env: PROVOST_LOG]
    #[arg(long, global = true, value_name = "LEVEL", help_heading = "Settings")]
    pub(crate) log: Option<String>,
    /// How it is logged: text or json [env: PROVOST_LOG_FORMAT] [default: text]
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        hide_possible_values = true,
        help_heading = "Settings"
    )]
    pub(crate) log_format: Option<LogFormat>,
}

/// The flags of `provost serve`.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct ServeFlags {
    /// Where to listen, host and port [env: PROVOST_LISTEN] [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    pub(crate) listen: Option<String>,
    /// Where Prometheus finds /metrics, host and port: not for the public [env: PROVOST_METRICS_LISTEN] [default: nowhere]
    #[arg(long, value_name = "ADDR")]
    pub(crate) metrics_listen: Option<String>,
    /// The server's certificate and those above it, in PEM: then it speaks HTTPS [env: PROVOST_TLS_CERTIFICATE] [default: none]
    #[arg(long, value_name = "FILE")]
    pub(crate) tls_certificate: Option<String>,
    /// The certificate's private key, in PEM; both are read again at SIGHUP [env: PROVOST_TLS_KEY] [default: none]
    #[arg(long, value_name = "FILE")]
    pub(crate) tls_key: Option<String>,
    /// PostgreSQL standbys that lists and searches are read from, a URL as for --database; they show changes a moment late
    /// [env: PROVOST_DATABASE_REPLICA] [default: none]
    #[arg(long, value_name = "URL")]
    pub(crate) database_replica: Option<String>,
    /// How many seconds to serve on after SIGTERM while /readyz says no, so that proxies go elsewhere first, 0 to 300
    /// [env: PROVOST_DRAIN] [default: 10 on PostgreSQL, 0 on SQLite]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) drain: Option<String>,
    /// A proxy before the server, which is believed when it says whom a request comes from; may be given again
    /// [env: PROVOST_TRUSTED_PROXIES] [default: none]
    #[arg(long = "trusted-proxy", value_name = "CIDR")]
    pub(crate) trusted_proxies: Vec<String>,
    /// Whether operators pass where the Open-Xchange dialect wants an administrator of a context or a reseller: on or off
    /// [env: PROVOST_MASTER_OVERRIDE] [default: on]
    #[arg(long, value_name = "SWITCH")]
    pub(crate) master_override: Option<String>,
}

/// How logs are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// A JSON object a line.
    Json,
}

/// All settings. Those of the first administrator are read at the first start alone.
#[derive(Clone)]
pub(crate) struct Settings {
    /// A host and a port.
    pub(crate) listen: String,
    /// The host and port for metrics, if they are told.
    pub(crate) metrics_listen: Option<String>,
    /// The collector that traces are sent to, if they are.
    pub(crate) otlp_endpoint: Option<Collector>,
    /// The server's own certificate, if it encrypts by itself.
    pub(crate) tls: Option<TlsFiles>,
    /// The database's URL, which may hold a password.
    pub(crate) database: String,
    /// The URL of its standbys that serve lists, which may hold a password.
    pub(crate) database_replica: Option<String>,
    /// How long the server serves on after it was asked to end.
    pub(crate) drain: Duration,
    /// Whether an older schema is brought up to date; else it is refused.
    pub(crate) migrate: bool,
    /// The first administrator's login.
    pub(crate) admin_user: Login,
    /// The first administrator's password; one is generated where there is none.
    pub(crate) admin_password: Option<String>,
    /// The first administrator's contact e-mail.
    pub(crate) admin_email: Option<ContactEmail>,
    /// The URL under which clients reach the server, without a slash at its end.
    pub(crate) public_url: Option<String>,
    /// How mails are sent; none if no mail server is set up.
    pub(crate) mail: Option<MailSettings>,
    /// How many days audit entries and events are kept; 0 is for ever.
    pub(crate) audit_days: u32,
    /// Whether failed logins slow down further ones.
    pub(crate) throttle: bool,
    /// The proxies that are believed.
    pub(crate) trusted_proxies: TrustedProxies,
    /// Whether links of the Hostway dialect have a `location` beside their `href`.
    pub(crate) hostway_location: bool,
    /// How the Open-Xchange dialect is served.
    pub(crate) open_xchange: provost_open_xchange::Settings,
    /// What is logged.
    pub(crate) log: Option<String>,
    /// How it is written.
    pub(crate) log_format: LogFormat,
    /// What the site sells.
    pub(crate) products: Products,
}

impl Settings {
    /// Where to listen unless something else is set: this machine alone may connect.
    const LISTEN: &str = "127.0.0.1:8080";
    /// The database unless something else is set: a file in the current folder.
    const DATABASE: &str = "sqlite:provost.db";
    /// The first administrator unless something else is set. The address lies in a domain that is reserved for examples, so that
    /// clients which insist on one find one and no mail goes anywhere.
    const ADMIN: (&str, &str) = ("admin", "admin@example.org");

    /// How many days the audit is kept unless something else is set: a year, and what is left of the one in which it is looked at.
    const AUDIT_DAYS: u32 = 400;

    /// How long to serve on unless something else is set: until the health checks of a proxy, every 2 seconds and three of them, have
    /// seen that the server leaves; not at all where there is no other node to go to.
    fn drain(database: &str) -> Duration {
        if database.starts_with("sqlite:") {
            Duration::ZERO
        } else {
            Duration::from_secs(10)
        }
    }

    /// Reads the settings.
    ///
    /// # Errors
    /// A setting that makes no sense, with its place.
    pub(crate) fn read(flags: &Flags, serve: Option<&ServeFlags>) -> Result<Self> {
        let environment = |name: &str| std::env::var(name).ok();
        let named = flags.config.clone().or_else(|| {
            environment("PROVOST_CONFIG")
                .filter(|path| !path.is_empty())
                .map(PathBuf::from)
        });
        Self::resolve(&Sources {
            flags: &|key| match key {
                Key::Listen => serve?.listen.clone(),
                Key::MetricsListen => serve?.metrics_listen.clone(),
                Key::TlsCertificate => serve?.tls_certificate.clone(),
                Key::TlsKeyFile => serve?.tls_key.clone(),
                Key::DatabaseReplica => serve?.database_replica.clone(),
                Key::Drain => serve?.drain.clone(),
                Key::TrustedProxies => {
                    Some(serve?.trusted_proxies.join(",")).filter(|list| !list.is_empty())
                }
                Key::MasterOverride => serve?.master_override.clone(),
                Key::Database => flags.database.clone(),
                Key::Log => flags.log.clone(),
                Key::LogFormat => flags.log_format.map(|format| format.to_string()),
                _ => None,
            },
            environment: &environment,
            file: File::read(named.as_deref())?,
        })
    }

    fn resolve(sources: &Sources<'_>) -> Result<Self> {
        let login = |text: &str| Login::parse(text);
        let public_url = sources.parsed(Key::PublicUrl, public_url)?.flatten();
        let database = sources
            .parsed(Key::Database, database)?
            .unwrap_or_else(|| Self::DATABASE.to_owned());
        Ok(Self {
            database_replica: sources.parsed(Key::DatabaseReplica, replica)?.flatten(),
            drain: sources
                .parsed(Key::Drain, |text| whole(text, 0, 300))?
                .map_or_else(|| Self::drain(&database), Duration::from_secs),
            metrics_listen: metrics_listen(sources)?,
            otlp_endpoint: otlp_endpoint(sources)?,
            tls: tls(sources)?,
            mail: mail(sources, public_url.as_deref())?,
            listen: sources
                .parsed(Key::Listen, host_and_port)?
                .unwrap_or_else(|| Self::LISTEN.to_owned()),
            database,
            migrate: sources.parsed(Key::Migrate, switch)?.unwrap_or(true),
            admin_user: match sources.parsed(Key::AdminUser, login)? {
                Some(user) => user,
                None => Login::parse(Self::ADMIN.0)?,
            },
            admin_password: sources
                .text(Key::AdminPassword)
                .filter(|password| !password.is_empty()),
            admin_email: match sources.parsed(Key::AdminEmail, email)? {
                Some(email) => email,
                None => email(Self::ADMIN.1)?,
            },
            public_url,
            audit_days: sources
                .parsed(Key::AuditDays, audit_days)?
                .unwrap_or(Self::AUDIT_DAYS),
            throttle: sources.parsed(Key::Throttle, switch)?.unwrap_or(true),
            trusted_proxies: sources
                .parsed(Key::TrustedProxies, TrustedProxies::parse)?
                .unwrap_or_default(),
            hostway_location: sources
                .parsed(Key::HostwayLocation, switch)?
                .unwrap_or(false),
            open_xchange: open_xchange(sources)?,
            log: sources.text(Key::Log).filter(|level| !level.is_empty()),
            log_format: sources
                .parsed(Key::LogFormat, |text| {
                    LogFormat::from_str(text, false)
                        .map_err(|_| format!("{text:?} is neither text nor json"))
                })?
                .unwrap_or_default(),
            products: sources.file.products(),
        })
    }
}

impl fmt::Display for LogFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Json => "json",
        })
    }
}

pub(super) fn host_and_port(text: &str) -> Result<String, String> {
    match text.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && port.parse::<u16>().is_ok() => {
            Ok(text.to_owned())
        }
        _ => Err(format!(
            "{text:?} is not a host and a port, such as 127.0.0.1:8080"
        )),
    }
}

fn database(url: &str) -> Result<String, &'static str> {
    // a URL may hold a password, so it is not repeated
    match url.split_once(':') {
        Some(("sqlite" | "postgres" | "postgresql", rest)) if !rest.is_empty() => {
            Ok(url.to_owned())
        }
        _ => Err("a database is sqlite:PATH or postgres://USER:PASSWORD@HOST/NAME"),
    }
}

/// Empty means none.
fn replica(url: &str) -> Result<Option<String>, &'static str> {
    match url.split_once("://") {
        None if url.is_empty() => Ok(None),
        Some(("postgres" | "postgresql", rest)) if !rest.is_empty() => Ok(Some(url.to_owned())),
        _ => Err("a replica is postgres://USER:PASSWORD@HOST/NAME"),
    }
}

fn audit_days(text: &str) -> Result<u32, String> {
    let days = whole(text, 0, 36_500)?;
    u32::try_from(days).map_err(|error| error.to_string())
}

/// Empty means none.
fn email(text: &str) -> Result<Option<ContactEmail>, Violation> {
    (!text.is_empty())
        .then(|| ContactEmail::parse(text))
        .transpose()
}

/// Empty means none.
fn public_url(url: &str) -> Result<Option<String>, String> {
    if url.is_empty() {
        return Ok(None);
    }
    match url.split_once("://") {
        Some(("http" | "https", host)) if !host.is_empty() && !host.starts_with('/') => {
            Ok(Some(url.trim_end_matches('/').to_owned()))
        }
        _ => Err(format!(
            "{url:?} is not a URL, such as https://provost.example.org"
        )),
    }
}

pub(super) fn switch(text: &str) -> Result<bool, String> {
    match text {
        "on" | "true" | "1" => Ok(true),
        "off" | "false" | "0" => Ok(false),
        _ => Err(format!("{text:?} is neither on nor off")),
    }
}
