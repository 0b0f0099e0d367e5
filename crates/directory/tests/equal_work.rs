//! What nobody is told by an answer shows by no time either: the same work is done, counted in hashes and statements.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    reason = "tests"
)]

use provost_directory::{
    Authentication, Credentials, Source, StoreSettings,
    commands::{
        resellers::{AssignTenant, CreateReseller},
        tenants::SetTenantSuspended,
        users::{CreateUser, SetUserEnabled},
    },
    queries::{AddressedTenant, Audience},
};
use provost_model::{Tenant, TenantId};
use provost_store::{
    EngineKind, InjectionPoint, Sql,
    tables::{
        self,
        grams::{self, Wanted},
    },
};
use provost_testkit::{
    Engine, PASSWORD, Seat, TestDatabase, TestDirectory, email, login, on_both_engines, password,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

/// A directory whose statements are noted.
struct Watched {
    directory: TestDirectory,
    statements: Arc<Mutex<Vec<&'static str>>>,
}

impl Watched {
    async fn open(database: &TestDatabase) -> Self {
        let (statements, settings) = Self::noting(database);
        Self {
            directory: TestDirectory::open_with(settings).await,
            statements,
        }
    }

    /// One that throttles guesses.
    async fn open_throttled(database: &TestDatabase) -> Self {
        let (statements, settings) = Self::noting(database);
        Self {
            directory: TestDirectory::open_throttled(settings).await.0,
            statements,
        }
    }

    fn noting(database: &TestDatabase) -> (Arc<Mutex<Vec<&'static str>>>, StoreSettings) {
        let statements = Arc::<Mutex<Vec<_>>>::default();
        let noted = Arc::clone(&statements);
        let settings = StoreSettings {
            injector: Some(Arc::new(move |point| {
                if let InjectionPoint::Statement(name) = point {
                    noted.lock().unwrap().push(name);
                }
                None
            })),
            ..StoreSettings::new(database.url())
        };
        (statements, settings)
    }

    /// The statements since the last call.
    fn statements(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.statements.lock().unwrap())
    }

    /// Shows a login and password and gives whether they were accepted, how many hashes it cost, and how many statements.
    async fn show(&self, tenant: Option<&Arc<Tenant>>, shown: (&str, &str)) -> (bool, u64, usize) {
        let directory = &self.directory.directory;
        let before = directory.passwords_hashed();
        self.statements();
        let credentials = Credentials::Password {
            login: shown.0,
            password: shown.1,
        };
        let outcome = directory
            .authenticate(
                Source::NONE,
                &AddressedTenant::new(tenant.cloned(), true),
                credentials,
            )
            .await
            .unwrap();
        let accepted = matches!(outcome, Authentication::Accepted { .. });
        let hashes = directory.passwords_hashed() - before;
        (accepted, hashes, self.statements().len())
    }

    /// All of these are refused at the same cost: one hash, and as many statements.
    async fn same_refusals(&self, shown: &[(&str, Option<&Arc<Tenant>>, &str, &str)]) {
        self.same_refusals_at(1, shown).await;
    }

    /// All of these are refused at the same cost: so many hashes, and as many statements.
    async fn same_refusals_at(
        &self,
        price: u64,
        shown: &[(&str, Option<&Arc<Tenant>>, &str, &str)],
    ) {
        let mut costs = Vec::new();
        // the second time nothing may have been remembered
        for _ in 0..2 {
            for (what, tenant, login, password) in shown {
                let (accepted, hashes, statements) = self.show(*tenant, (login, password)).await;
                assert!(!accepted, "{what} was accepted");
                costs.push((*what, hashes, statements));
            }
        }
        let (_, _, statements) = costs[0];
        for (what, hashes, counted) in &costs {
            assert_eq!(
                (*hashes, *counted),
                (price, statements),
                "{what}: {costs:?}"
            );
        }
    }
}

const WRONG: &str = "Wrong-Horse-77";

