//! The audit's chains: what is committed is sealed once, whoever seals and whatever fails; what is altered afterwards is found.

use provost_directory::{
    AuditSealer, Directory, DirectorySettings, Round, StoreSettings,
    commands::{tenants::DeleteTenant, users::CreateUser},
};
use provost_model::{Entry, Error, Result, TenantId};
use provost_store::{
    Injected, Read, Store, Tx,
    chain::ChainHead,
    soundness::chain::{self, Defect, DefectKind, Noted},
    tables::audit_seals,
};
use provost_testkit::{Engine, Seat, TestDatabase, TestDirectory, at_once, login, on_both_engines};
use std::{
    future::poll_fn,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    task::Poll,
    time::Duration,
};

/// Seals until nothing waits.
async fn seal(directory: &Directory) {
    let mut sealer = AuditSealer::new(directory.clone()).unwrap();
    while sealer.seal().await.unwrap() != Round::Idle {}
    sealer.release().await.unwrap();
}

struct NextChain(TenantId);

impl Read for NextChain {
    type Output = Option<TenantId>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<TenantId>> {
        chain::next_chain(tx, self.0).await
    }
}

struct HeadOf(TenantId);

impl Read for HeadOf {
    type Output = Option<ChainHead>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<ChainHead>> {
        audit_seals::head(tx, self.0).await
    }
}

/// What is wrong with all chains, and how many entries are sealed and wait.
async fn examined(store: &Store) -> (Vec<Defect>, i64, i64) {
    let (mut defects, mut sealed, mut waiting) = (Vec::new(), 0, 0);
    let mut tenant = TenantId(-1);
    while let Some(next) = store.read(&NextChain(tenant)).await.unwrap() {
        tenant = next;
        let tell = |defect| -> Result<()> {
            defects.push(defect);
            Ok(())
        };
        let examined = chain::examine(store, tenant, None, tell).await.unwrap();
        sealed += examined.tally.sealed;
        waiting += examined.tally.waiting;
    }
    (defects, sealed, waiting)
}

async fn store(database: &TestDatabase) -> Store {
    Store::open(&database.settings()).await.unwrap()
}

/// A tenant with some users, in chains of several seals, and a few more that wait.
async fn sealed_tenant(directory: &TestDirectory) -> Seat {
    let seat = directory.new_tenant("acme").await;
    for nth in 0..6 {
        seat.user(&format!("user{nth}")).await;
        if nth % 2 == 1 {
            seal(&directory.directory).await;
        }
    }
    seat
}

/// These bytes, in hexadecimal digits, as the engine writes them.
fn literal(engine: Engine, digits: &str) -> String {
    match engine {
        Engine::Sqlite => format!("x'{digits}'"),
        Engine::Postgres => format!("decode('{digits}', 'hex')"),
    }
}

async fn count(directory: &TestDirectory, tenant: TenantId) -> i64 {
    i64::try_from(directory.entries(tenant).await.len()).unwrap()
}

