//! Mailboxes and webmail accounts: limits and counts hold also at the same time, and nothing is left behind.

use crate::deeds::mailboxes::{away, in_domain, premium, webmail};
use provost_directory::{
    Directory, DirectorySettings, FirstAdministrator,
    commands::{
        mail_services::{EditMailServices, MailServicesPatch},
        mailboxes::CreateMailbox,
        tenants::DeleteTenant,
        users::{CreateUser, DeleteUser, EditUser, SetUserEnabled, UserPatch},
        webmail::{CreateWebmail, DeleteWebmail, EditWebmail},
    },
};
use provost_model::{
    ClassOfService, Denial, DomainName, Error, Noun, Patch, Products, Protection, Quota,
    TokenScope, WebmailTypeName,
};
use provost_testkit::{
    CountingEntropy, PASSWORD, Seat, TestClock, TestDatabase, TestDirectory, at_once, email, login,
    on_every_engine, password,
};
use std::sync::Arc;

/// A directory whose site sells at most `limit` premium accounts a domain.
async fn limited(database: &TestDatabase, limit: u32) -> TestDirectory {
    let mut products = Products::default();
    products.webmail_types[1].limit = Some(limit);
    let clock = Arc::new(TestClock::default());
    let directory = Directory::open(DirectorySettings {
        clock: clock.clone(),
        entropy: Arc::new(CountingEntropy),
        products,
        ..DirectorySettings::new(database.settings())
    })
    .await
    .unwrap();
    let administrator = FirstAdministrator {
        login: login("admin"),
        password: password(PASSWORD),
        email: None,
    };
    directory.bootstrap(administrator).await.unwrap();
    TestDirectory { directory, clock }
}

fn of_type(create: CreateWebmail, name: &str) -> CreateWebmail {
    CreateWebmail {
        kind: Some(WebmailTypeName::parse(name).unwrap()),
        ..create
    }
}

async fn count(seat: &Seat, domain: &str, kind: &str) -> i64 {
    let domain = DomainName::parse(domain).unwrap();
    let counts = seat.directory.directory.webmail_counts(&domain).await;
    let mut counts = counts.unwrap().into_iter();
    counts
        .find(|(name, _)| name.as_str() == kind)
        .map_or(0, |(_, count)| count)
}

/// An API key of the tenant that may read, which is what a webmail front end has.
async fn front_end(seat: &Seat) -> Seat {
    seat.by_key(TokenScope::Read).await
}

async fn token(seat: &Seat, name: &str) -> String {
    let queries = &seat.directory.directory;
    let user = queries.user(seat.tenant_id(), name).await.unwrap().unwrap();
    queries.auth_token(&seat.context(), &user).await.unwrap()
}

async fn redeem(seat: &Seat, token: &str) -> bool {
    let queries = &seat.directory.directory;
    match queries.redeem_auth_token(seat.context(), token).await {
        Ok(_) => true,
        Err(Error::Unknown(Noun::AuthToken)) => false,
        Err(other) => panic!("{other:?}"),
    }
}

