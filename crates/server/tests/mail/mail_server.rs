//! The mail server.

use crate::{
    mail::Mail,
    tools::{python, until},
};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The account at a mail server that wants one.
pub(crate) const USER: &str = "mailer";
/// Its password.
pub(crate) const SMTP_PASSWORD: &str = "Smtp-Secret-4711";

/// A mail server with a folder for what it is sent. Killed when dropped.
pub(crate) struct MailServer {
    directory: PathBuf,
    encrypted: bool,
    port: u16,
    running: Option<Child>,
}

impl MailServer {
    /// One that speaks plainly and keeps its mails in this directory.
    pub(crate) fn plain(directory: &Path) -> Self {
        Self::started(directory, false)
    }

    /// One that wants STARTTLS and the account, with a certificate of its own.
    pub(crate) fn encrypted(directory: &Path) -> Self {
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt"])
            .args(["ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
            .args(["-subj", "/CN=mail.test", "-keyout", "mail.key"])
            .args(["-addext", "subjectAltName=IP:127.0.0.1"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .args(["-out", "mail.pem"])
            .current_dir(directory)
            .output()
            .unwrap_or_else(|error| panic!("openssl does not run ({error}): run `./test`"));
        assert!(made.status.success(), "{made:?}");
        Self::started(directory, true)
    }

    fn started(directory: &Path, encrypted: bool) -> Self {
        fs::create_dir(directory.join("mails")).unwrap();
        let mut server = Self {
            directory: directory.to_owned(),
            encrypted,
            port: 0,
            running: None,
        };
        server.start();
        server
    }

    /// Starts it, after a [`MailServer::stop`] at the same port.
    pub(crate) fn start(&mut self) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail/smtp.py");
        let mut command = Command::new(python());
        command
            .arg("-B")
            .arg(script)
            .args([&self.port.to_string(), "mails"]);
        if self.encrypted {
            command.args(["mail.pem", "mail.key", USER, SMTP_PASSWORD]);
        }
        let mut process = command
            .current_dir(&self.directory)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("the mail server does not run: {error}"));
        let mut line = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut line).unwrap();
        self.running = Some(process);
        let port = line.trim().parse();
        self.port = port.unwrap_or_else(|_| panic!("the mail server did not start"));
    }

    /// Takes it away: nobody listens at its port.
    pub(crate) fn stop(&mut self) {
        if let Some(mut process) = self.running.take() {
            // it may have ended before
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// What `PROVOST_MAIL_SERVER` takes.
    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// What `PROVOST_MAIL_CA` takes.
    pub(crate) fn certificate(&self) -> String {
        self.directory.join("mail.pem").display().to_string()
    }

    /// How many mails have come.
    pub(crate) fn count(&self) -> usize {
        (1..)
            .take_while(|number| self.path(*number).exists())
            .count()
    }

    /// The mail with this number, from 1 on, once it has come.
    pub(crate) fn mail(&self, number: usize) -> Mail {
        let what = format!("mail {number}");
        let text = until(&what, || fs::read_to_string(self.path(number)).ok());
        Mail(serde_json::from_str(&text).unwrap())
    }

    fn path(&self, number: usize) -> PathBuf {
        self.directory.join(format!("mails/{number}.json"))
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.stop();
    }
}
