//! A user as getUserByEmail shows it, and the folders that are reckoned from its number. The order of the keys is the documented one.

use crate::{bag, call::Known};
use provost_directory::queries::UserDetails;
use provost_model::{
    DialectValues, ExternalId, Group, ProfileField, Tenant, Timezone, User, UserNumber,
};
use serde::{Serialize, Serializer, ser::SerializeMap as _};
use serde_json::Value;

/// The id of a user: the instance's administrator is 1, the first created user 2.
pub(crate) const fn id(number: UserNumber) -> i64 {
    number.0 - 1
}

/// The numbers of a user's folders, by a rule that gives those of both documented users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Folders {
    pub(crate) main_calendar: i64,
    pub(crate) inbox: i64,
    pub(crate) spam: i64,
    pub(crate) sent: i64,
    pub(crate) trash_email: i64,
    pub(crate) drafts: i64,
    pub(crate) root_files: i64,
    pub(crate) trash_files: i64,
}

impl Folders {
    pub(crate) const fn of(number: UserNumber) -> Self {
        let id = id(number);
        let inbox = 6 * (id - 1) + 1;
        Self {
            main_calendar: id,
            inbox,
            spam: inbox + 1,
            sent: inbox + 2,
            trash_email: inbox + 3,
            drafts: 6 * id,
            root_files: 2 * id - 1,
            trash_files: 2 * id,
        }
    }
}

/// A user.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Record<'u> {
    id: i64,
    instance: Value,
    email: &'u str,
    avatar: &'u str,
    groups: &'u [String],
    settings: Value,
    apps: Value,
    values: Values<'u>,
    profile: Profile<'u>,
    display_name: &'u str,
    is_active: bool,
    is_admin: bool,
    is_sys_admin: bool,
    root_files: i64,
    trash_files: i64,
    inbox: i64,
    spam: i64,
    sent: i64,
    trash_email: i64,
    drafts: i64,
    main_calendar: i64,
    /// Never a live one.
    token: &'static str,
    token_expires_at: i64,
}

#[derive(Serialize)]
struct Profile<'u> {
    uid: Option<&'u str>,
    grade: Option<&'u str>,
    title: Option<&'u str>,
    phones: Vec<&'u str>,
    location: Option<&'u str>,
    department: Option<&'u str>,
}

/// The three documented values, and further ones that a client set.
struct Values<'u> {
    timezone: Option<&'u str>,
    kept: &'u DialectValues,
}

impl<'u> Record<'u> {
    /// The record of a user of this tenant, of what this dialect alone knows of it, and of its `profile.uid`.
    pub(crate) fn of(
        details: &'u UserDetails,
        kept: &'u DialectValues,
        uid: Option<&'u ExternalId>,
        tenant: &Tenant,
    ) -> Self {
        let UserDetails { user, groups, .. } = details;
        let folders = Folders::of(user.number);
        Self {
            id: id(user.number),
            instance: bag::instance(kept, tenant),
            email: email(user),
            avatar: bag::avatar(kept),
            groups,
            settings: bag::settings(kept),
            apps: bag::apps(kept),
            values: Values {
                timezone: user.timezone.as_ref().map(Timezone::as_str),
                kept,
            },
            profile: Profile::of(user, uid, kept),
            display_name: user.shown_name(),
            is_active: user.enabled,
            is_admin: groups.iter().any(|group| group == Group::ADMINISTRATORS),
            is_sys_admin: user.operator,
            root_files: folders.root_files,
            trash_files: folders.trash_files,
            inbox: folders.inbox,
            spam: folders.spam,
            sent: folders.sent,
            trash_email: folders.trash_email,
            drafts: folders.drafts,
            main_calendar: folders.main_calendar,
            token: "",
            token_expires_at: 0,
        }
    }
}

/// The records of users of this tenant, one by one, as JSON.
pub(crate) fn write<E>(
    details: &[UserDetails],
    known: &Known,
    tenant: &Tenant,
    mut each: impl FnMut(&Record<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let none = DialectValues::default();
    details.iter().try_for_each(|user| {
        let known = known.get(&user.user.number);
        let (kept, uid) = known.map_or((&none, None), |(kept, ids)| (kept, ids.first()));
        each(&Record::of(user, kept, uid, tenant))
    })
}

/// What a user without an address shows is its login.
fn email(user: &User) -> &str {
    user.address
        .as_ref()
        .map_or(user.login.as_str(), |address| address.as_str())
}

impl<'u> Profile<'u> {
    fn of(user: &'u User, uid: Option<&'u ExternalId>, kept: &'u DialectValues) -> Self {
        let field = |field| user.profile.value(field);
        Self {
            uid: uid.map(ExternalId::as_str),
            grade: field(ProfileField::Grade),
            title: field(ProfileField::Title),
            phones: bag::phones(user, kept),
            location: field(ProfileField::Location),
            department: field(ProfileField::Department),
        }
    }
}

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const EDITOR: &str = "editorTemplates";
        const REMINDER: &str = "notificationReminder";
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("timezone", &self.timezone)?;
        map.serialize_entry(EDITOR, &bag::value(self.kept, EDITOR))?;
        match bag::value(self.kept, REMINDER) {
            Some(reminder) => map.serialize_entry(REMINDER, reminder)?,
            None => map.serialize_entry(REMINDER, &bag::NEW_REMINDER)?,
        }
        for (name, value) in bag::values(self.kept) {
            if !matches!(name, EDITOR | REMINDER) {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_users_have_their_folders() {
        let second = Folders {
            main_calendar: 2,
            inbox: 7,
            spam: 8,
            sent: 9,
            trash_email: 10,
            drafts: 12,
            root_files: 3,
            trash_files: 4,
        };
        assert_eq!(id(UserNumber::FIRST_USER), 2);
        assert_eq!(Folders::of(UserNumber::FIRST_USER), second);
        assert_eq!(id(UserNumber::FIRST_ADMINISTRATOR), 1);
    }

    #[test]
    fn no_two_users_share_a_folder() {
        let folders: Vec<Folders> = (2..100)
            .map(|number| Folders::of(UserNumber(number)))
            .collect();
        for pair in folders.windows(2) {
            assert!(pair[0].drafts < pair[1].inbox && pair[0].trash_files < pair[1].root_files);
            assert!(pair[0].trash_email < pair[0].drafts);
        }
    }
}
