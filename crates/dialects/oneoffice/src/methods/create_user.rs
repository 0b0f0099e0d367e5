//! createUser

use crate::{
    answer::Answer,
    bag,
    call::{Call, Outcome},
    password_policy,
    record::{Folders, id},
};
use provost_directory::commands::users::{
    CreateUser, CreateUserWithValues, CreatedUser, MailIdentity,
};
use provost_model::{Address, ContactEmail, Dialect, DisplayName, Field, Login, Rule, Violation};
use serde::Serialize;

/// The display name of users for whom none is given.
const NEW_USER: &str = "New User";

/// Makes a user, whose login and contact e-mail are its address too, and shows what it begins with.
pub(crate) async fn create_user(call: &Call) -> Outcome {
    let params = &call.params;
    let email = params.required("email")?;
    let password = password_policy::new_password(params, call.tenant())?;
    let display_name = params.optional("displayName")?.unwrap_or(NEW_USER);
    let address = Address::parse(email).map_err(params.broken("email"))?;
    let user = CreateUser {
        password: Some(password),
        display_name: Some(named(display_name).map_err(params.broken("displayName"))?),
        email: Some(ContactEmail::parse(email).map_err(params.broken("email"))?),
        identity: MailIdentity::Own(address),
        ..CreateUser::new(Login::parse(email).map_err(params.broken("email"))?)
    };
    let instance = bag::instance_change(params.value("instance"), call.tenant());
    let command = CreateUserWithValues {
        user,
        dialect: Dialect::OneOffice,
        values: instance.into_iter().collect(),
    };
    let made = call.run(command).await?;
    let created_at = call.context.now.seconds();
    Ok(Answer::ok(&Created::new(email, display_name, &made, created_at)).into())
}

/// A display name that shows something.
pub(super) fn named(text: &str) -> Result<DisplayName, Violation> {
    if text.trim().is_empty() {
        return Err(Violation::new(Field::DisplayName, Rule::Empty));
    }
    DisplayName::parse(text)
}

/// A new user, its keys in the documented order. Unlike getUserByEmail it tells lists of numbers in PostgreSQL's notation.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Created<'a> {
    email: &'a str,
    display_name: &'a str,
    profile: NewProfile,
    is_admin: bool,
    apps: String,
    created_at: i64,
    settings: String,
    values: NewValues,
    id: i64,
    main_calendar: i64,
    inbox: i64,
    spam: i64,
    sent: i64,
    trash_email: i64,
    drafts: i64,
    root_files: i64,
    trash_files: i64,
}

#[derive(Default, Serialize)]
struct NewProfile {
    uid: (),
    title: (),
    department: (),
    location: (),
    phones: [(); 0],
    grade: (),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewValues {
    notification_reminder: i64,
    timezone: (),
    editor_templates: (),
}

impl<'a> Created<'a> {
    fn new(email: &'a str, display_name: &'a str, made: &CreatedUser, created_at: i64) -> Self {
        let folders = Folders::of(made.number);
        Self {
            email,
            display_name,
            profile: NewProfile::default(),
            is_admin: false,
            apps: bag::new_apps(),
            created_at,
            settings: bag::new_settings(),
            values: NewValues {
                notification_reminder: bag::NEW_REMINDER,
                timezone: (),
                editor_templates: (),
            },
            id: id(made.number),
            main_calendar: folders.main_calendar,
            inbox: folders.inbox,
            spam: folders.spam,
            sent: folders.sent,
            trash_email: folders.trash_email,
            drafts: folders.drafts,
            root_files: folders.root_files,
            trash_files: folders.trash_files,
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use provost_model::{UserId, UserNumber};

    /// The documented answer, without its line breaks; its address is a slip of the page.
    const DOCUMENTED: &str = r#"{"email":"none2@test.oneoffice.ca","displayName":"New User","profile":{"uid":null,"title":null,"department":null,"location":null,"phones":[],"grade":null},"isAdmin":false,"apps":"{0,0,0}","createdAt":1683471262,"settings":"{84,213,10,92}","values":{"notificationReminder":3,"timezone":null,"editorTemplates":null},"id":2,"mainCalendar":2,"inbox":7,"spam":8,"sent":9,"trashEmail":10,"drafts":12,"rootFiles":3,"trashFiles":4}"#;

    #[test]
    fn the_documented_answer_is_given_to_the_byte() {
        let made = CreatedUser {
            number: UserNumber(3),
            id: UserId("00000000-0000-0000-0000-000000000000".parse().unwrap()),
        };
        let created = Created::new("none2@test.oneoffice.ca", NEW_USER, &made, 1_683_471_262);
        assert_eq!(serde_json::to_string(&created).unwrap(), DOCUMENTED);
    }
}
