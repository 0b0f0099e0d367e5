//! NUL, which PostgreSQL cannot hold: looked for it finds nothing, written it is refused, on both engines alike.

use provost_directory::queries::AddressedTenant;
use provost_directory::{
    Authentication, Credentials, Source,
    commands::{
        apps::ChangeSetting,
        tenants::RenameTenant,
        tokens::CreateToken,
        users::{AliasChange, ChangePreferences, CreateUser, EditUser, UserPatch},
    },
    queries::Audience,
};
use provost_model::{
    Alias, AppId, Error, Field, Patch, Result, Rule, SettingKey, TokenScope, Violation,
};
use provost_testkit::{TestDatabase, TestDirectory, login, on_every_engine};

fn refused<T>(outcome: Result<T>, field: Field) -> bool {
    matches!(outcome, Err(Error::Invalid(violation)) if violation == Violation::new(field, Rule::Characters))
}

on_every_engine! {
    async fn nul_finds_nothing(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let (queries, tenant) = (&shell.directory.directory, shell.tenant_id());
        let admin = queries.user(tenant, "admin").await.unwrap().unwrap().number;
        for name in ["\0", "admin\0", "a\0b"] {
            let names = queries
                .reached_names(&shell.context(), &["admin", name])
                .await
                .unwrap();
            assert_eq!(names.into_iter().collect::<Vec<_>>(), ["admin"]);
            assert_eq!(queries.user(tenant, name).await.unwrap(), None);
            assert_eq!(queries.group(tenant, name).await.unwrap(), None);
            assert_eq!(queries.reseller(name).await.unwrap(), None);
            assert_eq!(queries.tenant_by_host(name).await.unwrap(), None);
            assert_eq!(queries.tenant_by_slug(name).await.unwrap(), None);
            assert_eq!(
                queries
                    .preference(tenant, admin, "app", name)
                    .await
                    .unwrap(),
                None
            );
            assert_eq!(
                queries.app_setting(tenant, name, "key").await.unwrap(),
                None
            );
            assert!(
                queries
                    .groups(tenant, Some(name), "", 10, 0)
                    .await
                    .unwrap()
                    .is_empty()
            );
            assert!(
                queries
                    .user_page(tenant, Audience::All, Some(name), 10, 0)
                    .await
                    .unwrap()
                    .is_empty()
            );
            let mut stream = queries
                .user_stream(tenant, Audience::All, Some(name), 0)
                .await
                .unwrap();
            assert!(stream.next().await.unwrap().is_empty());
            for login in [
                name.to_owned(),
                format!("{name}@@"),
                format!("admin@@{name}"),
            ] {
                let credentials = Credentials::Password {
                    login: &login,
                    password: "\0",
                };
                let answer = queries
                    .authenticate(Source::NONE, &AddressedTenant::new(Some(shell.tenant.clone()), true), credentials)
                    .await;
                assert!(matches!(answer, Ok(Authentication::Refused)), "{answer:?}");
            }
        }
    }

    async fn nul_is_refused(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let user = shell.user("alice").await;
        let nul = || "a\0b".to_owned();
        let (app, key) = (
            AppId::parse("app").unwrap(),
            SettingKey::parse("key").unwrap(),
        );
        let token = CreateToken {
            user: None,
            name: nul(),
            scope: TokenScope::Read,
        };
        assert!(refused(shell.run(token).await, Field::Name));
        let rename = RenameTenant {
            slug: None,
            name: Some(nul()),
        };
        assert!(refused(shell.run(rename).await, Field::DisplayName));
        let setting = ChangeSetting {
            app: app.clone(),
            key: key.clone(),
            content: Some(nul()),
        };
        assert!(refused(shell.run(setting).await, Field::Value));
        let preferences = ChangePreferences {
            user,
            app,
            changes: vec![(key, Some(nul()))],
        };
        assert!(refused(shell.run(preferences).await, Field::Value));
        let create = CreateUser {
            manager: Some(nul()),
            ..CreateUser::new(login("bob"))
        };
        assert!(refused(shell.run(create).await, Field::Manager));
        let manager = UserPatch {
            manager: Patch::Set(nul()),
            ..UserPatch::default()
        };
        assert!(refused(
            shell
                .run(EditUser {
                    user,
                    patch: manager
                })
                .await,
            Field::Manager
        ));
        for alias in [
            AliasChange::Add(Alias {
                value: nul(),
                scope: None,
            }),
            AliasChange::Replace("absent".to_owned(), nul()),
        ] {
            let patch = UserPatch {
                aliases: vec![alias],
                ..UserPatch::default()
            };
            assert!(refused(
                shell.run(EditUser { user, patch }).await,
                Field::Alias
            ));
        }
    }
}
