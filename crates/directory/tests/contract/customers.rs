//! Partners' customers and orders.

use crate::deeds::customer;
use provost_directory::{
    Context,
    commands::{
        customers::CreateCustomer,
        orders::{CreateOrder, Ordered},
        tenants::DeleteTenant,
    },
};
use provost_model::{Error, ExternalId, Noun, Order, OrderTerm, Result, TokenScope};
use provost_testkit::{Seat, TestDatabase, TestDirectory, at_once, on_every_engine};

fn id(text: &str) -> ExternalId {
    ExternalId::parse(text).unwrap()
}

fn first(id_: &str, customer: &str) -> CreateOrder {
    CreateOrder {
        remote_id: id(id_),
        ordered: Ordered::First {
            customer: id(customer),
            product: id("oo-lite"),
            licenses: 20,
            term: OrderTerm::Monthly,
        },
    }
}

fn renewal(id_: &str, parent: &str, licenses: Option<u32>) -> CreateOrder {
    CreateOrder {
        remote_id: id(id_),
        ordered: Ordered::Renewal {
            parent: id(parent),
            licenses,
        },
    }
}

/// A partner's key in a tenant of its own.
async fn partner(directory: &TestDirectory, slug: &str) -> Seat {
    let tenant = directory.new_tenant(slug).await;
    tenant.by_key(TokenScope::Partner).await
}

fn is_taken<T>(outcome: &Result<T>, noun: Noun) -> bool {
    matches!(outcome, Err(Error::Taken(taken)) if *taken == noun)
}

