//! Doing what the table lists.

use super::{Deed, mailboxes};
use provost_directory::commands::{
    apps::{ChangeSetting, SetApp},
    customers::{CreateCustomer, CustomerAdministrator},
    dialect_values::ChangeDialectValues,
    domains::{AddDomain, RemoveDomain},
    groups::{
        AddMember, AppointGroupAdministrator, CreateGroup, DeleteGroup, DismissGroupAdministrator,
        RemoveMember, RenameGroup,
    },
    imports::{ImportUsers, ImportedUser, Matching},
    orders::{CreateOrder, Ordered},
    password_links::{IssuePasswordLink, RedeemPasswordLink},
    resellers::{AssignTenant, CreateReseller, DeleteReseller, SetResellerPassword},
    tenants::{CreateTenant, DeleteTenant, RenameTenant, SetTenantSettings, SetTenantSuspended},
    tokens::{CreateToken, RevokeToken, RotateAppPassword},
    users::{
        ChangePreferences, CreateUser, CreateUserWithValues, DeleteUser, EditUser, SetOperator,
        SetUserEnabled, UserPatch, WipeUser,
    },
    webmail::DeleteWebmail,
};
use provost_directory::commands::{
    forwards::{DeleteForward, SetForward},
    mail_services::{EditMailServices, MailServicesPatch, SetExternalIds},
    shared_domains::{ShareDomain, UnshareDomain},
};
use provost_directory::{Block, BlockPhase, Source, commands::throttle::RecordBlock};
use provost_model::{
    Address, AppId, Dialect, DisplayName, DomainName, Entry, ExternalId, OrderTerm, Patch, Quota,
    ResellerId, Result, Scope, ScopedField, SettingKey, Slug, TenantId, TenantSettingsPatch,
    TokenId, TokenScope, UserNumber,
};
use provost_model::{ExternalIdKind, Msisdn, SpamLevel};
use provost_testkit::{PASSWORD, Seat, email, group_id, login, password};
use std::time::Duration;

/// A partner's customer with this id.
pub(crate) fn customer(id: &str) -> CreateCustomer {
    CreateCustomer {
        remote_id: ExternalId::parse(id).unwrap(),
        name: DisplayName::parse(id).unwrap(),
        administrator: CustomerAdministrator {
            address: Address::parse(&format!("boss@{id}.example")).unwrap(),
            display_name: None,
            phone: None,
            values: (Dialect::OneOffice, Vec::new()),
        },
    }
}

/// A deed that was done.
pub(crate) struct Done {
    /// The tenant whose audit tells of it.
    pub(crate) told_in: TenantId,
    /// A secret that was made, if one was.
    pub(crate) secret: Option<String>,
}

/// A deed with what it is done to.
pub(crate) struct Prepared {
    pub(super) deed: Deed,
    /// The actor, in the tenant that the deed is for.
    pub(crate) seat: Seat,
    pub(super) name: String,
    pub(super) user: Option<UserNumber>,
    pub(super) token: Option<TokenId>,
    /// The secret of a link to set a password.
    pub(super) link: String,
    pub(super) reseller: Option<ResellerId>,
}

