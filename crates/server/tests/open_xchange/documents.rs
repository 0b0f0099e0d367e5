//! The samples of the documentation, asked for as its operations say, on all three prefixes, by curl itself.

use crate::world::{ACME, OPERATOR, USER, World, on_both_engines};
use serde_json::{Value, json};
use std::process::Command;

/// Runs curl, as a reader of the documentation would, and gives the status and the body.
fn curl(world: &World, method: &str, path: &str, body: Option<&str>) -> (u16, Value) {
    let mut command = Command::new("curl");
    command
        .args(["-s", "-w", "\n%{http_code}", "-X", method])
        .args(["-u", &format!("{}:{}", OPERATOR.0, OPERATOR.1)])
        .arg(format!("{}{path}", world.server.base_url()));
    if let Some(body) = body {
        command.args(["-H", "Content-Type: application/json", "-d", body]);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (body, status) = text.rsplit_once('\n').unwrap();
    (status.parse().unwrap(), serde_json::from_str(body).unwrap())
}

#[test]
fn the_samples_are_answered_as_documented() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let record = |further| world.record(further);
        for prefix in ["/oxaas/v1", "/services/oxaas/v1", "/api/oxaas/v1"] {
            let user = format!("{prefix}/admin/contexts/{ACME}/users/{}", world.john);
            let ask = |method, resource: &str, body| {
                curl(&world, method, &format!("{user}/{resource}"), body)
            };
            let msisdn = json!({"msisdn": "+49.12345.6789"});
            assert_eq!(ask("GET", "msisdn", None).0, 404);
            assert_eq!(
                ask("PUT", "msisdn", Some(r#"{"msisdn": "+49.12345.6789"}"#)),
                (200, record(msisdn.clone()))
            );
            assert_eq!(ask("GET", "msisdn", None), (200, msisdn.clone()));
            let both = json!({"msisdn": "+49.12345.6789", "oxdeliverystatus": "OXAAS"});
            assert_eq!(
                ask(
                    "PUT",
                    "oxdeliverystatus",
                    Some(r#"{"oxdeliverystatus": "OXAAS"}"#)
                ),
                (200, record(both.clone()))
            );
            assert_eq!(ask("GET", "custom", None).0, 404);
            assert_eq!(
                ask("PUT", "custom", Some(r#"{"custom": "string"}"#)),
                (200, record(both.clone()))
            );
            assert_eq!(
                ask("GET", "custom", None),
                (200, json!({"custom": ["string"]}))
            );
            let found = curl(
                &world,
                "GET",
                &format!("{prefix}/admin/oxuser?search={}&field=UIDNAME", USER.0),
                None,
            );
            assert_eq!(found, (200, record(both)));
            assert_eq!(
                ask("DELETE", "oxdeliverystatus", None),
                (200, record(msisdn.clone()))
            );
            assert_eq!(ask("DELETE", "custom", None), (200, record(msisdn)));
            assert_eq!(ask("DELETE", "msisdn", None), (200, record(json!({}))));
            let class = json!({"classofservice": "cloud_pim"});
            assert_eq!(ask("GET", "classofservice", None).0, 404);
            assert_eq!(
                ask(
                    "PUT",
                    "classofservice",
                    Some(r#"{"classofservice": "cloud_pim"}"#)
                ),
                (200, record(class.clone()))
            );
            assert_eq!(ask("GET", "classofservice", None), (200, class));
            assert_eq!(
                ask("DELETE", "classofservice", None),
                (200, record(json!({})))
            );
        }
    });
}