/// A tenant with users that are found in each way, and one that may not log in.
async fn peopled(watched: &Watched, slug: &str) -> Seat {
    let seat = watched.directory.new_tenant(slug).await;
    seat.user_with_password("ada").await;
    seat.user("eve").await;
    let off = seat.user_with_password("off").await;
    let disabled = SetUserEnabled {
        user: off,
        enabled: false,
    };
    seat.run(disabled).await.unwrap();
    let with_email = CreateUser {
        password: Some(password(PASSWORD)),
        email: Some(email(&format!("mia@{slug}.example"))),
        ..CreateUser::new(login("mia"))
    };
    seat.run(with_email).await.unwrap();
    let with_contact_alone = CreateUser {
        password: Some(password(PASSWORD)),
        email: Some(email(&format!("ada and bob@{slug}"))),
        ..CreateUser::new(login("bob"))
    };
    seat.run(with_contact_alone).await.unwrap();
    seat
}

on_both_engines! {
    async fn good_credentials_are_looked_up_once_until_something_changes(database: TestDatabase) {
        let watched = Watched::open(&database).await;
        let acme = peopled(&watched, "acme").await;
        let ida = acme.user_with_password("ida").await;
        let shown = ("ida", PASSWORD);
        // the first login is hashed and noted; noting it is a change, so the second is looked up
        for hashes in [1, 0] {
            let (accepted, hashed, statements) = watched.show(Some(&acme.tenant), shown).await;
            assert!(accepted && statements > 0);
            assert_eq!(hashed, hashes);
        }
        // on PostgreSQL, where every commit of the whole server is a change, whoever commits has to leave some time
        let tries = if database.url().starts_with("sqlite:") { 1 } else { 10_000 };
        let mut looked_up = 0;
        loop {
            let (accepted, _, statements) = watched.show(Some(&acme.tenant), shown).await;
            assert!(accepted);
            if statements == 0 {
                break;
            }
            looked_up += 1;
            assert!(looked_up < tries, "they are looked up again and again");
        }

        let other = watched.directory.new_tenant("other").await;
        let (accepted, _, statements) = watched.show(Some(&acme.tenant), shown).await;
        assert!(accepted && statements > 0, "a change of another tenant is a change too");
        assert!(!watched.show(Some(&other.tenant), shown).await.0);

        acme.run(SetUserEnabled { user: ida, enabled: false }).await.unwrap();
        assert!(!watched.show(Some(&acme.tenant), shown).await.0);
        acme.run(SetUserEnabled { user: ida, enabled: true }).await.unwrap();
        assert!(watched.show(Some(&acme.tenant), shown).await.0);
        acme.run(SetTenantSuspended { suspended: true }).await.unwrap();
        let suspended = watched.directory.tenant("acme").await;
        assert!(!watched.show(Some(&suspended), shown).await.0);
    }

    async fn every_wrong_login_costs_the_same(database: TestDatabase) {
        let watched = Watched::open(&database).await;
        let acme = peopled(&watched, "acme").await;
        let other = peopled(&watched, "other").await;
        let asleep = peopled(&watched, "asleep").await;
        asleep.run(SetTenantSuspended { suspended: true }).await.unwrap();
        let asleep = watched.directory.tenant("asleep").await;
        acme.by_reseller("north").await;
        let (acme, other) = (&acme.tenant, &other.tenant);

        watched.same_refusals(&[
            ("an unknown tenant", None, "ada", WRONG),
            ("an unknown user", Some(acme), "nobody", WRONG),
            ("a user by login", Some(acme), "ada", WRONG),
            ("a user by address", Some(acme), "mia@acme.example", WRONG),
            ("a user by contact e-mail", Some(acme), "ada and bob@acme", WRONG),
            ("a user of another tenant by address", Some(other), "mia@acme.example", PASSWORD),
            ("a user without a password", Some(acme), "eve", WRONG),
            ("a disabled user", Some(acme), "off", WRONG),
            ("a disabled user's own password", Some(acme), "off", PASSWORD),
            ("a suspended tenant's user", Some(&asleep), "ada", PASSWORD),
            ("an operator", Some(acme), "admin", WRONG),
            ("an operator in an unknown tenant", None, "admin", WRONG),
            ("a reseller", Some(acme), "north", WRONG),
        ]).await;
        watched.same_refusals(&[
            ("an unknown tenant beside the login", Some(acme), "ada@@nowhere", WRONG),
            ("an unknown user", Some(acme), "nobody@@other", WRONG),
            ("a wrong password", Some(acme), "ada@@other", WRONG),
            ("a good password for another tenant", Some(acme), "ada@@other", PASSWORD),
            ("a good password for an unknown tenant", None, "ada@@other", PASSWORD),
        ]).await;
        watched.same_refusals(&[
            ("an unknown account", Some(acme), "nobody@@", WRONG),
            ("an operator", Some(acme), "admin@@", WRONG),
            ("a reseller", Some(acme), "north@@", WRONG),
            ("a reseller in an unknown tenant", None, "north@@", WRONG),
        ]).await;
    }

    async fn every_guess_during_a_block_costs_the_same(database: TestDatabase) {
        let watched = Watched::open_throttled(&database).await;
        let acme = peopled(&watched, "acme").await;
        acme.by_reseller("north").await;
        let acme = &acme.tenant;
        for _ in 0..11 {
            assert!(!watched.show(Some(acme), ("nobody", WRONG)).await.0);
        }
        watched.same_refusals_at(0, &[
            ("an unknown tenant", None, "ada", WRONG),
            ("an unknown user", Some(acme), "nobody", WRONG),
            ("a wrong password", Some(acme), "ada", WRONG),
            ("a right password", Some(acme), "ada", PASSWORD),
            ("a user by contact e-mail", Some(acme), "ada and bob@acme", PASSWORD),
            ("a disabled user", Some(acme), "off", PASSWORD),
            ("a reseller", Some(acme), "north", PASSWORD),
            ("an operator", Some(acme), "admin", PASSWORD),
        ]).await;
    }

    async fn a_reseller_does_not_see_which_tenants_there_are(database: TestDatabase) {
        let watched = Watched::open(&database).await;
        let own = watched.directory.new_tenant("own").await;
        let foreign = watched.directory.new_tenant("foreign").await;
        let reseller = CreateReseller { name: login("north"), password: password(PASSWORD) };
        let reseller = own.run(reseller).await.unwrap();
        own.run(AssignTenant { reseller, assigned: true }).await.unwrap();
        let shown = ("north", PASSWORD);
        let (accepted, ..) = watched.show(Some(&own.tenant), shown).await;
        assert!(accepted);
        let foreign = watched.show(Some(&foreign.tenant), shown).await;
        let unknown = watched.show(None, shown).await;
        assert!(!foreign.0);
        assert_eq!(foreign, unknown);
    }

    async fn a_search_pays_for_its_own_tenant_alone(database: TestDatabase) {
        let watched = Watched::open(&database).await;
        let small = watched.directory.new_tenant("small").await;
        let large = watched.directory.new_tenant("large").await;
        for name in ["ann", "hanna", "joanne"] {
            small.user_with_email(name, &format!("{name}@post.example")).await;
        }
        let alone = searched(&watched, &small).await;
        // no more at once than may wait for a connection on a busy machine
        for first in (0..2000).step_by(50) {
            let users = (first..first + 50).map(|number| {
                let large = large.clone();
                async move {
                    let name = format!("ann{number}");
                    large.user_with_email(&name, &format!("{name}@mail.example")).await;
                }
            });
            provost_testkit::at_once(users).await;
        }
        let beside = searched(&watched, &small).await;
        assert_eq!(alone, beside);

        let mut names: Vec<&str> = beside.iter().flat_map(|(_, names)| names.clone()).collect();
        names.sort_unstable();
        names.dedup();
        let all: HashMap<&str, &'static Sql> =
            tables::statements().map(|sql| (sql.name(), sql)).collect();
        let statements: Vec<&Sql> = names.iter().map(|name| all[name]).collect();
        match database.engine() {
            Engine::Sqlite => own_rows_alone::sqlite(&database, &statements, small.tenant_id()),
            Engine::Postgres => own_rows_alone::postgres(&database, &statements, small.tenant_id()),
        }
    }
}

