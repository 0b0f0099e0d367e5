//! The welcome mail that a user made without a password is sent.

use crate::site::{PASSWORD, PUBLIC_URL, Site, v2};
use provost_testkit::{Request, TestDatabase, on_both_engines};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

on_both_engines! {
    async fn a_new_user_is_sent_a_mail_with_a_link(database: TestDatabase) {
        let site = Site::plain(database);
        site.user("ada", &[("displayName", "Ada Lovelace ü")]);
        let mail = site.mails.mail(1);
        assert_eq!(mail.told("sender"), "accounts@example.org");
        assert_eq!(mail.told("recipients"), &json!(["ada@example.net"]));
        assert_eq!(mail.header("From"), "Accounts <accounts@example.org>");
        assert_eq!(mail.told("to"), &json!([["Ada Lovelace ü", "ada@example.net"]]));
        assert!(mail.header("Subject").starts_with("Your account at "));
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        assert_eq!(mail.header("MIME-Version"), "1.0");
        assert_eq!(mail.told("kind"), "multipart/alternative");
        assert_eq!(mail.told("defects"), &json!([]));
        let id = mail.header("Message-ID");
        assert!(id.starts_with('<') && id.ends_with("@example.org>") && !id.contains(' '), "{id}");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs_f64();
        let at = mail.told("at").as_f64().unwrap();
        assert!((now - 600.0..=now + 1.0).contains(&at), "it was sent just now: {at} {now}");

        let start = format!("{PUBLIC_URL}/set-password#");
        assert!(mail.link().starts_with(&start) && mail.secret().len() >= 32, "{}", mail.link());
        let anchor = format!("<a href=\"{}\">", mail.link());
        assert!(mail.html().contains(&anchor), "{}", mail.html());
        for part in [mail.text(), mail.html()] {
            assert!(part.contains("Ada Lovelace ü") && part.contains("ada") && part.contains("until "), "{part}");
        }
        assert!(!site.opens("ada", PASSWORD));
        let set = site.redeem(mail.secret(), PASSWORD);
        assert_eq!((set.status, set.json()), (200, json!({ "login": "ada" })));
        assert!(site.opens("ada", PASSWORD));
    }

    async fn a_user_of_another_tenant_is_led_to_its_page(database: TestDatabase) {
        let site = Site::plain(database);
        site.cli(&["tenant", "create", "acme", "--name", "Acme <&> Söhne"]);
        site.cli(&["user", "create", "bob", "--tenant", "acme", "--email", "bob@example.net"]);
        site.cli(&["user", "invite", "bob", "--tenant", "acme"]);
        let mail = site.mails.mail(1);
        let start = format!("{PUBLIC_URL}/t/acme/set-password#");
        assert!(mail.link().starts_with(&start), "{}", mail.link());
        assert_eq!(mail.header("Subject"), "Your account at Acme <&> Söhne");
        assert!(mail.text().contains("Acme <&> Söhne") && mail.html().contains("Acme &lt;&amp;&gt; Söhne"));
    }

    async fn no_name_adds_a_header_or_an_addressee(database: TestDatabase) {
        let site = Site::plain(database);
        let form = [("userid", "mal"), ("email", "mal@example.net"), ("displayName", "x\r\nBcc: y@example.net")];
        let refused = site.admin(Request::post(&v2("/cloud/users")).form(&form));
        assert_ne!(refused.ocs_code(), 200, "{}", refused.text());

        let name = "x\" <y@example.net>, \"z@example.net; =?utf-8?q?=0ABcc:_w?=";
        site.user("ada", &[("displayName", name)]);
        let mail = site.mails.mail(1);
        assert_eq!(mail.told("recipients"), &json!(["ada@example.net"]));
        assert_eq!(mail.told("to").as_array().unwrap().len(), 1, "{mail:?}");
        assert_eq!(mail.told("to")[0][1], "ada@example.net");
        let mut names = mail.header_names();
        names.sort_unstable();
        let usual = [
            "auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to",
        ];
        assert_eq!(names, usual);
        assert!(mail.html().contains("x&quot; &lt;y@example.net&gt;"), "{}", mail.html());

        site.cli(&["tenant", "create", "acme", "--name", "x\r\nBcc: y@example.net"]);
        site.cli(&["user", "create", "bob", "--tenant", "acme", "--email", "bob@example.net", "--invite"]);
        let mail = site.mails.mail(2);
        assert_eq!(mail.told("recipients"), &json!(["bob@example.net"]));
        assert!(!mail.header_names().contains(&"bcc".to_owned()), "{mail:?}");
        assert_eq!(mail.header("Subject"), "Your account at x  Bcc: y@example.net");
    }
}
