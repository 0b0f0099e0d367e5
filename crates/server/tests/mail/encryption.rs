//! How the mail server is spoken to.

use crate::{
    mail_server::{MailServer, SMTP_PASSWORD},
    site::Site,
};
use provost_testkit::{Engine, TestDatabase};
use std::fs;

fn database() -> TestDatabase {
    TestDatabase::fresh(Engine::Sqlite)
}

fn encrypted(settings: &[(&str, &str)]) -> Site {
    let database = database();
    let mails = MailServer::encrypted(database.directory());
    Site::encrypted(database, mails, settings)
}

/// Nothing can be sent, and nothing is.
fn refuses(site: &Site) {
    site.user("ada", &[]);
    assert_eq!(site.welcome("ada"), 102);
    assert_eq!(site.mails.count(), 0);
}

#[test]
fn an_account_is_shown_to_a_server_with_the_certificate_that_is_set() {
    let site = encrypted(&[]);
    site.user("ada", &[]);
    let mail = site.mails.mail(1);
    assert_eq!(mail.told("encrypted"), true);
    assert_eq!(mail.told("authenticated"), true);
}

#[test]
fn the_accounts_password_may_be_in_a_file() {
    let database = database();
    let mails = MailServer::encrypted(database.directory());
    let file = database.directory().join("password");
    fs::write(&file, format!("{SMTP_PASSWORD}\n")).unwrap();
    let settings = [
        ("PROVOST_MAIL_PASSWORD", ""),
        ("PROVOST_MAIL_PASSWORD_FILE", file.to_str().unwrap()),
    ];
    let site = Site::encrypted(database, mails, &settings);
    site.user("ada", &[]);
    assert_eq!(site.mails.mail(1).told("authenticated"), true);
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused() {
    refuses(&encrypted(&[("PROVOST_MAIL_CA", "")]));
}

#[test]
fn a_wrong_password_at_the_mail_server_is_a_mail_that_waits() {
    refuses(&encrypted(&[("PROVOST_MAIL_PASSWORD", "Wrong-4711")]));
}

#[test]
fn nothing_is_said_in_the_clear_to_a_server_without_starttls() {
    let database = database();
    let mails = MailServer::plain(database.directory());
    refuses(&Site::with(database, mails, &[]));
}
