//! How the server ends.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::process::Server;
use provost_testkit::{ADMIN_PASSWORD, Connection, Request, TestDatabase, on_both_engines};

const PASSWORD: [(&str, &str); 1] = [("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)];

/// `admin` and [`ADMIN_PASSWORD`] as Basic credentials.
const BASIC: &str = "YWRtaW46YWRtaW4tcHctWHk3";

on_both_engines! {
    async fn running_requests_finish_and_nothing_more_is_accepted(database: TestDatabase) {
        let mut server = Server::start(&database, &PASSWORD);
        let mut idle = Connection::open(server.address).expect("a connection");
        idle.send(&Request::get("/healthz")).expect("an answer");

        let mut running = TcpStream::connect(server.address).expect("a connection");
        let body = "userid=late&password=Correct-Horse-77";
        write!(
            running,
            "POST /ocs/v1.php/cloud/users?format=json HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {BASIC}\r\nOCS-APIRequest: true\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
            body.len(), &body[..7]
        ).expect("the server reads");
        // answered on another connection, so the server has had its turn for the one before
        assert_eq!(Request::get("/healthz").send_to(server.address).expect("an answer").status, 200);

        server.signal("TERM");
        while TcpStream::connect(server.address).is_ok() {
            std::thread::yield_now();
        }
        running.write_all(&body.as_bytes()[7..]).expect("the server reads on");
        let mut answer = String::new();
        running.read_to_string(&mut answer).expect("the whole answer");
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains(r#""statuscode":100"#), "{answer}");
        let (status, printed) = server.wait();
        assert!(status.success(), "{status}");
        assert_eq!(printed, "");

        let server = Server::start(&database, &[]);
        let late = Request::get("/ocs/v1.php/cloud/users/late?format=json")
            .header("OCS-APIRequest", "true")
            .basic("admin", ADMIN_PASSWORD)
            .send_to(server.address)
            .expect("an answer");
        assert_eq!(late.ocs_code(), 100, "what was answered is kept");
    }

    async fn an_interrupt_ends_it_too(database: TestDatabase) {
        let mut server = Server::start(&database, &PASSWORD);
        server.signal("INT");
        assert!(server.wait().0.success());
    }

    async fn it_serves_on_while_proxies_go_elsewhere(database: TestDatabase) {
        let mut server = Server::start(&database, &[PASSWORD[0], ("PROVOST_DRAIN", "300")]);
        let mut kept = Connection::open(server.address).expect("a connection");
        kept.send(&Request::get("/healthz")).expect("an answer");
        server.signal("TERM");
        let ready = || Request::get("/readyz").send_to(server.address).expect("an answer");
        while ready().status == 200 {
            std::thread::yield_now();
        }
        assert_eq!((ready().status, ready().text().as_str()), (503, "leaving"));
        let own = Request::get("/ocs/v1.php/cloud/user?format=json").ocs().basic("admin", ADMIN_PASSWORD);
        let answer = kept.send(&own).expect("an answer");
        assert_eq!((answer.ocs_code(), answer.header("Connection")), (100, Some("close")));
        server.signal("TERM");
        assert_eq!(server.wait().0.code(), Some(1), "nobody has to wait for that");
    }

    async fn an_interrupt_keeps_nobody_waiting(database: TestDatabase) {
        let mut server = Server::start(&database, &[PASSWORD[0], ("PROVOST_DRAIN", "300")]);
        server.signal("INT");
        assert!(server.wait().0.success());
    }

    async fn a_second_signal_ends_it_at_once(database: TestDatabase) {
        let mut server = Server::start(&database, &PASSWORD);
        // a request that never comes to its end keeps the first signal waiting
        let mut stuck = TcpStream::connect(server.address).expect("a connection");
        stuck.write_all(b"GET /healthz HTTP/1.1\r\nHos").expect("the server reads");
        assert_eq!(Request::get("/healthz").send_to(server.address).expect("an answer").status, 200);
        server.signal("TERM");
        while TcpStream::connect(server.address).is_ok() {
            std::thread::yield_now();
        }
        server.signal("TERM");
        assert_eq!(server.wait().0.code(), Some(1));
    }
}
