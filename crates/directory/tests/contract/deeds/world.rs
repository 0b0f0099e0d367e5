//! Who may want something, and what it is done to.

use super::{
    Deed, mailboxes,
    prepared::{Prepared, customer},
};
use provost_directory::commands::{
    domains::AddDomain,
    password_links::IssuePasswordLink,
    resellers::{AssignTenant, CreateReseller},
    tenants::SetTenantSuspended,
    tokens::CreateToken,
    users::{CreateUser, SetOperator, SetUserEnabled},
};
use provost_model::{DomainName, ResellerId, Tenant, TokenId, TokenScope, UserNumber};
use provost_testkit::{PASSWORD, Seat, TestDirectory, group_id, login, password};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// A tenant `acme` with everybody who may want something.
pub(crate) struct World {
    pub(crate) directory: TestDirectory,
    /// The command line in it.
    pub(crate) shell: Seat,
    /// The actors, in the order of the table's columns.
    pub(crate) actors: Vec<(&'static str, Seat)>,
    names: AtomicUsize,
}

impl World {
    pub(crate) async fn new(directory: TestDirectory) -> Self {
        let shell = directory.new_tenant("acme").await;
        for group in ["team", "second", "other"] {
            shell.group(group).await;
        }
        let default = directory.shell().await;
        let queries = &directory.directory;
        let admin = queries
            .user(default.tenant_id(), "admin")
            .await
            .unwrap()
            .unwrap();
        let operator = default.by_user(admin.number).await.in_tenant(&shell.tenant);
        let boss = shell.member("boss", &["admin"]).await;
        let lead = shell.user("lead").await;
        for group in ["team", "second"] {
            shell.appoint(group, lead).await;
        }
        let user = shell.member("user", &["team"]).await;
        let other = directory.new_tenant("other").await;
        let foreign = other.member("boss", &["admin"]).await;
        let foreign = other.by_user(foreign).await.in_tenant(&shell.tenant);
        let actors = vec![
            ("command line", shell.clone()),
            ("operator", operator),
            ("reseller", shell.by_reseller("reseller").await),
            ("administrator", shell.by_user(boss).await),
            ("group administrator", shell.by_user(lead).await),
            ("user", shell.by_user(user).await),
            ("foreign administrator", foreign),
            ("reading key", shell.by_key(TokenScope::Read).await),
            (
                "provisioning key",
                shell.by_key(TokenScope::Provision).await,
            ),
            ("administering key", shell.by_key(TokenScope::Admin).await),
            ("operating key", shell.by_key(TokenScope::Operator).await),
            ("partner's key", shell.by_key(TokenScope::Partner).await),
        ];
        Self {
            directory,
            shell,
            actors,
            names: AtomicUsize::new(0),
        }
    }

    fn fresh(&self, kind: &str) -> String {
        format!("{kind}{}", self.names.fetch_add(1, Ordering::Relaxed))
    }

    async fn member(&self, groups: &[&str]) -> UserNumber {
        self.shell.member(&self.fresh("member"), groups).await
    }

    async fn operator(&self) -> UserNumber {
        let user = self.member(&["team"]).await;
        self.shell
            .run(SetOperator {
                user,
                operator: true,
            })
            .await
            .unwrap();
        user
    }

    async fn tenant(&self) -> Arc<Tenant> {
        let slug = self.fresh("tenant");
        self.directory.new_tenant(&slug).await.tenant
    }

    async fn reseller(&self) -> ResellerId {
        let name = login(&self.fresh("reseller"));
        let command = CreateReseller {
            name,
            password: password(PASSWORD),
        };
        self.shell.run(command).await.unwrap()
    }

    /// An app password of this user, made by the user itself.
    async fn app_password(&self, user: UserNumber) -> TokenId {
        let command = CreateToken {
            user: Some(user),
            name: "app".to_owned(),
            scope: TokenScope::Provision,
        };
        self.shell
            .by_user(user)
            .await
            .run(command)
            .await
            .unwrap()
            .id
    }

