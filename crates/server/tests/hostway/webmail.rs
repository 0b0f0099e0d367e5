//! Webmail accounts: types, upgrades, limits, languages.

use crate::site::{DOMAIN, Site, keys, own_webmail, webmail};
use provost_testkit::{Engine, Request, TestDatabase, on_both_engines};
use serde_json::{Value, json};

on_both_engines! {
    async fn an_account_is_made_changed_and_deleted(database: TestDatabase) {
        let site = Site::with_mailbox(database);
        let at = webmail("john.smith");
        assert_eq!(site.owner(Request::get(&at)).status, 404);
        assert_eq!(site.owner(Request::put(&at).json(&json!({"type": "premium"}))).status, 404);
        assert_eq!(site.owner(Request::delete(&at)).status, 404);
        // without a body, and with a slash at the end
        assert_eq!(site.owner(Request::post(&format!("{at}/"))).status, 201);
        assert_eq!(site.owner(Request::post(&at).json(&json!({}))).status, 409);
        let change = json!({"type": "premium", "allowUpgrade": false, "resetPassword": true, "theme": "dark", "language": "de_AT", "timezone": "Europe/Vienna"});
        let changed = site.owner(Request::put(&at).json(&change));
        assert_eq!((changed.status, changed.text().as_str()), (204, ""));
        let shown = site.read(&at);
        for (key, value) in change.as_object().unwrap() {
            assert_eq!(&shown[key], value, "{key}");
        }
        // what was read can be written back, and changes nothing
        assert_eq!(site.owner(Request::put(&at).json(&shown)).status, 204);
        let mut again = site.read(&at);
        again["authToken"] = shown["authToken"].clone();
        assert_eq!(again, shown);
        assert_eq!(site.owner(Request::delete(&at)).status, 204);
        assert_eq!(site.owner(Request::get(&at)).status, 404);
        assert_eq!(site.owner(Request::get(&crate::site::path("john.smith", "mailbox"))).status, 200, "the mailbox stays");
    }

    async fn the_owner_of_a_mailbox_has_a_short_form(database: TestDatabase) {
        let site = Site::with_mailbox(database);
        let at = own_webmail("john.smith");
        let john = |request: Request| site.mailbox_owner("john.smith", request);
        assert_eq!(john(Request::get(&at)).status, 404);
        assert_eq!(john(Request::post(&at).json(&json!({"theme": "t"}))).status, 201);
        let shown = john(Request::get(&at)).json();
        assert_eq!(keys(&shown), ["allowUpgrade", "language", "links", "theme", "timezone", "type"]);
        assert_eq!(
            shown["links"][0]["href"],
            format!("{}/email/test.com/usernames/john.smith/webmail/", site.server.base_url())
        );
        assert_eq!(john(Request::put(&at).json(&json!({"type": "premium"}))).status, 204);
        assert_eq!(john(Request::get("/email/test.com/webmailNames/")).status, 200);
        assert_eq!(john(Request::get("/email/test.com/webmailLimits")).status, 200);
        // nobody else's, nor the long form
        site.mailbox("jane");
        for request in [
            Request::get(&own_webmail("jane")),
            Request::get(&own_webmail("nobody")),
            Request::get(&webmail("john.smith")),
            Request::get(DOMAIN),
        ] {
            assert_eq!(john(request).status, 401);
        }
        assert_eq!(site.owner(Request::get(&at)).status, 401, "the account's owner has the long form");
        let wrong = Request::get(&at).basic("john.smith@test.com", "wrong").send(&site.server);
        assert_eq!(wrong.status, 401);
    }

    async fn upgrades_are_the_owners_only_where_they_are_allowed(database: TestDatabase) {
        let site = Site::with_webmail(database);
        let (long, short) = (webmail("john.smith"), own_webmail("john.smith"));
        let set = |document: Value| site.owner(Request::put(&long).json(&document)).status;
        let own = |document: Value| {
            let answer = site.mailbox_owner("john.smith", Request::put(&short).json(&document));
            (answer.status, serde_json::from_str(&answer.text()).unwrap_or(Value::Null))
        };
        let no_upgrade = (400, json!({"type": "Upgrades are not allowed for this mailbox"}));
        assert_eq!(set(json!({"type": "standard", "allowUpgrade": false})), 204);
        assert_eq!(own(json!({"type": "premium"})), no_upgrade, "may not leave standard");
        assert_eq!(own(json!({"type": "standard", "theme": "x"})).0, 204, "the rest may change");
        let only = |key: &str| (400, json!({key: "Only the owner of the account may set this"}));
        assert_eq!(own(json!({"type": "standard", "allowUpgrade": true})), only("allowUpgrade"));
        assert_eq!(own(json!({"type": "standard", "resetPassword": true})), only("resetPassword"));
        assert_eq!(set(json!({"type": "premium"})), 204, "the account's owner may always");
        assert_eq!(own(json!({"type": "activesync"})), no_upgrade, "nor move within the others");
        assert_eq!(set(json!({"type": "premium", "allowUpgrade": true})), 204);
        assert_eq!(own(json!({"type": "activesync", "allowUpgrade": false})), no_upgrade);
        assert_eq!(own(json!({"type": "activesync"})).0, 204);
        assert_eq!(own(json!({"type": "activesync", "allowUpgrade": false})).0, 204);
        assert_eq!(own(json!({"type": "standard"})), no_upgrade);
    }

    async fn types_and_limits_are_the_domains(database: TestDatabase) {
        let file = "[webmail.standard]\ntitle = 'Basic'\nquota_mb = 10\n[webmail.gold]\nlimit = 1\nquota_mb = 5\n\
            [domain.'other.com'.webmail.only]\ntitle = 'The only one'";
        let site = Site::with(database, file, &[]);
        site.cli(&["domain", "add", "other.com", "--tenant", "test"], "");
        for name in ["one", "two"] {
            site.mailbox(name);
        }
        assert_eq!(site.read(&format!("{DOMAIN}/webmailNames"))["webmailNames"], json!({"standard": "Basic", "gold": "gold"}));
        assert_eq!(site.read(&format!("{DOMAIN}/webmailLimits"))["webmailLimits"], json!({"standard": -1, "gold": 1}));
        let other = "/accounts/test/email/other.com";
        assert_eq!(site.read(&format!("{other}/webmailNames"))["webmailNames"], json!({"only": "The only one"}));
        let post = |name: &str, document: Value| site.owner(Request::post(&webmail(name)).json(&document));
        assert_eq!(post("one", json!({"type": "only"})).json(), json!({"type": "\"only\" is not one of standard, gold"}));
        assert_eq!(post("one", json!({"type": "gold"})).status, 201);
        let full = post("two", json!({"type": "gold"}));
        assert_eq!((full.status, full.json()), (400, json!({"type": "The domain has as many webmail accounts of this type as it may"})));
        assert_eq!(post("two", json!({})).status, 201);
        let change = |document: Value| site.owner(Request::put(&webmail("two")).json(&document));
        assert_eq!(change(json!({"type": "gold"})).status, 400, "over its limit");
        assert_eq!(site.owner(Request::delete(&webmail("one"))).status, 204);
        let usage = |mb: u32| site.owner(Request::put(&crate::site::path("two", "usage")).json(&json!({"usage": mb}))).status;
        assert_eq!(usage(6), 204);
        assert_eq!(change(json!({"type": "gold"})).json(), json!({"type": "The mailbox holds more than this type allows"}));
        assert_eq!(usage(5), 204);
        assert_eq!(change(json!({"type": "gold"})).status, 204);
        let counts = site.read(&format!("{DOMAIN}/statistics/mailboxTypeCount"));
        assert_eq!((&counts["numStandard"], &counts["numGold"]), (&json!(0), &json!(1)));
        assert_eq!(site.read(&crate::site::path("two", "mailbox"))["usage"], 5);
    }
}

