//! Making a customer: a tenant with its administrator.

use crate::{
    Command, Context,
    commands::{
        dialect_values::{ValueChange, put},
        tenants::{self, CreateTenant},
        users::{CreateUser, MailIdentity, subject},
    },
    policy,
};
use provost_model::{
    Action, Address, ContactEmail, Customer, Dialect, DisplayName, Error, ExternalId, Group, Login,
    Noun, Phone, Result, Slug, Subject, Tenant,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{customers, groups, users, welcome_mails},
};
use std::sync::Arc;

/// Makes a tenant for a customer of the partner whose key asks, with an administrator who is invited by mail to set a password.
///
/// # Errors
/// [`provost_model::Denial::Scope`] for all but partners' keys; [`Noun::Customer`], [`Noun::Slug`] or [`Noun::Address`] taken.
#[derive(Clone, Debug)]
pub struct CreateCustomer {
    /// The partner's own id for it.
    pub remote_id: ExternalId,
    /// Its name, which its slug is made of.
    pub name: DisplayName,
    /// Its administrator.
    pub administrator: CustomerAdministrator,
}

/// The first administrator of a customer.
#[derive(Clone, Debug)]
pub struct CustomerAdministrator {
    /// Its address, which is its login and contact e-mail too.
    pub address: Address,
    /// Its display name.
    pub display_name: Option<DisplayName>,
    /// Its telephone number.
    pub phone: Option<Phone>,
    /// What the dialect alone knows of it.
    pub values: (Dialect, Vec<ValueChange>),
}

/// A customer that was made.
#[derive(Clone, Debug)]
pub struct CreatedCustomer {
    /// The customer.
    pub customer: Customer,
    /// Its tenant.
    pub tenant: Tenant,
}

impl Command for CreateCustomer {
    type Outcome = CreatedCustomer;

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::partner(context)?;
        if customers::by_remote_id(tx, context.tenant_id(), &self.remote_id)
            .await?
            .is_some()
        {
            return Err(Error::Taken(Noun::Customer));
        }
        Ok(())
    }

    async fn run(
        &self,
        context: &Context,
        change: &mut Change,
    ) -> Result<Recorded<CreatedCustomer>> {
        let tenant = self.tenant(context, change).await?;
        let customer = Customer {
            partner: context.tenant_id(),
            remote_id: self.remote_id.clone(),
            tenant: tenant.id,
            created_at: context.now,
        };
        if !customers::claim(change, &customer).await? {
            return Err(Error::Taken(Noun::Customer));
        }
        let within = |context: Context| Context {
            tenant: Arc::new(tenant.clone()),
            ..context
        };
        let own = within(context.next_part());
        let mut entry = own.entry(Action::TenantCreated, Subject::named(tenant.slug.as_str()));
        entry
            .details
            .insert("context_id".to_owned(), tenant.context_id.get().into());
        change.record_further(entry).await?;
        self.administrator(&within(own.next_part()), change).await?;
        let mut entry = context.entry(
            Action::CustomerCreated,
            Subject::named(self.remote_id.as_str()),
        );
        entry
            .details
            .insert("tenant".to_owned(), tenant.slug.as_str().into());
        change
            .record(entry, CreatedCustomer { customer, tenant })
            .await
    }
}

impl CreateCustomer {
    /// Makes the tenant, under the slug that its name gives, or a longer one if that is taken.
    async fn tenant(&self, context: &Context, change: &mut Change) -> Result<Tenant> {
        let mut command = CreateTenant {
            slug: Slug::suggested(self.name.as_str()),
            name: Some(self.name.as_str().to_owned()),
            context_id: None,
            domains: Vec::new(),
            hosts: Vec::new(),
        };
        match tenants::create(&command, context, change).await {
            Err(Error::Taken(Noun::Slug)) => {
                command.slug = command.slug.with_suffix(&context.fresh_name())?;
                tenants::create(&command, context, change).await
            }
            made => made,
        }
    }

    /// Makes the administrator in the new tenant, and lets its invitation wait to be sent.
    async fn administrator(&self, own: &Context, change: &mut Change) -> Result<()> {
        let wanted = &self.administrator;
        let address = wanted.address.as_str();
        let command = CreateUser {
            display_name: wanted.display_name.clone(),
            email: Some(ContactEmail::parse(address)?),
            identity: MailIdentity::Own(wanted.address.clone()),
            ..CreateUser::new(Login::parse(address)?)
        };
        let administrators = groups::by_id(change, own.tenant_id(), Group::ADMINISTRATORS)
            .await?
            .ok_or(Error::Unknown(Noun::Group))?;
        let mut user = command.insert(own, change, &[administrators], &[]).await?;
        if wanted.phone.is_some() {
            user.phone.clone_from(&wanted.phone);
            users::update(change, &user).await?;
        }
        let (dialect, values) = &wanted.values;
        put(change, &user, *dialect, values).await?;
        welcome_mails::insert(change, user.tenant, user.number, own.now).await?;
        let mut entry = own.entry(Action::UserCreated, subject(&user));
        entry
            .details
            .insert("groups".to_owned(), vec![Group::ADMINISTRATORS].into());
        change.record_further(entry).await
    }
}