on_both_engines! {
    async fn what_is_committed_is_sealed_and_what_comes_later_is_sealed_later(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.new_tenant("acme").await;
        let store = store(&database).await;
        seat.user("ada").await;
        let (defects, sealed, waiting) = examined(&store).await;
        assert_eq!((defects, sealed), (vec![], 0));
        assert_eq!(waiting, count(&directory, seat.tenant_id()).await + count(&directory, Entry::DEPLOYMENT).await + count(&directory, TenantId(1)).await);

        seal(&directory.directory).await;
        assert_eq!(examined(&store).await, (vec![], waiting, 0));
        let before = store.read(&HeadOf(seat.tenant_id())).await.unwrap().unwrap();

        // its id is older than what is sealed already
        let late = seat.context();
        directory.clock.advance(Duration::from_secs(60));
        seat.user("bob").await;
        seal(&directory.directory).await;
        let command = CreateUser::new(login("eve"));
        directory.directory.execute(late, command).await.unwrap();
        seal(&directory.directory).await;
        assert_eq!(examined(&store).await, (vec![], waiting + 2, 0));
        let after = store.read(&HeadOf(seat.tenant_id())).await.unwrap().unwrap();
        assert_eq!(after.entries, before.entries + 2);
        assert_ne!(after.hash, before.hash);
    }

    async fn many_entries_make_several_seals_and_tenants_take_turns(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (one, two) = (directory.new_tenant("one").await, directory.new_tenant("two").await);
        seal(&directory.directory).await;
        for nth in 0..600 {
            one.group(&format!("group{nth}")).await;
        }
        two.group("group").await;
        seal(&directory.directory).await;
        let firsts = |tenant: TenantId| {
            database.rows(&format!("SELECT first_entry, entries FROM audit_seals WHERE tenant = {} ORDER BY first_entry", tenant.0))
        };
        assert_eq!(firsts(one.tenant_id()), [["1", "1"], ["2", "500"], ["502", "100"]]);
        assert_eq!(firsts(two.tenant_id()), [["1", "1"], ["2", "1"]]);
        assert_eq!(examined(&store(&database).await).await.0, []);
    }

    async fn entries_from_before_there_were_seals_are_sealed_first(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (one, two) = (
            directory.new_tenant("one").await,
            directory.new_tenant("two").await,
        );
        for nth in 0..510 {
            one.group(&format!("group{nth}")).await;
        }
        two.group("group").await;
        // as the migration leaves it
        database.rows("DELETE FROM audit_unsealed; UPDATE audit_entries SET noted = NULL");
        let store = store(&database).await;
        let before = examined(&store).await;
        assert_eq!((&before.0, before.1), (&vec![], 0));
        // what is written now is noted as unsealed, and met among the old ones too
        two.group("newer").await;

        let mut sealer = AuditSealer::new(directory.directory.clone()).unwrap();
        assert_eq!(sealer.seal().await.unwrap(), Round::Idle);
        assert_eq!(examined(&store).await, (vec![], before.2 + 1, 0));
        // a node of the release before still runs
        // a node of the release before still runs
        let id = literal(database.engine(), &"07".repeat(16));
        database.rows(&format!(
            "INSERT INTO audit_entries (tenant, id, at, actor, action, subject, details, request) \
             SELECT tenant, {id}, at, actor, action, subject, details, request FROM audit_entries WHERE subject = 'newer'"
        ));
        directory.clock.advance(Duration::from_secs(60));
        two.group("newest").await;
        seal(&directory.directory).await;
        assert_eq!(examined(&store).await, (vec![], before.2 + 3, 0));
    }

    async fn a_lease_lets_one_of_two_work_until_it_ends(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.shell().await;
        let mut one = AuditSealer::new(directory.directory.clone()).unwrap();
        let mut other = AuditSealer::new(directory.directory.clone()).unwrap();
        assert_eq!(one.seal().await.unwrap(), Round::Idle);
        seat.user("ada").await;
        assert_eq!(other.seal().await.unwrap(), Round::Elsewhere);
        // it dies
        directory.clock.advance(Duration::from_secs(20));
        assert_eq!(other.seal().await.unwrap(), Round::Idle);
        seat.user("bob").await;
        assert_eq!(one.seal().await.unwrap(), Round::Elsewhere);
        other.release().await.unwrap();
        assert_eq!(one.seal().await.unwrap(), Round::Idle);
        assert_eq!(examined(&store(&database).await).await.0, []);
    }

    async fn two_who_both_believe_they_hold_the_lease_make_one_chain(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.new_tenant("acme").await;
        seal(&directory.directory).await;
        let second = Directory::open(DirectorySettings {
            clock: directory.clock.clone(),
            ..DirectorySettings::new(database.settings())
        })
        .await
        .unwrap();
        let mut sealers = Vec::new();
        for directory in [directory.directory.clone(), second] {
            seat.user(&format!("user{}", sealers.len())).await;
            let mut sealer = AuditSealer::new(directory).unwrap();
            assert_eq!(sealer.seal().await.unwrap(), Round::Idle);
            database.rows("DELETE FROM leases");
            sealers.push(sealer);
        }
        let ended = Arc::new(AtomicBool::new(false));
        let mut all: Vec<Pin<Box<dyn Future<Output = ()> + Send>>> = Vec::new();
        for sealer in sealers {
            all.push(Box::pin(seal_until(sealer, Arc::clone(&ended))));
        }
        let writing = seat.clone();
        all.push(Box::pin(async move {
            for nth in 0..200 {
                writing.group(&format!("group{nth}")).await;
            }
            ended.store(true, SeqCst);
        }));
        at_once(all).await;
        directory.clock.advance(Duration::from_secs(60));
        seal(&directory.directory).await;
        let (defects, _, waiting) = examined(&store(&database).await).await;
        assert_eq!((defects, waiting), (vec![], 0));
        assert_eq!(store(&database).await.read(&HeadOf(seat.tenant_id())).await.unwrap().unwrap().entries, 203);
    }

    async fn a_fault_at_any_point_leaves_a_whole_chain(database: TestDatabase) {
        for fault in [Injected::Serialization, Injected::ConnectionLost, Injected::AnswerLost] {
            for at in 0.. {
                let points = Arc::new(AtomicUsize::new(usize::MAX));
                let mut settings = database.settings();
                let counting = Arc::clone(&points);
                settings.injector = Some(Arc::new(move |_| {
                    let left = counting.load(SeqCst);
                    (left != usize::MAX && counting.fetch_sub(1, SeqCst) == 0).then(|| {
                        counting.store(usize::MAX, SeqCst);
                        fault
                    })
                }));
                let directory = TestDirectory::open_with(settings).await;
                let seat = directory.shell().await;
                seat.group(&format!("{fault:?}{at}")).await;
                database.rows("DELETE FROM leases");
                let mut sealer = AuditSealer::new(directory.directory.clone()).unwrap();
                points.store(at, SeqCst);
                let outcome = sealer.seal().await;
                let raised = points.swap(usize::MAX, SeqCst) == usize::MAX;
                let store = store(&database).await;
                assert_eq!(examined(&store).await.0, [], "{fault:?} at {at}: {outcome:?}");
                database.rows("DELETE FROM leases");
                seal(&directory.directory).await;
                let (defects, _, waiting) = examined(&store).await;
                assert_eq!((defects, waiting), (vec![], 0), "{fault:?} at {at}");
                if !raised {
                    assert!(at > 6, "sealing has more points than {at}");
                    break;
                }
            }
        }
    }

    async fn pruning_takes_whole_seals_with_their_events_and_leaves_a_chain(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = sealed_tenant(&directory).await;
        let store = store(&database).await;
        let head = store.read(&HeadOf(seat.tenant_id())).await.unwrap();
        directory.clock.advance(Duration::from_secs(40 * 24 * 3600));
        seat.user("late").await;
        let mut sealer = AuditSealer::new(directory.directory.clone()).unwrap();
        assert_eq!(sealer.prune(41).await.unwrap(), Round::Idle);
        assert!(directory.entries(seat.tenant_id()).await.len() > 1);

        while sealer.prune(39).await.unwrap() != Round::Idle {}
        let (entries, events) = (directory.entries(seat.tenant_id()).await, directory.events(seat.tenant_id()).await);
        assert_eq!((entries.len(), events.len()), (1, 1), "what no seal holds stays");
        assert_eq!(entries[0].subject, "late");
        assert_eq!(store.read(&HeadOf(seat.tenant_id())).await.unwrap(), head, "the head stays");
        assert_eq!(examined(&store).await.0, []);
        sealer.release().await.unwrap();

        seal(&directory.directory).await;
        let (defects, sealed, waiting) = examined(&store).await;
        assert_eq!((defects, sealed, waiting), (vec![], 1, 0));
        let rows = database.rows(&format!("SELECT COUNT(*) FROM audit_seals WHERE tenant = {}", seat.tenant_id().0));
        assert_eq!(rows, [["2"]], "the beginning and the last");
    }

    async fn the_seals_of_a_deleted_tenant_stay_with_its_entries(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = sealed_tenant(&directory).await;
        let context = directory.shell().await.context();
        let tenant = seat.run(DeleteTenant).await.unwrap();
        directory.directory.sweep_tenant(&context, tenant).await.unwrap();
        seal(&directory.directory).await;
        assert!(!directory.entries(seat.tenant_id()).await.is_empty());
        assert_eq!(examined(&store(&database).await).await.0, []);
    }

    async fn a_noted_head_holds_until_the_chain_is_another(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = sealed_tenant(&directory).await;
        let tenant = seat.tenant_id();
        let store = store(&database).await;
        let head = store.read(&HeadOf(tenant)).await.unwrap().unwrap();
        seat.user("later").await;
        seal(&directory.directory).await;
        let noted = async |head: &ChainHead| {
            let tell = |_| -> Result<()> { Ok(()) };
            chain::examine(&store, tenant, Some(head.clone()), tell).await.unwrap().noted
        };
        assert_eq!(noted(&head).await, Some(Noted::Holds));
        let other = ChainHead { hash: vec![7; 32], ..head.clone() };
        assert_eq!(noted(&other).await, Some(Noted::Differs));
        let between = ChainHead { entries: head.entries - 1, ..head.clone() };
        assert_eq!(noted(&between).await, Some(Noted::NoSealEnds));
        let far = ChainHead { entries: head.entries + 100, ..head.clone() };
        assert_eq!(noted(&far).await, Some(Noted::BeyondTheEnd));
        directory.clock.advance(Duration::from_secs(2 * 24 * 3600));
        let mut sealer = AuditSealer::new(directory.directory.clone()).unwrap();
        while sealer.prune(1).await.unwrap() != Round::Idle {}
        assert_eq!(noted(&head).await, Some(Noted::Pruned));
        let last = store.read(&HeadOf(tenant)).await.unwrap().unwrap();
        assert_eq!(noted(&last).await, Some(Noted::Holds));
    }
}

