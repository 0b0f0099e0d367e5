//! Faults of the database: a command that meets one at any statement, or at its commit, is carried out once or not at all.

use provost_directory::{
    Command, StoreSettings,
    commands::{
        groups::{CreateGroup, DeleteGroup},
        tenants::CreateTenant,
        tokens::CreateToken,
        users::{CreateUser, DeleteUser, EditUser, SetUserEnabled, UserPatch},
    },
};
use provost_model::{DisplayName, Error, Patch, Result, Slug, TokenScope, UserNumber};
use provost_store::Injected;
use provost_testkit::{
    Engine, PASSWORD, Seat, TestDatabase, TestDirectory, email, group_id, login, on_every_engine,
    password,
};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};

/// Raises one fault at the nth point from when it is armed.
#[derive(Clone, Default)]
struct Saboteur {
    armed: Arc<Mutex<Option<(usize, Injected)>>>,
}

impl Saboteur {
    fn arm(&self, at: usize, fault: Injected) {
        *self.armed.lock().unwrap() = Some((at, fault));
    }

    /// Whether the fault was raised.
    fn disarm(&self) -> bool {
        self.armed.lock().unwrap().take().is_none()
    }

    fn settings(&self, database: &TestDatabase) -> StoreSettings {
        let armed = Arc::clone(&self.armed);
        let mut settings = database.settings();
        settings.injector = Some(Arc::new(move |_| {
            let mut armed = armed.lock().unwrap();
            match armed.take() {
                Some((0, fault)) => Some(fault),
                Some((at, fault)) => {
                    *armed = Some((at - 1, fault));
                    None
                }
                None => None,
            }
        }));
        settings
    }
}

/// Carries out a fresh command with a fault at the first point, the second and so on until there are no more. `done` tells how often
/// the nth was carried out, by what it left behind.
async fn at_every_point<C: Command, D>(
    seat: &Seat,
    saboteur: &Saboteur,
    fault: Injected,
    prepare: impl AsyncFn(usize) -> C,
    done: D,
) where
    D: AsyncFn(usize) -> usize,
{
    for at in 0.. {
        let command = prepare(at).await;
        let told = told(seat).await;
        saboteur.arm(at, fault);
        let outcome: Result<C::Outcome> = seat.run(command).await;
        let raised = saboteur.disarm();
        let name = std::any::type_name::<C>();
        let carried_out = match (&outcome, fault) {
            (Ok(_), _) => 1,
            // SQLite has no connection to lose: there the disk failed
            (Err(Error::Internal(_)), Injected::ConnectionLost | Injected::AnswerLost) => 0,
            (Err(error), _) => panic!("{name} with {fault:?} at {at}: {error}"),
        };
        assert_eq!(done(at).await, carried_out, "{name} with {fault:?} at {at}");
        let (entries, events) = self::told(seat).await;
        assert_eq!(
            (entries - told.0, events - told.1),
            (carried_out, carried_out),
            "{name} with {fault:?} at {at}"
        );
        if !raised {
            assert!(at > 3, "{name} has more points than {at}");
            return;
        }
    }
}

/// How many entries and events there are in the deployment.
async fn told(seat: &Seat) -> (usize, usize) {
    let directory = &seat.directory;
    let mut told = (0, 0);
    let mut tenants: Vec<_> = directory
        .directory
        .tenants("", 1000)
        .await
        .unwrap()
        .iter()
        .map(|tenant| tenant.id)
        .collect();
    tenants.push(provost_model::Entry::DEPLOYMENT);
    for tenant in tenants {
        told.0 += directory.entries(tenant).await.len();
        told.1 += directory.events(tenant).await.len();
    }
    told
}

