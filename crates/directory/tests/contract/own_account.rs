//! What an account may do to itself, and what not.

use provost_directory::{
    Actor, Via,
    commands::{
        apps::SetApp,
        groups::RemoveMember,
        tokens::{CreateToken, RevokeToken},
        users::{ChangePreferences, DeleteUser, EditUser, SetUserEnabled, UserPatch},
    },
};
use provost_model::{
    AppId, Denial, DisplayName, Error, Patch, Quota, Result, Scope, ScopedField, SettingKey,
    TokenScope, UserNumber,
};
use provost_testkit::{
    PASSWORD, Seat, TestDatabase, TestDirectory, email, group_id, on_every_engine, password,
};

async fn edit(seat: &Seat, user: UserNumber, patch: UserPatch) -> Result<()> {
    seat.run(EditUser { user, patch }).await
}

fn denied<T: std::fmt::Debug>(outcome: Result<T>, expected: Denial) {
    assert!(
        matches!(&outcome, Err(Error::Forbidden(denial)) if *denial == expected),
        "{outcome:?}"
    );
}

on_every_engine! {
    async fn users_change_their_own_account_but_not_their_rights(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.group("team").await;
        let number = shell.member("alice", &["team"]).await;
        let own = shell.by_user(number).await;
        let patch = UserPatch {
            display_name: Patch::Set(DisplayName::parse("Alice").unwrap()),
            email: Patch::Set(email("alice@example.org")),
            password: Some(password(PASSWORD)),
            scopes: vec![(ScopedField::Email, Scope::Private)],
            ..UserPatch::default()
        };
        edit(&own, number, patch).await.unwrap();
        assert_eq!(
            shell.read(number).await.profile.scope(ScopedField::Email),
            Some(Scope::Private)
        );
        let changes = vec![(
            SettingKey::parse("key").unwrap(),
            Some("content".to_owned()),
        )];
        own.run(ChangePreferences {
            user: number,
            app: AppId::parse("app").unwrap(),
            changes,
        })
        .await
        .unwrap();
        for patch in [
            UserPatch {
                quota: Some(Quota::None),
                ..UserPatch::default()
            },
            UserPatch {
                manager: Patch::Clear,
                ..UserPatch::default()
            },
            UserPatch {
                groups: Some(vec![]),
                ..UserPatch::default()
            },
            UserPatch {
                administers: Some(vec![]),
                ..UserPatch::default()
            },
        ] {
            denied(edit(&own, number, patch).await, Denial::Field);
        }
    }

    async fn nobody_deletes_or_disables_itself(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let admin = shell
            .directory
            .directory
            .user(shell.tenant_id(), "admin")
            .await
            .unwrap()
            .unwrap()
            .number;
        shell.member("second", &["admin"]).await;
        let alice = shell.user("alice").await;
        for user in [admin, alice] {
            let own = shell.by_user(user).await;
            denied(own.run(DeleteUser { user }).await, Denial::OwnAccount);
            for enabled in [false, true] {
                denied(
                    own.run(SetUserEnabled { user, enabled }).await,
                    Denial::OwnAccount,
                );
            }
        }
    }

    async fn nobody_gives_up_its_own_rights(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.group("team").await;
        let (boss, second) = (
            shell.member("boss", &["admin", "team"]).await,
            shell.member("second", &["admin"]).await,
        );
        let own = shell.by_user(boss).await;
        denied(
            own.run(RemoveMember {
                group: group_id("admin"),
                user: Some(boss),
            })
            .await,
            Denial::OwnRights,
        );
        let patch = UserPatch {
            groups: Some(vec![]),
            ..UserPatch::default()
        };
        denied(edit(&own, boss, patch).await, Denial::OwnRights);
        // another group gives it none, and another administrator is not itself
        own.run(RemoveMember {
            group: group_id("team"),
            user: Some(boss),
        })
        .await
        .unwrap();
        own.run(RemoveMember {
            group: group_id("admin"),
            user: Some(second),
        })
        .await
        .unwrap();
        let lead = shell.member("lead", &["team"]).await;
        shell.appoint("team", lead).await;
        let own = shell.by_user(lead).await;
        denied(
            own.run(RemoveMember {
                group: group_id("team"),
                user: Some(lead),
            })
            .await,
            Denial::OwnRights,
        );
    }

    async fn users_make_and_revoke_their_own_app_passwords(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let alice = shell.user("alice").await;
        let own = shell.by_user(alice).await;
        let make = |scope| CreateToken {
            user: Some(alice),
            name: "phone".to_owned(),
            scope,
        };
        let first = own.run(make(TokenScope::Read)).await.unwrap().id;
        let second = own.run(make(TokenScope::Provision)).await.unwrap().id;
        // none that reaches further than the account does
        denied(
            own.run(make(TokenScope::Admin)).await,
            Denial::NotAdministrator,
        );
        for scope in [TokenScope::Operator, TokenScope::Partner] {
            denied(own.run(make(scope)).await, Denial::NotOperator);
        }
        let with = |via, scope| {
            own.by(Actor {
                via,
                scope,
                ..(*own.actor).clone()
            })
        };
        // an app password makes no other, whatever its scope
        denied(
            with(Via::AppPassword(second), TokenScope::Operator)
                .run(make(TokenScope::Read))
                .await,
            Denial::Scope,
        );
        let reading = with(Via::AppPassword(first), TokenScope::Read);
        denied(reading.run(RevokeToken { id: second }).await, Denial::Scope);
        // but may end itself, however little it may do
        reading.run(RevokeToken { id: first }).await.unwrap();
        own.run(RevokeToken { id: second }).await.unwrap();
        assert!(
            shell
                .directory
                .directory
                .tokens(shell.tenant_id(), Some(alice), None, 10)
                .await
                .unwrap()
                .is_empty()
        );
        let key = shell.by_key(TokenScope::Read).await;
        let Via::ApiKey(id) = key.actor.via else {
            panic!()
        };
        key.run(RevokeToken { id }).await.unwrap();
    }

    async fn a_small_scope_holds_an_administrator_back(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let boss = shell.member("boss", &["admin"]).await;
        let boss = shell.by_user(boss).await;
        let with = |scope| {
            boss.by(Actor {
                scope,
                ..(*boss.actor).clone()
            })
        };
        let app = || SetApp {
            app: AppId::parse("files").unwrap(),
            enabled: true,
        };
        let group = || provost_directory::commands::groups::CreateGroup {
            id: group_id("team"),
            display_name: DisplayName::default(),
        };
        denied(with(TokenScope::Partner).run(group()).await, Denial::Scope);
        denied(with(TokenScope::Read).run(group()).await, Denial::Scope);
        with(TokenScope::Provision).run(group()).await.unwrap();
        denied(with(TokenScope::Provision).run(app()).await, Denial::Scope);
        with(TokenScope::Admin).run(app()).await.unwrap();
    }
}
