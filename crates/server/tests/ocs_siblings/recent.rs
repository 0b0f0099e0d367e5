//! The users who signed in last.

use crate::site::{Site, v2};
use provost_testkit::{Request, Response, TestDatabase, on_both_engines};

fn ids(answer: &Response) -> Vec<String> {
    assert_eq!(answer.ocs_code(), 200, "{}", answer.text());
    let data = answer.ocs_data();
    match data["users"].as_object() {
        Some(users) => users.keys().cloned().collect(),
        None => Vec::new(),
    }
}

on_both_engines! {
    async fn only_those_who_signed_in_are_listed(database: TestDatabase) {
        let site = Site::with_user(database, "ada");
        for login in ["bob", "carol", "never"] {
            site.user(login, &[]);
        }
        for login in ["carol", "ada", "bob"] {
            assert!(site.opens(login, crate::site::PASSWORD));
        }
        let recent = |query: &str| site.admin(Request::get(&v2(&format!("/cloud/users/recent{query}"))));
        let mut all = ids(&recent(""));
        all.sort();
        assert_eq!(all, ["ada", "admin", "bob", "carol"]);
        assert_eq!(ids(&recent("?limit=1")), ["bob"], "the latest");
        assert_eq!(ids(&recent("?limit=1&offset=2")), ["carol"]);
        assert_eq!(ids(&recent("?search=AR")), ["carol"]);
        assert_eq!(ids(&recent("?search=nobody")), Vec::<String>::new());
        assert_eq!(ids(&recent("?limit=900")).len(), 4, "more than 100 are not shown, nor refused");
        for query in ["?limit=-1", "?offset=-1", "?limit=x"] {
            assert!(recent(query).ocs_code() >= 400, "{query}");
        }
        assert_eq!(site.by("ada", Request::get(&v2("/cloud/users/recent"))).ocs_code(), 403);
    }
}
