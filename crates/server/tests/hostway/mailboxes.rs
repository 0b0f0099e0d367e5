//! Mailboxes: made, changed and deleted with their users.

use crate::site::{DOMAIN, MAILBOX_PASSWORD, Site, keys, path};
use provost_testkit::{Request, TestDatabase, on_both_engines};
use serde_json::json;

on_both_engines! {
    async fn a_mailbox_is_a_user(database: TestDatabase) {
        let site = Site::new(database);
        let document = json!({"password": MAILBOX_PASSWORD, "master": true, "quota": 10, "type": "premium"});
        let made = site.put_mailbox("John.Smith", &document);
        assert_eq!((made.status, made.text().as_str()), (201, ""));
        let shown = site.read(&path("john.smith", "mailbox"));
        assert_eq!(keys(&shown), ["authToken", "links", "master", "quota", "sitemail_urls", "usage", "username"]);
        assert_eq!(
            (&shown["username"], &shown["master"], &shown["quota"], &shown["usage"]),
            (&json!("John.Smith"), &json!(true), &json!(10), &json!(0))
        );
        assert_eq!(site.read(&path("john.smith", "webmail"))["type"], "premium");
        let user = site.cli(&["user", "show", "john.smith@test.com", "--tenant", "test", "--json"], "");
        let user: serde_json::Value = serde_json::from_str(&user).unwrap();
        assert_eq!((&user["login"], &user["email"]), (&json!("John.Smith@test.com"), &json!("John.Smith@test.com")));

        // on one that is there it changes what it names
        let document = json!({"password": "Kw9-qqq-Zz", "quota": 20, "type": "standard"});
        let changed = site.put_mailbox("john.smith", &document);
        assert_eq!((changed.status, changed.text().as_str()), (204, ""));
        let shown = site.read(&path("john.smith", "mailbox"));
        assert_eq!((&shown["master"], &shown["quota"]), (&json!(true), &json!(20)));
        assert_eq!(site.read(&path("john.smith", "webmail"))["type"], "standard");

        // another name: the mailbox moves
        let renamed = site.put_mailbox("john.smith", &json!({"password": "Kw9-qqq-Zz", "username": "jack"}));
        assert_eq!(renamed.status, 204, "{}", renamed.text());
        assert_eq!(site.owner(Request::get(&path("john.smith", "mailbox"))).status, 404);
        assert_eq!(site.read(&path("jack", "mailbox"))["username"], "jack");

        let deleted = site.owner(Request::delete(&path("jack", "mailbox")));
        assert_eq!((deleted.status, deleted.text().as_str()), (204, ""));
        assert_eq!(site.owner(Request::get(&path("jack", "webmail"))).status, 404);
        assert_eq!(site.read(&format!("{DOMAIN}/usernames"))["totalCount"], 0);
    }

    async fn whoever_has_an_address_in_the_domain_is_a_mailbox(database: TestDatabase) {
        let site = Site::new(database);
        site.cli(&["user", "create", "bob", "--tenant", "test", "--email", "robert@test.com"], "");
        assert_eq!(site.read(&path("robert", "mailbox"))["username"], "robert");
        assert_eq!(site.put_mailbox("robert", &json!({"password": MAILBOX_PASSWORD})).status, 204);
        assert_eq!(site.owner(Request::post(&path("robert", "webmail"))).status, 201);
        let rob = Request::get("/email/test.com/usernames/robert/webmail");
        assert_eq!(rob.clone().basic("bob", MAILBOX_PASSWORD).send(&site.server).status, 200);
        assert_eq!(rob.basic("robert@test.com", MAILBOX_PASSWORD).send(&site.server).status, 200);
        // a password is held against the mailbox's name, whatever the login
        let guessable = site.put_mailbox("robert", &json!({"password": "Qz7-Robert-Kw"}));
        assert_eq!(guessable.status, 400);
    }

    async fn the_last_administrator_stays(database: TestDatabase) {
        let site = Site::new(database);
        site.mailbox("plain");
        site.cli(&["user", "create", "boss", "--tenant", "test", "--email", "boss@test.com", "--admin"], "");
        assert_eq!(site.owner(Request::delete(&path("boss", "mailbox"))).status, 204);
        site.cli(&["user", "create", "chief", "--tenant", "test", "--email", "chief@test.com", "--admin"], "");
        site.cli(&["user", "delete", "owner", "--tenant", "test"], "");
        let last = site.operator(Request::delete(&path("chief", "mailbox")));
        assert_eq!(last.status, 400);
        assert_eq!(keys(&last.json()), ["mailboxName"]);
        assert_eq!(site.operator(Request::get(&path("chief", "mailbox"))).status, 200);
    }

    async fn quotas_are_megabytes_and_what_reads_the_same_stays(database: TestDatabase) {
        let site = Site::with_mailbox(database);
        let quota = || site.read(&path("john.smith", "mailbox"))["quota"].clone();
        let set = |quota: serde_json::Value| {
            let document = json!({"password": MAILBOX_PASSWORD, "quota": quota});
            site.put_mailbox("john.smith", &document).status
        };
        let ocs = |quota: &str| {
            let request = Request::put("/t/test/ocs/v2.php/cloud/users/john.smith@test.com?format=json");
            let answer = site.owner(request.ocs().form(&[("key", "quota"), ("value", quota)]));
            assert_eq!(answer.ocs_code(), 200);
        };
        let stored = || site.server.database().rows("SELECT quota FROM users WHERE login LIKE 'john%'; SELECT quota FROM addresses");
        ocs("1500000");
        let bytes = stored();
        assert_eq!(quota(), 2, "rounded up");
        assert_eq!(set(json!(2)), 204);
        assert_eq!(stored(), bytes, "what reads the same stays as it is");
        assert_eq!(set(json!(3)), 204);
        assert_eq!(stored(), [["3145728"], ["3145728"]]);
        assert_eq!(set(json!(0)), 204);
        assert_eq!((quota(), stored()), (json!(0), vec![vec!["-3".to_owned()], vec!["-3".to_owned()]]), "no limit");
        for wrong in [json!(-1), json!("10"), json!(1.5), json!(u64::MAX)] {
            assert_eq!(set(wrong.clone()), 400, "{wrong}");
        }
        assert_eq!(site.read(DOMAIN)["quota"], 0);
        assert_eq!(set(json!(7)), 204);
        assert_eq!(site.read(DOMAIN)["quota"], 7);
        assert_eq!(site.read(&format!("{DOMAIN}/infostore"))["infoStore"], json!({"usage": 0, "quota": 7}));
    }
}
