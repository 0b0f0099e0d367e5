//! What a mailbox does with its mail.

use crate::site::{DOMAIN, Site, path};
use provost_testkit::{Request, TestDatabase, on_both_engines};
use serde_json::{Value, json};

on_both_engines! {
    async fn an_autoresponder_is_set_and_read(database: TestDatabase) {
        let site = Site::with_mailbox(database);
        let at = path("john.smith", "autoresponder");
        let link = json!([{"href": format!("{}{at}/", site.server.base_url()), "rel": "self"}]);
        assert_eq!(site.read(&at), json!({"subject": "", "body": "", "active": false, "links": link}));
        let document = json!({"subject": "Subject", "body": "Auto\nRespond – später", "active": true});
        assert_eq!(site.owner(Request::put(&at).json(&document)).status, 204);
        let mut shown = site.read(&at);
        shown.as_object_mut().unwrap().remove("links");
        assert_eq!(shown, document);
        for (document, wrong) in [
            (json!({}), json!({"subject": "Required", "body": "Required", "active": "Required"})),
            (json!({"subject": 1, "body": "", "active": "yes"}), json!({"subject": "Must be a string", "active": "Must be a boolean"})),
            (json!({"subject": "a\nb", "body": "c\u{0}", "active": true}), json!({"subject": "holds characters that are not allowed", "body": "holds characters that are not allowed"})),
            (json!({"subject": "", "body": "x".repeat(65_537), "active": true}), json!({"body": "must have at most 65536 characters"})),
        ] {
            let answer = site.owner(Request::put(&at).json(&document));
            assert_eq!((answer.status, answer.json()), (400, wrong));
        }
        assert_eq!(site.read(&at)["subject"], "Subject", "nothing was changed");
    }

    async fn forwards_are_set_listed_and_taken_away(database: TestDatabase) {
        let site = Site::with_mailbox(database);
        let at = path("john.smith", "forwards");
        let targets = || site.read(&at)["targets"].clone();
        assert_eq!(targets(), json!([]));
        let set = |targets: Value| site.owner(Request::post(&at).json(&json!({"targets": targets})));
        let both = json!([{"target": "mb1@test.com"}, {"target": "test@test-forward.com"}]);
        assert_eq!(set(both.clone()).status, 204);
        assert_eq!(targets(), both);
        assert_eq!(site.owner(Request::delete(&format!("{at}/MB1@test.com/"))).status, 204);
        assert_eq!(targets(), json!([{"target": "test@test-forward.com"}]));
        assert_eq!(site.owner(Request::delete(&format!("{at}/mb1@test.com"))).status, 404);
        let wrong = set(json!([{"target": "nobody"}, {}]));
        assert_eq!(
            (wrong.status, wrong.json()["badRequest"]["details"].clone()),
            (400, json!({"targets.0.target": "Invalid address format: nobody", "targets.1.target": "Required"}))
        );
        let many: Vec<_> = (0..1001).map(|nth| json!({"target": format!("m{nth}@a.example")})).collect();
        assert_eq!(set(Value::Array(many)).status, 400);
    }

    async fn senders_are_added_changed_and_cleared(database: TestDatabase) {
        let site = Site::with_mailbox(database);
        let at = path("john.smith", "blackwhitelist");
        let put = |list: Value| site.owner(Request::put(&at).json(&json!({"list": list})));
        let list = || site.read(&at)["list"].clone();
        let white = json!({"address": "mb1-white@somedomain.com", "type": "W"});
        let black = json!({"address": "@someotherdomain.com", "type": "B"});
        assert_eq!(put(json!([white, black])).status, 204);
        assert_eq!(list(), json!([white, black]));
        // those that are not named stay, those that are get the new type
        assert_eq!(put(json!([{"address": "MB1-white@somedomain.com", "type": "B"}])).status, 204);
        assert_eq!(list(), json!([{"address": "mb1-white@somedomain.com", "type": "B"}, black]));
        assert_eq!(put(json!([])).status, 204);
        assert_eq!(list(), json!([]));
        for document in [json!({}), json!({"list": 1}), json!({"list": ["x"]}), json!({"list": [{"address": 1, "type": "W"}]})] {
            let answer = site.owner(Request::put(&at).json(&document));
            assert_eq!(answer.status, 400, "{document}");
            assert_eq!(answer.json()["badRequest"]["code"], 400, "{document}");
        }
    }

    async fn further_addresses_are_the_domains_aliases(database: TestDatabase) {
        let site = Site::with_mailbox(database);
        let request = Request::put("/t/test/ocs/v2.php/cloud/users/john.smith@test.com?format=json");
        let answer = site.owner(request.ocs().form(&[("key", "additional_mail"), ("value", "second@test.com")]));
        assert_eq!(answer.ocs_code(), 200);
        assert_eq!(site.read(&format!("{DOMAIN}/aliases"))["list"], json!(["second@test.com"]));
    }
}
