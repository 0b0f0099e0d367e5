//! Credentials: passwords, app passwords, keys, resellers and operators; and what each of them costs.

use provost_directory::{
    ActorKind, Authentication, Credentials, Directory, DirectorySettings, FirstAdministrator,
    StoreSettings, Via,
    commands::{
        resellers::{AssignTenant, CreateReseller, DeleteReseller, SetResellerPassword},
        tenants::{DeleteTenant, SetTenantSuspended},
        tokens::{CreateToken, RevokeToken},
        users::{DeleteUser, EditUser, SetOperator, SetUserEnabled, UserPatch},
    },
};
use provost_model::{Error, Tenant, TokenScope, UserNumber};
use provost_testkit::{
    PASSWORD, Seat, TestDatabase, TestDirectory, at_once, group_id, login, on_both_engines,
    password,
};
use std::{sync::Arc, time::Duration};

const OTHER_PASSWORD: &str = "Battery-Staple-88";

/// The actor's label and the tenant's slug, if the credentials are good.
async fn show(seat: &Seat, credentials: Credentials<'_>) -> Option<(String, String)> {
    show_at(seat, Some(&seat.tenant), true, credentials).await
}

async fn show_at(
    seat: &Seat,
    tenant: Option<&Arc<Tenant>>,
    named: bool,
    credentials: Credentials<'_>,
) -> Option<(String, String)> {
    // as a server does, the tenant is read for each request
    let queries = &seat.directory.directory;
    let tenant = match tenant {
        Some(tenant) => queries.tenant_by_id(tenant.id).await.unwrap().map(Arc::new),
        None => None,
    };
    match queries
        .authenticate(tenant, named, credentials)
        .await
        .unwrap()
    {
        Authentication::Accepted { actor, tenant, .. } => {
            Some((actor.label(&tenant), tenant.slug.as_str().to_owned()))
        }
        Authentication::Refused => None,
    }
}

const fn basic<'a>(login: &'a str, password: &'a str) -> Credentials<'a> {
    Credentials::Password { login, password }
}

fn accepted(label: &str, slug: &str) -> Option<(String, String)> {
    Some((label.to_owned(), slug.to_owned()))
}

/// How many hashes this costs.
async fn cost<T>(seat: &Seat, of: impl Future<Output = T>) -> (T, u64) {
    let before = seat.directory.directory.passwords_hashed();
    let answer = of.await;
    (answer, seat.directory.directory.passwords_hashed() - before)
}

async fn set_password(seat: &Seat, user: UserNumber, text: &str) {
    let patch = UserPatch {
        password: Some(password(text)),
        ..UserPatch::default()
    };
    seat.run(EditUser { user, patch }).await.unwrap();
}

async fn app_password(
    seat: &Seat,
    user: UserNumber,
    scope: TokenScope,
) -> (provost_model::TokenId, String) {
    let command = CreateToken {
        user: Some(user),
        name: "phone".to_owned(),
        scope,
    };
    let token = seat.by_user(user).await.run(command).await.unwrap();
    (token.id, token.secret.expose().to_owned())
}

async fn key(seat: &Seat, scope: TokenScope) -> (provost_model::TokenId, String) {
    let token = seat
        .run(CreateToken {
            user: None,
            name: "shop".to_owned(),
            scope,
        })
        .await
        .unwrap();
    (token.id, token.secret.expose().to_owned())
}

