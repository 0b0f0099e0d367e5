//! The search: whole values, within the caller's reach.

use crate::world::{ACME, BETA, FOREIGN, Login, OPERATOR, RESELLER, World, error, on_both_engines};
use serde_json::{Value, json};

fn found(world: &World, login: Login, query: &str) -> (u16, Vec<(i64, i64)>) {
    let answer = world.ask(login, "GET", &format!("/admin/oxuser?{query}"), None);
    let of = |record: &Value| {
        (
            record["context-id"].as_i64().unwrap(),
            record["user-id"].as_i64().unwrap(),
        )
    };
    match answer.json() {
        Value::Array(list) => (answer.status, list.iter().map(of).collect()),
        error if error.get("error").is_some() => (answer.status, Vec::new()),
        record => (answer.status, vec![of(&record)]),
    }
}

#[test]
fn whole_values_are_found_in_each_field_and_only_within_reach() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let beta = world.user("beta", "ada@beta.example");
        let (john, foreign) = ((ACME, world.john), (FOREIGN, world.foreign));
        let ada = (BETA, beta);
        for ((context, number), msisdn) in
            [(john, "+49.12345.6789"), (ada, "0711"), (foreign, "0712")]
        {
            let user = format!("/admin/contexts/{context}/users/{number}");
            for (key, value) in [
                ("msisdn", msisdn),
                ("oxdeliverystatus", "OXAAS"),
                ("custom", "Shared-Ä1"),
            ] {
                let set = world.ask(
                    OPERATOR,
                    "PUT",
                    &format!("{user}/{key}"),
                    Some(json!({ key: value })),
                );
                assert_eq!(set.status, 200, "{}", set.text());
            }
        }
        let everywhere = |query: &str| found(&world, OPERATOR, query);
        let resold = |query: &str| found(&world, RESELLER, query);
        for field in ["OXDELIVERYSTATUS", "ANY"] {
            assert_eq!(
                everywhere(&format!("search=oxaas&field={field}")),
                (200, vec![john, ada, foreign])
            );
            assert_eq!(
                resold(&format!("search=oxaas&field={field}")),
                (200, vec![john, ada])
            );
        }
        assert_eq!(
            everywhere("search=sHARED-%C3%A41&field=CUSTOM"),
            (200, vec![john, ada, foreign])
        );
        assert_eq!(resold("search=shared-%C3%A41"), (200, vec![john, ada]));
        assert_eq!(
            everywhere("search=JOHNDOE@example.com&field=UIDNAME"),
            (200, vec![john])
        );
        assert_eq!(
            resold("search=spy@foreign.example&field=UIDNAME"),
            (404, vec![])
        );
        assert_eq!(
            everywhere("search=spy@foreign.example&field=UIDNAME"),
            (200, vec![foreign])
        );
        for written in [
            "+49.12345.6789",
            "%2B49123456789",
            "49 123 456789",
            "(49)-12345-6789",
        ] {
            assert_eq!(
                resold(&format!(
                    "search={}&field=MSISDN",
                    written.replace(' ', "%20")
                )),
                (200, vec![john])
            );
        }
        assert_eq!(resold("search=0712&field=MSISDN"), (404, vec![]));
        // parts of values, other fields, and text that merely holds the digits find nothing
        for query in [
            "search=johndoe&field=UIDNAME",
            "search=oxaa&field=OXDELIVERYSTATUS",
            "search=oxaas&field=CUSTOM",
            "search=x0711&field=MSISDN",
            "search=x0711",
            "search=%25&field=ANY",
            "search=a%00b",
        ] {
            assert_eq!(everywhere(query), (404, vec![]), "{query}");
        }
        // the login is looked at beside the address
        assert_eq!(everywhere("search=boss&field=UIDNAME").0, 200);
        for query in [
            "",
            "field=ANY",
            "search=",
            "search=%20",
            "search=a&field=any",
            "search=a&field=",
            "search=a&field=EMAIL",
            "search[]=a",
        ] {
            assert_eq!(everywhere(query).0, 400, "{query}");
        }
    });
}

#[test]
fn a_suspended_context_is_out_of_a_resellers_reach() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        assert!(
            world
                .server
                .cli(&["tenant", "suspend", "acme"])
                .status
                .success()
        );
        let query = "search=johndoe@example.com";
        assert_eq!(found(&world, RESELLER, query).0, 404);
        assert_eq!(found(&world, OPERATOR, query).0, 200);
        let path = world.of_john("uidname");
        assert_eq!(
            error(&world.ask(RESELLER, "GET", &path, None)),
            (404, "The context 24 does not exist!".to_owned())
        );
        assert_eq!(
            world
                .ask(
                    ("boss@@acme", provost_testkit::PASSWORD),
                    "GET",
                    &path,
                    None
                )
                .status,
            401
        );
        assert_eq!(world.ask(OPERATOR, "GET", &path, None).status, 200);
    });
}
