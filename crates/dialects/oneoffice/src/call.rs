//! One call of a method.

use crate::{answer::Answer, params::Params, refusal::refuse};
use axum::{body::Body, http::Response};
use provost_directory::{Command, Context, Directory, queries::UserDetails};
use provost_model::{Dialect, DialectValues, ExternalId, ExternalIdKind, Tenant, User, UserNumber};
use std::collections::HashMap;

/// A call that passed the gate.
#[derive(Clone)]
pub(crate) struct Call {
    /// The directory.
    pub(crate) directory: Directory,
    /// Whose key calls, in its tenant.
    pub(crate) context: Context,
    /// What was given.
    pub(crate) params: std::sync::Arc<Params>,
    /// The URL under which this server is reached, without a slash at its end.
    pub(crate) base_url: String,
}

/// What a method answers with.
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

/// What a method comes to: both sides are answers.
pub(crate) type Outcome<T = Reply> = Result<T, Answer>;

/// What this dialect alone knows of users, and their `profile.uid`.
pub(crate) type Known = HashMap<UserNumber, (DialectValues, Vec<ExternalId>)>;

impl Call {
    /// The tenant that is asked for.
    pub(crate) fn tenant(&self) -> &Tenant {
        &self.context.tenant
    }

    /// Carries out a command.
    pub(crate) async fn run<C: Command>(&self, command: C) -> Outcome<C::Outcome> {
        self.directory
            .execute(self.context.clone(), command)
            .await
            .map_err(refuse)
    }

    /// The user that the parameter `email` names.
    pub(crate) async fn user(&self) -> Outcome<User> {
        let email = self.params.required("email")?;
        self.directory
            .user(self.tenant().id, email)
            .await
            .map_err(refuse)?
            .ok_or_else(no_such_user)
    }

    /// All that is to be shown of the user that the parameter `email` names.
    pub(crate) async fn known_user(
        &self,
    ) -> Outcome<(UserDetails, (DialectValues, Vec<ExternalId>))> {
        let email = self.params.required("email")?;
        let (dialect, kind) = (Dialect::OneOffice, ExternalIdKind::OneOffice);
        self.directory
            .known_user(self.tenant().id, email, dialect, kind)
            .await
            .map_err(refuse)?
            .ok_or_else(no_such_user)
    }

    /// All that is to be shown of these users.
    pub(crate) async fn details(&self, users: &[UserNumber]) -> Outcome<(Vec<UserDetails>, Known)> {
        let tenant = self.tenant().id;
        let details = self
            .directory
            .details(tenant, users)
            .await
            .map_err(refuse)?;
        let known = self
            .directory
            .dialect_values(tenant, users, Dialect::OneOffice, ExternalIdKind::OneOffice)
            .await
            .map_err(refuse)?;
        Ok((details, known))
    }
}

fn no_such_user() -> Answer {
    Answer::refused("user not found")
}
