//! What is logged while a request is answered says which request.

use provost_http::middleware::RequestId;
use tracing::{
    Event, Id, Metadata, Subscriber,
    level_filters::LevelFilter,
    span::{Attributes, Record},
    subscriber::Interest,
};

/// Has all that is logged in a request stand in a span with its id. The span is made when something is logged, which is seldom, and not for
/// every request, of whose cost it would be a twentieth.
pub(super) struct InRequest<S>(pub(super) S);

impl<S: Subscriber> Subscriber for InRequest<S> {
    fn event(&self, event: &Event<'_>) {
        let id = RequestId::current();
        if id.as_str().is_empty() {
            self.0.event(event);
        } else {
            tracing::info_span!("request", request_id = %id).in_scope(|| self.0.event(event));
        }
    }

    fn on_register_dispatch(&self, subscriber: &tracing::Dispatch) {
        self.0.on_register_dispatch(subscriber);
    }

    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        self.0.register_callsite(metadata)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        self.0.max_level_hint()
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        self.0.enabled(metadata)
    }

    fn event_enabled(&self, event: &Event<'_>) -> bool {
        self.0.event_enabled(event)
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.0.new_span(span)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.0.record(span, values);
    }

    fn record_follows_from(&self, span: &Id, follows: &Id) {
        self.0.record_follows_from(span, follows);
    }

    fn enter(&self, span: &Id) {
        self.0.enter(span);
    }

    fn exit(&self, span: &Id) {
        self.0.exit(span);
    }

    fn clone_span(&self, id: &Id) -> Id {
        self.0.clone_span(id)
    }

    fn try_close(&self, id: Id) -> bool {
        self.0.try_close(id)
    }
}
