//! What leaves the directory for the outside: welcome mails, over SMTP.
//!
//! [`Welcomer`] sends one when it is asked to; its [`Welcomer::work`] sends those that wait in the database, beside which nothing of
//! them is kept: a process that dies loses none. SMTP: RFC 5321, STARTTLS: RFC 3207; automatic mails: RFC 3834.

mod link;
mod message;
mod outbox;
mod settings;
mod smtp;
mod welcomer;

pub use settings::{MailSettings, SmtpPassword, Tls};
pub use welcomer::Welcomer;
