//! Mailboxes: users seen from their addresses.

use crate::Directory;
use provost_model::{
    Address, DomainName, Entry, MailboxSettings, Result, Slug, Tenant, TenantId, User, UserNumber,
    WebmailAccount, WebmailTypeName,
};
use provost_store::{
    Read, Tx,
    tables::{
        domains,
        mailbox_counts::{self, MailboxCounts},
        mailbox_details, mailbox_walks, mailboxes, tenants, users, webmail_accounts,
        webmail_counts,
    },
};
use std::{collections::HashMap, sync::Arc};

/// A user with what belongs to its mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// The user.
    pub user: User,
    /// Its webmail account, if it has one.
    pub webmail: Option<WebmailAccount>,
    /// What it does with its mail.
    pub settings: MailboxSettings,
}

/// A tenant, and the one that a mail domain belongs to which was named with it.
#[derive(Clone, Debug, Default)]
pub struct AccountAndDomain {
    /// The tenant, if there is one.
    pub account: Option<Arc<Tenant>>,
    /// Whose the domain is, if it is anybody's.
    pub owner: Option<TenantId>,
}

impl Directory {
    /// The tenant with this slug, in whatever case, and the one that a mail domain belongs to.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn account_and_domain(
        &self,
        slug: &str,
        domain: Option<&DomainName>,
    ) -> Result<AccountAndDomain> {
        let slug = Slug::parse(slug).ok();
        self.read(&NamedTogether { slug, domain }).await
    }

    /// The tenant that a mail domain belongs to. Whether there is one or not takes the same statements.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn tenant_by_domain(&self, domain: Option<&DomainName>) -> Result<Option<Tenant>> {
        self.read(&ByDomain { domain }).await
    }

    /// The mailbox with this address in a tenant.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn mailbox(&self, tenant: TenantId, address: &Address) -> Result<Option<Mailbox>> {
        self.read(&ByAddress { tenant, address }).await
    }

    /// The mailboxes of these users, in the order of the numbers given; those that are gone are left out. The caller bounds how many it
    /// asks for.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn mailboxes(
        &self,
        tenant: TenantId,
        numbers: &[UserNumber],
    ) -> Result<Vec<Mailbox>> {
        self.read(&ByNumbers { tenant, numbers }).await
    }

    /// How many mailboxes a domain has, and the sum of their quotas.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn mailbox_counts(&self, domain: &DomainName) -> Result<MailboxCounts> {
        self.read(&Counts { domain }).await
    }

    /// How many webmail accounts of each type a domain has; types that it never had are left out.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn webmail_counts(&self, domain: &DomainName) -> Result<Vec<(WebmailTypeName, i64)>> {
        self.read(&WebmailCounts { domain }).await
    }

    /// Up to `limit` users of a tenant after this one that have further addresses, in the order of numbers.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn users_with_aliases(
        &self,
        tenant: TenantId,
        after: UserNumber,
        limit: i64,
    ) -> Result<Vec<User>> {
        self.read(&WithAliases {
            tenant,
            after,
            limit,
        })
        .await
    }
}

/// The tenant that a mail domain belongs to.
async fn owner(tx: &mut Tx, domain: Option<&DomainName>) -> Result<Option<TenantId>> {
    match domain {
        Some(domain) => domains::owner(tx, domain).await,
        None => Ok(None),
    }
}

struct NamedTogether<'a> {
    slug: Option<Slug>,
    domain: Option<&'a DomainName>,
}

impl Read for NamedTogether<'_> {
    type Output = AccountAndDomain;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let account = match &self.slug {
            Some(slug) => tenants::by_slug(tx, &slug.key()).await?,
            None => None,
        };
        Ok(AccountAndDomain {
            account: account.map(Arc::new),
            owner: owner(tx, self.domain).await?,
        })
    }
}

struct ByDomain<'a> {
    domain: Option<&'a DomainName>,
}

impl Read for ByDomain<'_> {
    type Output = Option<Tenant>;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let owner = owner(tx, self.domain).await?;
        tenants::by_id(tx, owner.unwrap_or(Entry::DEPLOYMENT)).await
    }
}

struct ByAddress<'a> {
    tenant: TenantId,
    address: &'a Address,
}

impl Read for ByAddress<'_> {
    type Output = Option<Mailbox>;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let found = mailbox_details::by_address(tx, self.tenant, self.address).await?;
        Ok(found.map(|(user, webmail, settings)| Mailbox {
            user,
            webmail,
            settings,
        }))
    }
}

struct ByNumbers<'a> {
    tenant: TenantId,
    numbers: &'a [UserNumber],
}

impl Read for ByNumbers<'_> {
    type Output = Vec<Mailbox>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let mut users: HashMap<UserNumber, User> = users::by_numbers(tx, self.tenant, self.numbers)
            .await?
            .into_iter()
            .map(|user| (user.number, user))
            .collect();
        let mut accounts: HashMap<_, _> = webmail_accounts::of_users(tx, self.tenant, self.numbers)
            .await?
            .into_iter()
            .collect();
        let mut settings: HashMap<_, _> = mailboxes::of_users(tx, self.tenant, self.numbers)
            .await?
            .into_iter()
            .collect();
        Ok(self
            .numbers
            .iter()
            .filter_map(|number| {
                Some(Mailbox {
                    user: users.remove(number)?,
                    webmail: accounts.remove(number),
                    settings: settings.remove(number).unwrap_or_default(),
                })
            })
            .collect())
    }
}

struct Counts<'a> {
    domain: &'a DomainName,
}

impl Read for Counts<'_> {
    type Output = MailboxCounts;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        mailbox_counts::of_domain(tx, self.domain).await
    }
}

struct WebmailCounts<'a> {
    domain: &'a DomainName,
}

impl Read for WebmailCounts<'_> {
    type Output = Vec<(WebmailTypeName, i64)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        webmail_counts::of_domain(tx, self.domain).await
    }
}

struct WithAliases {
    tenant: TenantId,
    after: UserNumber,
    limit: i64,
}

impl Read for WithAliases {
    type Output = Vec<User>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let numbers = mailbox_walks::with_aliases(tx, self.tenant, self.after, self.limit).await?;
        let mut users = users::by_numbers(tx, self.tenant, &numbers).await?;
        users.sort_by_key(|user| user.number);
        Ok(users)
    }
}
