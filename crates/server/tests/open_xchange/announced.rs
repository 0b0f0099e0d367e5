//! Paths and methods.

use crate::world::{OPERATOR, World, error};
use provost_testkit::{Engine, Request};

#[test]
fn paths_lead_where_they_should_or_nowhere() {
    let world = World::made(Engine::Sqlite);
    let ask = |method: &str, path: &str| {
        Request::new(method, path)
            .basic(OPERATOR.0, OPERATOR.1)
            .send(&world.server)
    };
    let uidname = world.of_john("uidname");
    for path in [
        format!("/oxaas/v1{uidname}"),
        format!("/oxaas/v1{uidname}/"),
        format!("//services//oxaas/v1{uidname}?x=y"),
        format!("/api/oxaas/v1{uidname}").replace("uidname", "%75idname"),
        format!("/t/acme/oxaas/v1{uidname}"),
        format!("/t/ACME/api/oxaas/v1{uidname}"),
    ] {
        assert_eq!(ask("GET", &path).status, 200, "{path}");
    }
    assert_eq!(
        ask("GET", &format!("/t/beta/oxaas/v1{uidname}")).status,
        404
    );
    for path in [
        "/oxaas/v1",
        "/oxaas/v1/",
        "/oxaas/v1/admin",
        "/oxaas/v1/admin/contexts/24",
        "/oxaas/v1/admin/announcements",
        "/oxaas/v1/%ff",
    ] {
        assert_eq!(
            error(&ask("GET", path)),
            (404, "No such resource".to_owned()),
            "{path}"
        );
    }
    let wrong = ask("POST", &format!("/oxaas/v1{uidname}"));
    assert_eq!((wrong.status, wrong.header("Allow")), (405, Some("GET")));
    let head = ask("HEAD", &format!("/oxaas/v1{uidname}"));
    assert_eq!((head.status, head.body.len()), (200, 0));
    let answer = ask("GET", &format!("/oxaas/v1{uidname}"));
    assert_eq!(answer.header("Content-Type"), Some("application/json"));
    assert_eq!(answer.header("Cache-Control"), Some("no-store"));
}
