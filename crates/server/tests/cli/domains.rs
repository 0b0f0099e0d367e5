//! `provost domain`.

use crate::place::{everywhere, refusal, text};
use serde_json::json;

everywhere! {
    fn domains_are_added_listed_and_removed(place: &Place) {
        place.done(&["tenant", "create", "acme"]);
        place.done(&["domain", "add", "Acme.Example", "--tenant", "acme"]);
        place.done(&["domain", "add", "example.net", "--tenant", "default"]);
        assert_eq!(place.json(&["domain", "list"]), json!([
            {"domain": "acme.example", "tenant": "acme"},
            {"domain": "example.net", "tenant": "default"},
        ]));
        assert_eq!(place.json(&["domain", "list", "--tenant", "acme"]), json!([{"domain": "acme.example", "tenant": "acme"}]));
        assert_eq!(place.refused(&["domain", "add", "acme.example", "--tenant", "default"]), "acme.example: domain is taken");
        assert_eq!(place.refused(&["domain", "remove", "acme.example", "--tenant", "default"]), "acme.example: no such domain");

        place.done(&["user", "create", "ada", "--tenant", "acme", "--email", "ada@acme.example"]);
        assert_eq!(place.refused(&["domain", "remove", "acme.example", "--tenant", "acme"]), "acme.example: the domain still has addresses");
        place.done(&["user", "delete", "ada", "--tenant", "acme"]);
        place.done(&["domain", "remove", "acme.example", "--tenant", "acme"]);
        assert_eq!(place.json(&["domain", "list", "--tenant", "acme"]), json!([]));
    }

    fn addresses_of_other_tenants_are_listed_and_may_be_released(place: &Place) {
        place.done(&["tenant", "create", "acme"]);
        place.done(&["user", "create", "ada", "--email", "Ada@acme.example"]);
        let add = ["domain", "add", "acme.example", "--tenant", "acme"];
        let output = place.run(&add, "");
        let listed = text(&output.stdout);
        let row: Vec<&str> = listed.lines().nth(1).expect("a row").split_whitespace().collect();
        assert_eq!(row, ["ada@acme.example", "default", "yes"]);
        assert!(refusal(&output).contains("--release"));
        assert_eq!(place.json(&["domain", "list"]), json!([]), "nothing was added");

        place.done(&[&add[..], &["--release"]].concat());
        let ada = place.json(&["user", "show", "ada"]);
        assert_eq!((&ada["address"], &ada["email"]), (&json!(null), &json!("Ada@acme.example")));
    }
}
