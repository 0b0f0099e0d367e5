//! The dialects, one line each, and the layers around all of them.

use crate::{config::Settings, telemetry::AccessLog};
use axum::{
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::future::{BoxFuture, ready};
use provost_delivery::Welcomer;
use provost_directory::{Directory, WelcomeMailer};
use provost_http::{
    Beginning, Handler,
    middleware::{
        AnswerObserver, Answered, FailedRequest, Failure, FailureAnswer, Layers, SourceSettings,
    },
};
use std::{sync::Arc, time::Duration};

/// How long a handler may take until its answer begins.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who is told of each answer, with the name of its dialect.
pub(super) type Observer = Box<dyn Fn(&'static str, &Answered<'_>) + Send + Sync>;

/// A dialect.
struct Dialect {
    /// What it is called where requests are counted.
    name: &'static str,
    /// Whether a path is the dialect's.
    serves: fn(Beginning<'_>) -> bool,
    /// What answers there.
    handler: Handler,
    /// Its words where no operation could answer.
    failure: fn(Failure, &FailedRequest) -> Response,
}

/// All dialects, and the web pages. The first that serves a path answers; OCS, the last, answers whatever is nobody's.
fn dialects(
    directory: &Directory,
    settings: &Settings,
    mailer: Option<Arc<dyn WelcomeMailer>>,
) -> [Dialect; 6] {
    [
        Dialect {
            name: "pages",
            serves: provost_console::serves,
            handler: provost_console::handler(directory.clone()),
            failure: provost_console::failure,
        },
        Dialect {
            name: "open_xchange",
            serves: provost_open_xchange::serves,
            handler: provost_open_xchange::handler(
                directory.clone(),
                settings.open_xchange.clone(),
            ),
            failure: provost_open_xchange::failure,
        },
        Dialect {
            name: "oneoffice",
            serves: provost_oneoffice::serves,
            handler: provost_oneoffice::handler(
                directory.clone(),
                provost_oneoffice::Settings {
                    public_url: settings.public_url.clone(),
                },
            ),
            failure: provost_oneoffice::failure,
        },
        Dialect {
            name: "native",
            serves: provost_native::serves,
            handler: provost_native::handler(directory.clone()),
            failure: provost_native::failure,
        },
        Dialect {
            name: "hostway",
            serves: provost_hostway::serves,
            handler: provost_hostway::handler(directory.clone(), hostway(settings)),
            failure: provost_hostway::failure,
        },
        Dialect {
            name: "ocs",
            serves: |_| true,
            handler: provost_ocs::handler(directory.clone(), mailer),
            failure: |failure, request| {
                provost_ocs::failure(failure, request).unwrap_or_else(|| plain(failure))
            },
        },
    ]
}

/// The dialects, and what is done around all of them.
pub(super) struct Dialects {
    layers: Layers,
    dialects: Arc<[Dialect]>,
}

impl Dialects {
    /// Everything that speaks a dialect. The observers are told of each answer.
    pub(super) fn new(
        directory: &Directory,
        settings: &Settings,
        welcomer: Option<Welcomer>,
        access: AccessLog,
        observers: Vec<Observer>,
    ) -> Self {
        let mailer = welcomer.map(|welcomer| Arc::new(welcomer) as Arc<dyn WelcomeMailer>);
        let dialects: Arc<[Dialect]> = Arc::new(dialects(directory, settings, mailer));
        let answering = Arc::clone(&dialects);
        let failure: FailureAnswer =
            Arc::new(
                move |failure, request| match of_path(&answering, request.uri.path()) {
                    Some(dialect) => (dialect.failure)(failure, request),
                    None => plain(failure),
                },
            );
        Self {
            layers: Layers {
                sources: SourceSettings::new(settings.trusted_proxies.clone()),
                observer: observer(Arc::clone(&dialects), access, observers),
                failure,
                patience: PATIENCE,
            },
            dialects,
        }
    }

    /// The answer of the dialect of a path.
    pub(super) async fn answer(&self, request: Request) -> Response {
        self.layers
            .answer(request, |request| self.speak(request))
            .await
    }

    /// Lets the dialect of the path answer.
    fn speak(&self, request: Request) -> BoxFuture<'static, Response> {
        match of_path(&self.dialects, request.uri().path()) {
            Some(dialect) => dialect.handler.answer(request),
            None => Box::pin(ready(StatusCode::NOT_FOUND.into_response())),
        }
    }
}

/// What a site may choose of the Hostway dialect.
fn hostway(settings: &Settings) -> provost_hostway::HostwaySettings {
    provost_hostway::HostwaySettings {
        public_url: settings.public_url.clone(),
        link_location: settings.hostway_location,
    }
}

/// Logs each answer, and tells everybody who observes of it, with the name of its dialect.
fn observer(
    dialects: Arc<[Dialect]>,
    access: AccessLog,
    observers: Vec<Observer>,
) -> AnswerObserver {
    Arc::new(move |answered| {
        access.write(answered);
        if observers.is_empty() {
            return;
        }
        let dialect = of_path(&dialects, answered.path).map_or("none", |dialect| dialect.name);
        for observer in &observers {
            observer(dialect, answered);
        }
    })
}

/// The dialect that answers a path.
fn of_path<'d>(dialects: &'d [Dialect], path: &str) -> Option<&'d Dialect> {
    let beginning = Beginning::of(path);
    dialects.iter().find(|dialect| (dialect.serves)(beginning))
}

/// What is answered outside of all dialects when no handler could.
fn plain(failure: Failure) -> Response {
    let (status, text) = match failure {
        Failure::Panicked => (StatusCode::INTERNAL_SERVER_ERROR, "internal error\n"),
        Failure::TimedOut => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the request took too long\n",
        ),
    };
    (
        status,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        text,
    )
        .into_response()
}
