//! What mail services know of users: unique where it should be, gone with its user, and found within reach alone.

use provost_directory::queries::AddressedTenant;
use provost_directory::{
    Actor, ActorKind, Credentials, Identification, Precedence, Source, Via,
    commands::{
        domains::AddDomain,
        forwards::SetForward,
        mail_services::{EditMailServices, MailServicesPatch, SetExternalIds},
        shared_domains::ShareDomain,
        tenants::DeleteTenant,
        users::DeleteUser,
    },
    queries::SearchedField,
};
use provost_model::{
    Address, DeliveryStatus, DomainName, Error, ExternalId, ExternalIdKind, Field, Msisdn, Noun,
    Patch, Rule, TokenScope, UserNumber, Violation,
};
use provost_testkit::{
    Engine, PASSWORD, Seat, TestDatabase, TestDirectory, at_once, on_every_engine,
};

fn msisdn(text: &str) -> MailServicesPatch {
    MailServicesPatch {
        msisdn: Patch::Set(Msisdn::parse(text).unwrap()),
        ..MailServicesPatch::default()
    }
}

/// Gives a user something of everything.
async fn served(seat: &Seat, user: UserNumber, number: &str) {
    let patch = MailServicesPatch {
        delivery_status: Patch::Set(DeliveryStatus::parse("OXAAS").unwrap()),
        ..msisdn(number)
    };
    seat.run(EditMailServices { user, patch }).await.unwrap();
    let ids = vec![ExternalId::parse("Id-1").unwrap()];
    let kind = ExternalIdKind::Custom;
    seat.run(SetExternalIds { user, kind, ids }).await.unwrap();
}

/// How many rows there are in the tables of mail services.
fn rows(database: &TestDatabase) -> Vec<Vec<String>> {
    database.rows(
        "SELECT COUNT(*) FROM mail_services; SELECT COUNT(*) FROM msisdns; SELECT COUNT(*) FROM external_ids; \
         SELECT COUNT(*) FROM context_forwards; SELECT COUNT(*) FROM shared_mail_domains",
    )
}

/// A search reads its index and rows by key, in every tenant and in a reseller's: never a whole table.
#[test]
fn no_search_scans() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    provost_testkit::run(async { drop(TestDirectory::open(&database).await) });
    let searches: Vec<_> = provost_store::tables::statements()
        .filter(|sql| sql.name().contains("::exact_search::"))
        .collect();
    assert_eq!(searches.len(), 8);
    for sql in searches {
        let plan = database.rows(&format!("EXPLAIN QUERY PLAN {}", sql.sqlite()));
        let steps: Vec<&str> = plan.iter().map(|step| step[3].as_str()).collect();
        assert!(
            steps.iter().all(|step| step.starts_with("SEARCH ")),
            "{}: {steps:?}",
            sql.name()
        );
        // a reseller's tenants come first, and each is one probe by tenant and value
        if sql.name().ends_with("_OF_RESELLER") {
            assert!(
                steps[0].contains("(reseller=?"),
                "{}: {steps:?}",
                sql.name()
            );
            assert!(
                steps[1].contains("tenant=?") && steps[1].contains(" AND "),
                "{}: {steps:?}",
                sql.name()
            );
        }
    }
}