/// What searches of all lengths find, and by which statements.
async fn searched(watched: &Watched, seat: &Seat) -> Vec<(Vec<String>, Vec<&'static str>)> {
    let directory = &watched.directory.directory;
    let mut found = Vec::new();
    for pattern in ["a", "nn", "ann", "anne", "example", "ann1999"] {
        watched.statements();
        let page = directory
            .user_page(seat.tenant_id(), Audience::All, Some(pattern), 10, 0)
            .await
            .unwrap();
        let mut stream = directory
            .user_stream(seat.tenant_id(), Audience::All, Some(pattern), 0)
            .await
            .unwrap();
        let mut logins: Vec<String> = page.into_iter().map(|user| user.login).collect();
        loop {
            let piece = stream.next().await.unwrap();
            if piece.is_empty() {
                break;
            }
            logins.extend(piece.into_iter().map(|user| user.login));
        }
        found.push((logins, watched.statements()));
    }
    assert_eq!(found[2].0.len(), 6, "{found:?}");
    found
}

/// What the search hands to the index for a pattern of three characters or more.
fn grams_of(engine: EngineKind, tenant: TenantId, pattern: &str) -> Vec<String> {
    match grams::wanted(engine, tenant, pattern) {
        Wanted::All(grams) => grams,
        Wanted::Prefix(prefix) => panic!("{prefix} is a prefix"),
    }
}

