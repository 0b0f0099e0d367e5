//! Welcome mails, from the request to the login: a real mail server takes them, a real browser opens their links.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod browser;
mod encryption;
mod links;
mod mail;
mod mail_server;
mod outage;
mod page;
mod secrecy;
mod site;
mod switches;
mod tools;
mod welcome;
