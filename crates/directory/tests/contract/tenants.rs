//! Tenants: what leads to them is unique, and a deleted one leaves nothing.

use crate::support::create_with_address;
use provost_directory::{
    commands::{
        domains::{AddDomain, AddedDomain},
        resellers::AssignTenant,
        tenants::{CreateTenant, DeleteTenant, RenameTenant},
    },
    queries::Audience,
};
use provost_model::{ContextId, DomainName, Error, HostName, Noun, Result, Slug, Tenant, TenantId};
use provost_testkit::{Seat, TestDatabase, TestDirectory, at_once, on_every_engine};

fn tenant(slug: &str) -> CreateTenant {
    CreateTenant {
        slug: Slug::parse(slug).unwrap(),
        name: None,
        context_id: None,
        domains: Vec::new(),
        hosts: Vec::new(),
    }
}

fn context(number: i64) -> ContextId {
    ContextId::new(number).unwrap()
}

async fn rename(seat: &Seat, slug: &str) -> Result<()> {
    let slug = Some(Slug::parse(slug).unwrap());
    seat.run(RenameTenant { slug, name: None }).await
}

on_every_engine! {
    async fn slugs_are_kept_as_written_and_compared_folded(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.shell().await;
        let acme = directory.new_tenant("Acme").await;
        assert_eq!(acme.tenant.slug.as_str(), "Acme");
        assert_eq!(acme.tenant.name, "Acme");
        let found = directory
            .directory
            .tenant_by_slug("aCME")
            .await
            .unwrap()
            .unwrap();
        assert_eq!(&found, &*acme.tenant);
        let refused = shell.run(tenant("ACME")).await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::Slug))),
            "{refused:?}"
        );
        let refused = shell.run(tenant("DEFAULT")).await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::Slug))),
            "{refused:?}"
        );
    }

    async fn context_ids_count_up_from_the_highest(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.shell().await;
        assert_eq!(shell.tenant.context_id, ContextId::FIRST);
        let with = |slug, number| CreateTenant {
            context_id: Some(context(number)),
            ..tenant(slug)
        };
        assert_eq!(shell.run(tenant("a")).await.unwrap().context_id, context(2));
        assert_eq!(
            shell.run(with("b", 40)).await.unwrap().context_id,
            context(40)
        );
        assert_eq!(
            shell.run(tenant("c")).await.unwrap().context_id,
            context(41)
        );
        let refused = shell.run(with("d", 40)).await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::ContextId))),
            "{refused:?}"
        );
        assert_eq!(directory.directory.tenant_by_slug("d").await.unwrap(), None);
        let found = directory
            .directory
            .tenant_by_context(context(41))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.slug.as_str(), "c");
        // after the highest there is none, and nothing breaks
        shell.run(with("last", i64::MAX)).await.unwrap();
        let refused = shell.run(tenant("more")).await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::ContextId))),
            "{refused:?}"
        );
        shell.run(with("d", 50)).await.unwrap();
    }

    async fn tenants_made_at_once_are_all_there(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let made = at_once((0..16).map(|nth| {
            let directory = directory.clone();
            async move { directory.new_tenant(&format!("tenant{nth}")).await.tenant }
        }))
        .await;
        let mut contexts: Vec<_> = made.iter().map(|tenant| tenant.context_id.get()).collect();
        contexts.sort_unstable();
        assert_eq!(contexts, (2..18).collect::<Vec<_>>());
        let first = directory.directory.tenants("", 3).await.unwrap();
        let slugs: Vec<_> = first.iter().map(|tenant| tenant.slug.as_str()).collect();
        assert_eq!(slugs, ["default", "tenant0", "tenant1"]);
        assert_eq!(
            directory
                .directory
                .tenants("Tenant1", 100)
                .await
                .unwrap()
                .len(),
            14
        );
    }

    async fn a_host_leads_to_one_tenant(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.shell().await;
        let hosts = |names: &[&str]| {
            names
                .iter()
                .map(|name| HostName::parse(name).unwrap())
                .collect()
        };
        let made = shell
            .run(CreateTenant {
                hosts: hosts(&["Cloud.example", "[::1]"]),
                ..tenant("acme")
            })
            .await
            .unwrap();
        for host in ["cloud.example", "[::1]"] {
            let found = directory.directory.tenant_by_host(host).await.unwrap();
            assert_eq!(found.as_ref(), Some(&made), "{host}");
        }
        assert_eq!(
            directory
                .directory
                .tenant_by_host("other.example")
                .await
                .unwrap(),
            None
        );
        assert_eq!(
            directory.directory.hosts_of(made.id).await.unwrap(),
            ["[::1]", "cloud.example"]
        );
        let refused = shell
            .run(CreateTenant {
                hosts: hosts(&["free.example", "cloud.EXAMPLE"]),
                ..tenant("other")
            })
            .await;
        let Err(Error::About { name, error }) = refused else {
            panic!("{refused:?}")
        };
        assert!(
            name == "cloud.example" && matches!(*error, Error::Taken(Noun::Host)),
            "{name} {error}"
        );
        assert_eq!(
            directory
                .directory
                .tenant_by_host("free.example")
                .await
                .unwrap(),
            None
        );
    }

    async fn a_tenant_gets_another_slug(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let acme = directory.new_tenant("acme").await;
        directory.new_tenant("other").await;
        let refused = rename(&acme, "Other").await;
        assert!(
            matches!(refused, Err(Error::Taken(Noun::Slug))),
            "{refused:?}"
        );
        for slug in ["ACME", "corp"] {
            rename(&acme, slug).await.unwrap();
            let found = directory.tenant(slug).await;
            assert_eq!((found.id, found.slug.as_str()), (acme.tenant_id(), slug));
        }
        assert_eq!(
            directory.directory.tenant_by_slug("acme").await.unwrap(),
            None
        );
        directory.new_tenant("acme").await;
        let refused = rename(&directory.shell().await, "first").await;
        assert!(
            matches!(
                refused,
                Err(Error::Protected(provost_model::Protection::DefaultTenant))
            ),
            "{refused:?}"
        );
        assert!(
            directory
                .directory
                .tenant_by_slug(Tenant::DEFAULT)
                .await
                .unwrap()
                .is_some()
        );
    }

    async fn a_deleted_tenant_leaves_nothing(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let default = directory.shell().await;
        let kept = directory.new_tenant("kept").await;
        kept.group("team").await;
        let survivor = kept.member("survivor", &["team"]).await;
        let host = HostName::parse("acme.example").unwrap();
        let domain = DomainName::parse("acme.example").unwrap();
        let command = CreateTenant {
            hosts: vec![host.clone()],
            domains: vec![domain.clone()],
            ..tenant("acme")
        };
        let made = default.run(command.clone()).await.unwrap();
        let id = made.id;
        let acme = default.in_tenant(&std::sync::Arc::new(made));
        acme.group("team").await;
        for nth in 0..250 {
            acme.member(&format!("user{nth}"), &["team"]).await;
        }
        create_with_address(&acme, "holder", "holder@free.example")
            .await
            .unwrap();
        let reseller = kept.by_reseller("sales").await;
        let provost_directory::ActorKind::Reseller { id: sales, .. } = reseller.actor.kind else {
            panic!()
        };
        acme.run(AssignTenant {
            reseller: sales,
            assigned: true,
        })
        .await
        .unwrap();

        assert_eq!(acme.run(DeleteTenant).await.unwrap(), id);
        let queries = &directory.directory;
        assert_eq!(queries.tenant_by_id(id).await.unwrap(), None);
        assert_eq!(queries.tenant_by_slug("acme").await.unwrap(), None);
        assert_eq!(queries.tenant_by_host("acme.example").await.unwrap(), None);
        assert_eq!(
            queries
                .tenants_of_reseller(sales, TenantId(0), 10)
                .await
                .unwrap(),
            [kept.tenant_id()]
        );
        let again = acme.run(DeleteTenant).await;
        assert!(
            matches!(again, Err(Error::Unknown(Noun::Tenant))),
            "{again:?}"
        );
        // the domain is free at once, the users are swept
        assert_eq!(
            kept.run(AddDomain {
                domain: domain.clone(),
                release: false
            })
            .await
            .unwrap(),
            AddedDomain::Added
        );
        queries.sweep_tenant(&default.context(), id).await.unwrap();
        create_with_address(&kept, "holder", "holder@free.example")
            .await
            .unwrap();
        assert!(
            queries
                .user_page(id, Audience::All, None, 10, 0)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            queries
                .user_page(id, Audience::All, Some("user"), 10, 0)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            queries
                .groups(id, None, "", 10, 0)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(queries.user(id, "user7").await.unwrap(), None);
        assert_eq!(
            directory.entries(id).await.len(),
            253,
            "what was done stays written down"
        );

        // its names are free, and its successor is another
        let second = default
            .run(CreateTenant {
                domains: Vec::new(),
                ..command
            })
            .await
            .unwrap();
        assert_ne!(second.id, id);
        assert_eq!(kept.groups_of(survivor).await, ["team"]);
        queries.sweep_tenant(&default.context(), id).await.unwrap();
        assert!(queries.group(second.id, "admin").await.unwrap().is_some());
    }
}
