//! Mail domains that stay nobody's.

use crate::world::{FOREIGN_TENNANT, OPERATOR, RESELLER, TENNANT, World, error, on_both_engines};
use serde_json::{Value, json};

#[test]
fn a_shared_domain_is_its_sharers_and_no_tenants() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let ask = |login, method, domain: &str| {
            let answer = world.ask(
                login,
                method,
                &format!("/admin/sharedmaildomains/{domain}"),
                None,
            );
            (answer.status, answer.json())
        };
        let add = |domain: &str| {
            world
                .server
                .cli(&["domain", "add", domain, "--tenant", "beta"])
                .status
                .success()
        };
        let list = |login| ask(login, "GET", "*").1;
        let empty = json!([]);
        for login in [OPERATOR, RESELLER, TENNANT] {
            assert_eq!(list(login), empty);
        }
        let named = |domain: &str| (200, json!({ "domain": domain }));
        assert_eq!(
            ask(RESELLER, "POST", "Shared.Example"),
            named("shared.example")
        );
        assert_eq!(
            ask(RESELLER, "POST", "shared.example"),
            named("shared.example")
        );
        assert_eq!(ask(TENNANT, "POST", "own.example"), named("own.example"));
        assert_eq!(ask(OPERATOR, "POST", "all.example"), named("all.example"));
        // the first who asked, and a domain that is a tenant's
        for (login, domain) in [
            (TENNANT, "shared.example"),
            (OPERATOR, "own.example"),
            (RESELLER, "all.example"),
            (RESELLER, "example.com"),
            (TENNANT, "foreign.example"),
        ] {
            assert_eq!(ask(login, "POST", domain).0, 400, "{login:?} {domain}");
        }
        assert_eq!(ask(RESELLER, "POST", "no%20domain").0, 400);
        assert!(!add("shared.example"));
        assert_eq!(list(RESELLER), json!(["shared.example"]));
        assert_eq!(list(TENNANT), json!(["own.example"]));
        assert_eq!(list(FOREIGN_TENNANT), empty);
        assert_eq!(
            list(OPERATOR),
            json!(["all.example", "own.example", "shared.example"])
        );
        assert_eq!(
            ask(RESELLER, "GET", "shared.example"),
            (200, json!(["shared.example"]))
        );
        assert_eq!(ask(RESELLER, "GET", "own.example"), (200, empty.clone()));
        for (login, domain) in [
            (TENNANT, "shared.example"),
            (RESELLER, "own.example"),
            (RESELLER, "none.example"),
            (RESELLER, "%20"),
        ] {
            let missing = world.ask(
                login,
                "DELETE",
                &format!("/admin/sharedmaildomains/{domain}"),
                None,
            );
            assert_eq!(
                error(&missing),
                (404, "No such shared mail domain".to_owned())
            );
        }
        assert_eq!(
            ask(RESELLER, "DELETE", "shared.example"),
            named("shared.example")
        );
        assert!(add("shared.example"));
        // an operator may end any; what goes with its reseller or tenant is free too
        assert_eq!(ask(OPERATOR, "DELETE", "own.example"), named("own.example"));
        assert_eq!(
            ask(RESELLER, "POST", "resold.example"),
            named("resold.example")
        );
        assert!(
            world
                .server
                .cli(&["reseller", "delete", RESELLER.0])
                .status
                .success()
        );
        assert!(add("resold.example"));
    });
}

#[test]
fn a_long_list_comes_whole() {
    let world = World::made(provost_testkit::Engine::Sqlite);
    for nth in 0..1100 {
        let path = format!("/admin/sharedmaildomains/d{nth:04}.example");
        assert_eq!(world.ask(TENNANT, "POST", &path, None).status, 200);
    }
    let list = world
        .ask(TENNANT, "GET", "/admin/sharedmaildomains/", None)
        .json();
    let wanted: Vec<Value> = (0..1100)
        .map(|nth| format!("d{nth:04}.example").into())
        .collect();
    assert_eq!(list, Value::Array(wanted));
}