/// No statement reads a table from end to end, and what the search touches is its own tenant's.
mod own_rows_alone {
    use super::*;

    /// Every statement goes by an index that begins with the tenant, and the postings under the tenant's trigrams are all its own.
    pub(super) fn sqlite(database: &TestDatabase, statements: &[&Sql], tenant: TenantId) {
        for sql in statements {
            for row in database.rows(&format!("EXPLAIN QUERY PLAN {}", sql.sqlite())) {
                let step = &row[3];
                let by_index = step.starts_with("SEARCH ") && step.contains("(tenant=?")
                    || step.contains("VIRTUAL TABLE INDEX")
                    // the users of the postings
                    || step == "SEARCH p USING INTEGER PRIMARY KEY (rowid=?)"
                    || step.contains("TEMP B-TREE");
                assert!(by_index, "{}: {step}", sql.name());
            }
        }
        let owners = |gram: &str| {
            database.rows(&format!(
                "CREATE VIRTUAL TABLE temp.postings USING fts5vocab(main, user_search, 'instance'); \
                 SELECT DISTINCT p.tenant FROM temp.postings t JOIN user_search_places p ON p.place = t.doc WHERE t.term = '{gram}'"
            ))
        };
        let own = [[tenant.0.to_string()]];
        for pattern in ["a", "an", "ann"] {
            for gram in grams_of(EngineKind::Sqlite, tenant, pattern) {
                assert_eq!(owners(&gram), own);
            }
        }
    }

    /// The search visits no more rows than its tenant has, in no step of its plan.
    pub(super) fn postgres(database: &TestDatabase, statements: &[&Sql], tenant: TenantId) {
        let hits = statements
            .iter()
            .find(|sql| sql.name().ends_with("search::HITS"))
            .expect("the search's own statement");
        let query = grams_of(EngineKind::Postgres, tenant, "ann")
            .iter()
            .map(|gram| format!("''{gram}''"))
            .collect::<Vec<_>>()
            .join(" & ");
        let plan = database.rows(&format!(
            "PREPARE hits (BIGINT, TEXT, TEXT, BIGINT) AS {}; \
             EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) EXECUTE hits ({}, '{query}', 'ann', 1001)",
            hits.postgres(),
            tenant.0
        ));
        let plan = plan.concat().join("\n");
        assert!(!plan.contains("Seq Scan"), "{plan}");
        let visited = [
            "rows=",
            "Rows Removed by Filter: ",
            "Rows Removed by Index Recheck: ",
        ]
        .iter()
        .flat_map(|words| plan.split(words).skip(1))
        .map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<u32>().unwrap()
        })
        .max();
        assert_eq!(visited, Some(3), "{plan}");

        // entries that wait in a list of all tenants would be read by every search
        let options = "SELECT reloptions FROM pg_class WHERE relname = 'user_search_by_grams'";
        assert_eq!(database.rows(options), [["{fastupdate=off}"]]);
    }
}
