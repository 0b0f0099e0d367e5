//! Editing several fields of a user at once: all of them or none.

use super::edit::email;
use crate::{
    call::{Call, Outcome},
    edit_limits::Edits,
    password_policy,
    refusal::refuse,
    resources::user_record::View,
    values::{display_name, group_ids, manager, parse_quota, quota_refusal},
    wire::{Answer, Data, Entries},
};
use provost_directory::{NewPassword, commands::users::UserPatch};
use provost_model::{Denial, Error, Field, Group, GroupId, Language, Noun, Patch, User};

/// Edits what is given and shows the user then. Values that break a rule are refused all at once, each with its reason.
pub(crate) async fn patch(call: &Call) -> Outcome {
    call.count_edit(Edits::Fields)?;
    let given = Given::read(call)?;
    let (user, _) = call
        .directory
        .reached_user(&call.context, call.id(0))
        .await
        .map_err(|error| match error {
            Error::Unknown(Noun::User) => Answer::failure(998, ""),
            Error::OutOfReach(Noun::User) => {
                Answer::failure(403, "Insufficient permissions to edit this user")
            }
            other => refuse(other),
        })?;
    let (mut patch, mut errors) = given.patch(call, &user)?;
    given.check_groups(call, &mut patch, &mut errors).await?;
    if !errors.is_empty() {
        return Err(refusal(errors));
    }
    call.edit(&user, patch).await.map_err(refused)?;
    shown(call, &user).await
}

async fn shown(call: &Call, user: &User) -> Outcome {
    let details = call.details_of(user).await?;
    let view = View::of_others(call, std::slice::from_ref(&details)).await?;
    Ok(Answer::ok(view.record(details, &call.tenant().settings)).into())
}

type Errors = Vec<(&'static str, String)>;

fn refusal(errors: Errors) -> Answer {
    let mut fields = Entries::with_capacity(errors.len());
    for (field, reason) in errors {
        fields.push(field, reason);
    }
    Answer::failure(422, "").with_data(Data::map([("errors", Data::from(fields))]))
}

/// What the directory finds wrong in the end.
fn refused(error: Error) -> Answer {
    match error {
        Error::Invalid(violation) if violation.field == Field::Password => {
            let (_, reason) = password_policy::refusal(&violation.rule);
            refusal(vec![("password", reason)])
        }
        Error::About { name, error } => match *error {
            Error::Unknown(Noun::Group) => {
                refusal(vec![("groups", format!("Group {name} does not exist"))])
            }
            Error::Forbidden(Denial::GroupNotAdministered) => refusal(vec![(
                "groups",
                format!("Insufficient privileges for group {name}"),
            )]),
            other => refuse(other),
        },
        other => refuse(other),
    }
}

struct Given<'a> {
    display_name: Option<&'a str>,
    password: Option<&'a str>,
    email: Option<&'a str>,
    quota: Option<&'a str>,
    language: Option<&'a str>,
    manager: Option<&'a str>,
    groups: Option<Vec<&'a str>>,
    administers: Option<Vec<&'a str>>,
}

impl<'a> Given<'a> {
    fn read(call: &'a Call) -> Outcome<Self> {
        Ok(Self {
            display_name: call.text("displayName")?,
            password: call.text("password")?,
            email: call.text("email")?,
            quota: call.text("quota")?,
            language: call.text("language")?,
            manager: call.text("manager")?,
            groups: call.texts("groups")?,
            administers: call.texts("subadminGroups")?,
        })
    }

    /// The patch, as far as values are good, and what is wrong with the others.
    fn patch(&self, call: &Call, user: &User) -> Outcome<(UserPatch, Errors)> {
        let mut patch = UserPatch::default();
        let mut errors = Errors::new();
        if let Some(text) = self.display_name {
            match display_name(text) {
                Ok(name) => patch.display_name = name.map_or(Patch::Clear, Patch::Set),
                Err(_) => errors.push(("displayName", "Invalid displayname".to_owned())),
            }
        }
        if let Some(text) = self.password {
            let password = NewPassword::plain(text, password_policy::of(call.tenant()));
            if let Err(violation) = password.check(user.login.as_str()) {
                errors.push(("password", password_policy::refusal(&violation.rule).1));
            }
            patch.password = Some(password);
        }
        if let Some(text) = self.email {
            // blank ends are cut in the other operations, but not here
            match email(text).filter(|_| text.trim() == text) {
                Some(email) => patch.email = email,
                None => errors.push(("email", "Invalid email address".to_owned())),
            }
        }
        if let Some(text) = self.language {
            match Language::parse(text) {
                Ok(language) => patch.language = Patch::Set(language),
                Err(_) => errors.push(("language", "Invalid language".to_owned())),
            }
        }
        if let Some(text) = self.quota {
            match parse_quota(text) {
                Some(quota) => patch.quota = Some(quota),
                None => errors.push(("quota", quota_refusal(text))),
            }
        }
        if let Some(text) = self.manager {
            match manager(text) {
                Ok(manager) => patch.manager = manager.map_or(Patch::Clear, Patch::Set),
                Err(_) => errors.push(("manager", "Invalid manager".to_owned())),
            }
        }
        Ok((patch, errors))
    }
}

impl Given<'_> {
    /// Puts the groups into the patch, or what is wrong with them among the errors.
    async fn check_groups(
        &self,
        call: &Call,
        patch: &mut UserPatch,
        errors: &mut Errors,
    ) -> Outcome<()> {
        if let Some(wanted) = &self.groups {
            match self.existing(call, wanted).await? {
                Ok(ids) => patch.groups = Some(ids),
                Err(reason) => errors.push(("groups", reason)),
            }
        }
        if let Some(wanted) = &self.administers {
            match self.existing(call, wanted).await? {
                // nobody administers the group of administrators but its members; the real server leaves it out silently
                Ok(ids) => {
                    let ids = ids
                        .into_iter()
                        .filter(|id| id.as_str() != Group::ADMINISTRATORS)
                        .collect();
                    patch.administers = Some(ids);
                }
                Err(reason) => errors.push(("subadminGroups", reason)),
            }
        }
        Ok(())
    }

    async fn existing(
        &self,
        call: &Call,
        wanted: &[&str],
    ) -> Outcome<Result<Vec<GroupId>, String>> {
        let missing = |id: &str| format!("Group {id} does not exist");
        let ids = match group_ids(wanted, Noun::Group) {
            Ok(ids) => ids,
            Err(Error::About { name, .. }) => return Ok(Err(missing(&name))),
            Err(other) => return Err(refuse(other)),
        };
        let found = call
            .directory
            .missing_group(call.tenant_id(), &ids)
            .await
            .map_err(refuse)?;
        Ok(match found {
            Some(id) => Err(missing(id.as_str())),
            None => Ok(ids),
        })
    }
}