impl Prepared {
    /// Lets the actor do it.
    pub(crate) async fn perform(&self) -> Result<Done> {
        let seat = &self.seat;
        let mut done = Done {
            told_in: seat.tenant_id(),
            secret: None,
        };
        let create = CreateUser {
            groups: vec![group_id("team")],
            ..CreateUser::new(login(&self.name))
        };
        let in_group = |id| CreateUser {
            groups: vec![group_id(id)],
            ..create.clone()
        };
        let app = || AppId::parse("files").unwrap();
        let key = || SettingKey::parse(&self.name).unwrap();
        let group = || group_id(&self.name);
        let display_name = || DisplayName::parse("Another Name").unwrap();
        let domain = || DomainName::parse(&format!("{}.example", self.name)).unwrap();
        match self.deed {
            Deed::CreateMember => {
                let create = CreateUser {
                    password: Some(password(PASSWORD)),
                    ..create
                };
                seat.run(create).await?;
            }
            Deed::CreateOutsideGroups => seat
                .run(CreateUser::new(login(&self.name)))
                .await
                .map(|_| ())?,
            Deed::CreateInOtherGroup => seat.run(in_group("other")).await.map(|_| ())?,
            Deed::CreateAdministrator => seat.run(in_group("admin")).await.map(|_| ())?,
            Deed::CreateGroupAdministrator => {
                seat.run(CreateUser {
                    administers: vec![group_id("team")],
                    ..create
                })
                .await?;
            }
            Deed::CreateAdministratorOfOtherGroup => {
                seat.run(CreateUser {
                    administers: vec![group_id("other")],
                    ..create
                })
                .await?;
            }
            Deed::CreateOperator => seat
                .run(CreateUser {
                    operator: true,
                    ..create
                })
                .await
                .map(|_| ())?,
            Deed::EditName
            | Deed::EditNameOfStranger
            | Deed::EditNameOfAdministrator
            | Deed::EditNameOfOperator => {
                self.edit(UserPatch {
                    display_name: Patch::Set(display_name()),
                    ..UserPatch::default()
                })
                .await?;
            }
            Deed::EditPassword | Deed::EditPasswordOfOperator => {
                self.edit(UserPatch {
                    password: Some(password(PASSWORD)),
                    ..UserPatch::default()
                })
                .await?;
            }
            Deed::EditEmailOfOperator => {
                self.edit(UserPatch {
                    email: Patch::Set(email("other")),
                    ..UserPatch::default()
                })
                .await?;
            }
            Deed::EditQuota => {
                self.edit(UserPatch {
                    quota: Some(Quota::None),
                    ..UserPatch::default()
                })
                .await?
            }
            Deed::EditGroups => self.edit_groups("second").await?,
            Deed::EditGroupsToOther => self.edit_groups("other").await?,
            Deed::EditGroupsToAdministrators => self.edit_groups("admin").await?,
            Deed::EditAdministered => {
                self.edit(UserPatch {
                    administers: Some(vec![group_id("team")]),
                    ..UserPatch::default()
                })
                .await?;
            }
            Deed::EditScopes => {
                self.edit(UserPatch {
                    scopes: vec![(ScopedField::Email, Scope::Private)],
                    ..UserPatch::default()
                })
                .await?;
            }
            Deed::IssueLink
            | Deed::IssueLinkOfStranger
            | Deed::IssueLinkOfAdministrator
            | Deed::IssueLinkOfOperator => {
                let issued = seat
                    .run(IssuePasswordLink {
                        user: self.user.unwrap(),
                        lifetime: Duration::from_secs(3600),
                    })
                    .await?;
                done.secret = Some(issued.secret.expose().to_owned());
            }
            Deed::RedeemLink | Deed::RedeemNoLink => {
                seat.run(RedeemPasswordLink::new(&self.link, password(PASSWORD)))
                    .await?;
                done.secret = Some(self.link.clone());
            }
            Deed::Disable | Deed::DisableStranger | Deed::DisableOperator => {
                seat.run(SetUserEnabled {
                    user: self.user.unwrap(),
                    enabled: false,
                })
                .await?;
            }
            Deed::Enable => {
                seat.run(SetUserEnabled {
                    user: self.user.unwrap(),
                    enabled: true,
                })
                .await?
            }
            Deed::Wipe | Deed::WipeStranger | Deed::WipeOperator => {
                seat.run(WipeUser {
                    user: self.user.unwrap(),
                })
                .await?;
            }
            Deed::MakeMailbox
            | Deed::EditTheMailbox
            | Deed::SetTheMailbox
            | Deed::MakeWebmail
            | Deed::EditTheWebmail
            | Deed::DeleteTheWebmail => self.perform_on_mailbox().await?,
            Deed::Delete | Deed::DeleteStranger | Deed::DeleteOperator => {
                seat.run(DeleteUser {
                    user: self.user.unwrap(),
                })
                .await?;
            }
            Deed::EditServices | Deed::EditServicesOfStranger => {
                self.edit_services(MailServicesPatch {
                    spam_level: Patch::Set(SpamLevel::High),
                    ..MailServicesPatch::default()
                })
                .await?;
            }
            Deed::SetMsisdnOfOperator => {
                let number = format!("+49 {}", self.user.unwrap().0 + 1000);
                self.edit_services(MailServicesPatch {
                    msisdn: Patch::Set(Msisdn::parse(&number).unwrap()),
                    ..MailServicesPatch::default()
                })
                .await?;
            }
            Deed::SetIds => {
                seat.run(SetExternalIds {
                    user: self.user.unwrap(),
                    kind: ExternalIdKind::Custom,
                    ids: vec![provost_model::ExternalId::parse(&self.name).unwrap()],
                })
                .await?;
            }
            Deed::Forward => {
                let targets = vec![self.alias("elsewhere.example")];
                seat.run(SetForward {
                    alias: self.alias(domain().as_str()),
                    targets,
                })
                .await?;
            }
            Deed::EndForward => {
                let alias = self.alias(domain().as_str());
                seat.run(DeleteForward { alias }).await?;
            }
            Deed::ShareTheDomain => {
                seat.run(ShareDomain { domain: domain() }).await?;
                done.told_in = Entry::DEPLOYMENT;
            }
            Deed::UnshareTheDomain => {
                seat.run(UnshareDomain { domain: domain() }).await?;
                done.told_in = Entry::DEPLOYMENT;
            }
            Deed::SetPreference => {
                let changes = vec![(key(), Some("content".to_owned()))];
                seat.run(ChangePreferences {
                    user: self.user.unwrap(),
                    app: app(),
                    changes,
                })
                .await?;
            }
            Deed::CreateWithValues => {
                seat.run(CreateUserWithValues {
                    user: create,
                    dialect: Dialect::OneOffice,
                    values: vec![("avatar".to_owned(), Some("x".into()))],
                })
                .await?;
            }
            Deed::Import => {
                let users = vec![ImportedUser {
                    login: Some(create.login),
                    ..ImportedUser::default()
                }];
                let import = ImportUsers {
                    users: users.into(),
                    matching: Matching::Login,
                    expects_new: false,
                    resumable: None,
                };
                seat.run(import).await?;
            }
            Deed::SetValues | Deed::SetValuesOfStranger => {
                seat.run(ChangeDialectValues {
                    user: self.user.unwrap(),
                    dialect: Dialect::OneOffice,
                    changes: vec![("avatar".to_owned(), Some("x".into()))],
                })
                .await?;
            }
            Deed::MakeCustomer => seat.run(customer(&self.name)).await.map(|_| ())?,
            Deed::OrderLicences => {
                let id = ExternalId::parse(&self.name)?;
                let ordered = Ordered::First {
                    customer: id.clone(),
                    product: id.clone(),
                    licenses: 5,
                    term: OrderTerm::Yearly,
                };
                let remote_id = id;
                seat.run(CreateOrder { remote_id, ordered }).await?;
            }
            Deed::MakeOperator => {
                seat.run(SetOperator {
                    user: self.user.unwrap(),
                    operator: true,
                })
                .await?
            }
            Deed::MakeGroup => seat
                .run(CreateGroup {
                    id: group(),
                    display_name: display_name(),
                })
                .await
                .map(|_| ())?,
            Deed::RenameTheGroup => {
                seat.run(RenameGroup {
                    group: group(),
                    display_name: display_name(),
                })
                .await?
            }
            Deed::DeleteTheGroup => seat.run(DeleteGroup { group: group() }).await.map(|_| ())?,
            Deed::Join => {
                seat.run(AddMember {
                    group: group_id("team"),
                    user: self.user,
                })
                .await?
            }
            Deed::JoinOther => {
                seat.run(AddMember {
                    group: group_id("other"),
                    user: self.user,
                })
                .await?
            }
            Deed::JoinAdministrators => {
                seat.run(AddMember {
                    group: group_id("admin"),
                    user: self.user,
                })
                .await?
            }
            Deed::Leave | Deed::LeaveLast => {
                seat.run(RemoveMember {
                    group: group_id("team"),
                    user: self.user,
                })
                .await?
            }
            Deed::LeaveAdministrators => {
                seat.run(RemoveMember {
                    group: group_id("admin"),
                    user: self.user,
                })
                .await?
            }
            Deed::Appoint => {
                seat.run(AppointGroupAdministrator {
                    group: group_id("team"),
                    user: self.user,
                })
                .await?
            }
            Deed::Dismiss => {
                seat.run(DismissGroupAdministrator {
                    group: group_id("team"),
                    user: self.user,
                })
                .await?
            }
            Deed::MakeKey => done.secret = Some(self.token(TokenScope::Admin).await?),
            Deed::MakeOperatorsKey => done.secret = Some(self.token(TokenScope::Operator).await?),
            Deed::MakePartnersKey => done.secret = Some(self.token(TokenScope::Partner).await?),
            Deed::MakeAppPassword => done.secret = Some(self.token(TokenScope::Operator).await?),
            Deed::NoteBlock => {
                let block = Block {
                    source: Source::NONE,
                    phase: BlockPhase::Began,
                    at: seat.directory.now(),
                    failures: 11,
                };
                seat.run(RecordBlock { block }).await?;
            }
            Deed::RotateNone => drop(seat.run(RotateAppPassword::of(PASSWORD)).await?),
            Deed::RevokeAppPassword | Deed::RevokeOperatorsAppPassword | Deed::RevokeKey => {
                seat.run(RevokeToken {
                    id: self.token.unwrap(),
                })
                .await?;
            }
            Deed::SetSetting => {
                seat.run(ChangeSetting {
                    app: app(),
                    key: key(),
                    content: Some("content".to_owned()),
                })
                .await?;
            }
            Deed::EnableApp => {
                seat.run(SetApp {
                    app: AppId::parse(&self.name).unwrap(),
                    enabled: true,
                })
                .await?
            }
            Deed::MakeTenant => done.told_in = seat.run(self.tenant()).await?.id,
            Deed::RenameTheTenant => {
                seat.run(RenameTenant {
                    slug: None,
                    name: Some("Another Name".to_owned()),
                })
                .await?;
            }
            Deed::SetTheSettings => {
                let patch = TenantSettingsPatch {
                    default_quota: Patch::Set(5),
                    ..TenantSettingsPatch::default()
                };
                seat.run(SetTenantSettings { patch }).await?;
            }
            Deed::Suspend => seat.run(SetTenantSuspended { suspended: true }).await?,
            Deed::Resume => seat.run(SetTenantSuspended { suspended: false }).await?,
            Deed::DeleteTheTenant => {
                seat.run(DeleteTenant).await?;
                done.told_in = Entry::DEPLOYMENT;
            }
            Deed::AddTheDomain => seat
                .run(AddDomain {
                    domain: domain(),
                    release: false,
                })
                .await
                .map(|_| ())?,
            Deed::RemoveTheDomain => seat.run(RemoveDomain { domain: domain() }).await?,
            Deed::MakeReseller => {
                seat.run(CreateReseller {
                    name: login(&self.name),
                    password: password(PASSWORD),
                })
                .await?;
                done.told_in = Entry::DEPLOYMENT;
            }
            Deed::Assign | Deed::Unassign => {
                let assigned = self.deed == Deed::Assign;
                seat.run(AssignTenant {
                    reseller: self.reseller.unwrap(),
                    assigned,
                })
                .await?;
                done.told_in = Entry::DEPLOYMENT;
            }
            Deed::SetPasswordOfReseller => {
                seat.run(SetResellerPassword {
                    reseller: self.reseller.unwrap(),
                    password: password(PASSWORD),
                })
                .await?;
                done.told_in = Entry::DEPLOYMENT;
            }
            Deed::DeleteTheReseller => {
                seat.run(DeleteReseller {
                    reseller: self.reseller.unwrap(),
                })
                .await?;
                done.told_in = Entry::DEPLOYMENT;
            }
        }
        Ok(done)
    }

