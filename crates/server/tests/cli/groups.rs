//! `provost group`.

use crate::place::everywhere;
use serde_json::json;

everywhere! {
    fn a_group_from_making_to_deleting(place: &Place) {
        place.done(&["tenant", "create", "acme"]);
        place.done(&["user", "create", "ada", "--tenant", "acme"]);
        place.done(&["group", "create", "staff", "--name", "All staff", "--tenant", "acme"]);
        assert_eq!(place.refused(&["group", "create", "staff", "--tenant", "acme"]), "staff: group is taken");
        assert_eq!(place.refused(&["group", "show", "staff"]), "staff: no such group", "it is another tenant's");

        place.done(&["group", "add-member", "staff", "ada", "--tenant", "acme"]);
        place.done(&["group", "appoint", "staff", "ada", "--tenant", "acme"]);
        place.done(&["group", "rename", "staff", "--name", "Everybody", "--tenant", "acme"]);
        let staff = place.json(&["group", "show", "staff", "--tenant", "acme"]);
        assert_eq!(staff["display_name"], "Everybody");
        assert_eq!(staff["members"], 1);
        assert_eq!(staff["administrators"], json!(["ada"]));

        place.done(&["group", "remove-member", "staff", "ada", "--tenant", "acme"]);
        place.done(&["group", "dismiss", "staff", "ada", "--tenant", "acme"]);
        assert_eq!(place.refused(&["group", "dismiss", "staff", "ada", "--tenant", "acme"]), "ada: no such group administration");
        let staff = place.json(&["group", "show", "staff", "--tenant", "acme"]);
        assert_eq!((&staff["members"], &staff["administrators"]), (&json!(0), &json!([])));

        let ids = |search: &[&str]| -> Vec<String> {
            let list = place.json(&[&["group", "list", "--tenant", "acme"], search].concat());
            list.as_array().expect("a list").iter().map(|group| group["id"].as_str().expect("an id").to_owned()).collect()
        };
        assert_eq!(ids(&[]), ["admin", "staff"]);
        assert_eq!(ids(&["--search", "every"]), ["staff"]);
        place.done(&["group", "delete", "staff", "--tenant", "acme"]);
        assert_eq!(ids(&[]), ["admin"]);
    }

    fn the_administrators_are_protected(place: &Place) {
        assert!(place.refused(&["group", "delete", "admin"]).contains("group of administrators"));
        assert!(place.refused(&["group", "remove-member", "admin", "admin"]).contains("last administrator"));
        assert_eq!(place.refused(&["group", "add-member", "admin", "nobody"]), "nobody: no such user");
    }
}
