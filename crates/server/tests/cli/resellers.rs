//! `provost reseller`.

use crate::place::{PASSWORD, everywhere};
use serde_json::json;

everywhere! {
    fn a_reseller_from_making_to_deleting(place: &Place) {
        let generated = place.done(&["reseller", "create", "north"]);
        assert_eq!(generated.trim_end().len(), 20, "the password alone: {generated}");
        let told = place.done_with(&["reseller", "create", "south", "--password-stdin"], PASSWORD);
        assert!(!told.contains(PASSWORD));
        assert_eq!(place.refused(&["reseller", "create", "North"]), "North: account name is taken");
        assert_eq!(place.refused(&["reseller", "create", "admin"]), "admin: account name is taken", "an operator has it");
        assert!(place.refused_with(&["reseller", "create", "west", "--password-stdin"], "x").contains("password must"));

        place.done(&["tenant", "create", "acme"]);
        place.done(&["reseller", "assign", "north", "acme"]);
        place.done(&["reseller", "assign", "north", "default"]);
        assert_eq!(place.json(&["reseller", "show", "north"])["tenants"], json!(["acme", "default"]));
        place.done(&["reseller", "unassign", "north", "default"]);
        assert_eq!(place.json(&["reseller", "show", "north"])["tenants"], json!(["acme"]));
        assert_eq!(place.refused(&["reseller", "assign", "east", "acme"]), "east: no such reseller");

        assert_eq!(place.done(&["reseller", "password", "north"]).trim_end().len(), 20);
        place.done_with(&["reseller", "password", "north", "--password-stdin"], PASSWORD);
        let names = |list: serde_json::Value| -> Vec<String> {
            list.as_array().expect("a list").iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
        };
        assert_eq!(names(place.json(&["reseller", "list"])), ["north", "south"]);
        place.done(&["reseller", "delete", "north"]);
        assert_eq!(names(place.json(&["reseller", "list"])), ["south"]);
    }
}
