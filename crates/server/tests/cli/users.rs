//! `provost user`.

use crate::place::{PASSWORD, everywhere};
use serde_json::json;

everywhere! {
    fn a_user_with_everything(place: &Place) {
        place.done(&["tenant", "create", "acme", "--domain", "acme.example"]);
        place.done(&["group", "create", "staff", "--tenant", "acme"]);
        let create = ["user", "create", "ada", "--tenant", "acme", "--display-name", "Ada Löwe", "--email", "ada@acme.example",
            "--group", "staff", "--admin", "--operator", "--password-stdin"];
        place.done_with(&create, &format!("{PASSWORD}\n"));

        let ada = place.json(&["user", "show", "ada@acme.example", "--tenant", "acme"]);
        for (field, value) in [
            ("login", json!("ada")),
            ("tenant", json!("acme")),
            ("number", json!(2)),
            ("display_name", json!("Ada Löwe")),
            ("email", json!("ada@acme.example")),
            ("address", json!("ada@acme.example")),
            ("groups", json!(["staff", "admin"])),
            ("has_password", json!(true)),
            ("enabled", json!(true)),
            ("operator", json!(true)),
        ] {
            assert_eq!(ada[field], value, "{field}");
        }
        assert!(!ada.to_string().contains("argon2"), "the hash is nobody's business");
        assert_eq!(place.refused(&["user", "create", "ADA", "--tenant", "acme"]), "ADA: login is taken");
    }

    fn a_login_may_be_an_address_and_a_password_may_be_missing(place: &Place) {
        place.done(&["user", "create", "bob@example.net"]);
        let bob = place.json(&["user", "show", "BOB@example.net"]);
        assert_eq!((&bob["login"], &bob["has_password"]), (&json!("bob@example.net"), &json!(false)));
    }

    fn values_that_break_a_rule_make_nobody(place: &Place) {
        let with_password = ["user", "create", "ada", "--password-stdin"];
        for (arguments, input, message) in [
            (&with_password[..], "Xq7-kurz", "password must have at least 10 characters"),
            (&with_password, "\n", "the password on standard input is empty"),
            (&["user", "create", "ada", "--group", "none"], "", "none: no such group"),
            (&["user", "create", "..."], "", "login must not consist of dots alone"),
        ] {
            let refusal = place.refused_with(arguments, input);
            assert!(refusal.contains(message), "{refusal}");
        }
        assert_eq!(place.refused(&["user", "show", "ada"]), "ada: no such user");
    }

    fn lists_are_narrowed(place: &Place) {
        place.done(&["group", "create", "staff"]);
        place.done(&["user", "create", "ada", "--group", "staff", "--email", "countess@example.net"]);
        place.done(&["user", "create", "bob"]);
        place.done(&["user", "disable", "bob"]);
        let logins = |arguments: &[&str]| -> Vec<String> {
            let list = place.json(&[&["user", "list"], arguments].concat());
            list.as_array().expect("a list").iter().map(|user| user["login"].as_str().expect("a login").to_owned()).collect()
        };
        assert_eq!(logins(&[]), ["ada", "admin", "bob"]);
        assert_eq!(logins(&["--search", "COUNT"]), ["ada"]);
        assert_eq!(logins(&["--group", "staff"]), ["ada"]);
        assert_eq!(logins(&["--disabled"]), ["bob"]);
        assert_eq!(place.refused(&["user", "list", "--group", "none"]), "none: no such group");
    }

    fn users_are_changed_and_deleted(place: &Place) {
        place.done(&["user", "create", "ada"]);
        place.done_with(&["user", "password", "ada", "--password-stdin"], PASSWORD);
        assert_eq!(place.json(&["user", "show", "ada"])["has_password"], true);
        assert!(place.refused_with(&["user", "password", "ada", "--password-stdin"], "x").contains("password must"));
        place.done(&["user", "disable", "ada"]);
        assert_eq!(place.json(&["user", "show", "ada"])["enabled"], false);
        place.done(&["user", "enable", "ada"]);
        assert_eq!(place.json(&["user", "show", "ada"])["enabled"], true);
        place.done(&["user", "delete", "ada"]);
        assert_eq!(place.refused(&["user", "delete", "ada"]), "ada: no such user");
    }

    fn operators_come_and_go_but_one(place: &Place) {
        place.done(&["user", "create", "ada"]);
        place.done(&["user", "operator", "ada", "--on"]);
        assert_eq!(place.json(&["user", "show", "ada"])["operator"], true);
        place.done(&["user", "operator", "admin", "--off"]);
        assert!(place.refused(&["user", "operator", "ada", "--off"]).contains("last operator"));
        assert!(place.refused(&["user", "delete", "ada"]).contains("last operator"));
        assert!(place.refused(&["user", "disable", "admin"]).contains("last administrator"));
    }

    fn app_passwords_are_printed_alone_listed_and_revoked(place: &Place) {
        place.done(&["user", "create", "ada"]);
        let printed = place.done(&["user", "app-password", "ada", "--name", "telephone", "--scope", "read"]);
        assert_eq!(printed.trim_end().len(), 43);
        let list = place.json(&["user", "app-passwords", "ada"]);
        assert_eq!((&list[0]["name"], &list[0]["scope"]), (&json!("telephone"), &json!("read")));
        let id = list[0]["id"].as_str().expect("an id");
        assert_eq!(place.refused(&["user", "revoke-app-password", "admin", id]), format!("{id}: no such token"));
        place.done(&["user", "revoke-app-password", "ada", id]);
        assert_eq!(place.json(&["user", "app-passwords", "ada"]), json!([]));
    }
}
