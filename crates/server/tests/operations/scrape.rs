//! Reading metrics as Prometheus reads them.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use provost_testkit::{Request, TestServer};
use serde_json::Value;

/// Set by `./test`, which fetches the programs.
const PLACE: &str = "PROVOST_TEST_TOOLS";

/// The variable that makes a server tell its metrics, on a port of its own.
pub(crate) const SWITCH: (&str, &str) = ("PROVOST_METRICS_LISTEN", "127.0.0.1:0");

/// What one scrape gave.
pub(crate) struct Scrape {
    /// The text as it came.
    pub(crate) text: String,
    samples: Vec<(String, BTreeMap<String, String>, f64)>,
}

/// Where a server tells its metrics.
pub(crate) fn metrics_address(server: &TestServer) -> SocketAddr {
    let log = server.log();
    let line = log
        .lines()
        .filter_map(|line| line.strip_prefix("metrics on http://"))
        .next_back();
    let address = line.and_then(|line| line.strip_suffix("/metrics"));
    address
        .unwrap_or_else(|| panic!("it does not say where its metrics are: {log}"))
        .parse()
        .expect("an address")
}

/// Reads a server's metrics.
///
/// # Panics
/// If Prometheus's own reader refuses them.
pub(crate) fn scrape(server: &TestServer) -> Scrape {
    let answer = Request::get("/metrics")
        .send_to(metrics_address(server))
        .expect("an answer");
    assert_eq!(answer.status, 200);
    let kind = answer.header("content-type").expect("a type");
    assert!(
        kind.starts_with("application/openmetrics-text; version=1.0.0"),
        "{kind}"
    );
    let text = answer.text();
    let samples = read(&text);
    Scrape { text, samples }
}

impl Scrape {
    /// The sum over all samples of this name that have these labels; zero where there is none.
    pub(crate) fn sum(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        self.samples
            .iter()
            .filter(|(its, own, _)| {
                its == name
                    && labels
                        .iter()
                        .all(|(key, value)| own.get(*key).is_some_and(|own| own == value))
            })
            .map(|(_, _, value)| value)
            // the sum of no floating numbers is -0
            .fold(0.0, |sum, value| sum + value)
    }

    /// Whether there is any sample of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.samples.iter().any(|(its, _, _)| its == name)
    }

    /// The names and labels of all samples of a name that begins so.
    pub(crate) fn series(&self, beginning: &str) -> Vec<(String, BTreeMap<String, String>)> {
        self.samples
            .iter()
            .filter(|(name, _, _)| name.starts_with(beginning))
            .map(|(name, labels, _)| (name.clone(), labels.clone()))
            .collect()
    }
}

fn python() -> PathBuf {
    let Some(place) = std::env::var_os(PLACE) else {
        panic!("{PLACE} is not set: this test drives programs that `./test` fetches; run `./test`");
    };
    let path = Path::new(&place).join("prometheus/bin/python");
    assert!(
        path.exists(),
        "{} is missing: run `./test`, which fetches it",
        path.display()
    );
    path
}

fn read(text: &str) -> Vec<(String, BTreeMap<String, String>, f64)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/operations/prometheus/read.py");
    let mut reader = Command::new(python())
        .arg("-B")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the reader runs");
    let mut input = reader.stdin.take().expect("a piped input");
    input.write_all(text.as_bytes()).expect("the reader reads");
    drop(input);
    let output = reader.wait_with_output().expect("the reader ends");
    assert!(
        output.status.success(),
        "{}\n{text}",
        String::from_utf8_lossy(&output.stderr)
    );
    let samples: Vec<Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    samples
        .into_iter()
        .map(|sample| {
            let labels = sample[1].as_object().expect("labels").iter();
            (
                sample[0].as_str().expect("a name").to_owned(),
                labels
                    .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
                    .collect(),
                sample[2].as_f64().expect("a number"),
            )
        })
        .collect()
}
