//! `provost key`.

use crate::place::everywhere;

everywhere! {
    fn a_key_is_printed_alone_listed_without_itself_and_revoked(place: &Place) {
        let printed = place.done(&["key", "create", "--tenant", "default", "--name", "shop"]);
        let key = printed.trim_end();
        assert_eq!((key.len(), printed.len()), (43, 44));
        assert!(key.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{key}");

        let keys = place.json(&["key", "list", "--tenant", "default"]);
        assert_eq!((&keys[0]["name"], &keys[0]["scope"]), (&"shop".into(), &"provision".into()));
        assert!(!keys.to_string().contains(key));

        let id = keys[0]["id"].as_str().expect("an id").to_owned();
        place.done(&["tenant", "create", "acme"]);
        let missing = format!("{id}: no such token");
        assert_eq!(place.refused(&["key", "revoke", &id, "--tenant", "acme"]), missing, "another tenant's");
        place.done(&["key", "revoke", &id, "--tenant", "default"]);
        assert_eq!(place.refused(&["key", "revoke", &id, "--tenant", "default"]), missing);
        assert_eq!(place.json(&["key", "list", "--tenant", "default"]), serde_json::json!([]));
    }

    fn the_largest_scope_counts_and_partner_stands_apart(place: &Place) {
        let create = ["key", "create", "--tenant", "default"];
        place.done(&[&create[..], &["--scope", "read", "--scope", "admin"]].concat());
        place.done(&[&create[..], &["--scope", "partner"]].concat());
        assert!(place.refused(&[&create[..], &["--scope", "partner", "--scope", "read"]].concat()).contains("partner"));
        let keys = place.json(&["key", "list", "--tenant", "default"]);
        let scopes: Vec<_> = keys.as_array().expect("a list").iter().map(|key| &key["scope"]).collect();
        assert_eq!(scopes, ["admin", "partner"]);
    }

    fn a_key_is_no_app_password_and_the_reverse(place: &Place) {
        place.done(&["key", "create", "--tenant", "default"]);
        place.done(&["user", "app-password", "admin", "--name", "telephone"]);
        let id = |list: &[&str]| place.json(list)[0]["id"].as_str().expect("an id").to_owned();
        let key = id(&["key", "list", "--tenant", "default"]);
        let app_password = id(&["user", "app-passwords", "admin"]);
        place.refused(&["key", "revoke", &app_password, "--tenant", "default"]);
        place.refused(&["user", "revoke-app-password", "admin", &key]);
    }
}
