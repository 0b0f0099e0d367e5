//! What happens while the mail server is away.

use crate::{
    mail_server::MailServer,
    site::{PASSWORD, Site},
    tools::until,
};
use provost_testkit::{TestDatabase, on_both_engines};
use serde_json::json;

on_both_engines! {
    async fn a_mail_waits_for_the_mail_server(database: TestDatabase) {
        let mut mails = MailServer::plain(database.directory());
        mails.stop();
        let settings = [("PROVOST_MAIL_TLS", "none"), ("PROVOST_MAIL_TIMEOUT", "5")];
        let mut site = Site::with(database, mails, &settings);
        site.user("ada", &[]);
        assert_eq!(site.welcome("ada"), 102);
        until("a first try", || site.server.log().contains("a welcome mail waits").then_some(()));
        site.server.restart();

        site.mails.start();
        let mail = site.mails.mail(1);
        assert_eq!(mail.told("recipients"), &json!(["ada@example.net"]));
        assert_eq!(site.redeem(mail.secret(), PASSWORD).status, 200);
        until("an empty queue", || {
            site.server.database().rows("SELECT * FROM welcome_mails").is_empty().then_some(())
        });
        assert_eq!(site.mails.count(), 1, "it was sent once");
    }
}
