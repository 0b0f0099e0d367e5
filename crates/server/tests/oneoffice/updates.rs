//! What updateUserByEmail changes, and what the next getUserByEmail shows.

use crate::office::{done, on_each};
use provost_testkit::Request;
use serde_json::json;

const A: &str = "a@one.example";

on_each! {
    fn all_that_can_be_changed_is_shown_then(office: &Office) {
        office.user(A);
        let made = office.shown(A);
        // without another administrator this one could not be disabled
        office.cli(&["user", "create", "boss", "--tenant", "MYINSTANCE", "--admin"]);
        let ocs = |path: &str, form: &[(&str, &str)]| {
            let answer = Request::post(&format!("/t/MYINSTANCE/ocs/v2.php/cloud/{path}?format=json"))
                .bearer(&office.key).ocs().form(form).send(&office.server);
            assert_eq!(answer.ocs_code(), 200);
        };
        ocs("groups", &[("groupid", "staff")]);
        let key = office.key("MYINSTANCE", "admin");
        let answer = office.update(&key, A, json!({
            "isActive": false, "isAdmin": true, "displayName": "Änne", "groups": ["staff"], "avatar": "data:,x",
            "apps": [1, 2, 3], "settings": "{4,5}",
            "profile": { "uid": "K-7", "title": "Dr.", "department": "Sales", "location": "Berlin", "grade": "A",
                "phones": ["+49 30 123456", "12-34"] },
            "values": { "timezone": "Europe/Berlin", "notificationReminder": 15, "editorTemplates": [{ "a": 1 }], "own": true },
        }));
        assert_eq!(done(&answer), json!(true));
        let expected = json!({
            "id": 2, "instance": "MYINSTANCE", "email": A, "avatar": "data:,x", "groups": ["staff", "admin"],
            "settings": [4, 5], "apps": [1, 2, 3],
            "values": { "timezone": "Europe/Berlin", "editorTemplates": [{ "a": 1 }], "notificationReminder": 15, "own": true },
            "profile": { "uid": "K-7", "grade": "A", "title": "Dr.", "phones": ["+4930123456", "12-34"],
                "location": "Berlin", "department": "Sales" },
            "displayName": "Änne", "isActive": false, "isAdmin": true, "isSysAdmin": false,
            "rootFiles": 3, "trashFiles": 4, "inbox": 7, "spam": 8, "sent": 9, "trashEmail": 10, "drafts": 12,
            "mainCalendar": 2, "token": "", "tokenExpiresAt": 0,
        });
        assert_eq!(office.shown(A), expected);

        // what is not named stays, and what is null goes
        let answer = office.update(&key, A, json!({
            "isAdmin": false, "isActive": true, "displayName": "New User", "groups": [], "avatar": null, "apps": [0, 0, 0],
            "settings": [84, 213, 10, 92],
            "profile": { "uid": null, "title": null, "department": null, "location": null, "grade": null, "phones": null },
            "values": { "timezone": null, "notificationReminder": 3, "editorTemplates": null, "own": null },
        }));
        done(&answer);
        assert_eq!(office.shown(A), made);
        done(&office.update(&key, A, json!({})));
        assert_eq!(office.shown(A), made);
    }

    fn the_groups_and_the_administrator_go_together(office: &Office) {
        office.cli(&["user", "create", "boss", "--tenant", "MYINSTANCE", "--admin"]);
        office.user(A);
        let key = office.key("MYINSTANCE", "admin");
        for (change, groups) in [
            (json!({ "isAdmin": true }), json!(["admin"])),
            (json!({ "isAdmin": true }), json!(["admin"])),
            (json!({ "isAdmin": false }), json!([])),
            (json!({ "groups": ["admin"] }), json!(["admin"])),
            (json!({ "groups": ["admin"], "isAdmin": false }), json!([])),
            (json!({ "groups": [], "isAdmin": true }), json!(["admin"])),
        ] {
            done(&office.update(&key, A, change.clone()));
            let shown = office.shown(A);
            assert_eq!(shown["groups"], groups, "{change}");
            assert_eq!(shown["isAdmin"], json!(groups == json!(["admin"])), "{change}");
        }
    }

    fn a_disabled_user_cannot_log_in_and_a_new_password_opens(office: &Office) {
        office.user(A);
        let logs_in = |password: &str| {
            let request = Request::get("/t/MYINSTANCE/ocs/v2.php/cloud/user?format=json");
            request.basic(A, password).ocs().send(&office.server).ocs_code() == 200
        };
        assert!(logs_in("demo1234"));
        office.done("updateUserByEmail", &json!({ "email": A, "isActive": false }));
        assert!(!logs_in("demo1234"));
        office.done("updateUserByEmail", &json!({ "email": A, "isActive": true }));
        office.done("resetPasswordByEmail", &json!({ "email": "A@One.Example", "password": "onemoretime" }));
        assert!(logs_in("onemoretime") && !logs_in("demo1234"));
        office.done("deleteUserByEmail", &json!({ "email": A }));
        assert!(!logs_in("onemoretime"));
        // the address is free again, the number is not
        assert_eq!(office.user(A)["id"], 3);
    }
}
