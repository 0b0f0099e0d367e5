//! Mail domains: added only where no other tenant's users hold addresses, removed only when nobody does.

use crate::support::{address, create_with_address, following};
use provost_directory::{
    commands::{
        domains::{AddDomain, AddedDomain, RemoveDomain},
        tenants::CreateTenant,
        users::DeleteUser,
    },
    queries::ForeignAddress,
};
use provost_model::{DomainName, Error, Noun, Protection, Result, Slug};
use provost_testkit::{Seat, TestDatabase, TestDirectory, at_once, on_every_engine};

fn domain(text: &str) -> DomainName {
    DomainName::parse(text).unwrap()
}

async fn add(seat: &Seat, name: &str, release: bool) -> Result<AddedDomain> {
    seat.run(AddDomain {
        domain: domain(name),
        release,
    })
    .await
}

async fn remove(seat: &Seat, name: &str) -> Result<()> {
    seat.run(RemoveDomain {
        domain: domain(name),
    })
    .await
}

on_every_engine! {
    async fn a_domain_and_a_foreign_address_in_it_exclude_each_other(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (one, other) = (directory.new_tenant("one").await, directory.new_tenant("other").await);
        for round in 0..20 {
            let name = format!("d{round}.example");
            let mail = format!("u@{name}");
            let (adding, login) = (one.clone(), format!("user{round}"));
            let racing = {
                let (name, other, login) = (name.clone(), other.clone(), login.clone());
                [
                    Box::pin(async move { matches!(add(&adding, &name, false).await, Ok(AddedDomain::Added)) })
                        as std::pin::Pin<Box<dyn Future<Output = bool> + Send>>,
                    Box::pin(async move {
                        let user = other.user_with_email(&login, &mail).await;
                        other.read(user).await.address.is_some()
                    }),
                ]
            };
            let done = at_once(racing).await;
            assert!(done[0] != done[1], "{name}: added {}, held {}", done[0], done[1]);
        }
    }

    async fn adding_is_refused_with_a_list_of_foreign_addresses(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.shell().await, directory.new_tenant("acme").await);
        let follows = other.user_with_email("alice", "Alice@example.org").await;
        let holds = create_with_address(&other, "bob", "bob@example.org")
            .await
            .unwrap()
            .number;
        let own = shell.user_with_email("carol", "carol@example.org").await;
        let listed = |address: &str, user, follows_email| ForeignAddress {
            address: address.to_owned(),
            tenant: other.tenant_id(),
            user,
            follows_email,
        };
        let (alice, bob) = (
            listed("alice@example.org", follows, true),
            listed("bob@example.org", holds, false),
        );
        let both = AddedDomain::Held(vec![alice.clone(), bob]);
        assert_eq!(add(&shell, "Example.org", false).await.unwrap(), both);
        // nothing is released while one address does not merely follow
        assert_eq!(add(&shell, "example.org", true).await.unwrap(), both);
        assert_eq!(
            address(&other, follows).await,
            following("Alice@example.org")
        );
        other.run(DeleteUser { user: holds }).await.unwrap();
        assert_eq!(
            add(&shell, "example.org", false).await.unwrap(),
            AddedDomain::Held(vec![alice])
        );
        assert!(
            shell
                .directory
                .directory
                .domains(None, "", 10)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            add(&shell, "example.org", true).await.unwrap(),
            AddedDomain::Added
        );
        // the contact e-mail stays, the address went
        let alice = other.read(follows).await;
        assert_eq!(alice.email.unwrap().as_str(), "Alice@example.org");
        assert_eq!((alice.address, alice.address_follows_email), (None, false));
        assert_eq!(address(&shell, own).await, following("carol@example.org"));
        // and is the tenant's to give
        create_with_address(&shell, "alice", "alice@example.org")
            .await
            .unwrap();
        let found = other
            .directory
            .directory
            .user(other.tenant_id(), "alice@example.org")
            .await;
        assert_eq!(
            found.unwrap().unwrap().number,
            follows,
            "by contact e-mail still"
        );
    }

    async fn a_domain_belongs_to_one_tenant(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.shell().await, directory.new_tenant("acme").await);
        add(&other, "example.org", false).await.unwrap();
        for release in [false, true] {
            for seat in [&shell, &other] {
                let refused = add(seat, "EXAMPLE.org", release).await;
                assert!(
                    matches!(refused, Err(Error::Taken(Noun::Domain))),
                    "{refused:?}"
                );
            }
        }
        // it is as taken when its tenant uses it
        let user = other.user_with_email("alice", "alice@example.org").await;
        for release in [false, true] {
            let refused = add(&shell, "example.org", release).await;
            assert!(
                matches!(refused, Err(Error::Taken(Noun::Domain))),
                "{refused:?}"
            );
        }
        assert_eq!(address(&other, user).await, following("alice@example.org"));
    }

    async fn a_domain_is_removed_when_nobody_holds_addresses(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.shell().await, directory.new_tenant("acme").await);
        add(&shell, "example.org", false).await.unwrap();
        let alice = shell.user_with_email("alice", "alice@example.org").await;
        let refused = remove(&shell, "example.org").await;
        assert!(
            matches!(refused, Err(Error::Protected(Protection::DomainInUse))),
            "{refused:?}"
        );
        shell.run(DeleteUser { user: alice }).await.unwrap();
        remove(&shell, "example.org").await.unwrap();
        let refused = remove(&shell, "example.org").await;
        assert!(
            matches!(refused, Err(Error::Unknown(Noun::Domain))),
            "{refused:?}"
        );
        assert_eq!(
            add(&other, "example.org", false).await.unwrap(),
            AddedDomain::Added
        );
        // another tenant's is not there, even where own users held its addresses before
        let refused = remove(&shell, "example.org").await;
        assert!(
            matches!(refused, Err(Error::Unknown(Noun::Domain))),
            "{refused:?}"
        );
    }

    async fn nobodys_domain_cannot_be_removed(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        shell.user_with_email("alice", "alice@example.org").await;
        let refused = remove(&shell, "example.org").await;
        assert!(
            matches!(refused, Err(Error::Unknown(Noun::Domain))),
            "{refused:?}"
        );
    }

    async fn domains_are_listed_by_tenant_and_in_pages(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (directory.shell().await, directory.new_tenant("acme").await);
        for (seat, name) in [
            (&shell, "c.example"),
            (&other, "b.example"),
            (&shell, "a.example"),
        ] {
            add(seat, name, false).await.unwrap();
        }
        let queries = &directory.directory;
        let all = queries.domains(None, "", 2).await.unwrap();
        assert_eq!(
            all,
            [
                (domain("a.example"), shell.tenant_id()),
                (domain("b.example"), other.tenant_id())
            ]
        );
        let rest = queries.domains(None, "b.example", 2).await.unwrap();
        assert_eq!(rest, [(domain("c.example"), shell.tenant_id())]);
        let own = queries
            .domains(Some(shell.tenant_id()), "a.example", 10)
            .await
            .unwrap();
        assert_eq!(own, [(domain("c.example"), shell.tenant_id())]);
    }

    async fn a_tenant_may_be_made_with_domains(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.shell().await;
        shell.user_with_email("alice", "alice@held.example").await;
        let tenant = |slug: &str, domains: &[&str]| CreateTenant {
            slug: Slug::parse(slug).unwrap(),
            name: None,
            context_id: None,
            domains: domains.iter().map(|name| domain(name)).collect(),
            hosts: Vec::new(),
        };
        let refused = shell
            .run(tenant("acme", &["free.example", "held.example"]))
            .await;
        let Err(Error::About { name, error }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(name, "held.example");
        assert!(
            matches!(*error, Error::Protected(Protection::DomainInUse)),
            "{error:?}"
        );
        let made = shell.run(tenant("acme", &["free.example"])).await.unwrap();
        let owned = directory
            .directory
            .domains(Some(made.id), "", 10)
            .await
            .unwrap();
        assert_eq!(owned, [(domain("free.example"), made.id)]);
        let refused = shell.run(tenant("other", &["free.example"])).await;
        assert!(
            matches!(&refused, Err(Error::About { error, .. }) if matches!(**error, Error::Taken(Noun::Domain))),
            "{refused:?}"
        );
        assert_eq!(
            directory.directory.tenant_by_slug("other").await.unwrap(),
            None
        );
    }
}
