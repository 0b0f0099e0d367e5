//! Operators and resellers: their names are unique in the deployment, and an operator's account is its own business.

use provost_directory::commands::{
    resellers::{AssignTenant, CreateReseller, DeleteReseller},
    users::{CreateUser, DeleteUser, EditUser, SetOperator, UserPatch},
};
use provost_model::{Error, Noun, Patch, Result, TenantId};
use provost_testkit::{
    PASSWORD, Seat, TestDatabase, TestDirectory, at_once, email, login, on_every_engine, password,
};

fn is_taken<T>(outcome: &Result<T>) -> bool {
    matches!(outcome, Err(Error::Taken(Noun::AccountName)))
}

fn reseller(name: &str) -> CreateReseller {
    CreateReseller {
        name: login(name),
        password: password(PASSWORD),
    }
}

async fn promote(seat: &Seat, name: &str) -> Result<()> {
    let user = seat
        .directory
        .directory
        .user(seat.tenant_id(), name)
        .await?;
    let user = match user {
        Some(user) => user.number,
        None => seat.user(name).await,
    };
    seat.run(SetOperator {
        user,
        operator: true,
    })
    .await
}

on_every_engine! {
    async fn names_are_unique_in_the_deployment(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (
            directory.new_tenant("acme").await,
            directory.new_tenant("other").await,
        );
        // `admin` operates from the first start on
        assert!(is_taken(&promote(&shell, "ADMIN").await));
        assert!(is_taken(&shell.run(reseller("Admin")).await));
        promote(&shell, "root").await.unwrap();
        assert!(is_taken(&promote(&other, "Root").await));
        let refused = other
            .run(CreateUser {
                operator: true,
                ..CreateUser::new(login("ROOT2"))
            })
            .await;
        assert!(refused.is_ok());
        let refused = other
            .run(CreateUser {
                operator: true,
                ..CreateUser::new(login("ｒoot"))
            })
            .await;
        assert!(
            is_taken(&refused) || matches!(refused, Err(Error::Taken(Noun::Login))),
            "{refused:?}"
        );
        shell.run(reseller("sales")).await.unwrap();
        for refused in [
            promote(&shell, "SALES").await,
            shell.run(reseller("Sales")).await.map(|_| ()),
        ] {
            assert!(is_taken(&refused), "{refused:?}");
        }
        let user = directory
            .directory
            .user(shell.tenant_id(), "sales")
            .await
            .unwrap()
            .unwrap();
        assert!(!user.operator, "a refused one is none");
    }

    async fn a_refused_operator_leaves_no_user(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        let refused = shell
            .run(CreateUser {
                operator: true,
                ..CreateUser::new(login("admin"))
            })
            .await;
        assert!(is_taken(&refused), "{refused:?}");
        assert_eq!(
            directory
                .directory
                .user(shell.tenant_id(), "admin")
                .await
                .unwrap(),
            None
        );
        shell.user("admin").await;
    }

    async fn names_are_given_back(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (
            directory.new_tenant("acme").await,
            directory.new_tenant("other").await,
        );
        promote(&shell, "root").await.unwrap();
        let root = directory
            .directory
            .user(shell.tenant_id(), "root")
            .await
            .unwrap()
            .unwrap()
            .number;
        shell
            .run(SetOperator {
                user: root,
                operator: false,
            })
            .await
            .unwrap();
        promote(&other, "root").await.unwrap();
        let user = directory
            .directory
            .user(other.tenant_id(), "root")
            .await
            .unwrap()
            .unwrap()
            .number;
        other.run(DeleteUser { user }).await.unwrap();
        let id = shell.run(reseller("root")).await.unwrap();
        shell.run(DeleteReseller { reseller: id }).await.unwrap();
        shell
            .run(SetOperator {
                user: root,
                operator: true,
            })
            .await
            .unwrap();
    }

    async fn of_many_who_want_a_name_one_gets_it(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shells = [
            directory.new_tenant("acme").await,
            directory.new_tenant("other").await,
        ];
        let outcomes = at_once((0..24_usize).map(|nth| {
            let shell = shells[nth % 2].clone();
            async move {
                match nth % 3 {
                    0 => shell.run(reseller("root")).await.map(|_| ()),
                    _ => {
                        promote(
                            &shell.directory.new_tenant(&format!("tenant{nth}")).await,
                            "root",
                        )
                        .await
                    }
                }
            }
        }))
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert!(
            outcomes
                .iter()
                .filter(|outcome| outcome.is_err())
                .all(is_taken)
        );
    }

    async fn an_operator_changes_its_own_account(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        promote(&shell, "root").await.unwrap();
        let root = directory
            .directory
            .user(shell.tenant_id(), "root")
            .await
            .unwrap()
            .unwrap()
            .number;
        let mut own = shell.by_user(root).await;
        // even with a credential that reaches less far
        own = own.by(provost_directory::Actor {
            scope: provost_model::TokenScope::Provision,
            ..(*own.actor).clone()
        });
        let patch = UserPatch {
            password: Some(password(PASSWORD)),
            email: Patch::Set(email("root@example.org")),
            ..UserPatch::default()
        };
        own.run(EditUser { user: root, patch }).await.unwrap();
    }

    async fn resellers_are_listed_with_their_tenants(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (one, two) = (
            directory.new_tenant("one").await,
            directory.new_tenant("two").await,
        );
        let shell = directory.shell().await;
        let (first, second) = (
            shell.run(reseller("first")).await.unwrap(),
            shell.run(reseller("second")).await.unwrap(),
        );
        for seat in [&two, &one] {
            seat.run(AssignTenant {
                reseller: first,
                assigned: true,
            })
            .await
            .unwrap();
        }
        let queries = &directory.directory;
        let tenants = queries
            .tenants_of_reseller(first, TenantId(0), 10)
            .await
            .unwrap();
        assert_eq!(tenants, [one.tenant_id(), two.tenant_id()]);
        assert!(
            queries
                .tenants_of_reseller(second, TenantId(0), 10)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(queries.reseller("FIRST").await.unwrap().unwrap().id, first);
        assert_eq!(
            queries.reseller("admin").await.unwrap(),
            None,
            "an operator is no reseller"
        );
        let page = queries.resellers(Some(first), 10).await.unwrap();
        assert_eq!(page.iter().map(|one| one.id).collect::<Vec<_>>(), [second]);
        two.run(provost_directory::commands::tenants::DeleteTenant)
            .await
            .unwrap();
        assert_eq!(
            queries
                .tenants_of_reseller(first, TenantId(0), 10)
                .await
                .unwrap(),
            [one.tenant_id()]
        );
        shell.run(DeleteReseller { reseller: first }).await.unwrap();
        assert_eq!(queries.reseller("first").await.unwrap(), None);
        assert!(
            queries
                .tenants_of_reseller(first, TenantId(0), 10)
                .await
                .unwrap()
                .is_empty()
        );
    }
}
