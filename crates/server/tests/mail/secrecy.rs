//! Where secrets are not: in logs, in the audit, in the database.

use crate::{
    mail_server::{MailServer, SMTP_PASSWORD},
    site::{PASSWORD, Site},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use provost_testkit::{TestDatabase, on_both_engines};

on_both_engines! {
    async fn secrets_are_in_the_mail_alone(database: TestDatabase) {
        let mails = MailServer::encrypted(database.directory());
        let mut site = Site::encrypted(database, mails, &[("PROVOST_LOG", "trace")]);
        site.user("ada", &[]);
        let first = site.mails.mail(1);
        assert_eq!(site.welcome("ada"), 200);
        let second = site.mails.mail(2);
        let links = site.server.database().rows("SELECT * FROM password_links");
        assert_eq!(links.len(), 1);
        for mail in [&first, &second] {
            site.redeem(mail.secret(), "short");
            site.redeem(mail.secret(), PASSWORD);
        }
        assert!(site.opens("ada", PASSWORD));
        let audit = site.cli(&["audit", "list", "--json"]);
        assert!(audit.contains("by_link"), "{audit}");
        // its log is whole once it has ended
        site.server.sigterm_and_wait();
        let log = site.server.log();
        assert!(log.contains("/set-password"), "the page's requests are logged");
        let told = STANDARD.encode(format!("\0mailer\0{SMTP_PASSWORD}"));
        for secret in [first.secret(), second.secret(), SMTP_PASSWORD, &told, PASSWORD] {
            assert!(!log.contains(secret), "{secret} is in the log");
            assert!(!audit.contains(secret), "{secret} is in the audit");
            assert!(!format!("{links:?}").contains(secret), "{secret} is in the database");
        }
    }
}
