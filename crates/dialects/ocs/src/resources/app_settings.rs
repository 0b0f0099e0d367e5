//! `/apps/provisioning_api/api/v1/config/apps`: settings of apps.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use provost_directory::commands::apps::ChangeSetting;
use provost_model::{AppId, SettingKey};

/// Lists are read in pages of this length.
const STEP: i64 = 500;

/// The apps that have settings.
pub(crate) async fn apps(call: &Call) -> Outcome {
    let mut apps: Vec<String> = Vec::new();
    loop {
        let after = apps.last().map_or("", String::as_str);
        let piece = call
            .directory
            .apps_with_settings(call.tenant_id(), after, STEP)
            .await
            .map_err(refuse)?;
        let ended = i64::try_from(piece.len()).is_ok_and(|rows| rows < STEP);
        apps.extend(piece);
        if ended {
            return Ok(Answer::ok(Data::map([("data", apps)])).into());
        }
    }
}

/// The keys of an app's settings.
pub(crate) async fn keys(call: &Call) -> Outcome {
    let app = app(call)?;
    let mut keys: Vec<String> = Vec::new();
    loop {
        let after = keys.last().map_or("", String::as_str);
        let piece = call
            .directory
            .app_setting_keys(call.tenant_id(), app.as_str(), after, STEP)
            .await
            .map_err(refuse)?;
        let ended = i64::try_from(piece.len()).is_ok_and(|rows| rows < STEP);
        keys.extend(piece);
        if ended {
            return Ok(Answer::ok(Data::map([("data", keys)])).into());
        }
    }
}

/// A setting; one that is not set reads as `defaultValue`.
pub(crate) async fn get(call: &Call) -> Outcome {
    let app = app(call)?;
    let default = call.text("defaultValue")?.unwrap_or_default();
    let setting = call
        .directory
        .app_setting(call.tenant_id(), app.as_str(), call.id(1))
        .await
        .map_err(refuse)?;
    let content = setting.unwrap_or_else(|| default.to_owned());
    Ok(Answer::ok(Data::map([("data", content)])).into())
}

/// Sets a setting.
pub(crate) async fn set(call: &Call) -> Outcome {
    let content = call.required("value")?.to_owned();
    change(call, Some(content)).await
}

/// Deletes a setting; one that is not set is fine.
pub(crate) async fn delete(call: &Call) -> Outcome {
    change(call, None).await
}

async fn change(call: &Call, content: Option<String>) -> Outcome {
    let (app, key) = (app(call)?, call.id(1));
    let kept = matches!(key, "installed_version" | "enabled" | "types")
        || (app.as_str() == "core"
            && (key.starts_with("public_")
                || key.starts_with("remote_")
                || switches_off(key, &content)));
    if kept {
        return Err(refusal("The given key can not be set"));
    }
    // keys beyond 64 characters break the real server
    let key = SettingKey::parse(key).map_err(|violation| crate::refusal::invalid(&violation))?;
    let command = ChangeSetting { app, key, content };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refuse)?;
    Ok(Answer::ok(Data::EMPTY).into())
}

/// Encryption may be switched on by this way, never off.
fn switches_off(key: &str, content: &Option<String>) -> bool {
    key == "encryption_enabled" && content.as_deref() != Some("yes")
}

fn app(call: &Call) -> Outcome<AppId> {
    AppId::parse(call.id(0)).map_err(|_| refusal("Invalid app id given"))
}

/// Refusals here have their text in the data.
fn refusal(message: &'static str) -> Answer {
    Answer::failure(403, "").with_data(Data::map([("data", Data::map([("message", message)]))]))
}