async fn check(database: TestDatabase, fault: Injected) {
    let saboteur = Saboteur::default();
    let directory = TestDirectory::open_with(saboteur.settings(&database)).await;
    let shell = directory.new_tenant("acme").await;
    for group in ["one", "two"] {
        shell.group(group).await;
    }
    let (queries, tenant) = (&directory.directory, shell.tenant_id());
    let one = queries.group(tenant, "one").await.unwrap().unwrap();
    let size = async || {
        queries
            .with_counts(tenant, vec![one.clone()])
            .await
            .unwrap()[0]
            .count
    };
    let find = async |name: String| queries.user(tenant, &name).await.unwrap();
    let fresh = async |name: String| -> UserNumber { shell.member(&name, &["one", "two"]).await };

    let sized = AtomicI64::new(0);
    at_every_point(
        &shell,
        &saboteur,
        fault,
        async |at| {
            sized.store(size().await.members, Ordering::SeqCst);
            CreateUser {
                password: (at % 4 == 0).then(|| password(PASSWORD)),
                email: Some(email(&format!("made{at}@example.org"))),
                groups: vec![group_id("one"), group_id("two")],
                administers: vec![group_id("one")],
                ..CreateUser::new(login(&format!("made{at}")))
            }
        },
        async |at| {
            let Some(user) = find(format!("made{at}")).await else {
                assert_eq!(size().await.members, sized.load(Ordering::SeqCst));
                return 0;
            };
            assert_eq!(size().await.members, sized.load(Ordering::SeqCst) + 1);
            assert_eq!(shell.groups_of(user.number).await, ["one", "two"]);
            assert_eq!(
                user.address.unwrap().as_str(),
                format!("made{at}@example.org")
            );
            1
        },
    )
    .await;

    at_every_point(
        &shell,
        &saboteur,
        fault,
        async |at| {
            let user = fresh(format!("edited{at}")).await;
            let patch = UserPatch {
                display_name: Patch::Set(DisplayName::parse(&format!("Name {at}")).unwrap()),
                email: Patch::Set(email(&format!("edited{at}@example.org"))),
                groups: Some(vec![group_id("two")]),
                ..UserPatch::default()
            };
            EditUser { user, patch }
        },
        async |at| {
            let user = find(format!("edited{at}")).await.unwrap();
            let groups = shell.groups_of(user.number).await;
            match (user.display_name, user.address, &*groups) {
                (Some(_), Some(_), [_]) => 1,
                (None, None, [_, _]) => 0,
                half => panic!("{half:?}"),
            }
        },
    )
    .await;

    at_every_point(
        &shell,
        &saboteur,
        fault,
        async |at| {
            let user = fresh(format!("disabled{at}")).await;
            sized.store(size().await.disabled, Ordering::SeqCst);
            SetUserEnabled {
                user,
                enabled: false,
            }
        },
        async |at| {
            let disabled = !find(format!("disabled{at}")).await.unwrap().enabled;
            assert_eq!(
                size().await.disabled - sized.load(Ordering::SeqCst),
                i64::from(disabled)
            );
            usize::from(disabled)
        },
    )
    .await;

    at_every_point(
        &shell,
        &saboteur,
        fault,
        async |at| {
            let user = fresh(format!("deleted{at}")).await;
            sized.store(size().await.members, Ordering::SeqCst);
            DeleteUser { user }
        },
        async |at| {
            let gone = find(format!("deleted{at}")).await.is_none();
            assert_eq!(
                sized.load(Ordering::SeqCst) - size().await.members,
                i64::from(gone)
            );
            usize::from(gone)
        },
    )
    .await;

    at_every_point(
        &shell,
        &saboteur,
        fault,
        async |at| CreateGroup {
            id: group_id(&format!("group{at}")),
            display_name: DisplayName::default(),
        },
        async |at| {
            usize::from(
                queries
                    .group(tenant, &format!("group{at}"))
                    .await
                    .unwrap()
                    .is_some(),
            )
        },
    )
    .await;

    at_every_point(
        &shell,
        &saboteur,
        fault,
        async |at| {
            let id = format!("short{at}");
            shell.group(&id).await;
            shell.member(&format!("of {id}"), &[&id]).await;
            DeleteGroup {
                group: group_id(&id),
            }
        },
        async |at| {
            usize::from(
                queries
                    .group(tenant, &format!("short{at}"))
                    .await
                    .unwrap()
                    .is_none(),
            )
        },
    )
    .await;

    at_every_point(
        &shell,
        &saboteur,
        fault,
        async |at| CreateToken {
            user: None,
            name: format!("key{at}"),
            scope: TokenScope::Read,
        },
        async |at| {
            let keys = queries.tokens(tenant, None, None, 1000).await.unwrap();
            keys.iter()
                .filter(|key| key.name == format!("key{at}"))
                .count()
        },
    )
    .await;

    at_every_point(
        &shell,
        &saboteur,
        fault,
        async |at| CreateTenant {
            slug: Slug::parse(&format!("tenant{at}")).unwrap(),
            name: None,
            context_id: None,
            domains: vec![
                provost_model::DomainName::parse(&format!("tenant{at}.example")).unwrap(),
            ],
            hosts: Vec::new(),
        },
        async |at| {
            usize::from(
                queries
                    .tenant_by_slug(&format!("tenant{at}"))
                    .await
                    .unwrap()
                    .is_some(),
            )
        },
    )
    .await;
}

on_every_engine! {
    async fn a_serialization_failure_anywhere_is_repeated(database: TestDatabase) {
        check(database, Injected::Serialization).await;
    }

    async fn a_lost_connection_anywhere_leaves_all_or_nothing(database: TestDatabase) {
        check(database, Injected::ConnectionLost).await;
    }

    async fn a_lost_answer_anywhere_leaves_all_or_nothing(database: TestDatabase) {
        check(database, Injected::AnswerLost).await;
    }
}

#[test]
fn on_postgresql_no_loss_is_seen() {
    provost_testkit::run(async {
        let database = TestDatabase::fresh(Engine::Postgres);
        let saboteur = Saboteur::default();
        let directory = TestDirectory::open_with(saboteur.settings(&database)).await;
        let shell = directory.shell().await;
        for at in 0..40 {
            saboteur.arm(at, Injected::AnswerLost);
            let made = shell
                .run(CreateUser::new(login(&format!("user{at}"))))
                .await;
            saboteur.disarm();
            assert!(made.is_ok(), "{at}: {made:?}");
        }
    });
}
