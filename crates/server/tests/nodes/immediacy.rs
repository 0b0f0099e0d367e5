//! What one node is told holds on another from its very next request, also while that serves whom it concerns at full speed, and from memory.

use crate::{as_administrator, node};
use provost_testkit::{Connection, Engine, PASSWORD, Request, Response, TestDatabase, TestServer};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    thread,
    time::{Duration, Instant},
};

/// Connections that ask without a pause.
const CLIENTS: usize = 8;
/// How many answers are waited for before the change and after it.
const ANSWERS: usize = 60;

/// Two nodes, and the user `ada`, who administers.
struct Pair {
    here: TestServer,
    there: TestServer,
}

impl Pair {
    fn new() -> Self {
        let database = Arc::new(TestDatabase::fresh(Engine::Postgres));
        let pair = Self {
            here: node(&database, &[]),
            there: node(&database, &[("PROVOST_METRICS_LISTEN", "127.0.0.1:0")]),
        };
        pair.done(Request::post("/ocs/v2.php/cloud/users?format=json").form(&[
            ("userid", "ada"),
            ("password", PASSWORD),
            ("groups[]", "admin"),
        ]));
        pair
    }

    /// Carries out a change on the one node.
    fn done(&self, request: Request) {
        let answer = as_administrator(request).send(&self.here);
        assert_eq!(answer.ocs_code(), 200, "{}", answer.text());
    }

    /// How often the other node told something from memory.
    fn recalled(&self) -> u64 {
        let log = self.there.log();
        let metrics = log
            .lines()
            .filter_map(|line| line.strip_prefix("metrics on http://"))
            .find_map(|line| line.strip_suffix("/metrics"));
        let address = metrics.unwrap().parse().unwrap();
        let answer = Request::get("/metrics").send_to(address).unwrap().text();
        let count = answer
            .lines()
            .find_map(|line| line.strip_prefix("provost_postgres_recalled_total "));
        count.unwrap().parse().unwrap()
    }

    /// Asks the other node again and again; while it answers, `change` is carried out on the one. No request that begins when the change
    /// was answered is served any more.
    fn refused_at_once(&self, request: &Request, change: impl FnOnce()) {
        let (count, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let answers = |wanted: usize| {
            let wanted = count.load(SeqCst) + wanted;
            while count.load(SeqCst) < wanted {
                thread::sleep(Duration::from_millis(1));
            }
        };
        let address = self.there.address();
        let (answered, asked) = thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS)
                .map(|_| {
                    scope.spawn(|| {
                        let mut connection = Connection::open(address).unwrap();
                        let mut asked: Vec<(Instant, Response)> = Vec::new();
                        while ended.load(SeqCst) == 0 {
                            let begun = Instant::now();
                            asked.push((begun, connection.send(request).unwrap()));
                            count.fetch_add(1, SeqCst);
                        }
                        asked
                    })
                })
                .collect();
            answers(ANSWERS);
            // others on the same server commit too, and each commit is a change
            let recalled = self.recalled();
            while self.recalled() < recalled + ANSWERS as u64 {
                thread::sleep(Duration::from_millis(1));
            }
            change();
            let answered = Instant::now();
            answers(ANSWERS);
            ended.store(1, SeqCst);
            let asked: Vec<_> = clients
                .into_iter()
                .flat_map(|it| it.join().unwrap())
                .collect();
            (answered, asked)
        });
        let (before, after): (Vec<_>, Vec<_>) =
            asked.into_iter().partition(|(begun, _)| *begun <= answered);
        assert!(
            before.iter().any(|(_, answer)| answer.status == 200),
            "it was served before"
        );
        assert!(after.len() >= ANSWERS / 2, "it was asked afterwards");
        for (begun, answer) in after {
            assert!(
                matches!(answer.status, 401 | 403),
                "begun {:?} after the change was answered: {} {}",
                begun - answered,
                answer.status,
                answer.text()
            );
        }
    }
}

fn own() -> Request {
    Request::get("/ocs/v2.php/cloud/user?format=json").ocs()
}

#[test]
fn a_disabled_user_is_refused() {
    let pair = Pair::new();
    pair.refused_at_once(&own().basic("ada", PASSWORD), || {
        pair.done(Request::put(
            "/ocs/v2.php/cloud/users/ada/disable?format=json",
        ));
    });
}

#[test]
fn an_old_password_is_refused() {
    let pair = Pair::new();
    pair.refused_at_once(&own().basic("ada", PASSWORD), || {
        pair.done(
            Request::put("/ocs/v2.php/cloud/users/ada?format=json")
                .form(&[("key", "password"), ("value", "Battery-Staple-8")]),
        );
    });
    let new = own().basic("ada", "Battery-Staple-8").send(&pair.there);
    assert_eq!(new.status, 200);
}

#[test]
fn a_revoked_app_password_is_refused() {
    let pair = Pair::new();
    let made = pair
        .here
        .cli(&["user", "app-password", "ada", "--name", "telephone"]);
    let secret = String::from_utf8(made.stdout).unwrap();
    let secret = secret.trim_end();
    pair.refused_at_once(&own().basic("ada", secret), || {
        let revoke = Request::delete("/ocs/v2.php/core/apppassword?format=json").ocs();
        let answer = revoke.basic("ada", secret).send(&pair.here);
        assert_eq!(answer.status, 200, "{}", answer.text());
    });
}

#[test]
fn a_lost_right_is_refused() {
    let pair = Pair::new();
    let list = Request::get("/ocs/v2.php/cloud/users?format=json").ocs();
    pair.refused_at_once(&list.basic("ada", PASSWORD), || {
        pair.done(Request::delete(
            "/ocs/v2.php/cloud/users/ada/groups?format=json&groupid=admin",
        ));
    });
}