/// Seals without a pause. Who comes second gives up, and tries again.
async fn seal_until(mut sealer: AuditSealer, ended: Arc<AtomicBool>) {
    while !ended.load(SeqCst) {
        match sealer.seal().await {
            Ok(Round::Idle | Round::More) | Err(Error::Unavailable(_)) => {}
            other => panic!("{other:?}"),
        }
        give_way().await;
    }
}

/// Lets other tasks run: on SQLite a query never waits.
async fn give_way() {
    let mut given = false;
    poll_fn(|context| {
        if std::mem::replace(&mut given, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// What is done to the chain of a tenant of seven entries in seals of 3, 2 and 2, of which the last one was sealed when the others were
/// known, and which defects are found then. `T` stands for the tenant, `E1` to `E7` for the ids of the entries.
const DAMAGES: &[(&str, &[DefectKind])] = {
    use DefectKind::{
        ChangedEntry, ChangedSeal, MissingEntry, MissingSeal, SealedTwice, Unsealed, WaitsAgain,
    };
    &[
        (
            "UPDATE audit_entries SET at = at + 1 WHERE tenant = T AND id = E2",
            &[ChangedEntry],
        ),
        (
            "UPDATE audit_entries SET actor = 'user:eve' WHERE tenant = T AND id = E2",
            &[ChangedEntry],
        ),
        (
            "UPDATE audit_entries SET action = 'user.deleted' WHERE tenant = T AND id = E2",
            &[ChangedEntry],
        ),
        (
            "UPDATE audit_entries SET subject = 'eve' WHERE tenant = T AND id = E2",
            &[ChangedEntry],
        ),
        (
            "UPDATE audit_entries SET subject_number = 77 WHERE tenant = T AND id = E2",
            &[ChangedEntry],
        ),
        (
            "UPDATE audit_entries SET subject_number = NULL WHERE tenant = T AND id = E2",
            &[ChangedEntry],
        ),
        (
            "UPDATE audit_entries SET details = '{\"a\":1}' WHERE tenant = T AND id = E2",
            &[ChangedEntry],
        ),
        (
            "UPDATE audit_entries SET request = '' WHERE tenant = T AND id = E2",
            &[ChangedEntry],
        ),
        // under another id, or in another tenant, it is not there and another one is
        (
            "UPDATE audit_entries SET id = NEW WHERE tenant = T AND id = E2",
            &[MissingEntry, Unsealed],
        ),
        (
            "UPDATE audit_entries SET tenant = 1 WHERE tenant = T AND id = E2",
            &[MissingEntry, Unsealed],
        ),
        (
            "DELETE FROM audit_entries WHERE tenant = T AND id = E7",
            &[MissingEntry],
        ),
        // two entries change their places
        (
            "UPDATE audit_entries SET id = NEW WHERE tenant = T AND id = E2; UPDATE audit_entries SET id = E2 WHERE tenant = T AND id = E5; \
          UPDATE audit_entries SET id = E5 WHERE tenant = T AND id = NEW",
            &[ChangedEntry, ChangedEntry],
        ),
        (
            "INSERT INTO audit_entries SELECT tenant, NEW, at, actor, action, subject, subject_number, details, request, 1 FROM audit_entries \
          WHERE tenant = T AND id = E2",
            &[Unsealed],
        ),
        // one is missing, and one too many
        (
            "DELETE FROM audit_entries WHERE tenant = T AND id = E7; INSERT INTO audit_entries SELECT tenant, NEW, at, actor, action, subject, \
          subject_number, details, request, 1 FROM audit_entries WHERE tenant = T AND id = E2",
            &[MissingEntry, Unsealed],
        ),
        ("INSERT INTO audit_unsealed VALUES (T, E2)", &[WaitsAgain]),
        (
            "UPDATE audit_entries SET noted = NULL WHERE tenant = T AND id = E2",
            &[WaitsAgain],
        ),
        (
            "DELETE FROM audit_seals WHERE tenant = T AND first_entry = 1",
            &[MissingSeal, Unsealed, Unsealed, Unsealed],
        ),
        (
            "DELETE FROM audit_seals WHERE tenant = T AND first_entry = 4",
            &[MissingSeal, Unsealed, Unsealed],
        ),
        (
            "DELETE FROM audit_seals WHERE tenant = T AND first_entry = 6",
            &[Unsealed, Unsealed],
        ),
        (
            "UPDATE audit_seals SET hash = (SELECT s.hash FROM audit_seals s WHERE s.tenant = T AND s.first_entry = 1) WHERE tenant = T AND first_entry = 4",
            &[ChangedSeal],
        ),
        (
            "UPDATE audit_seals SET newest_at = newest_at + 1 WHERE tenant = T AND first_entry = 4",
            &[ChangedSeal],
        ),
        (
            "UPDATE audit_seals SET entries = 3 WHERE tenant = T AND first_entry = 4",
            &[ChangedSeal],
        ),
        (
            "UPDATE audit_seals SET content = NULL WHERE tenant = T AND first_entry = 4",
            &[ChangedSeal, Unsealed, Unsealed],
        ),
        // a chain cut off at its beginning, though the entries are there
        (
            "DELETE FROM audit_seals WHERE tenant = T AND first_entry = 1; UPDATE audit_seals SET content = NULL WHERE tenant = T AND first_entry = 4",
            &[Unsealed, Unsealed, Unsealed, Unsealed, Unsealed],
        ),
        // one seal in the place of another
        (
            "UPDATE audit_seals SET content = (SELECT s.content FROM audit_seals s WHERE s.tenant = T AND s.first_entry = 6) WHERE tenant = T AND first_entry = 4",
            &[ChangedSeal, SealedTwice, SealedTwice, Unsealed, Unsealed],
        ),
    ]
};

on_both_engines! {
    async fn every_damage_is_found_and_named(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let store = store(&database).await;
        let mut wrong = Vec::new();
        for (nth, (sql, kinds)) in DAMAGES.iter().enumerate() {
            let seat = directory.new_tenant(&format!("acme{nth}")).await;
            for user in 0..6 {
                seat.user(&format!("user{user}")).await;
                if user % 2 == 1 {
                    seal(&directory.directory).await;
                }
            }
            let tenant = seat.tenant_id();
            let entries = directory.entries(tenant).await;
            assert_eq!(entries.len(), 7);
            let mut sql = sql.replace("= T", &format!("= {}", tenant.0)).replace("(T,", &format!("({},", tenant.0));
            for (nth, entry) in entries.iter().enumerate() {
                sql = sql.replace(&format!("E{}", nth + 1), &literal(database.engine(), &entry.id.0.simple().to_string()));
            }
            sql = sql.replace("NEW", &literal(database.engine(), &"07".repeat(16)));
            assert_eq!(examined(&store).await.0, []);
            database.rows(&sql);
            let (mut defects, _, _) = examined(&store).await;
            let mut found: Vec<_> = defects.iter().map(|defect| defect.kind).collect();
            found.sort_unstable();
            if found != *kinds {
                wrong.push(format!("{sql}: {defects:?}"));
            }
            if let Some(entry) = entries.get(1)
                && *kinds == [DefectKind::ChangedEntry]
            {
                let place = format!("tenant {}, entry {}", tenant.0, entry.id.0);
                assert_eq!(defects.pop().map(|defect| defect.place), Some(place));
            }
            for table in ["audit_entries", "audit_seals", "audit_unsealed"] {
                database.rows(&format!("DELETE FROM {table} WHERE tenant = {0} OR tenant = 1 AND 1 = {1}", tenant.0, i64::from(sql.contains("SET tenant"))));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    async fn a_check_beside_a_server_that_seals_and_prunes_is_quiet(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let seat = directory.new_tenant("acme").await;
        let store = store(&database).await;
        let url = database.url().to_owned();
        let ended = Arc::new(AtomicBool::new(false));
        let all: Vec<Pin<Box<dyn Future<Output = ()> + Send>>> = vec![
            Box::pin({
                let (seat, ended) = (seat.clone(), Arc::clone(&ended));
                async move {
                    for nth in 0..300 {
                        seat.group(&format!("group{nth}")).await;
                        seat.directory.clock.advance(Duration::from_secs(3600));
                    }
                    ended.store(true, SeqCst);
                }
            }),
            Box::pin({
                let (directory, ended) = (directory.clone(), Arc::clone(&ended));
                async move {
                    while !ended.load(SeqCst) {
                        let mut sealer = AuditSealer::new(directory.directory.clone()).unwrap();
                        let _ = sealer.seal().await;
                        let _ = sealer.prune(2).await;
                        let _ = sealer.release().await;
                        give_way().await;
                    }
                }
            }),
            Box::pin(async move {
                let beside = Store::open(&StoreSettings::new(url)).await.unwrap();
                while !ended.load(SeqCst) {
                    assert_eq!(examined(&beside).await.0, []);
                    give_way().await;
                }
            }),
        ];
        at_once(all).await;
        assert_eq!(examined(&store).await.0, []);
    }
}
