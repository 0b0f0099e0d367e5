//! Guesses of passwords: how they are slowed down, when they are refused, what is never touched by it, and what the audit tells.

use provost_directory::queries::AddressedTenant;
use provost_directory::{
    Authentication, Credentials, Source, StoreSettings, commands::tokens::CreateToken,
};
use provost_model::{Entry, Tenant, TokenScope};
use provost_store::{Injected, InjectionPoint};
use provost_testkit::{
    PASSWORD, Seat, TestDatabase, TestDirectory, TestSleeper, at_once, on_every_engine,
};
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

const WRONG: &str = "Wrong-Horse-77";
/// How many wrong passwords an address may show.
const ALLOWED: usize = 11;
/// How long it is blocked then.
const BLOCK: Duration = Duration::from_secs(30 * 60);

/// What became of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Accepted,
    Refused,
    Throttled(Duration),
}

/// A tenant `acme` whose directory throttles, with the users `alice` and `mallory`.
#[derive(Clone)]
struct Guarded {
    seat: Seat,
    sleeper: Arc<TestSleeper>,
}

impl Guarded {
    async fn open(database: &TestDatabase) -> Self {
        Self::open_with(database.settings()).await
    }

    async fn open_with(store: StoreSettings) -> Self {
        let (directory, sleeper) = TestDirectory::open_throttled(store).await;
        let seat = directory.new_tenant("acme").await;
        for name in ["alice", "mallory"] {
            seat.user_with_password(name).await;
        }
        Self { seat, sleeper }
    }

    async fn show(&self, from: u32, login: &str, password: &str) -> Answer {
        let credentials = Credentials::Password { login, password };
        self.ask(from, Some(&self.seat.tenant), credentials).await
    }

    async fn ask(
        &self,
        from: u32,
        tenant: Option<&Arc<Tenant>>,
        credentials: Credentials<'_>,
    ) -> Answer {
        let directory = &self.seat.directory.directory;
        match directory
            .authenticate(
                address(from),
                &AddressedTenant::new(tenant.cloned(), true),
                credentials,
            )
            .await
            .unwrap()
        {
            Authentication::Accepted { .. } => Answer::Accepted,
            Authentication::Refused => Answer::Refused,
            Authentication::Throttled { retry_after } => Answer::Throttled(retry_after),
        }
    }

    /// Shows wrong passwords that are all refused as such.
    async fn fail(&self, times: usize, from: u32, login: &str) {
        for _ in 0..times {
            assert_eq!(self.show(from, login, WRONG).await, Answer::Refused);
        }
    }

    async fn is_throttled(&self, from: u32, login: &str, password: &str) -> bool {
        matches!(self.show(from, login, password).await, Answer::Throttled(_))
    }

    fn hashed(&self) -> u64 {
        self.seat.directory.directory.passwords_hashed()
    }

    fn wait(&self, time: Duration) {
        self.seat.directory.clock.advance(time);
    }

    /// The actions, actors, subjects and details of the deployment's audit about blocks.
    async fn told(&self) -> Vec<(String, String, String, String)> {
        let entries = self.seat.directory.entries(Entry::DEPLOYMENT).await;
        let events = self.seat.directory.events(Entry::DEPLOYMENT).await;
        let told: Vec<_> = entries
            .into_iter()
            .filter(|entry| entry.action.starts_with("throttle."))
            .collect();
        let shown = events
            .iter()
            .filter(|event| event.action.starts_with("throttle."));
        assert_eq!(shown.count(), told.len());
        told.into_iter()
            .map(|entry| {
                let actor = entry.actor.unwrap_or_default();
                (entry.action, actor, entry.subject, entry.details)
            })
            .collect()
    }
}

fn address(number: u32) -> Source {
    IpAddr::V4(Ipv4Addr::from_bits(number)).into()
}

fn block(action: &str, number: u32) -> (String, String, String, String) {
    (
        format!("throttle.{action}"),
        "server".to_owned(),
        address(number).to_string(),
        "{\"failures\":11}".to_owned(),
    )
}

fn milliseconds(waits: &[u64]) -> Vec<Duration> {
    waits.iter().copied().map(Duration::from_millis).collect()
}

