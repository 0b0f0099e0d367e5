//! The server is asked to end while it works.

use crate::{
    clients::{CLIENTS, Clients, asked},
    server,
    soundness::{all_are_told_of, all_are_whole, nothing_is_half},
    wanted::Wanted,
};
use provost_testkit::Engine;
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// How often a server is asked to end until one had requests in flight.
const TRIES: usize = 10;

/// Clients that make one user after another until the server refuses to listen.
fn what_was_acknowledged_is_there(engine: Engine) {
    let mut server = server(engine);
    let clients = Clients::start(&server, 0);
    while clients.count() < 100 {
        thread::sleep(Duration::from_millis(1));
    }
    let status = server.sigterm_and_wait();
    assert_eq!(status.code(), Some(0), "{}", server.log());
    let acknowledged = clients.acknowledged();
    nothing_is_half(server.database());
    all_are_whole(server.database(), &acknowledged);
    all_are_told_of(&server, &acknowledged);
}

/// Requests that take long, because each costs a hash: all of them are answered, also those that were not when the end was asked for.
fn what_is_in_flight_is_answered(engine: Engine) {
    let mut server = server(engine);
    for round in 0..TRIES {
        let answered = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (address, answered) = (server.address(), Arc::clone(&answered));
                thread::spawn(move || {
                    let wanted = Wanted {
                        round,
                        client,
                        nth: 0,
                        with_password: true,
                    };
                    let acknowledged = asked(address, wanted);
                    answered.fetch_add(1, Ordering::SeqCst);
                    acknowledged.then_some(wanted)
                })
            })
            .collect();
        // the server has long read all of them when it answers some: they wait for their hashes
        while answered.load(Ordering::SeqCst) < CLIENTS / 4 {
            thread::sleep(Duration::from_millis(1));
        }
        let waiting = CLIENTS - answered.load(Ordering::SeqCst);
        let status = server.sigterm_and_wait();
        assert_eq!(status.code(), Some(0), "{}", server.log());
        let acknowledged: Vec<Wanted> = threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap()
                    .expect("a request in flight is answered")
            })
            .collect();
        nothing_is_half(server.database());
        all_are_whole(server.database(), &acknowledged);
        if waiting > 0 {
            return;
        }
        server.restart();
    }
    panic!("nothing was ever in flight");
}

#[test]
fn what_was_acknowledged_is_there_on_sqlite() {
    what_was_acknowledged_is_there(Engine::Sqlite);
}

#[test]
fn what_was_acknowledged_is_there_on_postgres() {
    what_was_acknowledged_is_there(Engine::Postgres);
}

#[test]
fn what_is_in_flight_is_answered_on_sqlite() {
    what_is_in_flight_is_answered(Engine::Sqlite);
}

#[test]
fn what_is_in_flight_is_answered_on_postgres() {
    what_is_in_flight_is_answered(Engine::Postgres);
}
