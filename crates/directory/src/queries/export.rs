//! Users with all that belongs to them, for an export.

use crate::Directory;
use provost_model::{
    Dialect, DialectValues, ExternalId, ExternalIdKind, MailServices, MailboxSettings, Result,
    TenantId, User, UserNumber, WebmailAccount, fold,
};
use provost_store::{
    Read, Tx,
    tables::{
        dialect_values, external_ids, group_administrators, mail_services, mailboxes, memberships,
        preferences::{self, Preference},
        users, webmail_accounts,
    },
};
use std::collections::HashMap;

/// A user with all that belongs to it.
#[derive(Clone, Debug)]
pub struct WholeUser {
    /// The user.
    pub user: User,
    /// The ids of its groups, in the order it joined them.
    pub groups: Vec<String>,
    /// The ids of the groups that it administers, in the order it was appointed.
    pub administers: Vec<String>,
    /// What mail services know of it.
    pub services: MailServices,
    /// Ids by which others know it, of the kinds of which it has any.
    pub external_ids: Vec<(ExternalIdKind, Vec<ExternalId>)>,
    /// Its preferences, ordered by app and key.
    pub preferences: Vec<Preference>,
    /// Its webmail account, if it has one.
    pub webmail: Option<WebmailAccount>,
    /// What its mailbox does with its mail.
    pub mailbox: MailboxSettings,
    /// What OneOffice alone knows of it.
    pub oneoffice: DialectValues,
}

impl Directory {
    /// Up to `limit` users after the login `after` with all that belongs to them, in the order of folded logins. Each page is read at one
    /// moment, but not two pages at the same.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn whole_users(
        &self,
        tenant: TenantId,
        after: &str,
        limit: i64,
    ) -> Result<Vec<WholeUser>> {
        self.read(&Page {
            tenant,
            after: fold(after),
            limit,
        })
        .await
    }
}

struct Page {
    tenant: TenantId,
    after: String,
    limit: i64,
}

impl Read for Page {
    type Output = Vec<WholeUser>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let users = users::page(tx, self.tenant, &self.after, self.limit).await?;
        let numbers: Vec<UserNumber> = users.iter().map(|user| user.number).collect();
        let mut rest = Rest::read(tx, self.tenant, &numbers).await?;
        Ok(users.into_iter().map(|user| rest.join(user)).collect())
    }
}

/// What belongs to the users of a page, by user.
struct Rest {
    groups: HashMap<UserNumber, Vec<String>>,
    administers: HashMap<UserNumber, Vec<String>>,
    services: HashMap<UserNumber, MailServices>,
    external_ids: HashMap<UserNumber, Vec<(ExternalIdKind, Vec<ExternalId>)>>,
    preferences: HashMap<UserNumber, Vec<Preference>>,
    webmail: HashMap<UserNumber, WebmailAccount>,
    mailboxes: HashMap<UserNumber, MailboxSettings>,
    oneoffice: HashMap<UserNumber, DialectValues>,
}

impl Rest {
    async fn read(tx: &mut Tx, tenant: TenantId, users: &[UserNumber]) -> Result<Self> {
        let mut external: HashMap<_, Vec<_>> = HashMap::new();
        for kind in ExternalIdKind::ALL {
            let of_kind = external_ids::of_users(tx, tenant, users, kind).await?;
            for (user, ids) in gathered(of_kind) {
                external.entry(user).or_default().push((kind, ids));
            }
        }
        let oneoffice = dialect_values::of_users(tx, tenant, users, Dialect::OneOffice).await?;
        Ok(Self {
            groups: gathered(memberships::group_ids_of(tx, tenant, users).await?),
            administers: gathered(group_administrators::group_ids_of(tx, tenant, users).await?),
            services: HashMap::from_iter(mail_services::of_users(tx, tenant, users).await?),
            external_ids: external,
            preferences: gathered(preferences::of_users(tx, tenant, users).await?),
            webmail: HashMap::from_iter(webmail_accounts::of_users(tx, tenant, users).await?),
            mailboxes: HashMap::from_iter(mailboxes::of_users(tx, tenant, users).await?),
            oneoffice: HashMap::from_iter(oneoffice),
        })
    }

    fn join(&mut self, user: User) -> WholeUser {
        let number = user.number;
        WholeUser {
            user,
            groups: self.groups.remove(&number).unwrap_or_default(),
            administers: self.administers.remove(&number).unwrap_or_default(),
            services: self.services.remove(&number).unwrap_or_default(),
            external_ids: self.external_ids.remove(&number).unwrap_or_default(),
            preferences: self.preferences.remove(&number).unwrap_or_default(),
            webmail: self.webmail.remove(&number),
            mailbox: self.mailboxes.remove(&number).unwrap_or_default(),
            oneoffice: self.oneoffice.remove(&number).unwrap_or_default(),
        }
    }
}

/// The rows of each user, in the order they came.
fn gathered<T>(rows: Vec<(UserNumber, T)>) -> HashMap<UserNumber, Vec<T>> {
    let mut gathered: HashMap<_, Vec<T>> = HashMap::new();
    for (user, row) in rows {
        gathered.entry(user).or_default().push(row);
    }
    gathered
}