    /// An address that is this deed's own.
    pub(super) fn alias(&self, domain: &str) -> provost_model::Address {
        provost_model::Address::parse(&format!("{}@{domain}", self.name)).unwrap()
    }

    async fn edit_services(&self, patch: MailServicesPatch) -> Result<()> {
        let user = self.user.unwrap();
        self.seat.run(EditMailServices { user, patch }).await
    }

    async fn perform_on_mailbox(&self) -> Result<()> {
        let (seat, user) = (&self.seat, self.user);
        match self.deed {
            Deed::MakeMailbox => seat.run(mailboxes::new(&self.name)).await.map(|_| ()),
            Deed::EditTheMailbox => seat.run(mailboxes::edit(user.unwrap())).await,
            Deed::SetTheMailbox => seat.run(mailboxes::away(user.unwrap())).await,
            Deed::MakeWebmail => seat.run(mailboxes::webmail(user.unwrap())).await,
            Deed::EditTheWebmail => seat.run(mailboxes::premium(user.unwrap())).await,
            _ => {
                let user = user.unwrap();
                seat.run(DeleteWebmail { user }).await
            }
        }
    }

    async fn edit(&self, patch: UserPatch) -> Result<()> {
        self.seat
            .run(EditUser {
                user: self.user.unwrap(),
                patch,
            })
            .await
    }

    async fn edit_groups(&self, further: &str) -> Result<()> {
        let groups = Some(vec![group_id("team"), group_id(further)]);
        self.edit(UserPatch {
            groups,
            ..UserPatch::default()
        })
        .await
    }

    async fn token(&self, scope: TokenScope) -> Result<String> {
        let command = CreateToken {
            user: self.user,
            name: self.name.clone(),
            scope,
        };
        Ok(self.seat.run(command).await?.secret.expose().to_owned())
    }

    fn tenant(&self) -> CreateTenant {
        CreateTenant {
            slug: Slug::parse(&self.name).unwrap(),
            name: None,
            context_id: None,
            domains: Vec::new(),
            hosts: Vec::new(),
        }
    }
}
