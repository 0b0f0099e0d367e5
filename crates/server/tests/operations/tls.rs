//! HTTPS with a certificate of the site's own.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use provost_testkit::{Engine, TestDatabase};

use crate::certificates::{self, Certificate};
use crate::process::{Process, refusal};

/// A server with a certificate of its own.
struct Site {
    process: Process,
    address: SocketAddr,
    certificate: Certificate,
    database: TestDatabase,
}

impl Site {
    fn start() -> Self {
        let database = TestDatabase::fresh(Engine::Sqlite);
        let certificate = certificates::make(database.directory(), "own", "first");
        let mut process = Process::start(
            &database,
            &[
                ("PROVOST_TLS_CERTIFICATE", path(&certificate.certificate)),
                ("PROVOST_TLS_KEY", path(&certificate.key)),
            ],
        );
        let address = process.says("listening on https://");
        Self {
            process,
            address: address.parse().unwrap(),
            certificate,
            database,
        }
    }

    /// curl, which believes the server's certificate alone.
    fn curl(&self, arguments: &[&str]) -> Output {
        Command::new("curl")
            .args(["--silent", "--show-error", "--max-time", "60"])
            .arg("--cacert")
            .arg(&self.certificate.certificate)
            .args(arguments)
            .arg(format!("https://{}/healthz", self.address))
            .output()
            .expect("curl runs")
    }

    /// The common name of the certificate that is shown.
    fn shown(&self) -> String {
        let output = Command::new("sh")
            .arg("-c")
            .arg("openssl s_client -connect \"$1\" </dev/null 2>/dev/null | openssl x509 -noout -subject")
            .args(["sh", &self.address.to_string()])
            .output()
            .expect("openssl runs");
        String::from_utf8(output.stdout).unwrap()
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn both_versions_of_http_are_spoken() {
    let site = Site::start();
    for (wanted, version) in [("--http1.1", "1.1"), ("--http2", "2")] {
        let output = site.curl(&[wanted, "--write-out", " %{http_version}"]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(said, format!("ok {version}"), "{output:?}");
    }
    let plain = Command::new("curl")
        .args(["--silent", "--max-time", "60"])
        .arg(format!("http://{}/healthz", site.address))
        .output()
        .expect("curl runs");
    assert!(!plain.status.success(), "plain HTTP is not answered");
}

#[test]
fn a_renewed_certificate_is_read_again_and_connections_stay() {
    let site = Site::start();
    assert!(site.shown().contains("first"), "{}", site.shown());
    // this one speaks TLS all the while
    let mut client = Command::new("openssl")
        .args(["s_client", "-quiet", "-connect", &site.address.to_string()])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("openssl runs");
    let mut asking = client.stdin.take().unwrap();
    let mut answers = client.stdout.take().unwrap();
    let mut ask = |connection: &str| {
        write!(
            asking,
            "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: {connection}\r\n\r\n"
        )
        .unwrap();
        asking.flush().unwrap();
    };
    ask("keep-alive");
    let mut first = [0; 15];
    answers.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");

    certificates::make(site.database.directory(), "own", "second");
    site.process.signal("HUP");
    site.process.logs("the certificate was read again");
    assert!(site.shown().contains("second"), "{}", site.shown());
    ask("close");
    let mut rest = String::new();
    answers.read_to_string(&mut rest).unwrap();
    assert!(rest.contains("HTTP/1.1 200 OK"), "{rest}");
    client.wait().unwrap();

    fs::write(&site.certificate.certificate, "nothing of use").unwrap();
    site.process.signal("HUP");
    let told = site.process.logs("the certificate stays as it was");
    assert!(told.contains("PROVOST_TLS_CERTIFICATE"), "{told}");
    assert!(site.shown().contains("second"), "{}", site.shown());
}

#[test]
fn a_handshake_that_never_ends_is_not_waited_for() {
    let site = Site::start();
    let mut silent = TcpStream::connect(site.address).unwrap();
    let mut half = TcpStream::connect(site.address).unwrap();
    // the beginning of a record that announces 512 bytes
    half.write_all(&[22, 3, 1, 2, 0, 1]).unwrap();
    for stream in [&mut silent, &mut half] {
        stream
            .set_read_timeout(Some(Duration::from_secs(120)))
            .unwrap();
        let mut rest = Vec::new();
        // closed in order or not, but closed
        let _ = stream.read_to_end(&mut rest);
    }
    assert!(site.curl(&[]).status.success(), "others are served");
}

#[test]
fn wrong_files_are_told_before_anything_is_made() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let folder = database.directory();
    let one = certificates::make(folder, "one", "one");
    let other = certificates::make(folder, "other", "other");
    let (certificate, key) = (path(&one.certificate), path(&one.key));
    for (variables, wanted) in [
        (
            vec![("PROVOST_TLS_CERTIFICATE", certificate)],
            "PROVOST_TLS_CERTIFICATE is set, so PROVOST_TLS_KEY must be too",
        ),
        (
            vec![("PROVOST_TLS_KEY", key)],
            "PROVOST_TLS_KEY is set, so PROVOST_TLS_CERTIFICATE must be too",
        ),
        (
            vec![
                ("PROVOST_TLS_CERTIFICATE", "nowhere.pem"),
                ("PROVOST_TLS_KEY", key),
            ],
            "PROVOST_TLS_CERTIFICATE: nowhere.pem: No such file",
        ),
        (
            vec![("PROVOST_TLS_CERTIFICATE", key), ("PROVOST_TLS_KEY", key)],
            "there is no certificate in PEM in it",
        ),
        (
            vec![
                ("PROVOST_TLS_CERTIFICATE", certificate),
                ("PROVOST_TLS_KEY", certificate),
            ],
            "there is no private key in PEM in it",
        ),
        (
            vec![
                ("PROVOST_TLS_CERTIFICATE", certificate),
                ("PROVOST_TLS_KEY", path(&other.key)),
            ],
            "this is not the key of the first certificate",
        ),
    ] {
        let said = refusal(&database, &variables);
        assert!(said.contains(wanted), "{wanted}\n{said}");
    }
}

#[test]
fn a_key_that_everybody_may_read_is_warned_of() {
    let database = TestDatabase::fresh(Engine::Sqlite);
    let own = certificates::make(database.directory(), "own", "own");
    fs::set_permissions(&own.key, fs::Permissions::from_mode(0o644)).unwrap();
    let mut process = Process::start(
        &database,
        &[
            ("PROVOST_TLS_CERTIFICATE", path(&own.certificate)),
            ("PROVOST_TLS_KEY", path(&own.key)),
        ],
    );
    process.logs("everybody on this machine may read the key");
    process.says("listening on https://");
}
