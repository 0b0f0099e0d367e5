//! An answer before it is known in which version and format it goes out.

use std::borrow::Cow;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};

use super::data::Data;
use super::envelope::{self, Meta};
use super::format::Format;
use super::json;
use super::style::Style;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=UTF-8");

/// What an operation, or what stands before it, answers.
#[derive(Debug)]
pub(crate) struct Answer {
    content: Content,
    headers: Vec<(HeaderName, HeaderValue)>,
}

#[derive(Debug)]
enum Content {
    Envelope {
        outcome: Outcome,
        data: Data,
        from_operation: bool,
    },
    /// The request lacks the header that shows that no foreign web page sent it.
    CsrfRefusal,
    /// Nothing but a status, as a web page.
    EmptyPage(StatusCode),
    /// Nothing but a status, in the content type of the format.
    Empty(StatusCode),
}

#[derive(Debug)]
enum Outcome {
    Success,
    Failure {
        code: u16,
        message: Cow<'static, str>,
    },
}

impl Answer {
    fn new(content: Content) -> Self {
        Self {
            content,
            headers: Vec::new(),
        }
    }

    /// Success.
    pub(crate) fn ok(data: impl Into<Data>) -> Self {
        Self::new(Content::Envelope {
            outcome: Outcome::Success,
            data: data.into(),
            from_operation: true,
        })
    }

    /// A failure with a code of the dialect (101 to 113, 996 to 999) or an HTTP status. Many have the empty message.
    pub(crate) fn failure(code: u16, message: impl Into<Cow<'static, str>>) -> Self {
        let outcome = Outcome::Failure {
            code,
            message: message.into(),
        };
        Self::new(Content::Envelope {
            outcome,
            data: Data::EMPTY,
            from_operation: true,
        })
    }

    /// Whether it says that the directory cannot serve now.
    pub(crate) const fn is_unavailable(&self) -> bool {
        matches!(
            self.content,
            Content::Envelope {
                outcome: Outcome::Failure { code: 503, .. },
                ..
            }
        )
    }

    /// A request without credentials for an operation that wants them.
    pub(crate) fn not_logged_in() -> Self {
        Self::failure(997, "Current user is not logged in")
    }

    /// Credentials that are wrong, or of a disabled user.
    pub(crate) fn unauthorised() -> Self {
        Self::failure(997, "Unauthorised")
            .outside_operations()
            .with_header(
                WWW_AUTHENTICATE,
                HeaderValue::from_static("Basic realm=\"Authorisation Required\""),
            )
    }

    /// Credentials that were not even looked at, since too many wrong ones came before. The real server does not say when to come
    /// again; other clients are glad to know.
    pub(crate) fn throttled(retry_after: Duration) -> Self {
        // rounded up, so that nobody comes a moment early
        let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
        Self::failure(429, "Reached maximum delay")
            .outside_operations()
            .with_header(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// More edits than the limit allows.
    pub(crate) fn too_many_requests() -> Self {
        Self::new(Content::Empty(StatusCode::TOO_MANY_REQUESTS))
    }

    /// No operation under this path.
    pub(crate) fn unknown_route() -> Self {
        let message = "Invalid query, please check the syntax. API specifications are here: \
                       http://www.freedesktop.org/wiki/Specifications/open-collaboration-services.\n";
        Self::failure(998, message).outside_operations()
    }

    /// A trouble of ours, told without its cause.
    pub(crate) fn internal_error() -> Self {
        Self::failure(996, "Internal Server Error\n").outside_operations()
    }

    /// A parameter that is missing or of the wrong type, or a body that cannot be read: no envelope, even in v1.
    pub(crate) fn bad_request() -> Self {
        Self::new(Content::EmptyPage(StatusCode::BAD_REQUEST))
    }

    /// No `OCS-APIRequest` header.
    pub(crate) fn csrf() -> Self {
        Self::new(Content::CsrfRefusal)
    }

    /// An operation under this path, but with another verb.
    pub(crate) fn method_not_allowed() -> Self {
        Self::new(Content::Empty(StatusCode::METHOD_NOT_ALLOWED))
    }

    /// A browser without login is sent to where it can log in.
    pub(crate) fn see_other(location: HeaderValue) -> Self {
        Self::new(Content::EmptyPage(StatusCode::SEE_OTHER)).with_header(LOCATION, location)
    }

    /// A path outside the interface.
    pub(crate) fn not_found() -> Self {
        Self::new(Content::EmptyPage(StatusCode::NOT_FOUND))
    }

    /// The same envelope with other data; answers without an envelope have none to set.
    pub(crate) fn with_data(mut self, value: impl Into<Data>) -> Self {
        if let Content::Envelope { data, .. } = &mut self.content {
            *data = value.into();
        }
        self
    }

    /// The same answer with a header more.
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Marks an envelope that no operation made, whose XML has another content type.
    fn outside_operations(mut self) -> Self {
        if let Content::Envelope { from_operation, .. } = &mut self.content {
            *from_operation = false;
        }
        self
    }

    /// The code and message of a failure in an envelope.
    pub(crate) fn as_failure(&self) -> Option<(u16, &str)> {
        match &self.content {
            Content::Envelope {
                outcome: Outcome::Failure { code, message },
                ..
            } => Some((*code, message)),
            _ => None,
        }
    }

    /// The same answer with another code and message, if it is a failure in an envelope.
    pub(crate) fn with_failure(
        mut self,
        other_code: u16,
        other_message: impl Into<Cow<'static, str>>,
    ) -> Self {
        if let Content::Envelope {
            outcome: Outcome::Failure { code, message },
            ..
        } = &mut self.content
        {
            *code = other_code;
            *message = other_message.into();
        }
        self
    }

    /// The HTTP answer.
    pub(crate) fn render(self, style: Style) -> Response<Body> {
        let mut response = match self.content {
            Content::Envelope {
                outcome,
                data,
                from_operation,
            } => {
                let (status, body) = outcome.envelope(style, &data);
                respond(status, style.content_type(from_operation), Body::from(body))
            }
            Content::CsrfRefusal => respond(
                StatusCode::PRECONDITION_FAILED,
                Format::Json.content_type(),
                Body::from(r#"{"message":"CSRF check failed"}"#),
            ),
            Content::EmptyPage(status) => respond(status, HTML, Body::empty()),
            Content::Empty(status) => respond(status, style.content_type(false), Body::empty()),
        };
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

impl Outcome {
    fn envelope(&self, style: Style, data: &Data) -> (StatusCode, Vec<u8>) {
        let (status, meta) = match self {
            Self::Success => (StatusCode::OK, Meta::ok(style)),
            Self::Failure { code, message } => {
                let (status, shown) = style.failure(*code);
                let meta = Meta {
                    succeeded: false,
                    code: shown,
                    message,
                };
                (status, meta)
            }
        };
        let mut body = Vec::with_capacity(2048);
        envelope::write(style, &meta, data, &mut body);
        (status, body)
    }
}

/// An HTTP answer of these parts.
pub(super) fn respond(status: StatusCode, content_type: HeaderValue, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

/// An HTTP answer that is a JSON document without an envelope.
pub(crate) fn json_document(
    status: StatusCode,
    content_type: &'static str,
    data: &Data,
) -> Response<Body> {
    let mut body = Vec::new();
    json::write(data, &mut body);
    respond(
        status,
        HeaderValue::from_static(content_type),
        Body::from(body),
    )
}

/// An HTTP answer without content.
pub(crate) fn empty_page(status: StatusCode) -> Response<Body> {
    respond(status, HTML, Body::empty())
}