on_both_engines! {
    async fn a_password_is_shown_with_any_name_of_its_user(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.new_tenant("acme").await;
        let alice = shell.user_with_password("Alice").await;
        crate::support::set_email(&shell, alice, "a.l@example.org").await.unwrap();
        for name in ["Alice", "ALICE", "a.l@example.org", "A.L@Example.org", "alice@@acme", "a.l@example.org@@ACME"] {
            assert_eq!(show(&shell, basic(name, PASSWORD)).await, accepted("user:Alice", "acme"), "{name}");
            for wrong in ["", "correct-horse-77", "Correct-Horse-7", "Correct-Horse-77 "] {
                assert_eq!(show(&shell, basic(name, wrong)).await, None, "{name} {wrong:?}");
            }
        }
        for name in ["", "alic", "alice@@", "alice@@default", "alice@@absent", "alice@@acme@@acme", "@@acme", "@@"] {
            assert_eq!(show(&shell, basic(name, PASSWORD)).await, None, "{name}");
        }
    }

    async fn every_attempt_costs_one_hash(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        shell.user_with_password("alice").await;
        shell.user("without").await;
        let disabled = shell.user_with_password("disabled").await;
        shell.run(SetUserEnabled { user: disabled, enabled: false }).await.unwrap();
        shell.by_reseller("sales").await;
        let foreign = directory.new_tenant("other").await;
        foreign.user_with_password("bob").await;
        for name in [
            "alice", "absent", "without", "disabled", "bob", "bob@@other", "bob@@absent", "admin", "admin@@", "sales@@",
            "absent@@", "admin@@default", "", "a\0b", "no@such.example",
        ] {
            for tenant in [Some(&shell.tenant), None] {
                let wrong = show_at(&shell, tenant, true, basic(name, "Wrong-Horse-77"));
                assert_eq!(cost(&shell, wrong).await, (None, 1), "{name}");
            }
        }
        for (name, good) in [("disabled", false), ("bob@@other", false), ("alice", true), ("sales@@", true), ("admin@@", true)] {
            let (answer, hashes) = cost(&shell, show(&shell, basic(name, PASSWORD))).await;
            assert_eq!((answer.is_some(), hashes), (good, 1), "{name}");
        }
    }

    async fn a_verified_password_is_remembered_for_minutes(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        shell.user_with_password("alice").await;
        let alice = accepted("user:alice", "acme");
        let good = || show(&shell, basic("alice", PASSWORD));
        assert_eq!(cost(&shell, good()).await, (alice.clone(), 1));
        for _ in 0..3 {
            assert_eq!(cost(&shell, good()).await, (alice.clone(), 0));
        }
        // what was refused is not
        for _ in 0..2 {
            assert_eq!(cost(&shell, show(&shell, basic("alice", OTHER_PASSWORD))).await, (None, 1));
        }
        directory.clock.advance(Duration::from_secs(4 * 60));
        assert_eq!(cost(&shell, good()).await, (alice.clone(), 0));
        directory.clock.advance(Duration::from_secs(60 * 60));
        assert_eq!(cost(&shell, good()).await, (alice, 1));
    }

    async fn a_remembered_password_holds_no_longer_than_its_account(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.new_tenant("acme").await;
        let alice = shell.user_with_password("alice").await;
        let good = || async { show(&shell, basic("alice", PASSWORD)).await.is_some() };
        assert!(good().await && good().await);
        set_password(&shell, alice, OTHER_PASSWORD).await;
        assert!(!good().await, "changed");
        assert!(show(&shell, basic("alice", OTHER_PASSWORD)).await.is_some());
        set_password(&shell, alice, PASSWORD).await;
        assert!(good().await, "changed back");
        assert!(show(&shell, basic("alice", OTHER_PASSWORD)).await.is_none());
        shell.run(SetUserEnabled { user: alice, enabled: false }).await.unwrap();
        assert!(!good().await, "disabled");
        shell.run(SetUserEnabled { user: alice, enabled: true }).await.unwrap();
        assert!(good().await, "enabled");
        shell.run(SetTenantSuspended { suspended: true }).await.unwrap();
        assert!(!good().await, "suspended");
        shell.run(SetTenantSuspended { suspended: false }).await.unwrap();
        assert!(good().await, "resumed");
        shell.run(DeleteUser { user: alice }).await.unwrap();
        assert!(!good().await, "deleted");
        shell.user("alice").await;
        assert!(!good().await, "another of that name");
    }

    async fn an_app_password_is_shown_with_its_users_name_or_alone(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.new_tenant("acme").await, directory.new_tenant("other").await);
        let alice = shell.user_with_email("alice", "a.l@example.org").await;
        for seat in [&shell, &other] {
            seat.user("bob").await;
        }
        other.user("alice").await;
        let (id, secret) = app_password(&shell, alice, TokenScope::Read).await;
        let good = accepted("user:alice", "acme");
        for name in ["alice", "ALICE", "a.l@example.org", "alice@@acme", "alice@@ACME"] {
            assert_eq!(cost(&shell, show(&shell, basic(name, &secret))).await, (good.clone(), 0), "{name}");
        }
        for name in ["bob", "absent", "", "alice@@", "alice@@other", "alice@@absent", "bob@@acme"] {
            assert_eq!(show(&shell, basic(name, &secret)).await, None, "{name}");
        }
        assert_eq!(show(&shell, Credentials::Token(&secret)).await, good);
        let answer = directory.directory.authenticate(Some(shell.tenant.clone()), true, Credentials::Token(&secret)).await;
        let Ok(Authentication::Accepted { actor, .. }) = answer else { panic!("{answer:?}") };
        assert_eq!((actor.scope, actor.via), (TokenScope::Read, Via::AppPassword(id)));
        for named in [true, false] {
            for credentials in [basic("alice", &secret), basic("alice@@acme", &secret), Credentials::Token(&secret)] {
                assert_eq!(show_at(&shell, Some(&other.tenant), named, credentials).await, None);
                assert_eq!(show_at(&shell, None, named, credentials).await, None);
            }
        }
        for near in [&secret[1..], &secret.to_lowercase(), &format!("{secret} "), ""] {
            assert_eq!(show(&shell, Credentials::Token(near)).await, None);
        }
    }

    async fn an_app_password_holds_while_its_user_does(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.new_tenant("acme").await;
        let alice = shell.user_with_password("alice").await;
        let (id, secret) = app_password(&shell, alice, TokenScope::Provision).await;
        let good = || async { show(&shell, basic("alice", &secret)).await.is_some() };
        assert!(good().await);
        set_password(&shell, alice, OTHER_PASSWORD).await;
        assert!(good().await, "it is no password");
        for enabled in [false, true] {
            shell.run(SetUserEnabled { user: alice, enabled }).await.unwrap();
            assert_eq!(good().await, enabled);
        }
        for suspended in [true, false] {
            shell.run(SetTenantSuspended { suspended }).await.unwrap();
            assert_eq!(good().await, !suspended);
        }
        shell.run(RevokeToken { id }).await.unwrap();
        assert!(!good().await, "revoked");
        let (_, secret) = app_password(&shell, alice, TokenScope::Provision).await;
        assert!(show(&shell, Credentials::Token(&secret)).await.is_some());
        shell.run(DeleteUser { user: alice }).await.unwrap();
        assert!(show(&shell, Credentials::Token(&secret)).await.is_none());
    }

    async fn a_key_opens_its_own_tenant(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.new_tenant("acme").await, directory.new_tenant("other").await);
        let good = accepted("key:shop", "acme");
        for scope in TokenScope::ALL {
            let (id, secret) = key(&shell, scope).await;
            let token = Credentials::Token(&secret);
            assert_eq!(cost(&shell, show(&shell, token)).await, (good.clone(), 0));
            // where no tenant is named it is the key's
            assert_eq!(show_at(&shell, Some(&other.tenant), false, token).await, good);
            assert_eq!(show_at(&shell, Some(&other.tenant), true, token).await, None);
            assert_eq!(show_at(&shell, None, true, token).await, None);
            assert_eq!(show(&shell, basic("shop", &secret)).await, None, "it is nobody's password");
            let answer = directory.directory.authenticate(Some(shell.tenant.clone()), true, token).await;
            let Ok(Authentication::Accepted { actor, .. }) = answer else { panic!("{answer:?}") };
            assert_eq!((actor.scope, actor.via), (scope, Via::ApiKey(id)));
            for suspended in [true, false] {
                shell.run(SetTenantSuspended { suspended }).await.unwrap();
                assert_eq!(show(&shell, token).await.is_some(), !suspended);
            }
            shell.run(RevokeToken { id }).await.unwrap();
            assert_eq!(show(&shell, token).await, None);
        }
        let (_, secret) = key(&shell, TokenScope::Admin).await;
        shell.run(DeleteTenant).await.unwrap();
        for named in [true, false] {
            assert_eq!(show_at(&shell, Some(&other.tenant), named, Credentials::Token(&secret)).await, None);
        }
    }

    async fn a_reseller_opens_its_own_tenants(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.new_tenant("acme").await, directory.new_tenant("other").await);
        let command = CreateReseller { name: login("Sales"), password: password(PASSWORD) };
        let reseller = shell.run(command).await.unwrap();
        let good = accepted("reseller:Sales", "acme");
        assert_eq!(show(&shell, basic("sales@@", PASSWORD)).await, None, "not yet assigned");
        shell.run(AssignTenant { reseller, assigned: true }).await.unwrap();
        for name in ["sales", "SALES@@"] {
            assert_eq!(show(&shell, basic(name, PASSWORD)).await, good, "{name}");
            assert_eq!(show(&other, basic(name, PASSWORD)).await, None, "{name}");
            assert_eq!(show_at(&shell, None, true, basic(name, PASSWORD)).await, None, "{name}");
        }
        assert_eq!(show(&shell, basic("sales@@acme", PASSWORD)).await, None, "that is a user's");
        for suspended in [true, false] {
            shell.run(SetTenantSuspended { suspended }).await.unwrap();
            assert_eq!(show(&shell, basic("sales@@", PASSWORD)).await.is_some(), !suspended);
        }
        // the tenant's own user of that name comes first, and only it
        let user = shell.user_with_password("sales").await;
        set_password(&shell, user, OTHER_PASSWORD).await;
        assert_eq!(show(&shell, basic("sales", OTHER_PASSWORD)).await, accepted("user:sales", "acme"));
        assert_eq!(show(&shell, basic("sales", PASSWORD)).await, None);
        assert_eq!(show(&shell, basic("sales@@", PASSWORD)).await, good);
        shell.run(SetResellerPassword { reseller, password: password(OTHER_PASSWORD) }).await.unwrap();
        assert_eq!(show(&shell, basic("sales@@", PASSWORD)).await, None);
        assert_eq!(show(&shell, basic("sales@@", OTHER_PASSWORD)).await, good);
        shell.run(AssignTenant { reseller, assigned: false }).await.unwrap();
        assert_eq!(show(&shell, basic("sales@@", OTHER_PASSWORD)).await, None);
        shell.run(AssignTenant { reseller, assigned: true }).await.unwrap();
        shell.run(DeleteReseller { reseller }).await.unwrap();
        assert_eq!(show(&shell, basic("sales@@", OTHER_PASSWORD)).await, None);
    }

    async fn an_operator_opens_every_tenant(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (home, shell) = (directory.new_tenant("home").await, directory.new_tenant("acme").await);
        let root = home.user_with_password("root").await;
        assert_eq!(show(&shell, basic("root", PASSWORD)).await, None, "no operator yet");
        assert_eq!(show(&shell, basic("root@@home", PASSWORD)).await, None, "no operator yet");
        home.run(SetOperator { user: root, operator: true }).await.unwrap();
        let names = ["root", "ROOT@@", "root@@home"];
        for name in names {
            assert_eq!(show(&shell, basic(name, PASSWORD)).await, accepted("operator:root", "acme"), "{name}");
            assert_eq!(show(&home, basic(name, PASSWORD)).await, accepted("user:root", "home"), "{name}");
            assert_eq!(show_at(&shell, None, true, basic(name, PASSWORD)).await, None, "{name}");
        }
        shell.run(SetTenantSuspended { suspended: true }).await.unwrap();
        assert!(show(&shell, basic("root@@", PASSWORD)).await.is_some(), "to see to what is suspended");
        shell.run(SetTenantSuspended { suspended: false }).await.unwrap();
        // the tenant's own user of that name comes first, and only it
        let own = shell.user_with_password("root").await;
        set_password(&shell, own, OTHER_PASSWORD).await;
        assert_eq!(show(&shell, basic("root", OTHER_PASSWORD)).await, accepted("user:root", "acme"));
        assert_eq!(show(&shell, basic("root", PASSWORD)).await, None);
        assert_eq!(show(&shell, basic("root@@", PASSWORD)).await, accepted("operator:root", "acme"));
        home.run(SetUserEnabled { user: root, enabled: false }).await.unwrap();
        assert_eq!(show(&shell, basic("root@@", PASSWORD)).await, None);
        home.run(SetUserEnabled { user: root, enabled: true }).await.unwrap();
        home.run(SetOperator { user: root, operator: false }).await.unwrap();
        for name in names {
            assert_eq!(show(&shell, basic(name, PASSWORD)).await, None, "{name}");
        }
    }

    async fn users_open_no_other_tenant(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.new_tenant("acme").await, directory.new_tenant("other").await);
        let alice = shell.user_with_password("alice").await;
        shell.join("admin", alice).await;
        crate::support::set_email(&shell, alice, "a.l@example.org").await.unwrap();
        for name in ["alice", "a.l@example.org", "alice@@acme", "alice@@"] {
            assert_eq!(show(&other, basic(name, PASSWORD)).await, None, "{name}");
        }
    }

    async fn an_actor_has_the_rights_of_its_groups(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        shell.group("team").await;
        let user = shell.user_with_password("alice").await;
        let rights = || async {
            let answer = directory.directory.authenticate(Some(shell.tenant.clone()), true, basic("alice", PASSWORD)).await;
            let Ok(Authentication::Accepted { actor, group_administrator, .. }) = answer else { panic!("{answer:?}") };
            let ActorKind::Account(account) = &actor.kind else { panic!("{actor:?}") };
            assert_eq!((account.number, actor.scope, actor.via), (user, TokenScope::Operator, Via::Password));
            (account.administrator, group_administrator, account.operator)
        };
        assert_eq!(rights().await, (false, false, false));
        shell.appoint("team", user).await;
        assert_eq!(rights().await, (false, true, false));
        shell.join("admin", user).await;
        assert_eq!(rights().await, (true, true, false));
        shell.run(SetOperator { user, operator: true }).await.unwrap();
        let patch = UserPatch { groups: Some(vec![group_id("team")]), administers: Some(vec![]), ..UserPatch::default() };
        shell.member("second", &["admin"]).await;
        shell.run(EditUser { user, patch }).await.unwrap();
        assert_eq!(rights().await, (false, false, true));
    }

    async fn signing_in_is_noted_once_an_hour(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.new_tenant("acme").await, directory.new_tenant("other").await);
        let user = shell.user_with_password("root").await;
        shell.run(SetOperator { user, operator: true }).await.unwrap();
        let noted = || async {
            let entries = directory.entries(shell.tenant_id()).await;
            entries.iter().filter(|entry| entry.action == "user.signed_in").count()
        };
        assert_eq!(shell.read(user).await.first_login_at, None);
        show(&shell, basic("root", OTHER_PASSWORD)).await;
        assert_eq!(noted().await, 0);
        for _ in 0..3 {
            show(&shell, basic("root", PASSWORD)).await.unwrap();
            assert_eq!(noted().await, 1);
        }
        let first = shell.read(user).await;
        assert_eq!(first.first_login_at, first.last_login_at);
        directory.clock.advance(Duration::from_secs(60 * 60));
        // wherever it works, it is noted at home
        show(&other, basic("root", PASSWORD)).await.unwrap();
        assert_eq!(noted().await, 2);
        let later = shell.read(user).await;
        assert_eq!(later.first_login_at, first.first_login_at);
        assert!(later.last_login_at > first.last_login_at);
        assert_eq!(later.changed_at, first.changed_at);
        assert!(!directory.entries(other.tenant_id()).await.iter().any(|entry| entry.action == "user.signed_in"));
    }

    async fn who_is_deleted_while_signing_in_is_refused(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        for round in 0..20 {
            let user = shell.user("alice").await;
            let (_, secret) = app_password(&shell, user, TokenScope::Read).await;
            let outcomes = at_once((0..3).map(|nth| {
                let (shell, secret) = (shell.clone(), secret.clone());
                async move {
                    if nth == 1 {
                        return shell.run(DeleteUser { user }).await;
                    }
                    let tenant = Some(shell.tenant.clone());
                    shell.directory.directory.authenticate(tenant, true, Credentials::Token(&secret)).await.map(|_| ())
                }
            }))
            .await;
            assert!(outcomes.iter().all(Result::is_ok), "round {round}: {outcomes:?}");
        }
    }

    async fn hashing_is_bounded(database: TestDatabase) {
        let settings = DirectorySettings { hashing_queue: 1, ..DirectorySettings::new(StoreSettings::new(database.url())) };
        let directory = Directory::open(settings).await.unwrap();
        let administrator = FirstAdministrator { login: login("admin"), password: password(PASSWORD), email: None };
        directory.bootstrap(administrator).await.unwrap();
        let tenant = Arc::new(directory.tenant_by_slug(Tenant::DEFAULT).await.unwrap().unwrap());
        let outcomes = at_once((0..64).map(|_| {
            let (directory, tenant) = (directory.clone(), tenant.clone());
            async move { directory.authenticate(Some(tenant), true, basic("admin", OTHER_PASSWORD)).await }
        }))
        .await;
        let busy = outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::Unavailable(_)))).count();
        let refused = outcomes.iter().filter(|outcome| matches!(outcome, Ok(Authentication::Refused))).count();
        assert!(busy > 0 && refused > 0 && busy + refused == 64, "{busy} and {refused}");
        // who waits in no queue is served
        let answer = directory.authenticate(Some(tenant), true, basic("admin", PASSWORD)).await;
        assert!(matches!(answer, Ok(Authentication::Accepted { .. })), "{answer:?}");
    }
}
