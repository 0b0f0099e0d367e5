//! The list of a domain's mailboxes: filter, pages, order, details.

use crate::site::{DOMAIN, Site, keys};
use provost_testkit::{Request, TestDatabase, on_both_engines};
use serde_json::{Value, json};

/// A site with mailboxes that the command line made, since their passwords do not matter; name and quota.
fn filled(database: TestDatabase) -> Site {
    let site = Site::new(database);
    for (name, quota) in [
        ("anna", "5 MB"),
        ("bert", "none"),
        ("berta", "3 MB"),
        ("carl", "default"),
        ("carla", "5 MB"),
    ] {
        let login = format!("{name}@test.com");
        site.cli(
            &[
                "user", "create", &login, "--tenant", "test", "--email", &login,
            ],
            "",
        );
        let request = Request::put(&format!(
            "/t/test/ocs/v2.php/cloud/users/{login}?format=json"
        ));
        let answer = site.owner(request.ocs().form(&[("key", "quota"), ("value", quota)]));
        assert_eq!(answer.ocs_code(), 200);
    }
    site
}

/// The names of a list, and how many mailboxes it says there are.
fn names(site: &Site, query: &str) -> (i64, Vec<String>) {
    let list = site.read(&format!("{DOMAIN}/usernames?{query}"));
    let items = list["list"].as_array().unwrap();
    let names = items
        .iter()
        .map(|item| item["username"].as_str().unwrap().to_owned());
    (list["totalCount"].as_i64().unwrap(), names.collect())
}

