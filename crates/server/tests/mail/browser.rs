//! A browser, driven over WebDriver (<https://www.w3.org/TR/webdriver2/>).

use crate::tools::until;
use provost_testkit::{Request, TestServer};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// What the standard calls the key under which an element's reference stands.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Chromium without a screen. Ended when dropped.
pub(crate) struct Browser {
    driver: Child,
    address: SocketAddr,
    session: String,
    // a closed pipe would end the driver
    _output: BufReader<ChildStdout>,
}

impl Browser {
    /// A browser that finds this host's pages at the server, and keeps what it keeps in the directory.
    pub(crate) fn open(host: &str, server: &TestServer, directory: &Path) -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .env("TMPDIR", directory)
            .env("HOME", directory)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("chromedriver does not run ({error}): run `./test`"));
        let mut output = BufReader::new(driver.stdout.take().unwrap());
        let port = driver_port(&mut output);
        let mut browser = Self {
            driver,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            session: String::new(),
            _output: output,
        };
        let rule = format!("--host-resolver-rules=MAP {host} {}", server.address());
        let options = json!({ "args": [
            // it has no namespaces to itself where root runs the tests, and little shared memory in containers
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--no-proxy-server", rule,
        ] });
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let made = browser.command("POST", "/session", &wanted);
        made["sessionId"]
            .as_str()
            .unwrap()
            .clone_into(&mut browser.session);
        browser
    }

    /// Opens an address.
    pub(crate) fn go(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// The address in the address bar.
    pub(crate) fn url(&self) -> String {
        self.get("/url").as_str().unwrap().to_owned()
    }

    /// What an expression gives on the page.
    pub(crate) fn value(&self, expression: &str) -> Value {
        let script = format!("return {expression}");
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Types into the field with this id, in the place of what stands there.
    pub(crate) fn fill(&self, id: &str, text: &str) {
        let element = self.element(id);
        self.post(&format!("{element}/clear"), &json!({}));
        self.post(&format!("{element}/value"), &json!({ "text": text }));
    }

    /// Clicks on the element with this id.
    pub(crate) fn click(&self, id: &str) {
        self.post(&format!("{}/click", self.element(id)), &json!({}));
    }

    /// The text of the element with this id, as far as people see it.
    pub(crate) fn text(&self, id: &str) -> String {
        let text = self.get(&format!("{}/text", self.element(id)));
        text.as_str().unwrap().to_owned()
    }

    /// Whether people see the element with this id.
    pub(crate) fn shows(&self, id: &str) -> bool {
        self.get(&format!("{}/displayed", self.element(id))) == true
    }

    /// Waits until this stands in the element with this id.
    pub(crate) fn until_text(&self, id: &str, wanted: &str) {
        until(&format!("{wanted:?} in {id}"), || {
            self.text(id).contains(wanted).then_some(())
        });
    }

    /// The errors in the browser's console since the last call.
    pub(crate) fn errors(&self) -> Vec<String> {
        let entries = self.post("/se/log", &json!({ "type": "browser" }));
        let entries = entries.as_array().unwrap().iter();
        entries
            .filter(|entry| entry["level"] == "SEVERE")
            .map(|entry| entry["message"].as_str().unwrap().to_owned())
            .collect()
    }

    fn element(&self, id: &str) -> String {
        let css = json!({ "using": "css selector", "value": format!("#{id}") });
        let found = self.post("/element", &css);
        format!("/element/{}", found[ELEMENT].as_str().unwrap())
    }

    fn get(&self, path: &str) -> Value {
        self.command(
            "GET",
            &format!("/session/{}{path}", self.session),
            &Value::Null,
        )
    }

    fn post(&self, path: &str, document: &Value) -> Value {
        self.command(
            "POST",
            &format!("/session/{}{path}", self.session),
            document,
        )
    }

    fn command(&self, method: &str, path: &str, document: &Value) -> Value {
        let mut request = Request::new(method, path);
        if method == "POST" {
            request = request.json(document);
        }
        let answer = request
            .send_to(self.address)
            .unwrap_or_else(|error| panic!("{method} {path}: {error}"));
        assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text());
        answer.json()["value"].take()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            // or the browser would outlive its driver
            let path = format!("/session/{}", self.session);
            let _ = Request::delete(&path).send_to(self.address);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The port that the driver says it listens at.
fn driver_port(output: &mut impl BufRead) -> u16 {
    loop {
        let mut line = String::new();
        let read = output.read_line(&mut line).unwrap();
        assert!(read > 0, "chromedriver ended");
        let port = line
            .split_once("started successfully on port ")
            .and_then(|(_, rest)| rest.trim().trim_end_matches('.').parse().ok());
        if let Some(port) = port {
            return port;
        }
    }
}
