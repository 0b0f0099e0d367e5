//! Clients that take their time.

use std::io::{Read, Write};
use std::net::TcpStream;

use provost_testkit::{Engine, Request, TestDatabase, TestServer};

/// How each of them begins; none ever ends the head of a request.
const BEGINNINGS: [&[u8]; 5] = [
    b"",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    // this far it may become HTTP/2
    b"PRI * HT",
    b"P",
    b"PRI * HTTP/2.0\r\n\r\nSM",
];

#[test]
fn a_head_that_never_ends_is_not_waited_for() {
    let server = TestServer::start_with(
        env!("CARGO_BIN_EXE_provost"),
        TestDatabase::fresh(Engine::Sqlite),
        &[],
    );
    let slow: Vec<TcpStream> = BEGINNINGS
        .iter()
        .map(|beginning| {
            let mut stream = TcpStream::connect(server.address()).expect("a connection");
            stream.write_all(beginning).expect("the server reads");
            stream
        })
        .collect();
    assert_eq!(Request::get("/healthz").send(&server).status, 200);
    for (mut stream, beginning) in slow.into_iter().zip(BEGINNINGS) {
        let mut answer = Vec::new();
        // the server ends the connection; this test only ends if it does
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 408 "),
            "{beginning:?}: {answer}"
        );
    }
}
