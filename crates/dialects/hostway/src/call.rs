//! One call of an operation: who calls, what it is about, what was given.

use crate::{
    refusal::refuse,
    wire::{Answer, Fields, Link, Links, ListFields},
};
use bytes::Bytes;
use provost_directory::{Command, Context, Directory, queries::Mailbox};
use provost_model::{Address, DomainName, Tenant, TenantId};

/// A call that passed the gate.
#[derive(Clone)]
pub(crate) struct Call {
    /// The directory.
    pub(crate) directory: Directory,
    /// Who calls, and for which tenant.
    pub(crate) context: Context,
    /// Whether the caller is the account's owner, not a mailbox's.
    pub(crate) by_owner: bool,
    /// What the path names.
    pub(crate) target: Target,
    /// The link to what was asked for.
    pub(crate) itself: Link,
    /// How links are made.
    pub(crate) links: Links,
    /// The ids in the path, in their order.
    pub(crate) ids: Vec<String>,
    /// The body, empty where none is read.
    pub(crate) body: Bytes,
    /// The query.
    pub(crate) query: String,
}

/// What a path names.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// A domain of the tenant.
    Domain(DomainName),
    /// The tenant.
    Tenant,
}

/// What an operation comes to: both sides are answers.
pub(crate) type Outcome<T = Answer> = Result<T, Answer>;

impl Call {
    /// The tenant that is asked for.
    pub(crate) fn tenant(&self) -> &Tenant {
        &self.context.tenant
    }

    /// The tenant's id.
    pub(crate) fn tenant_id(&self) -> TenantId {
        self.context.tenant_id()
    }

    /// The domain in the path.
    pub(crate) fn domain(&self) -> Outcome<&DomainName> {
        match &self.target {
            Target::Domain(domain) => Ok(domain),
            Target::Tenant => Err(Answer::unknown("domain")),
        }
    }

    /// The mailbox's name in the path.
    pub(crate) fn mailbox_name(&self) -> &str {
        let nth = if self.by_owner { 2 } else { 1 };
        self.ids.get(nth).map_or("", String::as_str)
    }

    /// The id in the path behind the mailbox's.
    pub(crate) fn last_id(&self) -> &str {
        self.ids.last().map_or("", String::as_str)
    }

    /// The address of the mailbox that the path names, if it can be one.
    pub(crate) fn address(&self) -> Outcome<Option<Address>> {
        let text = format!("{}@{}", self.mailbox_name(), self.domain()?);
        Ok(Address::parse(&text).ok())
    }

    /// The mailbox that the path names. Of who calls as a mailbox's owner it is the caller's own, or nothing is told.
    pub(crate) async fn mailbox(&self) -> Outcome<Mailbox> {
        let address = self.address()?;
        if !self.by_owner {
            let own = self.own_mailbox().await?;
            let is_own = own.user.address.as_ref().map(Address::key) == address.map(|it| it.key());
            return if is_own {
                Ok(own)
            } else {
                Err(Answer::unauthorized())
            };
        }
        let found = match &address {
            Some(address) => self
                .directory
                .mailbox(self.tenant_id(), address)
                .await
                .map_err(refuse)?,
            None => None,
        };
        found.ok_or_else(|| Answer::unknown("mailboxName"))
    }

    /// The caller's own mailbox, which has to be in the domain.
    pub(crate) async fn own_mailbox(&self) -> Outcome<Mailbox> {
        let own = self.context.actor.user_in(self.tenant_id());
        let numbers: Vec<_> = own.into_iter().collect();
        let mailboxes = self
            .directory
            .mailboxes(self.tenant_id(), &numbers)
            .await
            .map_err(refuse)?;
        let domain = self.domain()?;
        mailboxes
            .into_iter()
            .find(|mailbox| {
                let address = mailbox.user.address.as_ref();
                address.is_some_and(|address| address.domain() == *domain)
            })
            .ok_or_else(Answer::unauthorized)
    }

    /// The values in the body.
    pub(crate) fn fields(&self) -> Outcome<Fields> {
        Fields::parse(&self.body)
    }

    /// The list in the body.
    pub(crate) fn list(&self, name: &'static str) -> Outcome<ListFields> {
        ListFields::parse(&self.body, name)
    }

    /// Carries out a command.
    pub(crate) async fn execute<C: Command>(
        &self,
        command: C,
    ) -> provost_model::Result<C::Outcome> {
        self.directory.execute(self.context.clone(), command).await
    }
}
