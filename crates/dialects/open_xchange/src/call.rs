//! One call of an operation.

use crate::{answer::Answer, body::Given, refusal::refuse, settings::Settings};
use axum::{body::Body, http::Response};
use provost_directory::{Command, Context, Directory, queries::UserServices};
use provost_http::Map;
use provost_model::{Error, Noun, UserNumber};
use std::sync::Arc;

/// A call that passed the gate.
#[derive(Clone)]
pub(crate) struct Call {
    /// The directory.
    pub(crate) directory: Directory,
    /// What the site chose.
    pub(crate) settings: Arc<Settings>,
    /// Who calls, and for which context; the default one where the path names none.
    pub(crate) context: Context,
    /// The ids in the path, in their order, after the context's.
    pub(crate) ids: Vec<String>,
    /// What stands in the query.
    pub(crate) query: Map,
    /// The body.
    pub(crate) given: Given,
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
    /// The nth id in the path after the context's.
    pub(crate) fn id(&self, nth: usize) -> &str {
        self.ids.get(nth).map_or("", String::as_str)
    }

    /// The number of the user in the path.
    pub(crate) fn user_number(&self) -> Outcome<UserNumber> {
        let id = self.id(0);
        let digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
        id.parse()
            .ok()
            .filter(|number| digits && *number > 0)
            .map(UserNumber)
            .ok_or_else(|| self.no_user())
    }

    /// The user in the path, with what mail services know of it.
    pub(crate) async fn user(&self) -> Outcome<UserServices> {
        let number = self.user_number()?;
        self.directory
            .user_services(&self.context, number)
            .await
            .map_err(|error| self.refuse(error))
    }

    /// Carries out a command about the user in the path.
    pub(crate) async fn execute<C: Command>(&self, command: C) -> Outcome<C::Outcome> {
        self.directory
            .execute(self.context.clone(), command)
            .await
            .map_err(|error| self.refuse(error))
    }

    /// The answer to an error about the context and user in the path.
    pub(crate) fn refuse(&self, error: Error) -> Answer {
        match error {
            Error::Unknown(Noun::User) | Error::OutOfReach(Noun::User) => self.no_user(),
            Error::Unknown(Noun::Tenant) => {
                Answer::no_context(&self.context.tenant.context_id.to_string())
            }
            other => refuse(other),
        }
    }

    fn no_user(&self) -> Answer {
        let context = self.context.tenant.context_id;
        Answer::not_found(&format!("No such user {} in context {context}", self.id(0)))
    }
}
