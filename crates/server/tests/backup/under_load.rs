//! A backup while clients write.

use crate::{done, provost, text};
use provost_testkit::{ADMIN_PASSWORD, Connection, Engine, Request, TestDatabase, TestServer};
use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

const CLIENTS: usize = 8;

/// How many users are acknowledged before each backup, since the one before.
const BETWEEN: usize = 60;

fn create_user(address: SocketAddr, login: &str) {
    let email = format!("{login}@example.org");
    let request = Request::post("/ocs/v2.php/cloud/users?format=json")
        .ocs()
        .basic("admin", ADMIN_PASSWORD)
        .form(&[("userid", login), ("email", &email), ("groups[]", "staff")]);
    let answer = Connection::open(address)
        .and_then(|mut connection| connection.send(&request))
        .expect("the server serves");
    assert_eq!(answer.ocs_code(), 200, "{}", answer.text());
}

#[test]
fn what_was_acknowledged_before_it_began_is_in_a_backup_taken_under_load() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    done(&server.cli(&["group", "create", "staff", "--tenant", "default"]));
    let (acknowledged, ended) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let backups: Vec<_> = thread::scope(|scope| {
        let mut clients = Vec::new();
        for client in 0..CLIENTS {
            let (acknowledged, ended, address) = (&acknowledged, &ended, server.address());
            clients.push(scope.spawn(move || {
                for login in (0..).map(|nth| format!("c{client}-{nth}")) {
                    if ended.load(Ordering::SeqCst) {
                        return;
                    }
                    create_user(address, &login);
                    acknowledged.lock().expect("sound").push(login);
                }
            }));
        }
        let taken = (1..=3).map(|nth| {
            while acknowledged.lock().expect("sound").len() < nth * BETWEEN {
                let failed = clients.iter().any(thread::ScopedJoinHandle::is_finished);
                ended.fetch_or(failed, Ordering::SeqCst);
                assert!(!failed, "a client was not answered");
                thread::sleep(Duration::from_millis(1));
            }
            let before = acknowledged.lock().expect("sound").clone();
            let file = server.database().directory().join(format!("backup-{nth}"));
            let output = server.cli(&["backup", text(&file)]);
            (before, file, output)
        });
        let taken = taken.collect();
        ended.store(true, Ordering::SeqCst);
        taken
    });
    for (before, file, output) in backups {
        done(&output);
        let restored = TestDatabase::fresh(Engine::Sqlite);
        done(&provost(&restored, &["restore", text(&file)]));
        done(&provost(&restored, &["check"]));
        let rows = restored.rows("SELECT login FROM users");
        let there: HashSet<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        for login in &before {
            assert!(there.contains(login.as_str()), "{login} was acknowledged");
        }
    }
}
