//! One call of an operation: who calls, what was given, how to answer.

use crate::{
    edit_limits::{EditLimits, Edits},
    flavour::Habits,
    wire::{Answer, Style},
};
use axum::{body::Body, http::Response};
use provost_directory::{
    Context, Directory, WelcomeMailer, commands::users::UserPatch, queries::UserDetails,
};
use provost_http::{Authorization, Param, ParamError, Parameters};
use provost_model::{Tenant, TenantId, User, UserNumber};
use std::{borrow::Cow, sync::Arc};

/// A call that passed the gate.
#[derive(Clone)]
pub(crate) struct Call {
    /// The directory.
    pub(crate) directory: Directory,
    /// What sends welcome mails; none if no mail server is set up.
    pub(crate) mailer: Option<Arc<dyn WelcomeMailer>>,
    /// The edits of users that were made lately.
    pub(crate) edit_limits: Arc<EditLimits>,
    /// Who calls, and for which tenant.
    pub(crate) context: Context,
    /// How the answer is written.
    pub(crate) style: Style,
    /// The credentials that were shown.
    pub(crate) authorization: Authorization,
    /// The host that the request was sent to, without its port.
    pub(crate) host: String,
    /// What the client calls itself, cut short; empty if it does not.
    pub(crate) client: String,
    /// The ids in the path, in their order.
    pub(crate) ids: Vec<String>,
    /// What was given in path, body and query.
    pub(crate) parameters: Parameters,
}

/// What an operation answers with.
pub(crate) enum Reply {
    /// An answer that is at hand.
    Answer(Answer),
    /// A list on its way.
    Streamed(Response<Body>),
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

/// What an operation comes to: both sides are answers.
pub(crate) type Outcome<T = Reply> = Result<T, Answer>;

impl Call {
    /// The tenant that is asked for.
    pub(crate) fn tenant(&self) -> &Tenant {
        &self.context.tenant
    }

    /// The tenant's id.
    pub(crate) fn tenant_id(&self) -> TenantId {
        self.context.tenant_id()
    }

    /// Whether the caller administers the tenant.
    pub(crate) fn is_administrator(&self) -> bool {
        self.context.actor.is_administrator(self.tenant_id())
    }

    /// The nth id in the path.
    pub(crate) fn id(&self, nth: usize) -> &str {
        self.ids.get(nth).map_or("", String::as_str)
    }

    /// Whether a user is the caller itself.
    pub(crate) fn is_self(&self, user: &User) -> bool {
        self.context.actor.user_in(self.tenant_id()) == Some(user.number)
    }

    /// A text that may be left out.
    pub(crate) fn text(&self, name: &str) -> Outcome<Option<&str>> {
        self.parameters.text(name).map_err(bad_parameter)
    }

    /// A text that must be given, where the flavour insists on it; else the operation gets to refuse the empty one.
    pub(crate) fn required(&self, name: &str) -> Outcome<&str> {
        if self.habits().insists_on_parameters {
            self.parameters.required_text(name).map_err(bad_parameter)
        } else {
            Ok(self.text(name)?.unwrap_or_default())
        }
    }

    /// What depends on the server whose habits the tenant wants.
    pub(crate) fn habits(&self) -> &'static Habits {
        Habits::of(self.style.flavour)
    }

    /// A list of texts that may be left out.
    pub(crate) fn texts(&self, name: &str) -> Outcome<Option<Vec<&str>>> {
        self.parameters.list_of_texts(name).map_err(bad_parameter)
    }

    /// A list of texts that must be given.
    pub(crate) fn required_texts(&self, name: &str) -> Outcome<Vec<&str>> {
        self.texts(name)?.ok_or_else(Answer::bad_request)
    }

    /// Named values that must be given; those of a list are named by their places, since PHP knows only one kind of array.
    pub(crate) fn required_array(&self, name: &str) -> Outcome<Vec<(Cow<'_, str>, &Param)>> {
        match self.parameters.get(name) {
            Some(Param::Map(map)) => Ok(map
                .iter()
                .map(|(key, value)| (Cow::Borrowed(key), value))
                .collect()),
            Some(Param::List(items)) => Ok(items
                .iter()
                .enumerate()
                .map(|(place, value)| (Cow::Owned(place.to_string()), value))
                .collect()),
            _ => Err(Answer::bad_request()),
        }
    }

    /// The caller's own account in the tenant that is asked for.
    pub(crate) fn own_number(&self) -> Outcome<UserNumber> {
        self.context
            .actor
            .user_in(self.tenant_id())
            .ok_or_else(|| Answer::failure(404, "User does not exist"))
    }

    /// The user that the path names first, if there is one.
    pub(crate) async fn named_user(&self) -> Outcome<Option<User>> {
        self.directory
            .user(self.tenant_id(), self.id(0))
            .await
            .map_err(crate::refusal::refuse)
    }

    /// The details of one user.
    pub(crate) async fn details_of(&self, user: &User) -> Outcome<UserDetails> {
        let mut details = self
            .directory
            .details(self.tenant_id(), &[user.number])
            .await
            .map_err(crate::refusal::refuse)?;
        details
            .pop()
            .ok_or_else(|| Answer::failure(404, "User does not exist"))
    }

    /// Counts an edit of a user, if the tenant wants them limited, and refuses one too many.
    pub(crate) fn count_edit(&self, kind: Edits) -> Outcome<()> {
        let tenant = self.tenant();
        let limited = tenant.settings.limit_edits.unwrap_or(false);
        let caller = || self.context.actor.label(tenant);
        let now = self.context.now;
        if limited && !self.edit_limits.allow(kind, tenant.id, caller(), now) {
            return Err(Answer::too_many_requests());
        }
        Ok(())
    }

    /// Changes a user.
    pub(crate) async fn edit(&self, user: &User, patch: UserPatch) -> provost_model::Result<()> {
        let command = provost_directory::commands::users::EditUser {
            user: user.number,
            patch,
        };
        self.directory.execute(self.context.clone(), command).await
    }
}

/// The real server's framework answers so, before any operation runs.
fn bad_parameter(error: ParamError) -> Answer {
    tracing::debug!(%error, "a parameter is missing or of the wrong type");
    Answer::bad_request()
}
