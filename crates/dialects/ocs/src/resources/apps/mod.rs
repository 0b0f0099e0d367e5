//! `/cloud/apps`: the apps that are known here, and which of them the tenant wants.

mod catalogue;

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use catalogue::{APPS, App};
use provost_directory::commands::apps::SetApp;
use provost_model::{AppId, Error, Protection};
use std::collections::HashMap;

/// The apps that can be switched; with a filter, those that are enabled, always on or not, or those that are disabled.
pub(crate) async fn list(call: &Call) -> Outcome {
    let filter = call.text("filter")?;
    let enabled = Enabled::of(call).await?;
    let chosen: fn(&App, bool) -> bool = match filter {
        None => |app, _| !app.always_on(),
        Some("enabled") => |_, enabled| enabled,
        Some("disabled") => |_, enabled| !enabled,
        Some(_) => return Err(Answer::failure(101, "Invalid filter")),
    };
    Ok(enabled.ids(chosen))
}

/// `/cloud/user/apps`: the apps that are enabled for the caller, which are those of its tenant.
pub(crate) async fn of_user(call: &Call) -> Outcome {
    Ok(Enabled::of(call).await?.ids(|_, enabled| enabled))
}

/// An app.
pub(crate) async fn show(call: &Call) -> Outcome {
    let id = id(call)?;
    let app = App::find(id).ok_or_else(not_found)?;
    let info = Data::map([
        ("id", Data::from(app.id)),
        ("name", Data::from(app.name)),
        ("summary", Data::from(app.summary())),
        ("description", Data::from(app.summary())),
        ("version", Data::from(env!("CARGO_PKG_VERSION"))),
        ("licence", Data::from("MIT OR Apache-2.0")),
        ("author", Data::from("Provost")),
        ("types", Data::EMPTY),
        ("category", Data::from("integration")),
        ("always_enabled", Data::from(app.always_on())),
    ]);
    Ok(Answer::ok(info).into())
}

/// Enables an app.
pub(crate) async fn enable(call: &Call) -> Outcome {
    let id = id(call)?;
    match App::find(id) {
        None => Err(not_found()),
        Some(app) if app.always_on() => Ok(Answer::ok(Data::EMPTY).into()),
        Some(app) => set(call, app, true).await,
    }
}

/// Disables an app; one that is not known is disabled already.
pub(crate) async fn disable(call: &Call) -> Outcome {
    let id = id(call)?;
    match App::find(id) {
        None => Ok(Answer::ok(Data::EMPTY).into()),
        // the real server breaks down here
        Some(app) if app.always_on() => Err(refuse(Error::Protected(Protection::AlwaysOn))),
        Some(app) => set(call, app, false).await,
    }
}

async fn set(call: &Call, app: App, enabled: bool) -> Outcome {
    let app = AppId::parse(app.id).map_err(|violation| refuse(Error::Invalid(violation)))?;
    let command = SetApp { app, enabled };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refuse)?;
    Ok(Answer::ok(Data::EMPTY).into())
}

/// What the tenant chose.
struct Enabled(HashMap<String, bool>);

impl Enabled {
    async fn of(call: &Call) -> Outcome<Self> {
        let chosen = call.directory.chosen_apps(call.tenant_id()).await;
        Ok(Self(chosen.map_err(refuse)?.into_iter().collect()))
    }

    /// An answer with the ids of the apps that `shown` picks by app and whether it is enabled.
    fn ids(&self, shown: fn(&App, bool) -> bool) -> crate::call::Reply {
        let ids = APPS.iter().filter(|app| {
            let chosen = self.0.get(app.id).copied();
            shown(app, app.enabled(chosen))
        });
        let ids: Vec<&'static str> = ids.map(|app| app.id).collect();
        Answer::ok(Data::map([("apps", ids)])).into()
    }
}

/// The id in the path, if it can be an app's. The real server takes this for a login that is missing.
fn id(call: &Call) -> Outcome<&str> {
    let id = call.id(0);
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    let begins_well = id.starts_with(|first: char| first.is_ascii_alphabetic());
    let ends_well = !id.ends_with(['_', '-']);
    if begins_well && ends_well && id.bytes().all(allowed) {
        Ok(id)
    } else {
        Err(Answer::failure(997, "Invalid app id given"))
    }
}

fn not_found() -> Answer {
    Answer::failure(998, "The request app was not found")
}