on_both_engines! {
    async fn mailboxes_are_filtered_paged_and_sorted(database: TestDatabase) {
        let site = filled(database);
        for (query, count, expected) in [
            ("", 5, "anna bert berta carl carla"),
            ("sortOrder=asc&sortField=username", 5, "anna bert berta carl carla"),
            ("sortOrder=desc", 5, "carla carl berta bert anna"),
            ("sortField=quota", 5, "bert carl berta anna carla"),
            ("sortField=quota&sortOrder=desc", 5, "carla anna berta carl bert"),
            ("page=1&pageSize=2", 5, "anna bert"),
            ("page=3&pageSize=2", 5, "carla"),
            ("page=4&pageSize=2", 5, ""),
            ("page=2&pageSize=2&sortField=quota", 5, "berta anna"),
            ("filterUsername=bert", 1, "bert"),
            ("filterUsername=BERT*", 2, "bert berta"),
            ("filterUsername=*a", 3, "anna berta carla"),
            ("filterUsername=*ar*&sortOrder=desc", 2, "carla carl"),
            ("filterUsername=c*a&sortField=quota", 1, "carla"),
            ("filterUsername=*r*&page=2&pageSize=3", 4, "carla"),
            ("filterUsername=nobody*", 0, ""),
            ("filterUsername=%25", 0, ""),
            ("filterUsername=%00", 0, ""),
            ("filterUsername=", 0, ""),
        ] {
            let expected: Vec<String> = expected.split_whitespace().map(str::to_owned).collect();
            assert_eq!(names(&site, query), (count, expected), "{query}");
        }
        // a default that is more than nothing counts as what it is
        let settings = r#"UPDATE tenants SET settings = '{"default_quota":4194304}' WHERE slug = 'test'"#;
        site.server.database().rows(settings);
        assert_eq!(names(&site, "sortField=quota").1, ["bert", "berta", "carl", "anna", "carla"]);
        assert_eq!(names(&site, "sortField=quota&sortOrder=desc").1, ["carla", "anna", "carl", "berta", "bert"]);
        assert_eq!(site.read(DOMAIN)["quota"], 5 + 3 + 4 + 5);
    }

    async fn an_item_has_the_documented_keys(database: TestDatabase) {
        let site = Site::with_webmail(database);
        site.mailbox("plain");
        let list = site.read(&format!("{DOMAIN}/usernames?details=1"));
        assert_eq!(keys(&list), ["list", "totalCount"]);
        let href = format!("{}{DOMAIN}/usernames/john.smith/", site.server.base_url());
        assert_eq!(
            list["list"][0],
            json!({
                "username": "john.smith", "webmailAccess": "standard", "type": "standard", "quota": 0, "master": 0,
                "trialType": null, "trialExpiration": null, "allowUpgrade": true, "links": [{"href": href, "rel": "self"}]
            })
        );
        let plain = &list["list"][1];
        assert_eq!((&plain["webmailAccess"], &plain["type"], &plain["allowUpgrade"]), (&json!(""), &Value::Null, &json!(false)));
        let short = site.read(&format!("{DOMAIN}/usernames/"));
        assert_eq!(
            keys(&short["list"][0]),
            ["allowUpgrade", "links", "master", "quota", "trialExpiration", "trialType", "type", "username"]
        );
    }

    async fn unfit_queries_are_refused(database: TestDatabase) {
        let site = Site::new(database);
        for (query, key) in [
            ("page=1", "pageSize"),
            ("pageSize=1", "page"),
            ("page=0&pageSize=1", "page"),
            ("page=1&pageSize=0", "pageSize"),
            ("page=x&pageSize=1", "page"),
            ("page=-1&pageSize=1", "page"),
            ("sortField=name", "sortField"),
            ("sortOrder=up", "sortOrder"),
            ("details=2", "details"),
            ("filterUsername[]=x", "filterUsername"),
            ("filterUsername=%ff", "query"),
        ] {
            let answer = site.owner(Request::get(&format!("{DOMAIN}/usernames?{query}")));
            assert_eq!((answer.status, keys(&answer.json())), (400, vec![key]), "{query}");
        }
        let far = format!("{DOMAIN}/usernames?page={0}&pageSize={0}", u64::MAX);
        assert_eq!(site.read(&far)["list"], json!([]));
    }

    async fn more_mailboxes_than_are_read_at_once_are_all_listed(database: TestDatabase) {
        let site = Site::new(database);
        // past the program, which would take its time: users of numbers that are never given
        let tenant = &site.server.database().rows("SELECT id FROM tenants WHERE slug = 'test'")[0][0];
        let mut sql = String::new();
        for nth in 0..1203 {
            let (number, name) = (100_000 + nth, format!("m{nth:04}"));
            let separator = if sql.is_empty() { "" } else { ";" };
            sql.push_str(&format!(
                "{separator}INSERT INTO users (tenant, number, id, login, login_key, display_key, address, address_follows_email, quota, enabled, operator, created_at, changed_at) \
                 SELECT {tenant}, {number}, u.id, '{name}@test.com', '{name}@test.com', '', '{name}@test.com', 0, {quota}, 1, 0, 0, 0 FROM users u WHERE u.tenant = {tenant} AND u.login = 'owner';\
                 INSERT INTO addresses (domain, local_part, tenant, user_number, follows_email, quota) VALUES ('test.com', '{name}', {tenant}, {number}, 0, {quota})",
                quota = nth % 7 * 1_048_576,
            ));
        }
        site.server.database().rows(&sql);
        let all: Vec<String> = (0..1203).map(|nth| format!("m{nth:04}")).collect();
        let sorted = |query: &str| {
            let mut names = names(&site, query).1;
            names.sort();
            names
        };
        assert_eq!(names(&site, "").1, all);
        assert_eq!(names(&site, "sortOrder=desc").1, all.iter().rev().cloned().collect::<Vec<_>>());
        for query in ["sortField=quota", "sortField=quota&sortOrder=desc", "filterUsername=*m*&sortField=quota"] {
            assert_eq!(sorted(query), all, "{query}");
        }
        let up = names(&site, "sortField=quota").1;
        let down = names(&site, "sortField=quota&sortOrder=desc").1;
        assert_eq!(up, down.iter().rev().cloned().collect::<Vec<_>>());
        assert_eq!(names(&site, "page=7&pageSize=173&sortField=quota").1, up[6 * 173..]);
        assert_eq!(names(&site, "filterUsername=m1*").0, 203);
    }
}
