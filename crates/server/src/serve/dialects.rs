//! The dialects, one line each, and the layers around all of them.

use crate::config::Settings;
use axum::{
    Router,
    extract::Request,
    http::{StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use provost_delivery::Welcomer;
use provost_directory::{Directory, WelcomeMailer};
use provost_http::middleware::{
    AnswerObserver, Answered, FailedRequest, Failure, FailureAnswer, SourceSettings, TimeLimit,
    access_log, catch_panic, request_id, source_address, time_limit,
};
use std::{sync::Arc, time::Duration};
use tower::ServiceExt as _;

/// How long a handler may take until its answer begins.
const PATIENCE: Duration = Duration::from_secs(60);

/// Who is told of each answer, with the name of its dialect.
pub(super) type Observer = Box<dyn Fn(&'static str, &Answered<'_>) + Send + Sync>;

/// A dialect.
struct Dialect {
    /// What it is called where requests are counted.
    name: &'static str,
    /// Whether a path, without its query, is the dialect's.
    serves: fn(&str) -> bool,
    /// What answers there.
    router: Router,
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
            router: provost_console::router(directory.clone()),
            failure: provost_console::failure,
        },
        Dialect {
            name: "open_xchange",
            serves: provost_open_xchange::serves,
            router: provost_open_xchange::router(directory.clone(), settings.open_xchange.clone()),
            failure: provost_open_xchange::failure,
        },
        Dialect {
            name: "oneoffice",
            serves: provost_oneoffice::serves,
            router: provost_oneoffice::router(
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
            router: provost_native::router(directory.clone()),
            failure: provost_native::failure,
        },
        Dialect {
            name: "hostway",
            serves: provost_hostway::serves,
            router: provost_hostway::router(directory.clone(), hostway(settings)),
            failure: provost_hostway::failure,
        },
        Dialect {
            name: "ocs",
            serves: |_| true,
            router: provost_ocs::router(directory.clone(), mailer),
            failure: |failure, request| {
                provost_ocs::failure(failure, request).unwrap_or_else(|| plain(failure))
            },
        },
    ]
}

/// Everything that speaks a dialect. The observers are told of each answer.
pub(super) fn router(
    directory: &Directory,
    settings: &Settings,
    welcomer: Option<Welcomer>,
    observers: Vec<Observer>,
) -> Router {
    let mailer = welcomer.map(|welcomer| Arc::new(welcomer) as Arc<dyn WelcomeMailer>);
    let dialects: Arc<[Dialect]> = Arc::new(dialects(directory, settings, mailer));
    let answering = Arc::clone(&dialects);
    let answer: FailureAnswer =
        Arc::new(
            move |failure, request| match of_path(&answering, request.uri.path()) {
                Some(dialect) => (dialect.failure)(failure, request),
                None => plain(failure),
            },
        );
    let observer = observer(Arc::clone(&dialects), observers);
    let limit = TimeLimit {
        after: PATIENCE,
        answer: Arc::clone(&answer),
    };
    let sources = SourceSettings::new(settings.trusted_proxies.clone());
    Router::new()
        .fallback(move |request: Request| {
            let router = of_path(&dialects, request.uri().path()).map(|it| it.router.clone());
            async move {
                match router {
                    Some(router) => router.oneshot(request).await.into_response(),
                    None => StatusCode::NOT_FOUND.into_response(),
                }
            }
        })
        .layer(from_fn_with_state(limit, time_limit))
        .layer(from_fn_with_state(answer, catch_panic))
        .layer(from_fn_with_state(observer, access_log))
        .layer(from_fn_with_state(sources, source_address))
        .layer(from_fn(request_id))
}

/// What a site may choose of the Hostway dialect.
fn hostway(settings: &Settings) -> provost_hostway::HostwaySettings {
    provost_hostway::HostwaySettings {
        public_url: settings.public_url.clone(),
        link_location: settings.hostway_location,
    }
}

/// Tells everybody who observes of each answer, with the name of its dialect.
fn observer(dialects: Arc<[Dialect]>, observers: Vec<Observer>) -> AnswerObserver {
    if observers.is_empty() {
        return Arc::new(|_| {});
    }
    Arc::new(move |answered| {
        let dialect = of_path(&dialects, answered.path).map_or("none", |dialect| dialect.name);
        for observer in &observers {
            observer(dialect, answered);
        }
    })
}

/// The dialect that answers a path.
fn of_path<'d>(dialects: &'d [Dialect], path: &str) -> Option<&'d Dialect> {
    dialects.iter().find(|dialect| (dialect.serves)(path))
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
