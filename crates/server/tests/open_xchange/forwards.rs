//! Where mail to addresses of a context's domains goes.

use crate::world::{FOREIGN_TENNANT, OPERATOR, RESELLER, TENNANT, World, error, on_both_engines};
use serde_json::json;

#[test]
fn forwards_are_made_shown_and_ended() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let post = |login, path: &str, body| {
            world.ask(
                login,
                "POST",
                &format!("/admin/forwards/{path}"),
                Some(body),
            )
        };
        let list = |login, context: &str| {
            world
                .ask(login, "GET", &format!("/admin/forwards/{context}"), None)
                .json()
        };
        let delete = |login, path: &str| {
            world.ask(login, "DELETE", &format!("/admin/forwards/{path}"), None)
        };
        assert_eq!(list(TENNANT, "acme"), json!([]));
        assert_eq!(
            post(
                TENNANT,
                "24/Info@example.com",
                json!(["a@else.example", "A@else.example", "b@else.example"])
            )
            .status,
            201
        );
        assert_eq!(
            post(
                RESELLER,
                "acme/info@Example.com",
                json!(["a@else.example", "b@else.example"])
            )
            .status,
            204
        );
        assert_eq!(
            post(
                OPERATOR,
                "ACME/johndoe@example.com",
                json!(["c@else.example"])
            )
            .status,
            201
        );
        let wanted = json!([
            {"alias": "Info@example.com", "targets": ["a@else.example", "b@else.example"]},
            {"alias": "johndoe@example.com", "targets": ["c@else.example"]},
        ]);
        assert_eq!(list(TENNANT, "24"), wanted);
        assert_eq!(
            post(TENNANT, "24/info@example.com", json!(["d@else.example"])).status,
            204
        );
        assert_eq!(
            list(RESELLER, "acme")[0],
            json!({"alias": "info@example.com", "targets": ["d@else.example"]})
        );
        for body in [
            json!([]),
            json!({}),
            json!("a@else.example"),
            json!([1]),
            json!(["no address"]),
            json!(vec!["a@else.example"; 101]),
        ] {
            assert_eq!(post(TENNANT, "24/x@example.com", body).status, 400);
        }
        assert_eq!(
            world
                .ask(TENNANT, "POST", "/admin/forwards/24/x@example.com", None)
                .status,
            400
        );
        assert_eq!(
            post(TENNANT, "24/nobody", json!(["a@else.example"])).status,
            400
        );
        // a domain of another's context is as none
        for domain in ["foreign.example", "beta.example", "nowhere.example"] {
            let answer = post(
                TENNANT,
                &format!("24/x@{domain}"),
                json!(["a@else.example"]),
            );
            assert_eq!(
                error(&answer),
                (404, format!("No such domain {domain} in context 24"))
            );
        }
        for context in ["26", "foreign", "99", "nowhere"] {
            for answer in [
                delete(RESELLER, &format!("{context}/info@example.com")),
                delete(TENNANT, &format!("{context}/info@example.com")),
            ] {
                assert_eq!(
                    error(&answer),
                    (404, format!("The context {context} does not exist!"))
                );
            }
        }
        assert_eq!(list(FOREIGN_TENNANT, "foreign"), json!([]));
        // a domain stays while mail to it is forwarded
        let remove = || {
            let arguments = ["domain", "remove", "beta.example", "--tenant", "beta"];
            world.server.cli(&arguments).status.success()
        };
        let body = json!(["a@else.example"]);
        assert_eq!(post(RESELLER, "beta/x@beta.example", body).status, 201);
        assert!(!remove());
        assert_eq!(delete(RESELLER, "25/x@beta.example").status, 204);
        assert!(remove());
        assert_eq!(delete(TENNANT, "24/INFO@example.com").status, 204);
        assert_eq!(
            error(&delete(TENNANT, "24/info@example.com")),
            (404, "No such forward".to_owned())
        );
        assert_eq!(delete(TENNANT, "24/nobody").status, 404);
        assert_eq!(
            list(TENNANT, "24"),
            json!([{"alias": "johndoe@example.com", "targets": ["c@else.example"]}])
        );
    });
}
