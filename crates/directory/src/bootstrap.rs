//! The first start: a tenant `default` and its administrator, who operates the deployment.

use crate::{
    Actor, Command, Context, Directory, NewPassword,
    commands::{
        tenants::{self, CreateTenant},
        users::{self, CreateUser, MailIdentity},
    },
};
use provost_model::{
    Action, ContactEmail, ContextId, Error, Group, Login, Noun, Result, Slug, Subject, Tenant,
    TenantId, TenantSettings, Timestamp,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{groups, tenants as tenant_rows},
};
use std::sync::Arc;

/// The first administrator.
#[derive(Clone, Debug)]
pub struct FirstAdministrator {
    /// Its login.
    pub login: Login,
    /// Its password.
    pub password: NewPassword,
    /// Its contact e-mail; it becomes no mail identity, since nobody has set a mail domain yet.
    pub email: Option<ContactEmail>,
}

/// What the first start found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bootstrapped {
    /// An empty database: the tenant and the administrator were made.
    Made,
    /// A directory that was started before. Nothing was changed.
    Before,
}

impl Directory {
    /// Whether the directory was never started: it has no tenant `default`.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn is_new(&self) -> Result<bool> {
        Ok(self.tenant_by_slug(Tenant::DEFAULT).await?.is_none())
    }

    /// Makes the tenant `default` and its first administrator, unless that was done before.
    ///
    /// # Errors
    /// A password that breaks its policy; those of the store.
    pub async fn bootstrap(&self, administrator: FirstAdministrator) -> Result<Bootstrapped> {
        if !self.is_new().await? {
            return Ok(Bootstrapped::Before);
        }
        let placeholder = Tenant {
            id: TenantId(1),
            slug: Slug::parse(Tenant::DEFAULT)?,
            name: String::new(),
            context_id: ContextId::FIRST,
            suspended: false,
            settings: TenantSettings::default(),
            created_at: Timestamp(0),
        };
        let context = self.context(
            Arc::new(Actor::COMMAND_LINE),
            Arc::new(placeholder),
            "first start",
        )?;
        match self.execute(context, Bootstrap { administrator }).await {
            // another node started at the same moment and was first
            Err(Error::Taken(Noun::Slug)) => Ok(Bootstrapped::Before),
            outcome => outcome,
        }
    }
}

#[derive(Clone, Debug)]
struct Bootstrap {
    administrator: FirstAdministrator,
}

impl Command for Bootstrap {
    type Outcome = Bootstrapped;

    fn password(&mut self) -> Option<&mut NewPassword> {
        Some(&mut self.administrator.password)
    }

    async fn check(&self, _context: &Context, _tx: &mut Tx) -> Result<()> {
        self.administrator
            .password
            .check(self.administrator.login.as_str())?;
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<Bootstrapped>> {
        if tenant_rows::by_slug(change, Tenant::DEFAULT)
            .await?
            .is_some()
        {
            return change.unchanged(Bootstrapped::Before);
        }
        let tenant = CreateTenant {
            slug: context.tenant.slug.clone(),
            name: Some("Default".to_owned()),
            context_id: Some(ContextId::FIRST),
            domains: Vec::new(),
            hosts: Vec::new(),
        };
        let tenant = tenants::create(&tenant, context, change).await?;
        let own = Context {
            tenant: Arc::new(tenant),
            ..context.clone()
        };
        let user = CreateUser {
            password: Some(self.administrator.password.clone()),
            email: self.administrator.email.clone(),
            identity: MailIdentity::None,
            operator: true,
            ..CreateUser::new(self.administrator.login.clone())
        };
        let administrators = groups::by_id(change, own.tenant_id(), Group::ADMINISTRATORS)
            .await?
            .ok_or(Error::Unknown(Noun::Group))?;
        let user = user.insert(&own, change, &[administrators], &[]).await?;
        let mut made = own.entry(Action::UserCreated, users::subject(&user));
        made.id = own.further_entry_id(1);
        change.record_further(made).await?;
        let entry = own.entry(
            Action::TenantCreated,
            Subject::named(own.tenant.slug.as_str()),
        );
        change.record(entry, Bootstrapped::Made).await
    }
}
