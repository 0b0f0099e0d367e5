//! What one dialect writes another shows, and what it cannot hold it leaves alone.

use crate::office::{done, on_each};
use serde_json::json;

const A: &str = "a@one.example";

on_each! {
    fn a_user_reads_the_same_through_ocs(office: &Office) {
        office.user(A);
        done(&office.update(&office.key, A, json!({
            "displayName": "Anna", "profile": { "phones": ["+4930123456", "12-34"], "title": "Dr." },
            "values": { "timezone": "Europe/Berlin" }, "isActive": false,
        })));
        let shown = office.ocs(A);
        assert_eq!(shown["id"], A);
        assert_eq!(shown["email"], A);
        assert_eq!(shown["displayname"], "Anna");
        assert_eq!(shown["phone"], "+4930123456");
        assert_eq!(shown["timezone"], "Europe/Berlin");
        assert_eq!(shown["enabled"], false);
        // fields of this dialect are not among those of OCS
        assert!(!shown.to_string().contains("Dr."));
    }

    fn a_user_made_through_the_shell_is_shown(office: &Office) {
        office.cli(&["user", "create", "anna", "--tenant", "MYINSTANCE"]);
        office.cli(&["user", "create", "bert", "--tenant", "MYINSTANCE", "--email", "bert@one.example", "--operator"]);
        let anna = office.shown("anna");
        assert_eq!((&anna["email"], &anna["displayName"]), (&json!("anna"), &json!("anna")));
        let bert = office.shown("bert@one.example");
        assert_eq!((&bert["email"], &bert["isSysAdmin"]), (&json!("bert@one.example"), &json!(true)));
        let answer = office.call("resetPasswordByEmail", &json!({ "email": "bert", "password": "onemoretime" }));
        assert_eq!(answer.status, 401, "an operator's password is no key's business");
    }

    fn writes_through_ocs_leave_this_dialects_own_values_alone(office: &Office) {
        office.user(A);
        done(&office.update(&office.key, A, json!({
            "apps": [7], "settings": [8], "avatar": "x", "values": { "own": 1, "editorTemplates": 2 },
            "profile": { "uid": "K-7", "title": "Dr.", "department": "D", "location": "L", "grade": "G", "phones": ["+4930123456", "12"] },
        })));
        let mut expected = office.shown(A);
        for (key, value) in [
            ("displayname", "Other"),
            ("phone", "+4930654321"),
            ("timezone", "America/New_York"),
            ("organisation", "Org"),
            ("language", "de"),
            ("quota", "5 GB"),
        ] {
            office.set_in_ocs(A, key, value);
        }
        expected["displayName"] = "Other".into();
        expected["profile"]["phones"][0] = "+4930654321".into();
        expected["values"]["timezone"] = "America/New_York".into();
        assert_eq!(office.shown(A), expected);
        // and the other way round
        let before = office.ocs(A);
        done(&office.update(&office.key, A, json!({ "profile": { "title": null }, "apps": [9], "isActive": true })));
        assert_eq!(office.ocs(A), before);
    }
}
