//! `provost user show`.

use super::Whom;
use crate::{
    cli::{
        output::{Output, Record, rfc3339},
        session::{Session, unknown},
    },
    failure::Result,
};
use clap::Args;
use provost_directory::queries::UserDetails;
use provost_model::{Noun, ProfileField, Quota};
use serde_json::{Map, Value};

/// Shows a user.
#[derive(Args, Debug)]
#[command(after_help = "Example:\n  provost user show ada --tenant acme --json")]
pub(super) struct Show {
    #[command(flatten)]
    whom: Whom,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

impl Show {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let (tenant, user) = self.whom.find(session).await?;
        let found = session.directory.details(tenant.id, &[user.number]).await?;
        // deleted since it was found
        let details = found
            .first()
            .ok_or_else(|| unknown(Noun::User, &self.whom.login))?;
        output.show(&record(tenant.slug.as_str(), details), self.json)
    }
}

fn record(tenant: &str, details: &UserDetails) -> Record {
    let UserDetails {
        user,
        groups,
        administers,
    } = details;
    let aliases: Vec<&str> = user
        .aliases
        .iter()
        .map(|alias| alias.value.as_str())
        .collect();
    let profile: Map<String, Value> = ProfileField::ALL
        .into_iter()
        .filter_map(|field| Some((field.name().to_owned(), user.profile.value(field)?.into())))
        .collect();
    Record::new()
        .with("login", user.login.as_str())
        .with("tenant", tenant)
        .with("number", user.number.0)
        .with("id", user.id.0.to_string())
        .with(
            "display_name",
            user.display_name.as_ref().map(|name| name.as_str()),
        )
        .with("email", user.email.as_ref().map(|email| email.as_str()))
        .with("address", user.address.as_ref().map(ToString::to_string))
        .with("address_follows_email", user.address_follows_email)
        .with("aliases", aliases)
        .with("enabled", user.enabled)
        .with("operator", user.operator)
        .with("has_password", user.password_hash.is_some())
        .with("groups", groups.as_slice())
        .with("administers", administers.as_slice())
        .with("quota", quota(user.quota))
        .with("language", user.language.as_ref().map(ToString::to_string))
        .with("locale", user.locale.as_ref().map(ToString::to_string))
        .with("timezone", user.timezone.as_ref().map(ToString::to_string))
        .with("phone", user.phone.as_ref().map(ToString::to_string))
        .with("manager", user.manager.as_deref())
        .with("profile", profile)
        .with("first_login", user.first_login_at.map(rfc3339))
        .with("last_login", user.last_login_at.map(rfc3339))
        .with("created", rfc3339(user.created_at))
        .with("changed", rfc3339(user.changed_at))
}

fn quota(quota: Quota) -> Value {
    match quota {
        Quota::Default => "default".into(),
        Quota::None => "none".into(),
        Quota::Bytes(bytes) => bytes.into(),
    }
}