on_every_engine! {
    async fn a_customer_is_a_tenant_with_an_administrator_who_is_invited(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let partner = partner(&directory, "shop").await;
        let made = partner.run(customer("Acme")).await.unwrap();
        assert_eq!(made.tenant.slug.as_str(), "acme");
        let queries = &directory.directory;
        let boss = queries.user(made.tenant.id, "boss@acme.example").await.unwrap().unwrap();
        assert_eq!(boss.number.0, 2);
        assert_eq!(boss.password_hash, None);
        assert_eq!(boss.address.as_ref().map(ToString::to_string).as_deref(), Some("boss@Acme.example"));
        let details = queries.details(made.tenant.id, &[boss.number]).await.unwrap();
        assert_eq!(details[0].groups, ["admin"]);
        let mails = format!(
            "SELECT user_number, attempts FROM welcome_mails WHERE tenant = {}",
            made.tenant.id.0
        );
        assert_eq!(database.rows(&mails), [["2", "0"]]);
        let told = |tenant| {
            let directory = directory.clone();
            async move {
                let entries = directory.entries(tenant).await;
                entries.into_iter().map(|entry| entry.action).collect::<Vec<_>>()
            }
        };
        let mut own = told(made.tenant.id).await;
        own.sort_unstable();
        assert_eq!(own, ["tenant.created", "user.created"]);
        assert_eq!(told(partner.tenant_id()).await.pop().as_deref(), Some("customer.created"));
    }

    async fn ids_are_unique_for_each_partner(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (one, two) = (partner(&directory, "one").await, partner(&directory, "two").await);
        one.run(customer("7")).await.unwrap();
        let again = CreateCustomer {
            administrator: customer("8").administrator,
            ..customer("7")
        };
        let refused = one.run(again.clone()).await;
        assert!(is_taken(&refused, Noun::Customer), "{refused:?}");
        // the slug of the same name is taken, so that a longer one is given
        let made = two.run(again).await.unwrap();
        let slug = made.tenant.slug.as_str();
        assert!(slug.starts_with("7-") && slug.len() == 12, "{slug}");
        // an administrator's address is nobody else's
        let refused = two.run(CreateCustomer { remote_id: id("9"), ..customer("7") }).await;
        assert!(is_taken(&refused, Noun::Address), "{refused:?}");
        assert_eq!(directory.directory.customers(two.tenant_id(), "", 10).await.unwrap().len(), 1);
    }

    async fn one_of_many_at_once_gets_the_id(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let partner = partner(&directory, "shop").await;
        let outcomes = at_once((0..64).map(|nth| {
            let partner = partner.clone();
            async move {
                let command = CreateCustomer {
                    administrator: customer(&format!("c{nth}")).administrator,
                    ..customer("same")
                };
                partner.run(command).await
            }
        }))
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert_eq!(outcomes.iter().filter(|outcome| is_taken(outcome, Noun::Customer)).count(), 63);
        // no tenant is left of those that were refused
        let tenants = directory.directory.tenants("", 100).await.unwrap();
        assert_eq!(tenants.len(), 3);
        assert_eq!(database.rows("SELECT tenant FROM welcome_mails").len(), 1);
    }

    async fn orders_are_kept_and_asked_for_twice_are_the_same(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let partner = partner(&directory, "shop").await;
        partner.run(customer("c")).await.unwrap();
        let order = partner.run(first("o1", "c")).await.unwrap();
        assert_eq!((order.number, order.licenses, order.parent.clone()), (1, 20, None));
        directory.clock.advance(std::time::Duration::from_secs(60));
        assert_eq!(partner.run(first("o1", "c")).await.unwrap(), order);
        let refused = partner.run(renewal("o1", "o1", None)).await;
        assert!(is_taken(&refused, Noun::Order), "{refused:?}");
        let renewed = partner.run(renewal("o2", "o1", None)).await.unwrap();
        let expected = Order {
            remote_id: id("o2"),
            number: 2,
            parent: Some(id("o1")),
            created_at: renewed.created_at,
            ..order.clone()
        };
        assert_eq!(renewed, expected);
        // a renewal leads to its first order
        let further = partner.run(renewal("o3", "o2", Some(5))).await.unwrap();
        assert_eq!((further.parent.clone(), further.licenses), (Some(id("o1")), 5));
        let all = directory.directory.orders(partner.tenant_id(), 0, 10).await.unwrap();
        assert_eq!(all, [order, renewed, further]);
    }

    async fn what_is_unknown_or_anothers_cannot_be_ordered(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (one, two) = (partner(&directory, "one").await, partner(&directory, "two").await);
        one.run(customer("c")).await.unwrap();
        one.run(first("o", "c")).await.unwrap();
        for (command, noun) in [
            (first("p", "c"), Noun::Customer),
            (first("p", "nobody"), Noun::Customer),
            (renewal("p", "o", None), Noun::Order),
            (renewal("p", "p", None), Noun::Order),
        ] {
            let refused = two.run(command).await;
            assert!(matches!(refused, Err(Error::Unknown(unknown)) if unknown == noun), "{refused:?}");
        }
    }

    async fn one_order_of_many_at_once_is_written(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let partner = partner(&directory, "shop").await;
        partner.run(customer("c")).await.unwrap();
        let orders = at_once((0..64).map(|_| {
            let partner = partner.clone();
            async move { partner.run(first("o", "c")).await.unwrap() }
        }))
        .await;
        assert!(orders.iter().all(|order| *order == orders[0]));
        assert_eq!(directory.directory.orders(partner.tenant_id(), 0, 10).await.unwrap().len(), 1);
        let told = directory.entries(partner.tenant_id()).await;
        assert_eq!(told.iter().filter(|entry| entry.action == "order.created").count(), 1);
    }

    async fn nothing_is_left_of_a_customer_or_partner_that_is_deleted(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let partner = partner(&directory, "shop").await;
        let shell = directory.shell().await;
        let delete = |context: Context| {
            let directory = directory.directory.clone();
            async move {
                let tenant = context.tenant_id();
                directory.execute(context.clone(), DeleteTenant).await.unwrap();
                directory.sweep_tenant(&context, tenant).await.unwrap();
            }
        };
        for _ in 0..2 {
            // the id is free again at once
            let made = partner.run(customer("c")).await.unwrap();
            partner.run(first("o", "c")).await.unwrap();
            delete(shell.in_tenant(&made.tenant.into()).context()).await;
            for table in ["customers", "orders", "welcome_mails"] {
                let rows = database.rows(&format!("SELECT 1 FROM {table}"));
                assert_eq!(rows.len(), 0, "{table}");
            }
        }
        partner.run(customer("c")).await.unwrap();
        partner.run(first("o", "c")).await.unwrap();
        delete(shell.in_tenant(&partner.tenant).context()).await;
        for table in ["customers", "orders"] {
            let rows = database.rows(&format!("SELECT 1 FROM {table}"));
            assert_eq!(rows.len(), 0, "{table}");
        }
    }
}
