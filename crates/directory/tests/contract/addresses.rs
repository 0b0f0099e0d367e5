//! Mail identities: unique in the deployment, given with a contact e-mail that others set, and going along with it.

use crate::support::{address, create_with_address, following, set_email};
use provost_directory::commands::{
    domains::AddDomain,
    users::{CreateUser, DeleteUser},
};
use provost_model::{DomainName, Error, Noun, TokenScope, UserNumber};
use provost_testkit::{
    Seat, TestDatabase, TestDirectory, at_once, email, group_id, login, on_every_engine,
};

async fn add_domain(seat: &Seat, domain: &str) {
    let domain = DomainName::parse(domain).unwrap();
    seat.run(AddDomain {
        domain,
        release: false,
    })
    .await
    .unwrap();
}

/// A group `team`, its administrator `lead`, and a member of it.
async fn team(shell: &Seat) -> (Seat, UserNumber) {
    shell.group("team").await;
    let lead = shell.user("lead").await;
    shell.appoint("team", lead).await;
    (
        shell.by_user(lead).await,
        shell.member("member", &["team"]).await,
    )
}

on_every_engine! {
    async fn administrators_group_administrators_and_keys_give_an_address(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let (lead, member) = team(&shell).await;
        let boss = shell.member("boss", &["admin"]).await;
        let boss = shell.by_user(boss).await;
        let key = shell.by_key(TokenScope::Provision).await;
        for (nth, seat) in [&shell, &boss, &lead, &key].into_iter().enumerate() {
            let text = format!("New{nth}@example.org");
            let made = seat.run(CreateUser {
                email: Some(email(&text)),
                groups: vec![group_id("team")],
                ..CreateUser::new(login(&format!("new{nth}")))
            });
            let made = made.await.unwrap().number;
            assert_eq!(address(&shell, made).await, following(&text), "creation");
            let text = format!("later{nth}@example.org");
            set_email(seat, member, &text).await.unwrap();
            assert_eq!(address(&shell, member).await, following(&text), "change");
        }
    }

    async fn ones_own_edit_gives_no_address(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let (lead, member) = team(&shell).await;
        let lead_number = lead.actor.account().unwrap().number;
        for (seat, number) in [(shell.by_user(member).await, member), (lead, lead_number)] {
            set_email(&seat, number, "own@example.org").await.unwrap();
            assert_eq!(
                shell.read(number).await.email,
                Some(email("own@example.org"))
            );
            assert_eq!(address(&shell, number).await, None);
        }
    }

    async fn ones_own_edit_moves_no_address(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let alice = shell.user_with_email("alice", "first@example.org").await;
        let own = shell.by_user(alice).await;
        for text in ["own@example.org", ""] {
            set_email(&own, alice, text).await.unwrap();
            assert_eq!(address(&shell, alice).await, following("first@example.org"));
        }
        // it still goes along when an administrator sets the next
        set_email(&shell, alice, "second@example.org")
            .await
            .unwrap();
        assert_eq!(
            address(&shell, alice).await,
            following("second@example.org")
        );
    }

    async fn what_is_no_address_gives_none(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        for (nth, text) in ["not-an-email", "üser@example.org", "a@localhost", "a@b@c.d"]
            .iter()
            .enumerate()
        {
            let user = shell.user_with_email(&format!("user{nth}"), text).await;
            assert_eq!(shell.read(user).await.email, Some(email(text)));
            assert_eq!(address(&shell, user).await, None, "{text}");
        }
    }

    async fn a_domain_gives_its_addresses_to_its_tenant_alone(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.shell().await, directory.new_tenant("acme").await);
        add_domain(&other, "acme.example").await;
        let stranger = shell.user_with_email("alice", "alice@acme.example").await;
        assert_eq!(address(&shell, stranger).await, None);
        let refused = create_with_address(&shell, "bob", "bob@ACME.example").await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::Address))),
            "{refused:?}"
        );
        // a domain below it is another
        create_with_address(&shell, "carol", "carol@sub.acme.example")
            .await
            .unwrap();
        let own = other.user_with_email("alice", "alice@acme.example").await;
        assert_eq!(address(&other, own).await, following("alice@acme.example"));
    }

    async fn an_address_is_held_once_in_the_deployment(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.shell().await, directory.new_tenant("acme").await);
        let first = shell.user_with_email("alice", "One@Example.org").await;
        for seat in [&shell, &other] {
            let refused = create_with_address(seat, "bob", "one@EXAMPLE.org").await;
            assert!(
                matches!(refused, Err(Error::Taken(Noun::Address))),
                "{refused:?}"
            );
            let second = seat.user_with_email("carol", "oNE@example.org").await;
            assert_eq!(address(seat, second).await, None);
            seat.run(DeleteUser { user: second }).await.unwrap();
        }
        assert_eq!(address(&shell, first).await, following("One@Example.org"));
        shell.run(DeleteUser { user: first }).await.unwrap();
        create_with_address(&other, "bob", "one@example.org")
            .await
            .unwrap();
    }

    async fn an_address_goes_along_with_the_contact_email(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.shell().await, directory.new_tenant("acme").await);
        let alice = shell.user_with_email("alice", "first@example.org").await;
        for text in ["second@example.org", "Second@Example.org"] {
            set_email(&shell, alice, text).await.unwrap();
            assert_eq!(address(&shell, alice).await, following(text));
        }
        // the one before is free again, as an address and as a login
        create_with_address(&other, "bob", "first@example.org")
            .await
            .unwrap();
        shell.user("first@example.org").await;
        // to one that is not free it cannot go along
        set_email(&shell, alice, "first@example.org").await.unwrap();
        assert_eq!(address(&shell, alice).await, None);
        shell.user("second@example.org").await;
        set_email(&shell, alice, "third@example.org").await.unwrap();
        assert_eq!(address(&shell, alice).await, following("third@example.org"));
        set_email(&shell, alice, "").await.unwrap();
        assert_eq!(address(&shell, alice).await, None);
        create_with_address(&other, "carol", "third@example.org")
            .await
            .unwrap();
    }

    async fn an_address_of_its_own_stays(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        let alice = create_with_address(&shell, "alice", "own@example.org")
            .await
            .unwrap()
            .number;
        for text in ["contact@example.org", ""] {
            set_email(&shell, alice, text).await.unwrap();
            assert_eq!(
                address(&shell, alice).await,
                Some(("own@example.org".to_owned(), false))
            );
        }
        // what it did not take is free
        create_with_address(&shell, "bob", "contact@example.org")
            .await
            .unwrap();
    }

    async fn of_many_who_want_an_address_one_gets_it(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shells = [directory.shell().await, directory.new_tenant("acme").await];
        let made = at_once((0..64).map(|nth| {
            let shell = shells[nth % 2].clone();
            async move {
                let address = ["one@example.org", "ONE@example.org"][nth / 2 % 2];
                create_with_address(&shell, &format!("user{nth}"), address).await
            }
        }))
        .await;
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), 1);
        for refused in made.iter().filter(|made| made.is_err()) {
            assert!(
                matches!(refused, Err(Error::Taken(Noun::Address))),
                "{refused:?}"
            );
        }
    }

    async fn of_many_whose_contact_email_it_is_one_gets_the_address(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shells = [directory.shell().await, directory.new_tenant("acme").await];
        let holders = at_once((0..64).map(|nth| {
            let shell = shells[nth % 2].clone();
            async move {
                let user = shell
                    .user_with_email(&format!("user{nth}"), "one@example.org")
                    .await;
                address(&shell, user).await
            }
        }))
        .await;
        assert_eq!(
            holders.into_iter().flatten().collect::<Vec<_>>(),
            following("one@example.org").into_iter().collect::<Vec<_>>()
        );
    }
}
