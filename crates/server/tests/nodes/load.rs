//! Clients that make users, change each, and read it.

use crate::as_administrator;
use provost_testkit::{Connection, Request};
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// How many clients there are.
const CLIENTS: usize = 8;

/// Clients at work.
pub(crate) struct Load {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    ended: AtomicBool,
    count: AtomicUsize,
    acknowledged: Mutex<Vec<Acknowledged>>,
    failed: Mutex<Vec<Failed>>,
}

/// A user whose making was answered as done.
#[derive(Clone, Debug)]
pub(crate) struct Acknowledged {
    pub(crate) login: String,
    pub(crate) at: Instant,
    /// Whether its change was answered as done too.
    pub(crate) changed: bool,
}

/// A request that was not answered as done.
#[derive(Clone, Debug)]
pub(crate) struct Failed {
    /// None if the connection broke.
    pub(crate) status: Option<u16>,
    #[expect(dead_code, reason = "it is shown where a test fails")]
    what: String,
    pub(crate) at: Instant,
}

impl Load {
    /// Clients of these servers, each of one.
    pub(crate) fn on(servers: &[SocketAddr]) -> Self {
        let shared = Arc::new(Shared::default());
        let threads = (0..CLIENTS)
            .map(|client| {
                let (shared, server) = (Arc::clone(&shared), servers[client % servers.len()]);
                thread::spawn(move || work(&shared, server, client))
            })
            .collect();
        Self { shared, threads }
    }

    /// Waits until so many more users were made.
    pub(crate) fn go_on_for(&self, users: usize) {
        let wanted = self.shared.count.load(SeqCst) + users;
        while self.shared.count.load(SeqCst) < wanted {
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// The requests that failed up to now.
    pub(crate) fn failed(&self) -> Vec<Failed> {
        self.shared.failed.lock().unwrap().clone()
    }

    /// Ends the clients, and gives the users that were made.
    pub(crate) fn end(self) -> Vec<Acknowledged> {
        self.shared.ended.store(true, SeqCst);
        for thread in self.threads {
            thread.join().unwrap();
        }
        self.shared.acknowledged.lock().unwrap().clone()
    }
}

fn work(shared: &Shared, server: SocketAddr, client: usize) {
    let mut connection = None;
    for nth in 0.. {
        if shared.ended.load(SeqCst) {
            return;
        }
        let login = format!("c{client}-{nth}");
        let make = Request::post("/ocs/v2.php/cloud/users?format=json").form(&[
            ("userid", &login),
            ("email", &format!("{login}@example.com")),
        ]);
        if !sent(shared, server, &mut connection, make, &login) {
            continue;
        }
        let at = Instant::now();
        shared.count.fetch_add(1, SeqCst);
        let path = format!("/ocs/v2.php/cloud/users/{login}?format=json");
        let change = Request::put(&path).form(&[("key", "displayname"), ("value", &login)]);
        let changed = sent(shared, server, &mut connection, change, &login);
        sent(shared, server, &mut connection, Request::get(&path), &login);
        shared
            .acknowledged
            .lock()
            .unwrap()
            .push(Acknowledged { login, at, changed });
    }
}

/// Sends a request on the connection, which is opened where there is none; whether it was answered as done. If not, that is noted.
fn sent(
    shared: &Shared,
    server: SocketAddr,
    connection: &mut Option<Connection>,
    request: Request,
    login: &str,
) -> bool {
    let answer = match connection.take() {
        Some(connection) => Ok(connection),
        None => Connection::open(server),
    }
    .and_then(|mut open| Ok((open.send(&as_administrator(request))?, open)));
    let (status, what) = match answer {
        Ok((answer, open)) => {
            let closed = answer
                .header("Connection")
                .is_some_and(|it| it.eq_ignore_ascii_case("close"));
            *connection = (!closed).then_some(open);
            if answer.status == 200 && answer.ocs_code() == 200 {
                return true;
            }
            (Some(answer.status), answer.text())
        }
        Err(error) => {
            // whoever refuses connections is not asked at full speed
            thread::sleep(Duration::from_millis(20));
            (None, error.to_string())
        }
    };
    shared.failed.lock().unwrap().push(Failed {
        status,
        what: format!("{login}: {what}"),
        at: Instant::now(),
    });
    false
}
