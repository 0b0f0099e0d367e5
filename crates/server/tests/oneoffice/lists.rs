//! Lists of users.

use crate::office::on_each;
use serde_json::{Value, json};

fn ids(list: &Value) -> Vec<i64> {
    let mut ids: Vec<i64> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["id"].as_i64().unwrap())
        .collect();
    ids.sort_unstable();
    ids
}

on_each! {
    fn all_users_are_listed_in_pages_or_whole(office: &Office) {
        assert_eq!(office.done("listUsers", &json!({})), json!([]));
        for nth in 0..230 {
            office.done("createUser", &json!({ "email": format!("u{nth}@one.example"), "password": "demo1234", "displayName": format!("User {nth}") }));
        }
        let all = office.done("listUsers", &json!({}));
        assert_eq!(ids(&all), (2..232).collect::<Vec<_>>());
        assert_eq!(all[7], office.shown(all[7]["email"].as_str().unwrap()));
        let mut paged = Vec::new();
        for offset in [0, 100, 200, 300] {
            let page = office.done("listUsers", &json!({ "limit": 100, "offset": offset }));
            paged.extend(ids(&page));
        }
        paged.sort_unstable();
        assert_eq!(paged, ids(&all));
        let found = office.done("listUsers", &json!({ "search": "SER 22" }));
        assert_eq!(ids(&found).len(), 11);
        assert_eq!(office.done("listUsers", &json!({ "search": "nobody" })), json!([]));
        assert_eq!(office.done("listUsers", &json!({ "search": "\u{0}" })), json!([]));
        let rest = office.done("listUsers", &json!({ "offset": 225, "search": null }));
        assert_eq!(ids(&rest).len(), 5);
    }
}
