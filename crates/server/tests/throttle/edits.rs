//! Edits of users, which a tenant may want limited.

use super::*;
use provost_testkit::ADMIN_PASSWORD;

fn edit(admin: Caller<'_>, path: &str, key: &str, value: &str) -> Response {
    admin
        .request("PUT", path)
        .form(&[("key", key), ("value", value)])
        .send(admin.server)
}

#[test]
fn edits_are_limited_where_the_tenant_wants_it() {
    let server = started_on_sqlite();
    cli(
        &server,
        &[
            "user",
            "create",
            "ada",
            "--tenant",
            "default",
            "--password-stdin",
        ],
        PASSWORD,
    );
    let admin = Caller {
        server: &server,
        from: "192.0.2.1",
        login: "admin",
        password: ADMIN_PASSWORD,
    };
    let ada = admin.with("ada", PASSWORD);
    let (fields, mails) = (
        "/ocs/v2.php/cloud/users/ada",
        "/ocs/v2.php/cloud/users/ada/additional_mail",
    );
    let address = |nth: u32| format!("ada{nth}@example.org");
    for nth in 0..60 {
        let name = format!("Ada {nth}");
        assert_eq!(edit(admin, fields, "displayname", &name).status, 200);
    }
    let limited = r#"UPDATE tenants SET settings = '{"limit_edits":true}' WHERE slug = 'default'"#;
    server.database().rows(limited);
    for nth in 0..50 {
        let name = format!("Ada {nth}");
        assert_eq!(edit(admin, fields, "displayname", &name).status, 200);
    }
    for path in [fields, "/ocs/v1.php/cloud/users/ada"] {
        let refused = edit(admin, path, "displayname", "Ada");
        assert_eq!((refused.status, refused.body.len()), (429, 0), "{path}");
    }
    // the other kind, another caller, and everything else
    for nth in 0..5 {
        let status = edit(admin, mails, &address(nth), "").status;
        assert_ne!(status, 429, "{nth}");
    }
    let refused = edit(admin, mails, &address(9), "");
    assert_eq!((refused.status, refused.body.len()), (429, 0));
    assert_eq!(edit(ada, fields, "displayname", "Ada L").status, 200);
    assert_eq!(admin.get(fields).status, 200);
}
