//! Exports.

mod csv;

pub(crate) use csv::{NULL, SEPARATOR};

use crate::{
    Format,
    lines::{GroupLine, TenantLine, UserLine},
};
use provost_directory::Directory;
use provost_model::{DomainName, Error, Result, Tenant};
use serde::Serialize;
use std::{collections::VecDeque, sync::Arc};

/// How many rows are read at once.
const PAGE: i64 = 500;

/// What is exported, and how.
#[derive(Clone, Debug)]
pub struct ExportSettings {
    /// The one tenant whose groups and users are exported; without one all tenants are, each with a line of its own.
    pub tenant: Option<Arc<Tenant>>,
    /// The notation.
    pub format: Format,
    /// Whether users come with the hashes of their passwords.
    pub with_hashes: bool,
}

/// An export on its way, in pieces of bounded size: tenants in the order of their slugs, of each its line, its groups in the order of
/// their ids, and its users in the order of their folded logins.
pub struct Export {
    directory: Directory,
    settings: ExportSettings,
    stage: Stage,
    users: u64,
}

enum Stage {
    Begin,
    /// Tenants that are read already, and the slug of the last of them.
    Tenants(VecDeque<Tenant>, String),
    Groups(Arc<Tenant>, String, Box<Stage>),
    Users(Arc<Tenant>, String, Box<Stage>),
    End,
}

impl Export {
    /// The export of a directory.
    #[must_use]
    pub const fn new(directory: Directory, settings: ExportSettings) -> Self {
        Self {
            directory,
            settings,
            stage: Stage::Begin,
            users: 0,
        }
    }

    /// How many users have been given so far.
    #[must_use]
    pub const fn users(&self) -> u64 {
        self.users
    }

    /// The next piece, which may be empty; none at the end.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let mut piece = Vec::new();
        self.stage = match std::mem::replace(&mut self.stage, Stage::End) {
            Stage::Begin => self.begin(&mut piece),
            Stage::Tenants(read, last) => self.tenant(read, last, &mut piece).await?,
            Stage::Groups(tenant, after, then) => {
                self.groups(tenant, &after, then, &mut piece).await?
            }
            Stage::Users(tenant, after, then) => {
                self.user_page(tenant, &after, then, &mut piece).await?
            }
            Stage::End => return Ok(None),
        };
        Ok(Some(piece))
    }

    fn begin(&self, piece: &mut Vec<u8>) -> Stage {
        if self.settings.format == Format::Csv {
            csv::header(piece);
        }
        match &self.settings.tenant {
            Some(tenant) => Stage::Groups(Arc::clone(tenant), String::new(), Box::new(Stage::End)),
            None => Stage::Tenants(VecDeque::new(), String::new()),
        }
    }

    async fn tenant(
        &self,
        mut read: VecDeque<Tenant>,
        last: String,
        piece: &mut Vec<u8>,
    ) -> Result<Stage> {
        if read.is_empty() {
            read.extend(self.directory.tenants(&last, PAGE).await?);
        }
        let Some(tenant) = read.pop_front() else {
            return Ok(Stage::End);
        };
        let hosts = self.directory.hosts_of(tenant.id).await?;
        let domains = self.domains(&tenant).await?;
        // a row of users and groups has no room for what a tenant is
        if self.settings.format == Format::JsonLines {
            self.write(piece, &TenantLine::new(&tenant, &hosts, &domains))?;
        }
        let last = tenant.slug.as_str().to_owned();
        let then = Stage::Tenants(read, last);
        Ok(Stage::Groups(
            Arc::new(tenant),
            String::new(),
            Box::new(then),
        ))
    }

    async fn domains(&self, tenant: &Tenant) -> Result<Vec<DomainName>> {
        let mut domains: Vec<DomainName> = Vec::new();
        loop {
            let after = domains.last().map_or("", DomainName::as_str);
            let page = self.directory.domains(Some(tenant.id), after, PAGE).await?;
            if page.is_empty() {
                return Ok(domains);
            }
            domains.extend(page.into_iter().map(|(domain, _)| domain));
        }
    }

    async fn groups(
        &self,
        tenant: Arc<Tenant>,
        after: &str,
        then: Box<Stage>,
        piece: &mut Vec<u8>,
    ) -> Result<Stage> {
        let page = self
            .directory
            .groups(tenant.id, None, after, PAGE, 0)
            .await?;
        let slug = self.slug(&tenant);
        for group in &page {
            self.write(piece, &GroupLine::new(slug, group))?;
        }
        Ok(match page.last() {
            Some(last) => Stage::Groups(tenant, last.id.as_str().to_owned(), then),
            None => Stage::Users(tenant, String::new(), then),
        })
    }

    async fn user_page(
        &mut self,
        tenant: Arc<Tenant>,
        after: &str,
        then: Box<Stage>,
        piece: &mut Vec<u8>,
    ) -> Result<Stage> {
        let page = self.directory.whole_users(tenant.id, after, PAGE).await?;
        let slug = self.slug(&tenant);
        for user in &page {
            let line = UserLine::new(slug, user, self.settings.with_hashes);
            self.write(piece, &line)?;
        }
        self.users += page.len() as u64;
        Ok(match page.last() {
            Some(last) => Stage::Users(tenant, last.user.login.as_str().to_owned(), then),
            None => *then,
        })
    }

    /// The slug on each line, where the export is of all tenants.
    fn slug<'t>(&self, tenant: &'t Tenant) -> Option<&'t str> {
        self.settings.tenant.is_none().then(|| tenant.slug.as_str())
    }

    fn write(&self, piece: &mut Vec<u8>, line: &impl Serialize) -> Result<()> {
        match self.settings.format {
            Format::JsonLines => {
                serde_json::to_writer(&mut *piece, line).map_err(Error::internal)?;
                piece.push(b'\n');
            }
            Format::Csv => {
                csv::row(piece, &serde_json::to_value(line).map_err(Error::internal)?);
            }
        }
        Ok(())
    }
}
