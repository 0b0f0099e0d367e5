//! Making a user.

use crate::{
    call::{Call, Outcome},
    password_policy,
    refusal::refuse,
    values::{creatable_login, display_name, group_ids, manager, parse_quota, quota_refusal},
    wire::{Answer, Data},
};
use provost_directory::{NewPassword, commands::users::CreateUser};
use provost_http::Param;
use provost_model::{ContactEmail, Denial, Error, Field, Language, Noun, Quota};

/// Makes a user. Unlike the real server it leaves none behind when it refuses one.
pub(crate) async fn create(call: &Call) -> Outcome {
    let userid = call.required("userid")?;
    let password = call.text("password")?.unwrap_or_default();
    let email = call
        .text("email")?
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let quota = call.text("quota")?.unwrap_or_default();
    let language = call.text("language")?.unwrap_or_default();
    let groups = call.texts("groups")?.unwrap_or_default();
    let administers = call.texts("subadmin")?.unwrap_or_default();
    let display = call.text("displayName")?.unwrap_or_default();
    let manager_name = call.text("manager")?.unwrap_or_default();

    let login = if userid.is_empty() && setting_is_on(call, "newUser.generateUserID").await? {
        creatable_login(&call.context.fresh_name())?
    } else {
        creatable_login(userid)?
    };
    if email.is_empty()
        && !password.is_empty()
        && setting_is_on(call, "newUser.requireEmail").await?
    {
        return Err(Answer::failure(
            110,
            "Required email address was not provided",
        ));
    }
    if !password.is_empty() && password.trim().is_empty() {
        return Err(Answer::failure(101, "A valid password must be provided"));
    }
    let mut command = CreateUser::new(login);
    command.reachable = true;
    command.groups = group_ids(&groups, Noun::Group).map_err(refused)?;
    command.administers = group_ids(&administers, Noun::AdministeredGroup).map_err(refused)?;
    command.display_name = display_name(display)?;
    if !email.is_empty() {
        command.email =
            Some(ContactEmail::parse(&email).map_err(|_| Answer::failure(101, "Invalid email"))?);
    }
    if !password.is_empty() {
        command.password = Some(NewPassword::plain(
            password,
            password_policy::of(call.tenant()),
        ));
    }
    if !quota.is_empty() {
        command.quota =
            parse_quota(quota).ok_or_else(|| Answer::failure(101, quota_refusal(quota)))?;
    } else {
        command.quota = Quota::Default;
    }
    if !language.is_empty() {
        command.language =
            Some(Language::parse(language).map_err(|_| Answer::failure(101, "Invalid language"))?);
    }
    command.manager = manager(manager_name)?;
    command.welcome = command.password.is_none() && welcomed(call).await?;
    let login = command.login.as_str().to_owned();
    let welcome = command.welcome;
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refused)?;
    if let Some(mailer) = call.mailer.as_ref().filter(|_| welcome) {
        mailer.wake();
    }
    Ok(Answer::ok(Data::map([("id", login)])).into())
}

/// The codes that creation has of its own.
fn refused(error: Error) -> Answer {
    match error {
        Error::About { name, error } => match *error {
            Error::Unknown(Noun::Group) => {
                Answer::failure(104, format!("Group {name} does not exist"))
            }
            Error::Forbidden(Denial::GroupNotAdministered) => {
                Answer::failure(105, format!("Insufficient privileges for group {name}"))
            }
            other => refuse(other),
        },
        Error::Invalid(violation)
            if violation.field == Field::Password
                && violation.rule == provost_model::Rule::Empty =>
        {
            Answer::failure(
                108,
                "An email address is required, to send a password link to the user.",
            )
        }
        other => refuse(other),
    }
}

/// Whether a user without a password is sent the welcome mail: a mail server is set up, and neither the tenant, nor the app setting that
/// does it on the real server, nor the request switch it off. The parameter `sendMail` is ours, since the real server has none.
async fn welcomed(call: &Call) -> Outcome<bool> {
    let wanted = match call.parameters.get("sendMail") {
        None | Some(Param::Null) => true,
        Some(Param::Bool(wanted)) => *wanted,
        Some(_) => match call.text("sendMail")?.unwrap_or_default() {
            "" | "1" | "true" | "yes" => true,
            "0" | "false" | "no" => false,
            _ => return Err(Answer::failure(101, "Invalid sendMail")),
        },
    };
    if !wanted || call.mailer.is_none() || call.tenant().settings.welcome_mail == Some(false) {
        return Ok(false);
    }
    let setting = call
        .directory
        .app_setting(call.tenant_id(), "core", "newUser.sendEmail")
        .await
        .map_err(refuse)?;
    Ok(setting.as_deref() != Some("no"))
}

/// Whether a setting of the app `core` says yes.
async fn setting_is_on(call: &Call, key: &str) -> Outcome<bool> {
    let setting = call
        .directory
        .app_setting(call.tenant_id(), "core", key)
        .await
        .map_err(refuse)?;
    Ok(setting.as_deref() == Some("yes"))
}
