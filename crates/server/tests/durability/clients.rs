//! Many clients that make users at the same time.

use crate::wanted::Wanted;
use provost_testkit::{ADMIN_PASSWORD, Connection, Request, TestServer};
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
};

/// How many clients there are.
pub(crate) const CLIENTS: usize = 32;

/// Every so many clients one gives its users passwords, which costs hashes.
const WITH_PASSWORDS: usize = 8;

/// The request with the credentials of the first administrator.
pub(crate) fn as_administrator(request: Request) -> Request {
    request.ocs().basic("admin", ADMIN_PASSWORD)
}

/// Clients at work.
pub(crate) struct Clients {
    acknowledged: Arc<Mutex<Vec<Wanted>>>,
    count: Arc<AtomicUsize>,
    threads: Vec<JoinHandle<()>>,
}

impl Clients {
    /// Lets all of them make one user after another until the server is gone.
    pub(crate) fn start(server: &TestServer, round: usize) -> Self {
        let mut clients = Self {
            acknowledged: Arc::default(),
            count: Arc::default(),
            threads: Vec::new(),
        };
        for client in 0..CLIENTS {
            let (acknowledged, count) = (
                Arc::clone(&clients.acknowledged),
                Arc::clone(&clients.count),
            );
            let address = server.address();
            clients.threads.push(thread::spawn(move || {
                for wanted in (0..).map(|nth| Wanted {
                    round,
                    client,
                    nth,
                    with_password: client.is_multiple_of(WITH_PASSWORDS),
                }) {
                    if !asked(address, wanted) {
                        return;
                    }
                    acknowledged.lock().unwrap().push(wanted);
                    count.fetch_add(1, Ordering::SeqCst);
                }
            }));
        }
        clients
    }

    /// How many users were acknowledged up to now.
    pub(crate) fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// The acknowledged users, once all clients have met the server's end.
    pub(crate) fn acknowledged(self) -> Vec<Wanted> {
        for client in self.threads {
            client.join().unwrap();
        }
        Arc::into_inner(self.acknowledged)
            .unwrap()
            .into_inner()
            .unwrap()
    }
}

/// Asks for a user; false if the server went away over it. Any answer but success fails the test.
pub(crate) fn asked(address: SocketAddr, wanted: Wanted) -> bool {
    let Ok(mut connection) = Connection::open(address) else {
        return false;
    };
    match connection.send(&as_administrator(wanted.request())) {
        Ok(answer) => {
            assert_eq!(answer.ocs_code(), 200, "{wanted:?}: {}", answer.text());
            true
        }
        Err(_) => false,
    }
}
