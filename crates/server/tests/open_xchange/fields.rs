//! Each thing of a user: set, read, unset.

use crate::world::{World, error, on_both_engines};
use provost_testkit::PASSWORD;
use serde_json::json;

#[test]
fn everything_of_a_user_is_set_read_and_unset() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let expect = |method, resource: &str, body, status, answer| {
            world.expect(method, &world.of_john(resource), body, status, &answer);
        };
        expect(
            "GET",
            "uidname",
            None,
            200,
            json!({"uidname": "johndoe@example.com"}),
        );
        expect(
            "PUT",
            "oxlegacyref",
            Some(json!({"oxlegacyref": "LEG_1"})),
            200,
            world.record(json!({"oxlegacyref": "LEG_1"})),
        );
        expect(
            "GET",
            "oxlegacyref",
            None,
            200,
            json!({"oxlegacyref": "LEG_1"}),
        );
        expect("DELETE", "oxlegacyref", None, 200, world.record(json!({})));
        expect(
            "GET",
            "oxantiphishing",
            None,
            200,
            json!({"oxantiphishing": false}),
        );
        expect(
            "PUT",
            "oxantiphishing",
            Some(json!({"oxantiphishing": true})),
            200,
            json!({"oxantiphishing": true}),
        );
        expect(
            "GET",
            "oxantiphishing",
            None,
            200,
            json!({"oxantiphishing": true}),
        );
        expect(
            "GET",
            "spamlevel",
            None,
            200,
            json!({"spamlevel": "medium"}),
        );
        for level in ["low", "medium", "high"] {
            expect(
                "PUT",
                "spamlevel",
                Some(json!({"spamlevel": level})),
                200,
                json!({"spamlevel": level}),
            );
            expect("GET", "spamlevel", None, 200, json!({"spamlevel": level}));
        }
        expect(
            "PUT",
            "custom",
            Some(json!({"custom": ["b", "a", "B"]})),
            200,
            world.record(json!({})),
        );
        expect("GET", "custom", None, 200, json!({"custom": ["b", "a"]}));
        let classes = json!(["cloud_security", "cloud_pim"]);
        expect(
            "PUT",
            "classofservice",
            Some(json!({"classofservice": classes})),
            200,
            world.record(json!({"classofservice": classes})),
        );
        expect(
            "GET",
            "classofservice",
            None,
            200,
            json!({"classofservice": classes}),
        );
        // written otherwise it is the same number
        expect(
            "PUT",
            "msisdn",
            Some(json!({"msisdn": ["+49 1"]})),
            200,
            world.record(json!({"msisdn": "+49 1"})),
        );
        expect(
            "PUT",
            "msisdn",
            Some(json!({"msisdn": "(49)-1"})),
            200,
            world.record(json!({"msisdn": "(49)-1"})),
        );
        for _ in 0..2 {
            for resource in [
                "msisdn",
                "oxdeliverystatus",
                "oxlegacyref",
                "custom",
                "classofservice",
            ] {
                expect("DELETE", resource, None, 200, world.record(json!({})));
                let gone = world.ask(
                    ("boss@@acme", PASSWORD),
                    "GET",
                    &world.of_john(resource),
                    None,
                );
                assert_eq!(
                    error(&gone),
                    (
                        404,
                        match resource {
                            "custom" =>
                                format!("No custom id set for user {} in context 24", world.john),
                            other =>
                                format!("No {other} set for user {} in context 24", world.john),
                        }
                    )
                );
            }
        }
        // what has its own default keeps its value
        expect("GET", "spamlevel", None, 200, json!({"spamlevel": "high"}));
    });
}

#[test]
fn settings_make_arrays_of_what_is_one() {
    on_both_engines(|engine| {
        let settings = [
            ("PROVOST_OPEN_XCHANGE_CLASSES_ARRAY", "on"),
            ("PROVOST_OPEN_XCHANGE_SEARCH_ARRAY", "on"),
        ];
        let world = World::with(engine, &settings);
        let class = json!({"classofservice": ["cloud_pim"]});
        let path = world.of_john("classofservice");
        world.expect(
            "PUT",
            &path,
            Some(json!({"classofservice": "cloud_pim"})),
            200,
            &world.record(class.clone()),
        );
        world.expect("GET", &path, None, 200, &class);
        let found = world.ask(
            crate::world::RESELLER,
            "GET",
            "/admin/oxuser?search=JohnDoe@example.com",
            None,
        );
        assert_eq!(found.json(), json!([world.record(json!({}))]));
    });
}
