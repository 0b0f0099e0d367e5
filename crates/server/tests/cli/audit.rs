//! `provost audit`.

use crate::place::everywhere;
use serde_json::{Value, json};

/// Action, tenant and subject of each entry.
fn entries(list: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|entry| {
            (
                text(&entry["action"]),
                text(&entry["tenant"]),
                text(&entry["subject"]),
            )
        })
        .collect()
}

fn entry(action: &str, tenant: &str, subject: &str) -> (String, String, String) {
    (action.to_owned(), tenant.to_owned(), subject.to_owned())
}

everywhere! {
    fn every_change_is_listed_with_its_actor(place: &Place) {
        place.done(&["tenant", "create", "acme"]);
        place.done(&["user", "create", "ada", "--tenant", "acme"]);
        place.done(&["reseller", "create", "north"]);

        let acme = place.json(&["audit", "list", "--tenant", "acme"]);
        assert_eq!(entries(&acme), [entry("tenant.created", "acme", "acme"), entry("user.created", "acme", "ada")]);
        assert_eq!(acme[1]["actor"], "command-line");
        assert!(acme[1]["request"].as_str().is_some_and(|request| request.starts_with("cli")));
        assert_eq!(acme[0]["details"], json!({"context_id": 2}));
        let time = acme[1]["time"].as_str().expect("a time");
        assert!(time.contains('T') && time.ends_with('Z'), "{time}");

        let all = entries(&place.json(&["audit", "list"]));
        for expected in [entry("reseller.created", "-", "north"), entry("user.created", "acme", "ada"), entry("tenant.created", "default", "default")] {
            assert!(all.contains(&expected), "{expected:?} in {all:?}");
        }
        let table = place.done(&["audit", "list", "--tenant", "acme"]);
        assert_eq!(table.lines().count(), 3, "{table}");
    }

    fn a_time_narrows_the_list(place: &Place) {
        place.done(&["user", "create", "ada"]);
        let count = |since: &str| place.json(&["audit", "list", "--tenant", "default", "--since", since]).as_array().map(Vec::len);
        // the tenant, its first administrator, and ada
        assert_eq!(count("1h"), Some(3));
        assert_eq!(count("2001-01-01T00:00:00+02:00"), Some(3));
        assert_eq!(count("2999-01-01T00:00:00Z"), Some(0));
        let ada = place.json(&["audit", "list", "--tenant", "default"])[2]["time"].as_str().expect("a time").to_owned();
        assert_eq!(count(&ada), Some(1), "from that time on");
        assert!(place.refused(&["audit", "list", "--since", "yesterday"]).contains("yesterday"));
    }

    fn no_secret_is_in_it(place: &Place) {
        let key = place.done(&["key", "create", "--tenant", "default"]);
        place.done_with(&["user", "create", "ada", "--password-stdin"], "Sesame-Open-42");
        let all = place.done(&["audit", "list", "--json"]);
        assert!(all.contains("token.created") && all.contains("user.created"));
        assert!(!all.contains(key.trim_end()) && !all.contains("Sesame") && !all.contains("argon2"), "{all}");
    }
}
