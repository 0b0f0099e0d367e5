//! `/apps/provisioning_api/api/v1/config/users`: the caller's own preferences.

use crate::{
    call::{Call, Outcome},
    refusal::{invalid, refuse},
    wire::{Answer, Data},
};
use provost_directory::commands::users::ChangePreferences;
use provost_http::Param;
use provost_model::{AppId, SettingKey};

/// Sets one preference.
pub(crate) async fn set(call: &Call) -> Outcome {
    let content = call.required("configValue")?.to_owned();
    change(call, vec![(call.id(1).to_owned(), Some(content))]).await
}

/// Sets several preferences, all or none.
pub(crate) async fn set_many(call: &Call) -> Outcome {
    let changes = call
        .required_array("configs")?
        .into_iter()
        .map(|(key, value)| match value {
            Param::Text(content) => Ok((key.into_owned(), Some(content.clone()))),
            _ => Err(Answer::bad_request()),
        })
        .collect::<Outcome<_>>()?;
    change(call, changes).await
}

/// Deletes one preference; one that is not set is fine.
pub(crate) async fn delete(call: &Call) -> Outcome {
    change(call, vec![(call.id(1).to_owned(), None)]).await
}

/// Deletes several preferences, all or none.
pub(crate) async fn delete_many(call: &Call) -> Outcome {
    let changes = call
        .required_texts("configKeys")?
        .into_iter()
        .map(|key| (key.to_owned(), None))
        .collect();
    change(call, changes).await
}

async fn change(call: &Call, changes: Vec<(String, Option<String>)>) -> Outcome {
    let (user, app) = (call.own_number()?, call.id(0));
    let mut parsed = Vec::with_capacity(changes.len());
    for (key, content) in changes {
        let open = call.tenant().settings.open_preferences == Some(true);
        if !(open || may_change(app, &key, content.as_deref())) {
            return Err(Answer::failure(400, ""));
        }
        let key = SettingKey::parse(&key).map_err(|violation| invalid(&violation))?;
        parsed.push((key, content));
    }
    if parsed.is_empty() {
        return Ok(Answer::ok(Data::EMPTY).into());
    }
    let command = ChangePreferences {
        user,
        app: AppId::parse(app).map_err(|violation| invalid(&violation))?,
        changes: parsed,
    };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refuse)?;
    Ok(Answer::ok(Data::EMPTY).into())
}

/// Whether the real server lets its users set this preference to this content, or delete it. Apps have to allow each, and few do.
fn may_change(app: &str, key: &str, content: Option<&str>) -> bool {
    match (app, key) {
        ("theming", "shortcuts_disabled") => matches!(content, None | Some("yes")),
        ("theming", "force_enable_blur_filter") => matches!(content, None | Some("yes" | "no")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_preferences_may_be_changed() {
        assert!(may_change("theming", "shortcuts_disabled", Some("yes")));
        assert!(may_change("theming", "shortcuts_disabled", None));
        assert!(may_change(
            "theming",
            "force_enable_blur_filter",
            Some("no")
        ));
        assert!(!may_change("theming", "shortcuts_disabled", Some("maybe")));
        assert!(!may_change("theming", "zzz", None));
        assert!(!may_change("files", "show_hidden", Some("1")));
    }
}