on_every_engine! {
    async fn sixty_four_that_want_five_places_get_five(database: TestDatabase) {
        let shell = limited(&database, 5).await.shell().await;
        let mut users = Vec::new();
        for nth in 0..64 {
            let created = shell.run(in_domain(&format!("user{nth}@many.example"))).await;
            users.push(created.unwrap().number);
        }
        let tries = users.iter().map(|user| {
            let (shell, create) = (shell.clone(), of_type(webmail(*user), "premium"));
            async move { shell.run(create).await }
        });
        let outcomes = at_once(tries).await;
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let full = |outcome: &&provost_model::Result<()>| {
            matches!(outcome, Err(Error::Protected(Protection::WebmailLimit)))
        };
        assert_eq!((won, outcomes.iter().filter(full).count()), (5, 59));
        assert_eq!(count(&shell, "many.example", "premium").await, 5);

        // moving between types keeps the limit too, and a place that is given back can be had again
        let standard = users[outcomes.iter().position(Result::is_err).unwrap()];
        shell.run(webmail(standard)).await.unwrap();
        let moved = shell.run(premium(standard)).await;
        assert!(matches!(moved, Err(Error::Protected(Protection::WebmailLimit))));
        let winner = users[outcomes.iter().position(Result::is_ok).unwrap()];
        shell.run(DeleteWebmail { user: winner }).await.unwrap();
        shell.run(premium(standard)).await.unwrap();
        assert_eq!(count(&shell, "many.example", "premium").await, 5);
        assert_eq!(count(&shell, "many.example", "standard").await, 0);
    }

    async fn of_sixty_four_that_want_one_address_one_gets_it(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let tries = (0..64).map(|_| {
            let shell = shell.clone();
            async move { shell.run(in_domain("only@one.example")).await }
        });
        let won = at_once(tries).await.iter().filter(|made| made.is_ok()).count();
        let domain = DomainName::parse("one.example").unwrap();
        let counts = shell.directory.directory.mailbox_counts(&domain).await.unwrap();
        assert_eq!((won, counts.mailboxes), (1, 1));
    }

    async fn a_domain_is_counted_as_its_mailboxes_come_go_and_change(database: TestDatabase) {
        const MB: u64 = 1_048_576;
        let shell = TestDirectory::open(&database).await.shell().await;
        let domain = DomainName::parse("counted.example").unwrap();
        let counts = async || {
            let counts = shell.directory.directory.mailbox_counts(&domain).await.unwrap();
            (counts.mailboxes, counts.defaults, counts.quota_mb)
        };
        let plain = shell.run(in_domain("plain@counted.example")).await.unwrap().number;
        let create = in_domain("large@counted.example");
        let large = CreateMailbox {
            user: CreateUser { quota: Quota::Bytes(5 * MB + 1), ..create.user },
            ..create
        };
        let large = shell.run(large).await.unwrap().number;
        assert_eq!(counts().await, (2, 1, 6));
        for (quota, expected) in [
            (Quota::Bytes(MB), (2, 0, 7)),
            (Quota::None, (2, 0, 6)),
            (Quota::Default, (2, 1, 6)),
        ] {
            let patch = UserPatch { quota: Some(quota), ..UserPatch::default() };
            shell.run(EditUser { user: plain, patch }).await.unwrap();
            assert_eq!(counts().await, expected, "{quota:?}");
        }
        // an address that follows the contact e-mail is a mailbox too
        let follower = shell.user_with_email("follower", "follower@counted.example").await;
        assert_eq!(counts().await, (3, 2, 6));
        let patch = UserPatch { email: Patch::Set(email("gone@elsewhere.example")), ..UserPatch::default() };
        shell.run(EditUser { user: follower, patch }).await.unwrap();
        shell.run(DeleteUser { user: large }).await.unwrap();
        assert_eq!(counts().await, (1, 1, 0));
    }

    async fn type_and_class_of_service_fill_each_other_once(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let queries = &shell.directory.directory;
        let classes = async |user| {
            let services = queries.user_services(&shell.context(), user).await.unwrap().services;
            services.classes.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let kind = async |user| {
            let mailboxes = queries.mailboxes(shell.tenant_id(), &[user]).await.unwrap();
            mailboxes[0].webmail.clone().unwrap().kind.to_string()
        };
        // the type fills the class …
        let first = shell.run(in_domain("first@fill.example")).await.unwrap().number;
        shell.run(of_type(webmail(first), "premium")).await.unwrap();
        assert_eq!(classes(first).await, ["cloud_productivity"]);
        // … once: afterwards both go their own ways
        let standard = EditWebmail { kind: WebmailTypeName::parse("standard").unwrap(), ..premium(first) };
        shell.run(standard).await.unwrap();
        assert_eq!(classes(first).await, ["cloud_productivity"]);
        // the class fills the type that was not asked for
        let second = shell.run(in_domain("second@fill.example")).await.unwrap().number;
        let patch = MailServicesPatch {
            classes: Patch::Set(vec![ClassOfService::parse("cloud_productivity").unwrap()]),
            ..MailServicesPatch::default()
        };
        shell.run(EditMailServices { user: second, patch }).await.unwrap();
        shell.run(webmail(second)).await.unwrap();
        assert_eq!(kind(second).await, "premium");
        let third = shell.run(in_domain("third@fill.example")).await.unwrap().number;
        shell.run(webmail(third)).await.unwrap();
        assert_eq!((kind(third).await.as_str(), classes(third).await), ("standard", vec!["cloud_pim".to_owned()]));
    }

    async fn a_webmail_account_ends_the_following_of_the_contact_email(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let user = shell.user_with_email("alice", "alice@settled.example").await;
        assert!(shell.read(user).await.address_follows_email);
        shell.run(webmail(user)).await.unwrap();
        let patch = UserPatch { email: Patch::Set(email("private@elsewhere.example")), ..UserPatch::default() };
        shell.run(EditUser { user, patch }).await.unwrap();
        let after = shell.read(user).await;
        assert_eq!(after.address.unwrap().as_str(), "alice@settled.example");
        let rows = database.rows("SELECT follows_email FROM addresses WHERE domain = 'settled.example'");
        assert_eq!(rows, [["0"]]);
    }

    async fn the_owner_may_not_lift_what_keeps_it_from_upgrades(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let user = shell.run(in_domain("owner@own.example")).await.unwrap().number;
        let create = CreateWebmail { allow_upgrade: false, ..webmail(user) };
        shell.run(create).await.unwrap();
        let owner = shell.by_user(user).await;
        let denied = async |edit: EditWebmail| owner.run(edit).await.unwrap_err().to_string();
        let same = EditWebmail { kind: WebmailTypeName::parse("standard").unwrap(), ..premium(user) };
        assert!(matches!(owner.run(premium(user)).await, Err(Error::Forbidden(Denial::Upgrade))));
        assert!(denied(EditWebmail { allow_upgrade: Some(true), ..same.clone() }).await.starts_with("allowUpgrade"));
        assert!(denied(EditWebmail { reset_password: Some(true), ..same.clone() }).await.starts_with("resetPassword"));
        owner.run(same.clone()).await.unwrap();
        // the account's owner may, and then the mailbox's owner too, until it says itself that it may not
        shell.run(EditWebmail { allow_upgrade: Some(true), ..same }).await.unwrap();
        assert!(owner.run(EditWebmail { allow_upgrade: Some(false), ..premium(user) }).await.is_err());
        owner.run(premium(user)).await.unwrap();
    }

    async fn a_password_of_its_own_ends_the_wish_that_it_be_reset(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let user = shell.run(in_domain("reset@own.example")).await.unwrap().number;
        shell.run(webmail(user)).await.unwrap();
        shell.run(EditWebmail { reset_password: Some(true), ..premium(user) }).await.unwrap();
        let wanted = || database.rows("SELECT reset_password FROM webmail_accounts");
        let patch = || UserPatch { password: Some(password(PASSWORD)), ..UserPatch::default() };
        shell.run(EditUser { user, patch: patch() }).await.unwrap();
        assert_eq!(wanted(), [["1"]], "somebody else chose it");
        shell.by_user(user).await.run(EditUser { user, patch: patch() }).await.unwrap();
        assert_eq!(wanted(), [["0"]]);
    }

    async fn an_auth_token_is_redeemed_once(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.run(in_domain("one@token.example")).await.unwrap();
        let front_end = front_end(&shell).await;
        let sealed = token(&shell, "one@token.example").await;
        assert_ne!(sealed, token(&shell, "one@token.example").await, "each is fresh");
        let tries = (0..64).map(|_| {
            let (front_end, sealed) = (front_end.clone(), sealed.clone());
            async move { redeem(&front_end, &sealed).await }
        });
        let won = at_once(tries).await.into_iter().filter(|won| *won).count();
        assert_eq!(won, 1);
        assert!(!redeem(&front_end, &sealed).await);
        assert!(!redeem(&front_end, "nonsense").await);
    }

    async fn an_auth_token_dies_with_what_it_stands_for(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.shell().await;
        let other = directory.new_tenant("other").await;
        let front_end = front_end(&shell).await;
        let made = async |name: &str| {
            let address = format!("{name}@token.example");
            let user = shell.run(in_domain(&address)).await.unwrap().number;
            (user, token(&shell, &address).await)
        };
        let (user, sealed) = made("disabled").await;
        shell.run(SetUserEnabled { user, enabled: false }).await.unwrap();
        assert!(!redeem(&front_end, &sealed).await);
        let (user, sealed) = made("changed").await;
        let patch = UserPatch { password: Some(password(PASSWORD)), ..UserPatch::default() };
        shell.run(EditUser { user, patch }).await.unwrap();
        assert!(!redeem(&front_end, &sealed).await);
        let (user, sealed) = made("deleted").await;
        shell.run(DeleteUser { user }).await.unwrap();
        assert!(!redeem(&front_end, &sealed).await);
        let (_, sealed) = made("foreign").await;
        assert!(!redeem(&other.by_key(TokenScope::Operator).await, &sealed).await);
        assert!(redeem(&front_end, &sealed).await);
        let (_, sealed) = made("late").await;
        directory.clock.advance(std::time::Duration::from_secs(301));
        assert!(!redeem(&front_end, &sealed).await);
        // what was spent is forgotten once it would have expired
        let (_, sealed) = made("next").await;
        assert!(redeem(&front_end, &sealed).await);
        assert_eq!(database.rows("SELECT COUNT(*) FROM spent_auth_tokens"), [["1"]]);
        for seat in [shell.clone(), shell.by_reseller("reseller").await] {
            let refused = shell.directory.directory.redeem_auth_token(seat.context(), &sealed).await;
            assert!(matches!(refused, Err(Error::Forbidden(_))), "API keys alone may");
        }
    }

    async fn the_sealing_key_is_made_once_and_nothing_else_is_written(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.run(in_domain("key@token.example")).await.unwrap();
        assert_eq!(database.rows("SELECT COUNT(*) FROM server_keys"), [["0"]]);
        let second = TestDirectory::open(&database).await;
        let seats = [shell.clone(), Seat { directory: second, ..shell.clone() }];
        let tries = (0..64).map(|nth| {
            let seat = seats[nth % seats.len()].clone();
            async move { token(&seat, "key@token.example").await }
        });
        let front_end = front_end(&shell).await;
        for sealed in at_once(tries).await {
            assert!(redeem(&front_end, &sealed).await, "all are sealed with the same key");
        }
        assert_eq!(database.rows("SELECT COUNT(*) FROM server_keys"), [["1"]]);
        let entries = shell.directory.entries(shell.tenant_id()).await.len();
        token(&shell, "key@token.example").await;
        assert_eq!(shell.directory.entries(shell.tenant_id()).await.len(), entries);
    }

    async fn nothing_of_a_mailbox_is_left_behind(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (default, shell) = (directory.shell().await, directory.new_tenant("acme").await);
        let left = || {
            database.rows(
                "SELECT COUNT(*) FROM webmail_accounts; SELECT COUNT(*) FROM mailboxes; SELECT COUNT(*) FROM spent_auth_tokens; \
                 SELECT COUNT(*) FROM webmail_counts WHERE accounts <> 0; SELECT COUNT(*) FROM mailbox_counts WHERE mailboxes <> 0; \
                 SELECT COUNT(*) FROM mailbox_counts WHERE defaults <> 0 OR quota_mb <> 0",
            )
        };
        let nothing = vec![["0"]; 6];
        let fill = async |name: &str| {
            let address = format!("{name}@left.example");
            let user = shell.run(in_domain(&address)).await.unwrap().number;
            shell.run(webmail(user)).await.unwrap();
            shell.run(away(user)).await.unwrap();
            user
        };
        let user = fill("user").await;
        assert_eq!(left()[..2], [["1"], ["1"]]);
        shell.run(DeleteUser { user }).await.unwrap();
        assert_eq!(left(), nothing);
        fill("swept").await;
        let sealed = token(&shell, "swept@left.example").await;
        assert!(redeem(&front_end(&shell).await, &sealed).await);
        let id = shell.run(DeleteTenant).await.unwrap();
        directory.directory.sweep_tenant(&default.context(), id).await.unwrap();
        assert_eq!(left(), nothing);
    }
}