on_every_engine! {
    async fn exactly_one_of_sixty_four_gets_a_number(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let mut tries = Vec::new();
        for slug in ["one", "two"] {
            let seat = directory.new_tenant(slug).await;
            for nth in 0..32 {
                let user = seat.user(&format!("user{nth}")).await;
                // written in two ways
                let patch = msisdn(if nth % 2 == 0 { "+49 711" } else { "(49)711" });
                let seat = seat.clone();
                tries.push(async move { seat.run(EditMailServices { user, patch }).await });
            }
        }
        let outcomes = at_once(tries).await;
        let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        let lost = outcomes.iter().filter(|outcome| matches!(outcome, Err(Error::Taken(Noun::Msisdn)))).count();
        assert_eq!((won, lost), (1, 63), "{outcomes:?}");
        let kept = database.rows("SELECT COUNT(*) FROM msisdns; SELECT COUNT(*) FROM mail_services WHERE msisdn IS NOT NULL");
        assert_eq!(kept, [["1"], ["1"]]);
    }

    async fn a_number_moves_and_is_free_again(database: TestDatabase) {
        let seat = TestDirectory::open(&database).await.new_tenant("acme").await;
        let (ada, eve) = (seat.user("ada").await, seat.user("eve").await);
        let set = async |user, patch| seat.run(EditMailServices { user, patch }).await;
        set(ada, msisdn("+49 1")).await.unwrap();
        assert!(matches!(set(eve, msisdn("491")).await, Err(Error::Taken(Noun::Msisdn))));
        set(ada, msisdn("(49)-1")).await.unwrap();
        set(ada, msisdn("+49 2")).await.unwrap();
        set(eve, msisdn("491")).await.unwrap();
        let clear = MailServicesPatch { msisdn: Patch::Clear, ..MailServicesPatch::default() };
        set(ada, clear.clone()).await.unwrap();
        set(ada, clear).await.unwrap();
        set(eve, msisdn("492")).await.unwrap();
        assert_eq!(database.rows("SELECT digits FROM msisdns"), [["492"]]);
    }

    async fn what_goes_leaves_no_rows(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let empty = rows(&database);
        let acme = directory.new_tenant("acme").await;
        let ada = acme.user("ada").await;
        served(&acme, ada, "+49 1").await;
        assert_ne!(rows(&database), empty);
        acme.run(DeleteUser { user: ada }).await.unwrap();
        assert_eq!(rows(&database), empty);
        let eve = acme.user("eve").await;
        served(&acme, eve, "+49 1").await;
        let (domain, shared) = ("acme.example", "shared.example");
        let domain = DomainName::parse(domain).unwrap();
        acme.run(AddDomain { domain, release: false }).await.unwrap();
        let alias = Address::parse("info@acme.example").unwrap();
        let targets = vec![Address::parse("info@else.example").unwrap()];
        acme.run(SetForward { alias, targets }).await.unwrap();
        let credential = acme.by(Actor {
            kind: ActorKind::Service { name: "mail".to_owned() },
            scope: TokenScope::Provision,
            via: Via::Password,
        });
        let domain = DomainName::parse(shared).unwrap();
        credential.run(ShareDomain { domain }).await.unwrap();
        let id = acme.run(DeleteTenant).await.unwrap();
        directory.directory.sweep_tenant(&acme.context(), id).await.unwrap();
        assert_eq!(rows(&database), empty);
    }

    async fn a_search_finds_within_reach_and_no_more_than_a_thousand(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (acme, other) = (directory.new_tenant("acme").await, directory.new_tenant("other").await);
        let (ada, eve) = (acme.user("ada").await, other.user("eve").await);
        served(&acme, ada, "+49 1").await;
        served(&other, eve, "+49 2").await;
        let reseller = acme.by_reseller("sales").await;
        let find = async |seat: &Seat, field, text: &str| {
            let hits = directory.directory.search_exactly(&seat.actor, field, text).await;
            hits.map(|hits| hits.into_iter().map(|hit| hit.uidname).collect::<Vec<_>>())
        };
        for field in [SearchedField::Custom, SearchedField::DeliveryStatus, SearchedField::Any] {
            let text = if field == SearchedField::DeliveryStatus { "oxaas" } else { "ID-1" };
            assert_eq!(find(&acme, field, text).await.unwrap(), ["ada", "eve"]);
            assert_eq!(find(&reseller, field, text).await.unwrap(), ["ada"]);
        }
        for (field, text) in [(SearchedField::Name, "eve"), (SearchedField::Msisdn, "49-2"), (SearchedField::Any, "+492")] {
            assert_eq!(find(&acme, field, text).await.unwrap(), ["eve"]);
            assert!(find(&reseller, field, text).await.unwrap().is_empty());
        }
        let administrator = acme.by_user(acme.member("boss", &["admin"]).await).await;
        assert!(matches!(find(&administrator, SearchedField::Any, "ada").await, Err(Error::Forbidden(_))));
        // a thousand and one rows, written past the program
        let kind = "external_ids (tenant, user_number, kind, position, external_id, id_key)";
        let numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1001)";
        let tenant = acme.tenant_id().0;
        let _ = database.rows(&format!(
            "INSERT INTO users (tenant, number, id, login, login_key, display_key, address_follows_email, quota, enabled, operator, created_at, changed_at) \
             {numbers} SELECT {tenant}, 100000 + i, id, 'many', 'many', '', 0, -1, 1, 0, 0, 0 FROM n, (SELECT id FROM users LIMIT 1) u; \
             INSERT INTO {kind} {numbers} SELECT {tenant}, 100000 + i, 'custom', 0, 'many', 'many' FROM n"
        ));
        let too_many = Violation::new(Field::Limit, Rule::OutOfRange);
        for seat in [&acme, &reseller] {
            assert!(matches!(find(seat, SearchedField::Custom, "many").await, Err(Error::Invalid(violation)) if violation == too_many));
            assert!(matches!(find(seat, SearchedField::Any, "many").await, Err(Error::Invalid(violation)) if violation == too_many));
        }
        let _ = database.rows("DELETE FROM external_ids WHERE user_number = 101001");
        assert_eq!(find(&reseller, SearchedField::Custom, "many").await.unwrap().len(), 1000);
    }

    async fn right_credentials_that_lead_nowhere_are_told_from_wrong_ones(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let acme = directory.new_tenant("acme").await;
        let other = directory.new_tenant("other").await;
        acme.user_with_password("ada").await;
        let sales = provost_directory::commands::resellers::CreateReseller {
            name: provost_testkit::login("sales"),
            password: provost_testkit::password(PASSWORD),
        };
        let reseller = acme.run(sales).await.unwrap();
        let assign = provost_directory::commands::resellers::AssignTenant { reseller, assigned: true };
        acme.run(assign).await.unwrap();
        let ask = async |tenant, login, password| {
            let credentials = Credentials::Password { login, password };
            match directory.directory.identify(Source::NONE, &AddressedTenant::new(tenant, true), Precedence::Tenant, credentials).await.unwrap() {
                Identification::Known { tenant, .. } => Some(tenant.map(|tenant| tenant.slug.as_str().to_owned())),
                Identification::Refused | Identification::Throttled { .. } => None,
            }
        };
        let (here, there) = (Some(acme.tenant.clone()), Some(other.tenant.clone()));
        let acme = || Some(Some("acme".to_owned()));
        assert_eq!(ask(here.clone(), "sales", PASSWORD).await, acme());
        for tenant in [there.clone(), None] {
            assert_eq!(ask(tenant.clone(), "sales", PASSWORD).await, Some(None));
            assert_eq!(ask(tenant.clone(), "sales", "Wrong-Horse-77").await, None);
            assert_eq!(ask(tenant, "ada", PASSWORD).await, None);
        }
        assert_eq!(ask(here, "ada", PASSWORD).await, acme());
        let _ = there;
    }
}
