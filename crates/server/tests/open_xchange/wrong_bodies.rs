//! Whatever is wrong with a body is 400 in the dialect's own words, and changes nothing.

use crate::world::{World, on_both_engines};
use provost_testkit::{PASSWORD, Request};
use serde_json::json;

#[test]
fn a_wrong_body_is_400_and_changes_nothing() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let long = "x".repeat(300);
        let huge = "x".repeat(2 * 1024 * 1024);
        let texts = |key: &str| {
            [
                String::new(),
                "{".to_owned(),
                "null".to_owned(),
                "[]".to_owned(),
                "\"text\"".to_owned(),
                "{}".to_owned(),
                "{\"other\": \"x\"}".to_owned(),
                format!("{{\"{key}\": null}}"),
                format!("{{\"{key}\": 5}}"),
                format!("{{\"{key}\": {{}}}}"),
                format!("{{\"{key}\": []}}"),
                format!("{{\"{key}\": [\"a\", 1]}}"),
                format!("{{\"{key}\": \"\"}}"),
                format!("{{\"{key}\": \"   \"}}"),
                format!("{{\"{key}\": \"{long}\"}}"),
                format!("{{\"{key}\": \"{huge}\"}}"),
                format!("{{\"{key}\": \"a\\u0000b\"}}"),
                format!("{{\"{key}\": \"a\\nb\"}}"),
                format!("{{\"{key}\": \"\u{7}\"}}"),
                "[".repeat(100_000),
            ]
        };
        let further = [
            (
                "msisdn",
                vec![
                    r#"{"msisdn": "12"}"#,
                    r#"{"msisdn": "call me"}"#,
                    r#"{"msisdn": ["+491", "+492"]}"#,
                    r#"{"msisdn": "..."}"#,
                ],
            ),
            (
                "classofservice",
                vec![
                    r#"{"classofservice": "gold"}"#,
                    r#"{"classofservice": ["cloud_pim", "gold"]}"#,
                ],
            ),
            (
                "oxdeliverystatus",
                vec![r#"{"oxdeliverystatus": ["a", "b"]}"#],
            ),
            ("oxlegacyref", vec![r#"{"oxlegacyref": ["a", "b"]}"#]),
            (
                "oxantiphishing",
                vec![r#"{"oxantiphishing": "true"}"#, r#"{"oxantiphishing": 1}"#],
            ),
            (
                "spamlevel",
                vec![r#"{"spamlevel": "LOW"}"#, r#"{"spamlevel": "none"}"#],
            ),
            ("custom", vec![]),
        ];
        for (key, others) in further {
            let path = format!("/oxaas/v1{}", world.of_john(key));
            let get = || {
                Request::get(&path)
                    .basic("boss@@acme", PASSWORD)
                    .send(&world.server)
            };
            let before = get();
            for body in texts(key).iter().map(String::as_str).chain(others) {
                let answer = Request::put(&path)
                    .basic("boss@@acme", PASSWORD)
                    .body("application/json", body)
                    .send(&world.server);
                let shown: String = body.chars().take(80).collect();
                assert_eq!(answer.status, 400, "{key}: {shown}: {}", answer.text());
                assert!(answer.json()["error"].is_string(), "{key}: {shown}");
            }
            assert_eq!(before.body, get().body, "{key}");
        }
        // two users cannot have one number, however it is written
        let other = world.user("acme", "ada@example.com");
        let path = format!("/admin/contexts/24/users/{other}/msisdn");
        world.expect(
            "PUT",
            &world.of_john("msisdn"),
            Some(json!({"msisdn": "+49 (711) 1"})),
            200,
            &world.record(json!({"msisdn": "+49 (711) 1"})),
        );
        world.expect(
            "PUT",
            &path,
            Some(json!({"msisdn": "497111"})),
            400,
            &json!({"error": "The msisdn is taken"}),
        );
    });
}
