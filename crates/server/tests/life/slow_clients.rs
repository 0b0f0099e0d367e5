//! Clients that take their time.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    thread::sleep,
    time::Duration,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use provost_testkit::{ADMIN_PASSWORD, Engine, Request, TestDatabase, TestServer};

/// How each of them begins; none ever ends the head of a request.
const BEGINNINGS: [&[u8]; 5] = [
    b"",
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ",
    // this far it may become HTTP/2
    b"PRI * HT",
    b"P",
    b"PRI * HTTP/2.0\r\n\r\nSM",
];
/// A little longer than a client may take for a head.
const TOO_LONG: Duration = Duration::from_secs(16);

fn server() -> TestServer {
    TestServer::start_with(
        env!("CARGO_BIN_EXE_provost"),
        TestDatabase::fresh(Engine::Sqlite),
        &[],
    )
}

fn connection(server: &TestServer) -> BufReader<TcpStream> {
    BufReader::new(TcpStream::connect(server.address()).expect("a connection"))
}

fn say(stream: &mut BufReader<TcpStream>, text: &[u8]) {
    stream.get_mut().write_all(text).expect("the server reads");
}

/// The status line of an answer without a body that matters.
fn status(stream: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    stream.read_line(&mut line).expect("the server answers");
    line
}

/// What the server says until it ends the connection; this only ends if it does.
fn rest(mut stream: BufReader<TcpStream>) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_head_that_never_ends_is_not_waited_for() {
    let server = server();
    let slow = BEGINNINGS.map(|beginning| {
        let mut stream = connection(&server);
        say(&mut stream, beginning);
        stream
    });
    assert_eq!(Request::get("/healthz").send(&server).status, 200);
    for (stream, beginning) in slow.into_iter().zip(BEGINNINGS) {
        let answer = rest(stream);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 408 "),
            "{beginning:?}: {answer}"
        );
    }
}

#[test]
fn neither_is_the_next_one_on_a_connection_that_is_kept_open() {
    let server = server();
    let slow = [&b""[..], b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "].map(|beginning| {
        let mut stream = connection(&server);
        say(&mut stream, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        assert_eq!(status(&mut stream), "HTTP/1.1 200 OK\r\n");
        say(&mut stream, beginning);
        stream
    });
    for stream in slow {
        let answer = rest(stream);
        assert!(answer.ends_with("\r\n\r\nok"), "{answer}");
    }
}

#[test]
fn a_body_may_take_longer_than_a_head() {
    let server = server();
    let credentials = BASE64_STANDARD.encode(format!("admin:{ADMIN_PASSWORD}"));
    let body = "userid=slowly&password=Correct-Horse-77";
    let mut stream = connection(&server);
    say(
        &mut stream,
        format!(
            "POST /ocs/v2.php/cloud/users HTTP/1.1\r\nHost: x\r\nOCS-APIRequest: true\r\nAuthorization: Basic {credentials}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
            body.len()
        )
        .as_bytes(),
    );
    let (begin, end) = body.split_at(10);
    say(&mut stream, begin.as_bytes());
    sleep(TOO_LONG);
    say(&mut stream, end.as_bytes());
    assert_eq!(status(&mut stream), "HTTP/1.1 200 OK\r\n");
}
