//! Closing sessions.

use crate::world::{MONITORING, OPERATOR, RESELLER, USER, World, error, on_both_engines};
use provost_testkit::Request;
use serde_json::json;

#[test]
fn what_the_server_remembers_of_passwords_is_closed() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let sign_in = || {
            let answer = Request::get("/t/acme/ocs/v2.php/cloud/user")
                .ocs()
                .basic(USER.0, USER.1)
                .send(&world.server);
            assert_eq!(answer.status, 200);
        };
        let close = |login, query: &str| {
            world.ask(login, "DELETE", &format!("/admin/sessions/?{query}"), None)
        };
        let closed = |login, query: &str| {
            let answer = close(login, query);
            assert_eq!(answer.status, 200, "{}", answer.text());
            let json = answer.json();
            assert_eq!(json.as_object().unwrap().len(), 1);
            json["closed"].as_array().unwrap().len()
        };
        sign_in();
        assert_eq!(closed(MONITORING, "contextId=25"), 0);
        assert_eq!(closed(MONITORING, "contextId=24&userName=boss"), 0);
        assert_eq!(
            closed(RESELLER, &format!("contextId=24&userName={}", USER.0)),
            1
        );
        assert_eq!(closed(RESELLER, "contextName=acme"), 0);
        sign_in();
        assert_eq!(closed(OPERATOR, "contextName=ACME&contextId=24"), 1);
        let missing = |context: &str| (404, format!("The context {context} does not exist!"));
        for (query, context) in [
            ("contextId=99", "99"),
            ("contextName=nowhere", "nowhere"),
            ("contextId=24&contextName=beta", "24"),
            ("contextId=x", "x"),
        ] {
            assert_eq!(error(&close(OPERATOR, query)), missing(context));
        }
        assert_eq!(error(&close(RESELLER, "contextId=26")), missing("26"));
        assert_eq!(
            error(&close(RESELLER, "contextId=24&userName=who")),
            (404, "No such user who in context 24".to_owned())
        );
        assert_eq!(close(OPERATOR, "").status, 400);
        assert_eq!(close(OPERATOR, "contextId=24&userName[]=a").status, 400);
        assert_eq!(
            close(("boss", crate::world::BOSS.1), "contextId=24").json(),
            json!({"error": "Authentication failed"})
        );
    });
}