on_every_engine! {
    async fn the_twelfth_guess_is_refused_without_a_hash(database: TestDatabase) {
        let guarded = Guarded::open(&database).await;
        guarded.fail(ALLOWED, 1, "alice").await;
        let hashed = guarded.hashed();
        for (login, password) in [
            ("alice", WRONG),
            ("alice", PASSWORD),
            ("mallory", PASSWORD),
            ("nobody", WRONG),
            ("admin@@", PASSWORD),
        ] {
            assert!(guarded.is_throttled(1, login, password).await, "{login}");
        }
        assert_eq!(guarded.hashed(), hashed);
        // nobody else is kept out
        assert_eq!(guarded.show(2, "alice", PASSWORD).await, Answer::Accepted);
        assert_eq!(guarded.show(2, "mallory", PASSWORD).await, Answer::Accepted);
    }

    async fn a_block_ends_by_itself_and_is_not_prolonged(database: TestDatabase) {
        let guarded = Guarded::open(&database).await;
        guarded.fail(ALLOWED, 1, "alice").await;
        let minute = Duration::from_secs(60);
        for left in (1..30).rev() {
            guarded.wait(minute);
            let Answer::Throttled(retry_after) = guarded.show(1, "alice", WRONG).await else {
                panic!("{left} minutes before the end");
            };
            assert!(retry_after <= minute * left && retry_after > minute * (left - 1));
        }
        guarded.wait(minute);
        assert_eq!(guarded.show(1, "alice", PASSWORD).await, Answer::Accepted);
        guarded.fail(ALLOWED, 1, "nobody").await;
        assert!(guarded.is_throttled(1, "nobody", WRONG).await);
    }

    async fn what_is_no_guess_is_never_throttled(database: TestDatabase) {
        let guarded = Guarded::open(&database).await;
        let seat = &guarded.seat;
        let user = seat.user_with_password("bob").await;
        let token = |user| CreateToken {
            user,
            name: "phone".to_owned(),
            scope: TokenScope::Read,
        };
        let of_bob = seat.by_user(user).await.run(token(Some(user))).await.unwrap();
        let key = seat.run(token(None)).await.unwrap();
        assert_eq!(guarded.show(1, "alice", PASSWORD).await, Answer::Accepted);
        guarded.fail(ALLOWED, 1, "mallory").await;
        guarded.sleeper.slept();
        let hashed = guarded.hashed();
        for _ in 0..20 {
            assert_eq!(guarded.show(1, "alice", PASSWORD).await, Answer::Accepted);
            assert_eq!(guarded.show(1, "ALICE", PASSWORD).await, Answer::Accepted);
            let secret = of_bob.secret.expose();
            assert_eq!(guarded.show(1, "bob", secret).await, Answer::Accepted);
            for secret in [secret, key.secret.expose()] {
                let token = Credentials::Token(secret);
                assert_eq!(guarded.ask(1, Some(&seat.tenant), token).await, Answer::Accepted);
            }
            // unknown tokens are no guesses either
            let token = Credentials::Token(WRONG);
            assert_eq!(guarded.ask(1, Some(&seat.tenant), token).await, Answer::Refused);
        }
        assert_eq!(guarded.hashed(), hashed);
        assert_eq!(guarded.sleeper.slept(), []);
        assert!(guarded.is_throttled(1, "bob", PASSWORD).await, "this was not remembered");
    }

    async fn guesses_wait_longer_and_longer(database: TestDatabase) {
        let guarded = Guarded::open(&database).await;
        guarded.fail(ALLOWED, 1, "alice").await;
        let waits = milliseconds(&[100, 200, 400, 800, 1600, 1600, 1600]);
        assert_eq!(guarded.sleeper.slept(), waits);
        // the block needs no waiting
        assert!(guarded.is_throttled(1, "alice", WRONG).await);
        assert_eq!(guarded.sleeper.slept(), []);
    }

    async fn an_account_attacked_from_everywhere_is_slowed_and_not_refused(database: TestDatabase) {
        let guarded = Guarded::open(&database).await;
        for from in 100..160 {
            guarded.fail(1, from, "alice").await;
        }
        guarded.sleeper.slept();
        assert_eq!(guarded.show(1, "alice", PASSWORD).await, Answer::Accepted);
        assert_eq!(guarded.sleeper.slept(), milliseconds(&[1600]));
        // once it is remembered not even that
        assert_eq!(guarded.show(1, "alice", PASSWORD).await, Answer::Accepted);
        // and nobody else waits
        assert_eq!(guarded.show(1, "mallory", PASSWORD).await, Answer::Accepted);
        assert_eq!(guarded.sleeper.slept(), []);
        guarded.wait(BLOCK);
        assert_eq!(guarded.show(2, "alice", PASSWORD).await, Answer::Accepted);
        assert_eq!(guarded.sleeper.slept(), []);
    }

    async fn a_right_password_forgives_ones_own_mistakes_alone(database: TestDatabase) {
        let guarded = Guarded::open(&database).await;
        guarded.fail(ALLOWED - 1, 1, "alice").await;
        assert_eq!(guarded.show(1, "alice", PASSWORD).await, Answer::Accepted);
        guarded.sleeper.slept();
        guarded.fail(3, 1, "alice").await;
        assert_eq!(guarded.sleeper.slept(), [], "neither address nor account remember");
        // a guesser with an account of its own
        guarded.fail(ALLOWED - 4, 1, "nobody").await;
        assert_eq!(guarded.show(1, "mallory", PASSWORD).await, Answer::Accepted);
        guarded.fail(1, 1, "nobody").await;
        assert!(guarded.is_throttled(1, "nobody", WRONG).await);
        assert_eq!(guarded.show(1, "mallory", PASSWORD).await, Answer::Accepted, "remembered");
        assert!(guarded.is_throttled(1, "nobody", WRONG).await, "the block stays");
    }

    async fn names_that_do_not_exist_behave_alike(database: TestDatabase) {
        let guarded = Guarded::open(&database).await;
        let tenant = Some(guarded.seat.tenant.clone());
        let mut seen = Vec::new();
        for (from, (tenant, login)) in [
            (&tenant, "alice"),
            (&tenant, "nobody"),
            (&tenant, "alice@@nowhere"),
            (&tenant, "nobody@@"),
            (&None, "alice"),
        ]
        .into_iter()
        .enumerate()
        {
            let mut answers = Vec::new();
            // from a new address now and then, so that the account's own count shows
            for attempt in 0..30 {
                let from = (from * 100 + attempt / 14) as u32;
                let before = guarded.hashed();
                let credentials = Credentials::Password { login, password: WRONG };
                let answer = guarded.ask(from, tenant.as_ref(), credentials).await;
                let answer = match answer {
                    // by microseconds it depends on the clock of the test
                    Answer::Throttled(_) => Answer::Throttled(BLOCK),
                    answer => answer,
                };
                answers.push((answer, guarded.hashed() - before, guarded.sleeper.slept()));
            }
            seen.push(answers);
        }
        assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
    }

    async fn many_guesses_at_once_are_no_way_around(database: TestDatabase) {
        let guarded = Guarded::open(&database).await;
        let hashed = guarded.hashed();
        let answers = at_once((0..200).map(|_| {
            let guarded = guarded.clone();
            async move { guarded.show(1, "alice", WRONG).await }
        }))
        .await;
        let refused = answers.iter().filter(|answer| **answer == Answer::Refused).count();
        // what was being hashed already when the last one failed
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        assert!(refused < ALLOWED + threads, "{refused}");
        assert_eq!(guarded.hashed() - hashed, refused as u64);
        assert!(!answers.contains(&Answer::Accepted));
    }

    async fn many_logins_at_once_are_no_guesses(database: TestDatabase) {
        let guarded = Guarded::open(&database).await;
        let answers = at_once((0..200).map(|_| {
            let guarded = guarded.clone();
            async move { guarded.show(1, "alice", PASSWORD).await }
        }))
        .await;
        assert!(answers.iter().all(|answer| *answer == Answer::Accepted), "{answers:?}");
        assert_eq!(guarded.sleeper.slept(), []);
    }

    async fn the_audit_tells_when_a_block_begins_and_ends(database: TestDatabase) {
        let guarded = Guarded::open(&database).await;
        let directory = &guarded.seat.directory.directory;
        guarded.fail(ALLOWED, 1, "alice").await;
        for _ in 0..2 {
            assert!(guarded.is_throttled(1, "alice", WRONG).await);
            directory.record_blocks().await.unwrap();
            assert_eq!(guarded.told().await, [block("block_began", 1)]);
        }
        guarded.wait(BLOCK);
        for _ in 0..2 {
            directory.record_blocks().await.unwrap();
            assert_eq!(
                guarded.told().await,
                [block("block_began", 1), block("block_ended", 1)]
            );
        }
        guarded.fail(ALLOWED, 2, "alice").await;
        directory.record_end_of_blocks().await.unwrap();
        assert_eq!(
            guarded.told().await[2..],
            [block("block_began", 2), block("block_ended", 2)]
        );
    }

    async fn what_cannot_be_written_down_is_tried_again(database: TestDatabase) {
        let broken = Arc::new(AtomicBool::new(false));
        let breaks = Arc::clone(&broken);
        let settings = StoreSettings {
            injector: Some(Arc::new(move |point| {
                let audit = matches!(point, InjectionPoint::Statement(name) if name.ends_with("audit::INSERT"));
                (audit && breaks.load(Ordering::SeqCst)).then_some(Injected::ConnectionLost)
            })),
            ..database.settings()
        };
        let guarded = Guarded::open_with(settings).await;
        let directory = &guarded.seat.directory.directory;
        broken.store(true, Ordering::SeqCst);
        // no guess waits for the audit
        guarded.fail(ALLOWED, 1, "alice").await;
        assert!(guarded.is_throttled(1, "alice", WRONG).await);
        assert!(directory.record_blocks().await.is_err());
        assert_eq!(guarded.told().await, []);
        broken.store(false, Ordering::SeqCst);
        directory.record_blocks().await.unwrap();
        assert_eq!(guarded.told().await, [block("block_began", 1)]);
    }
}