    /// Makes what the deed is to be done to.
    pub(crate) async fn prepare(&self, deed: Deed, seat: &Seat) -> Prepared {
        let mut prepared = Prepared {
            deed,
            seat: seat.clone(),
            name: self.fresh("name"),
            user: None,
            token: None,
            link: String::from("none"),
            reseller: None,
        };
        prepared.user = match deed {
            Deed::EditName
            | Deed::EditPassword
            | Deed::EditQuota
            | Deed::EditGroups
            | Deed::EditGroupsToOther
            | Deed::EditGroupsToAdministrators
            | Deed::EditAdministered
            | Deed::EditScopes
            | Deed::IssueLink
            | Deed::RedeemLink
            | Deed::Disable
            | Deed::Wipe
            | Deed::Delete
            | Deed::SetPreference
            | Deed::EditServices
            | Deed::SetIds
            | Deed::SetValues
            | Deed::MakeOperator
            | Deed::MakeAppPassword
            | Deed::LeaveLast => Some(self.member(&["team"]).await),
            Deed::Enable => {
                let user = self.member(&["team"]).await;
                self.shell
                    .run(SetUserEnabled {
                        user,
                        enabled: false,
                    })
                    .await
                    .unwrap();
                Some(user)
            }
            Deed::EditServicesOfStranger
            | Deed::EditNameOfStranger
            | Deed::SetValuesOfStranger
            | Deed::IssueLinkOfStranger
            | Deed::DisableStranger
            | Deed::WipeStranger
            | Deed::DeleteStranger
            | Deed::Join
            | Deed::JoinOther
            | Deed::JoinAdministrators
            | Deed::Appoint => Some(self.member(&[]).await),
            Deed::EditTheMailbox
            | Deed::SetTheMailbox
            | Deed::MakeWebmail
            | Deed::EditTheWebmail
            | Deed::DeleteTheWebmail => {
                let create = mailboxes::new(&prepared.name).user;
                let create = CreateUser {
                    groups: vec![group_id("team")],
                    ..create
                };
                Some(self.shell.run(create).await.unwrap().number)
            }
            Deed::Leave => Some(self.member(&["team", "second"]).await),
            Deed::EditNameOfAdministrator
            | Deed::IssueLinkOfAdministrator
            | Deed::LeaveAdministrators => Some(self.member(&["team", "admin"]).await),
            Deed::EditNameOfOperator
            | Deed::EditPasswordOfOperator
            | Deed::SetMsisdnOfOperator
            | Deed::IssueLinkOfOperator
            | Deed::EditEmailOfOperator
            | Deed::DisableOperator
            | Deed::WipeOperator
            | Deed::DeleteOperator => Some(self.operator().await),
            Deed::Dismiss => {
                let user = self.member(&["team"]).await;
                self.shell.appoint("team", user).await;
                Some(user)
            }
            _ => None,
        };
        if let (Some(user), Deed::EditTheWebmail | Deed::DeleteTheWebmail) = (prepared.user, deed) {
            self.shell.run(mailboxes::webmail(user)).await.unwrap();
        }
        match deed {
            Deed::RenameTheGroup | Deed::DeleteTheGroup => self.shell.group(&prepared.name).await,
            Deed::Wipe | Deed::WipeStranger | Deed::WipeOperator => {
                if let Some(user) = prepared.user {
                    prepared.token = Some(self.app_password(user).await);
                }
            }
            Deed::RedeemLink => {
                let link = IssuePasswordLink {
                    user: prepared.user.unwrap(),
                    lifetime: Duration::from_secs(3600),
                };
                let issued = self.shell.run(link).await.unwrap();
                prepared.link = issued.secret.expose().to_owned();
            }
            Deed::RevokeAppPassword => {
                let user = self.member(&["team"]).await;
                prepared.token = Some(self.app_password(user).await);
            }
            Deed::RevokeOperatorsAppPassword => {
                let user = self.operator().await;
                prepared.token = Some(self.app_password(user).await);
            }
            Deed::RevokeKey => {
                let command = CreateToken {
                    user: None,
                    name: "key".to_owned(),
                    scope: TokenScope::Read,
                };
                prepared.token = Some(self.shell.run(command).await.unwrap().id);
            }
            Deed::RenameTheTenant
            | Deed::SetTheSettings
            | Deed::Suspend
            | Deed::DeleteTheTenant => {
                prepared.seat = seat.in_tenant(&self.tenant().await);
            }
            Deed::Resume => {
                let tenant = self.tenant().await;
                let shell = self.shell.in_tenant(&tenant);
                shell
                    .run(SetTenantSuspended { suspended: true })
                    .await
                    .unwrap();
                prepared.seat = seat.in_tenant(&tenant);
            }
            Deed::UnshareTheDomain => {
                let domain = DomainName::parse(&format!("{}.example", prepared.name)).unwrap();
                let share = provost_directory::commands::shared_domains::ShareDomain { domain };
                self.shell.run(share).await.unwrap();
            }
            Deed::Forward | Deed::EndForward => {
                let alias = prepared.alias(&format!("{}.example", prepared.name));
                let add = AddDomain {
                    domain: alias.domain(),
                    release: false,
                };
                self.shell.run(add).await.unwrap();
                if deed == Deed::EndForward {
                    let forward = provost_directory::commands::forwards::SetForward {
                        targets: vec![alias.clone()],
                        alias,
                    };
                    self.shell.run(forward).await.unwrap();
                }
            }
            Deed::RemoveTheDomain => {
                let domain = DomainName::parse(&format!("{}.example", prepared.name)).unwrap();
                self.shell
                    .run(AddDomain {
                        domain,
                        release: false,
                    })
                    .await
                    .unwrap();
            }
            Deed::OrderLicences => {
                let partner = self.shell.by_key(TokenScope::Partner).await;
                partner.run(customer(&prepared.name)).await.unwrap();
            }
            Deed::Assign | Deed::SetPasswordOfReseller | Deed::DeleteTheReseller => {
                prepared.reseller = Some(self.reseller().await);
            }
            Deed::Unassign => {
                let reseller = self.reseller().await;
                self.shell
                    .run(AssignTenant {
                        reseller,
                        assigned: true,
                    })
                    .await
                    .unwrap();
                prepared.reseller = Some(reseller);
            }
            _ => {}
        }
        prepared
    }
}