#[test]
fn sixty_four_clients_get_the_one_place_once_and_make_one_mailbox() {
    let file = "[webmail.standard]\n[webmail.gold]\nlimit = 1";
    for engine in Engine::ALL {
        let site = Site::with(TestDatabase::fresh(engine), file, &[]);
        for nth in 0..64 {
            // only the owner hashes a password: the mailboxes come from the command line
            let email = format!("m{nth}@test.com");
            site.cli(
                &[
                    "user", "create", &email, "--tenant", "test", "--email", &email,
                ],
                "",
            );
        }
        let answers = |request: &(dyn Fn(u32) -> Request + Sync)| -> Vec<u16> {
            std::thread::scope(|scope| {
                let threads: Vec<_> = (0..64)
                    .map(|nth| {
                        let site = &site;
                        scope.spawn(move || site.owner(request(nth)).status)
                    })
                    .collect();
                threads
                    .into_iter()
                    .map(|thread| thread.join().unwrap())
                    .collect()
            })
        };
        let gold = json!({"type": "gold"});
        let statuses = answers(&|nth| Request::post(&webmail(&format!("m{nth}"))).json(&gold));
        assert_eq!(
            statuses.iter().filter(|status| **status == 201).count(),
            1,
            "{statuses:?}"
        );
        assert!(
            statuses.iter().all(|status| [201, 400].contains(status)),
            "{statuses:?}"
        );
        let body = json!({"password": crate::site::MAILBOX_PASSWORD});
        let statuses =
            answers(&|_| Request::put(&crate::site::path("only.one", "mailbox")).json(&body));
        assert_eq!(
            statuses.iter().filter(|status| **status == 201).count(),
            1,
            "{statuses:?}"
        );
        assert!(
            statuses.iter().all(|status| [201, 204].contains(status)),
            "{statuses:?}"
        );
    }
}
