//! `provost tenant`.

use crate::place::everywhere;
use serde_json::json;

everywhere! {
    fn a_tenant_from_making_to_deleting(place: &Place) {
        place.done(&["tenant", "create", "Acme", "--name", "Acme Ltd", "--domain", "acme.example", "--host", "Cloud.Acme.example"]);
        let shown = place.json(&["tenant", "show", "acme"]);
        assert_eq!(shown["slug"], "Acme", "as it was written, found in whatever case");
        assert_eq!(shown["name"], "Acme Ltd");
        assert_eq!(shown["context_id"], 2);
        assert_eq!(shown["domains"], json!(["acme.example"]));
        assert_eq!(shown["hosts"], json!(["cloud.acme.example"]));
        assert_eq!(shown["suspended"], false);

        place.done(&["tenant", "suspend", "acme"]);
        assert_eq!(place.json(&["tenant", "show", "acme"])["suspended"], true);
        place.done(&["tenant", "resume", "acme"]);
        assert_eq!(place.json(&["tenant", "show", "acme"])["suspended"], false);

        place.done(&["tenant", "rename", "acme", "--slug", "acme-eu", "--name", "Acme Europe"]);
        let slugs: Vec<_> = place.json(&["tenant", "list"]).as_array().expect("a list").iter()
            .map(|tenant| (tenant["slug"].clone(), tenant["name"].clone())).collect();
        assert_eq!(slugs, [(json!("acme-eu"), json!("Acme Europe")), (json!("default"), json!("Default"))]);
        assert_eq!(place.refused(&["tenant", "show", "acme"]), "acme: no such tenant");

        place.done(&["user", "create", "ada", "--tenant", "acme-eu"]);
        assert!(place.refused(&["tenant", "delete", "acme-eu"]).contains("--yes"));
        place.done(&["tenant", "delete", "acme-eu", "--yes"]);
        assert_eq!(place.refused(&["tenant", "show", "acme-eu"]), "acme-eu: no such tenant");
        // what it held is free again
        place.done(&["tenant", "create", "acme-eu", "--domain", "acme.example", "--host", "cloud.acme.example", "--context-id", "2"]);
    }

    fn settings_are_set_shown_and_unset(place: &Place) {
        place.done(&["tenant", "create", "acme"]);
        let done = place.done(&["tenant", "set", "acme", "default_quota=1.5 GB", "flavour=owncloud", "welcome_mail=no"]);
        assert_eq!(done, "set default_quota, flavour, welcome_mail of tenant acme\n");
        place.done(&["tenant", "set", "acme", "password_min_length=8"]);
        let shown = place.json(&["tenant", "show", "acme"]);
        assert_eq!(shown["default_quota"], 1_610_612_736);
        assert_eq!((&shown["flavour"], &shown["welcome_mail"]), (&json!("owncloud"), &json!(false)));
        assert_eq!((&shown["password_min_length"], &shown["limit_edits"]), (&json!(8), &json!(null)));
        let audit = place.json(&["audit", "list", "--tenant", "acme"]);
        let told = audit.as_array().expect("a list").last().expect("an entry").clone();
        assert_eq!((&told["action"], &told["details"]["settings"]), (&json!("tenant.changed"), &json!(["password_min_length"])));

        place.done(&["tenant", "unset", "acme", "default_quota", "flavour"]);
        let shown = place.json(&["tenant", "show", "acme"]);
        assert_eq!((&shown["default_quota"], &shown["flavour"], &shown["welcome_mail"]), (&json!(null), &json!(null), &json!(false)));

        assert!(place.refused(&["tenant", "set", "acme", "colour=red"]).contains("no such setting; there are default_quota,"));
        assert!(place.refused(&["tenant", "set", "acme", "flavour=other"]).contains("nextcloud or owncloud"));
        assert!(place.refused(&["tenant", "set", "acme", "flavour"]).contains("KEY=VALUE"));
        assert!(place.refused(&["tenant", "set", "acme", "limit_edits=yes", "limit_edits=no"]).contains("twice"));
        assert_eq!(place.refused(&["tenant", "set", "nobody", "flavour=owncloud"]), "nobody: no such tenant");
    }

    fn what_is_taken_is_refused(place: &Place) {
        place.done(&["tenant", "create", "acme", "--context-id", "7", "--domain", "acme.example", "--host", "acme.example"]);
        for (arguments, message) in [
            (&["ACME"][..], "ACME: slug is taken"),
            (&["b", "--context-id", "7"], "b: context id is taken"),
            (&["b", "--host", "acme.example"], "acme.example: host is taken"),
            (&["b", "--domain", "acme.example"], "acme.example: domain is taken"),
            (&["b_b"], "slug holds characters that are not allowed"),
            (&["b", "--context-id", "0"], "context id is out of range"),
        ] {
            assert_eq!(place.refused(&[&["tenant", "create"], arguments].concat()), message);
        }
        assert_eq!(place.json(&["tenant", "list"]).as_array().map(Vec::len), Some(2), "nothing was made");
    }

    fn the_tenant_default_stays(place: &Place) {
        assert!(place.refused(&["tenant", "delete", "default", "--yes"]).contains("`default`"));
        assert!(place.refused(&["tenant", "rename", "default", "--slug", "other"]).contains("`default`"));
    }
}
