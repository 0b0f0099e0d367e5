//! updateUserByEmail

use super::create_user::named;
use crate::{
    answer::Answer,
    bag,
    call::{Call, Outcome},
    methods::scope_is_too_small,
    params::Params,
};
use provost_directory::commands::{
    Together,
    dialect_values::{ChangeDialectValues, ValueChange},
    groups::{AddMember, RemoveMember},
    mail_services::SetExternalIds,
    users::{EditUser, SetUserEnabled, UserPatch},
};
use provost_model::{
    Dialect, ExternalId, ExternalIdKind, Group, GroupId, Patch, ProfileField, ProfileValue,
    Timezone, TokenScope, UserNumber,
};
use serde_json::{Value, json};

/// The most groups that a request may name.
const MAX_GROUPS: usize = 500;
/// The most numbers in `apps` and `settings`.
const MAX_NUMBERS: usize = 1000;

/// Changes what is given of a user: all of it or nothing.
pub(crate) async fn update_user(call: &Call) -> Outcome {
    let given = Given::read(&call.params)?;
    if given.administrator.is_some() && !call.context.actor.scope.includes(TokenScope::Admin) {
        return Err(scope_is_too_small());
    }
    let user = call.user().await?.number;
    given.run(call, user).await?;
    Ok(Answer::done().into())
}

/// What a request wants changed.
#[derive(Default)]
struct Given {
    patch: UserPatch,
    enabled: Option<bool>,
    administrator: Option<bool>,
    uid: Option<Vec<ExternalId>>,
    kept: Vec<ValueChange>,
}

impl Given {
    fn read(params: &Params) -> Outcome<Self> {
        let mut given = Self {
            enabled: params.boolean("isActive")?,
            administrator: params.boolean("isAdmin")?,
            ..Self::default()
        };
        if let Some(name) = params.given("displayName")? {
            let name = named(name).map_err(params.broken("displayName"))?;
            given.patch.display_name = Patch::Set(name);
        }
        given.patch.groups = groups(params)?;
        if let Some(avatar) = params.text_or_null("avatar")? {
            let avatar = avatar.filter(|avatar| !avatar.is_empty());
            given.keep(bag::AVATAR, avatar.map(Into::into));
        }
        for name in [bag::APPS, bag::SETTINGS] {
            if let Some(numbers) = params.integers(name)? {
                if numbers.len() > MAX_NUMBERS {
                    return Err(Answer::refused(format!("{name} has too many numbers")));
                }
                given.keep(name, Some(json!(numbers)));
            }
        }
        if let Some(profile) = params.inside("profile.")? {
            given.read_profile(&profile)?;
        }
        if let Some(values) = params.inside("values.")? {
            given.read_values(&values)?;
        }
        Ok(given)
    }

    fn read_profile(&mut self, profile: &Params) -> Outcome<()> {
        for (name, value) in profile.iter() {
            let field = match name {
                "uid" => {
                    self.uid = uid(profile)?;
                    continue;
                }
                "phones" => {
                    // null clears here as in the rest of the profile
                    let phones = match value {
                        Value::Null => Vec::new(),
                        _ => profile.texts("phones")?.unwrap_or_default(),
                    };
                    bag::check_phones(profile, "phones", &phones)?;
                    let (first, rest) = bag::phones_change(&phones);
                    self.patch.phone = first.map_or(Patch::Clear, Patch::Set);
                    self.kept.push(rest);
                    continue;
                }
                "title" => ProfileField::Title,
                "department" => ProfileField::Department,
                "location" => ProfileField::Location,
                "grade" => ProfileField::Grade,
                other => return Err(profile.unknown(other)),
            };
            let text = profile.text_or_null(name)?.flatten().unwrap_or_default();
            let value = ProfileValue::parse(field, text).map_err(profile.broken(name))?;
            self.patch.profile.push((field, value));
        }
        Ok(())
    }

    fn read_values(&mut self, values: &Params) -> Outcome<()> {
        for (name, value) in values.iter() {
            match name {
                "timezone" => {
                    self.patch.timezone = match values.text_or_null(name)?.flatten() {
                        Some(zone) => {
                            Patch::Set(Timezone::parse(zone).map_err(values.broken(name))?)
                        }
                        None => Patch::Clear,
                    };
                }
                "notificationReminder" => {
                    let minutes = values.number_or_null(name)?.flatten();
                    let minutes = minutes.cloned().map_or(Value::Null, Value::Number);
                    self.kept.push((bag::value_name(name), Some(minutes)));
                }
                // whatever a client keeps there; null is as good as nothing
                _ => {
                    let value = (!value.is_null()).then(|| value.clone());
                    self.kept.push((bag::value_name(name), value));
                }
            }
        }
        Ok(())
    }

    fn keep(&mut self, name: &str, value: Option<Value>) {
        self.kept.push((name.to_owned(), value));
    }

    /// Carries it out in one transaction.
    async fn run(mut self, call: &Call, user: UserNumber) -> Outcome<()> {
        let administrators = GroupId::parse(Group::ADMINISTRATORS)
            .map_err(|violation| Answer::refused(violation.to_string()))?;
        // where all groups are given, that of the administrators is one of them
        if let (Some(groups), Some(administrator)) = (&mut self.patch.groups, self.administrator) {
            groups.retain(|group| *group != administrators);
            if administrator {
                groups.push(administrators.clone());
            }
            self.administrator = None;
        }
        let (group, member) = (administrators, Some(user));
        let (joins, leaves) = match self.administrator {
            Some(true) => (
                Some(AddMember {
                    group,
                    user: member,
                }),
                None,
            ),
            Some(false) => (
                None,
                Some(RemoveMember {
                    group,
                    user: member,
                }),
            ),
            None => (None, None),
        };
        let edit = EditUser {
            user,
            patch: self.patch,
        };
        let enable = self.enabled.map(|enabled| SetUserEnabled { user, enabled });
        let identify = self.uid.map(|ids| SetExternalIds {
            user,
            kind: ExternalIdKind::OneOffice,
            ids,
        });
        let keep = (!self.kept.is_empty()).then_some(ChangeDialectValues {
            user,
            dialect: Dialect::OneOffice,
            changes: self.kept,
        });
        let rest = Together(joins, Together(leaves, Together(identify, keep)));
        call.run(Together(edit, Together(enable, rest))).await?;
        Ok(())
    }
}

fn groups(params: &Params) -> Outcome<Option<Vec<GroupId>>> {
    let Some(groups) = params.texts("groups")? else {
        return Ok(None);
    };
    if groups.len() > MAX_GROUPS {
        return Err(Answer::refused("groups has too many names"));
    }
    groups
        .into_iter()
        .map(|group| GroupId::parse(group).map_err(params.broken("groups")))
        .collect::<Outcome<_>>()
        .map(Some)
}

/// The id, or none where it is to go.
fn uid(profile: &Params) -> Outcome<Option<Vec<ExternalId>>> {
    if matches!(profile.value("uid"), Some(Value::Null)) {
        return Ok(Some(Vec::new()));
    }
    let uid = profile.id("uid")?;
    let uid = ExternalId::parse(&uid).map_err(profile.broken("uid"))?;
    Ok(Some(vec![uid]))
}
