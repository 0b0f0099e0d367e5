//! What one dialect alone knows of a user, and several changes at once.

use provost_directory::commands::{
    Together,
    dialect_values::{ChangeDialectValues, ValueChange},
    tenants::DeleteTenant,
    users::{
        CreateUser, CreateUserWithValues, DeleteUser, EditUser, MailIdentity, SetUserEnabled,
        UserPatch,
    },
};
use provost_model::{
    Address, Dialect, DialectValues, DisplayName, Error, ExternalIdKind, Field, Noun, Patch, Rule,
    UserNumber, Violation,
};
use provost_testkit::{Seat, TestDatabase, TestDirectory, login, on_every_engine};
use serde_json::json;

fn change(name: &str, value: serde_json::Value) -> Vec<ValueChange> {
    vec![(name.to_owned(), Some(value))]
}

async fn set(
    seat: &Seat,
    user: UserNumber,
    changes: Vec<ValueChange>,
) -> provost_model::Result<()> {
    let dialect = Dialect::OneOffice;
    seat.run(ChangeDialectValues {
        user,
        dialect,
        changes,
    })
    .await
}

async fn values(seat: &Seat, user: UserNumber) -> DialectValues {
    let queries = &seat.directory.directory;
    let known = queries
        .dialect_values(
            seat.tenant_id(),
            &[user],
            Dialect::OneOffice,
            ExternalIdKind::OneOffice,
        )
        .await;
    known.unwrap().remove(&user).unwrap_or_default().0
}

on_every_engine! {
    async fn values_are_set_one_by_one(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.new_tenant("acme").await;
        let user = shell.user("alice").await;
        set(&shell, user, change("apps", json!([1]))).await.unwrap();
        set(&shell, user, change("avatar", json!("x\0y"))).await.unwrap();
        assert_eq!(values(&shell, user).await.get("apps"), Some(&json!([1])));
        assert_eq!(values(&shell, user).await.get("avatar"), Some(&json!("x\0y")));
        set(&shell, user, vec![("apps".to_owned(), None)]).await.unwrap();
        assert_eq!(values(&shell, user).await.get("apps"), None);
        let told = shell.directory.entries(shell.tenant_id()).await.len();
        set(&shell, user, vec![("apps".to_owned(), None)]).await.unwrap();
        assert_eq!(shell.directory.entries(shell.tenant_id()).await.len(), told, "nothing changed");
    }

    async fn too_large_values_are_refused(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.new_tenant("acme").await;
        let user = shell.user("alice").await;
        let large = "x".repeat(DialectValues::MAX_BYTES);
        let refused = set(&shell, user, change("avatar", json!(large))).await;
        let max = DialectValues::MAX_BYTES;
        let expected = Violation::new(Field::Value, Rule::TooLong { max });
        assert!(matches!(refused, Err(Error::Invalid(violation)) if violation == expected));
    }

    async fn a_user_comes_with_its_values_or_not_at_all(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.new_tenant("acme").await;
        let create = |name: &str, value: String| CreateUserWithValues {
            user: CreateUser {
                identity: MailIdentity::Own(Address::parse("a@b.example").unwrap()),
                ..CreateUser::new(login(name))
            },
            dialect: Dialect::OneOffice,
            values: change("instance", json!(value)),
        };
        let refused = shell.run(create("alice", "x".repeat(DialectValues::MAX_BYTES))).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        let made = shell.run(create("alice", "ACME".to_owned())).await.unwrap();
        assert_eq!(values(&shell, made.number).await.get("instance"), Some(&json!("ACME")));
    }

    async fn they_go_with_the_user_and_with_its_tenant(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.new_tenant("acme").await;
        let rows = || database.rows("SELECT user_number FROM dialect_values").len();
        let user = shell.user("alice").await;
        set(&shell, user, change("apps", json!([1]))).await.unwrap();
        shell.run(DeleteUser { user }).await.unwrap();
        assert_eq!(rows(), 0);
        let user = shell.user("alice").await;
        set(&shell, user, change("apps", json!([1]))).await.unwrap();
        shell.run(DeleteTenant).await.unwrap();
        let queries = &shell.directory.directory;
        queries.sweep_tenant(&shell.context(), shell.tenant_id()).await.unwrap();
        assert_eq!(rows(), 0);
    }

    async fn commands_together_happen_all_or_none(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.new_tenant("acme").await;
        let user = shell.user("alice").await;
        let edit = |name: &str| EditUser {
            user,
            patch: UserPatch {
                display_name: Patch::Set(DisplayName::parse(name).unwrap()),
                ..UserPatch::default()
            },
        };
        let disable = Some(SetUserEnabled { user, enabled: false });
        let values_of = |changes| ChangeDialectValues { user, dialect: Dialect::OneOffice, changes };
        let told = shell.directory.entries(shell.tenant_id()).await.len();
        let large = change("avatar", json!("x".repeat(DialectValues::MAX_BYTES)));
        let refused = shell.run(Together(edit("One"), Together(disable, values_of(large)))).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        assert_eq!(shell.directory.entries(shell.tenant_id()).await.len(), told);
        assert_eq!(shell.read(user).await.display_name, None);

        let none: Option<SetUserEnabled> = None;
        let fine = change("avatar", json!("x"));
        shell
            .run(Together(edit("One"), Together(disable, Together(values_of(fine), none))))
            .await
            .unwrap();
        let alice = shell.read(user).await;
        assert_eq!((alice.shown_name(), alice.enabled), ("One", false));
        let entries = shell.directory.entries(shell.tenant_id()).await;
        let actions: Vec<_> = entries[told..].iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(actions, ["user.changed", "user.disabled", "user.changed"]);
        // what changes nothing in the middle is fine, and so is nothing at all
        let nothing = || Together(edit("One"), Together(disable, values_of(Vec::new())));
        shell.run(nothing()).await.unwrap();
        let second = Together(disable, Together(edit("Two"), nothing()));
        shell.run(second).await.unwrap();
        assert_eq!(shell.read(user).await.shown_name(), "One");
        let gone = UserNumber(99);
        let refused = shell.run(Together(edit("Three"), DeleteUser { user: gone })).await;
        assert!(matches!(refused, Err(Error::Unknown(Noun::User))), "{refused:?}");
    }
}
