//! From start to end: opens, listens, serves, and ends in order.

use super::{
    accept::{Service, accept},
    audit,
    cores::Cores,
    dialects::{Dialects, Observer},
    first_start,
    front::Front,
    health::Health,
    leaving::Leaving,
    metrics::{self, Instruments},
    reload::reload_at_hangup,
    throttle,
    tls::Tls,
    traces::Traces,
    welcome::welcomer,
};
use crate::{
    config::Settings,
    failure::{Failure, Result},
    telemetry::AccessLog,
};
use provost_directory::{AuditSealer, Directory, DirectorySettings, StoreSettings};
use std::{
    future::pending,
    io::{self, Write as _},
    process,
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
    time::{sleep, timeout},
};

/// How long running requests may take to finish once the end was asked for.
const FINISHING: Duration = Duration::from_secs(30);

/// How long it may take to write down what is left to be.
const RECORDING: Duration = Duration::from_secs(5);

/// The signal of who restarts a server among others; the other one is somebody's at a terminal.
const TERMINATE: &str = "SIGTERM";

/// Serves until SIGTERM or SIGINT, then ends in order: lets proxies go elsewhere, accepts nothing more, finishes what runs, closes the
/// directory.
///
/// # Errors
/// An address that is in use, a database that cannot be opened, a first administrator's password that breaks the policy.
pub(crate) async fn serve(settings: Settings, access: AccessLog) -> Result<()> {
    let mut stop = Stop::listen()?;
    let tls = settings.tls.as_ref().map(Tls::open).transpose()?;
    let tls = tls.map(Arc::new);
    let reloads = reload_at_hangup(tls.clone())?;
    let directory = Directory::open(DirectorySettings {
        products: settings.products.clone(),
        throttle: throttle::settings(settings.throttle),
        ..DirectorySettings::new(StoreSettings {
            server: true,
            migrate: settings.migrate,
            replica: settings.database_replica.clone(),
            ..StoreSettings::new(settings.database.as_str())
        })
    })
    .await?;
    let cores = Cores::of(directory.engine())?;
    let listener = bind(&settings.listen).await?;
    let metrics_listener = match &settings.metrics_listen {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    first_start(&directory, &settings).await?;
    let welcomer = welcomer(&directory, &settings)?;
    let instruments = Arc::new(Instruments::new());
    let traces = settings.otlp_endpoint.as_ref().map(Traces::start);
    let traces = traces.transpose()?.map(Arc::new);
    let mut observers: Vec<Observer> = Vec::new();
    if metrics_listener.is_some() {
        let instruments = Arc::clone(&instruments);
        observers.push(Box::new(move |dialect, it| {
            instruments.observe(dialect, it)
        }));
    }
    if let Some(traces) = traces.clone() {
        observers.push(Box::new(move |dialect, it| traces.observe(dialect, it)));
    }
    let leaving = Leaving::default();
    let front = Front {
        health: Health {
            directory: directory.clone(),
            leaving: leaving.clone(),
        },
        dialects: Dialects::new(&directory, &settings, welcomer.clone(), access, observers),
        leaving: leaving.clone(),
    };

    let address = listener.local_addr()?;
    if let Some(listener) = metrics_listener {
        let address = listener.local_addr()?;
        announce(&format!("metrics on http://{address}/metrics"))?;
        let service = Service {
            tls: None,
            handler: metrics::handler(directory.clone(), Arc::clone(&instruments)),
            cores: cores.clone(),
            connections: Arc::default(),
        };
        tokio::spawn(accept(listener, service, pending()));
    }
    let scheme = if tls.is_some() { "https" } else { "http" };
    announce(&format!("listening on {scheme}://{address}"))?;
    tracing::info!(
        %address,
        public_url = settings.public_url,
        version = env!("CARGO_PKG_VERSION"),
        throttle = settings.throttle,
        "serving"
    );

    let mails = welcomer.map(|welcomer| tokio::spawn(welcomer.work()));
    let (ending, mut ended) = watch::channel(());
    tokio::spawn(reloads);
    let service = Service {
        tls,
        handler: front.handler(),
        cores,
        connections: Arc::clone(&instruments.connections),
    };
    let mut server = tokio::spawn(accept(listener, service, async move {
        // an error means the same: the sender is gone because the end was asked for
        let _ = ended.changed().await;
    }));
    let (all_answered, answered) = watch::channel(());
    let blocks = tokio::spawn(throttle::record_blocks(directory.clone(), answered));
    let (all_recorded, recorded) = watch::channel(());
    let sealer = AuditSealer::new(directory.clone())?;
    let mut sealing = tokio::spawn(audit::keep(
        directory.clone(),
        sealer,
        settings.audit_days,
        recorded,
    ));

    let signal = tokio::select! {
        signal = stop.asked() => signal,
        outcome = &mut server => return Err(Failure::refused(format_args!("the server ended by itself: {outcome:?}"))),
    };
    leaving.begin();
    tokio::spawn(async move {
        stop.asked().await;
        tracing::warn!("ending at once");
        process::exit(1);
    });
    if signal == TERMINATE && !settings.drain.is_zero() {
        tracing::info!(
            signal,
            seconds = settings.drain.as_secs(),
            "leaving: serving on until proxies have seen it"
        );
        sleep(settings.drain).await;
    }
    tracing::info!(signal, "ending: finishing what runs");
    drop(ending);
    if timeout(FINISHING, &mut server).await.is_err() {
        tracing::warn!("some requests did not finish in time");
        server.abort();
    }
    if let Some(mails) = mails {
        // what it has not sent waits in the database
        mails.abort();
    }
    drop(all_answered);
    if timeout(RECORDING, blocks).await.is_err() {
        tracing::warn!("the ends of blocks are not in the audit");
    }
    drop(all_recorded);
    if timeout(RECORDING, &mut sealing).await.is_err() {
        // what it has not sealed waits in the database
        sealing.abort();
    }
    directory.close().await;
    if let Some(traces) = traces {
        traces.end().await;
    }
    tracing::info!("ended");
    Ok(())
}

async fn bind(address: &str) -> Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| Failure::refused(format_args!("cannot listen on {address}: {error}")))
}

/// Whoever started the server waits for this line, so it is not left in a buffer.
fn announce(line: &str) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{line}")?;
    output.flush()
}

/// The signals that ask the server to end.
struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for one of them; its name.
    async fn asked(&mut self) -> &'static str {
        tokio::select! {
            _ = self.terminate.recv() => TERMINATE,
            _ = self.interrupt.recv() => "SIGINT",
        }
    }
}
