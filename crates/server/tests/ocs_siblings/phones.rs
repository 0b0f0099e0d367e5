//! Finding users by telephone number.

use crate::site::{Site, v2};
use provost_testkit::{Request, Response, TestDatabase, on_both_engines};
use serde_json::{Value, json};

fn search(site: &Site, document: &Value) -> Response {
    let request = Request::post(&v2("/cloud/users/search/by-phone")).json(document);
    site.by("ada", request.header("Host", "cloud.example"))
}

fn found(site: &Site, search_for: Value) -> Value {
    let answer = search(site, &json!({"location": "DE", "search": search_for}));
    assert_eq!(answer.ocs_code(), 200, "{}", answer.text());
    answer.ocs_data()
}

on_both_engines! {
    async fn numbers_lead_to_users(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        site.user("bob", &[]);
        site.user("carol", &[]);
        for (login, phone) in [("ada", "+4930901820"), ("bob", "+16502530000"), ("carol", "+4930901820")] {
            let request = Request::put(&v2(&format!("/cloud/users/{login}")))
                .form(&[("key", "phone"), ("value", phone)]);
            assert_eq!(site.admin(request).ocs_code(), 200);
        }
        assert_eq!(
            found(&site, json!({"k1": ["030 901820"], "k2": ["12", "+1 650-253-0000"], "k3": ["+4999999"]})),
            json!({"k1": "ada@cloud.example", "k2": "bob@cloud.example"}),
            "the first user of a number"
        );
        assert_eq!(found(&site, json!([["030901820"]])), json!(["ada@cloud.example"]));
        for nothing in [json!({}), json!({"a": ["x", ""]}), json!({"a": "030901820"}), json!({"a": ["+49711111111"]})] {
            assert_eq!(found(&site, nothing), json!([]));
        }
        let lower = json!({"location": "de", "search": {"a": ["030901820"]}});
        assert_eq!(search(&site, &lower).ocs_data(), json!({"a": "ada@cloud.example"}));
    }

    async fn unfit_searches_are_refused(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        let nowhere = json!({"location": "ZZ", "search": {"a": ["030901820"]}});
        assert_eq!(search(&site, &nowhere).ocs_code(), 400);
        for document in [json!({"search": {}}), json!({"location": "DE"}), json!({"location": "DE", "search": "x"})] {
            let answer = search(&site, &document);
            assert_eq!((answer.status, answer.text().as_str()), (400, ""));
        }
        let numbers: Vec<String> = (0..2001).map(|n| format!("0309{n:06}")).collect();
        let most = json!({"location": "DE", "search": {"a": &numbers[1..]}});
        assert_eq!(search(&site, &most).ocs_code(), 200);
        let many = json!({"location": "DE", "search": {"a": numbers}});
        assert_eq!(search(&site, &many).ocs_code(), 400, "{}", search(&site, &many).text());
    }
}
