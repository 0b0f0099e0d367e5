//! What a line says.

use super::{GroupRecord, Line, TenantRecord, fields::Fields, user};
use crate::Problem;
use provost_directory::commands::imports::ImportedUser;
use provost_model::Patch;

/// What a line says, and about which tenant, if it names one.
#[derive(Debug)]
pub(crate) struct Record {
    /// The line's number.
    pub(crate) line: u64,
    /// The slug of the tenant that it names.
    pub(crate) tenant: Option<String>,
    /// What it says.
    pub(crate) said: Said,
}

/// The kinds of lines.
#[derive(Debug)]
pub(crate) enum Said {
    /// A tenant is to be.
    Tenant(Box<TenantRecord>),
    /// A group is to be.
    Group(GroupRecord),
    /// A user is to be so.
    User(Box<ImportedUser>),
}

impl Record {
    /// Reads a line.
    pub(crate) fn read((line, map): Line) -> Result<Self, Vec<Problem>> {
        let map = map.map_err(|problem| vec![Problem::new(line, problem)])?;
        let mut fields = Fields::new(line, map);
        let kind = match fields.text("type") {
            Patch::Set(kind) => kind,
            Patch::Keep | Patch::Clear => {
                return Err(vec![Problem::with(line, "type", "is missing")]);
            }
        };
        let tenant = match fields.text("tenant") {
            Patch::Set(slug) => Some(slug),
            Patch::Keep | Patch::Clear => None,
        };
        let said = match kind.as_str() {
            "tenant" => TenantRecord::read(&mut fields).map(|it| Said::Tenant(Box::new(it))),
            "group" => GroupRecord::read(&mut fields).map(Said::Group),
            "user" => Some(Said::User(Box::new(user::read(&mut fields)))),
            _ => {
                let problem = "is none of tenant, group and user";
                return Err(vec![Problem::with(line, "type", problem)]);
            }
        };
        fields.pass_over("facts");
        match (said, fields.finish()) {
            (Some(said), problems) if problems.is_empty() => Ok(Self { line, tenant, said }),
            (_, problems) => Err(problems),
        }
    }
}
