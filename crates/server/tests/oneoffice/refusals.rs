//! What is refused, how it is said, and that nothing changes then.

use crate::office::{Office, on_each, refused};
use provost_testkit::Request;
use serde_json::{Value, json};

fn everything(office: &Office) -> Value {
    office.done("listUsers", &json!({}))
}

on_each! {
    fn broken_requests_are_told_what_is_wrong(office: &Office) {
        for (body, why) in [
            ("", "the body is not JSON"),
            ("{\"method\":\"listUsers\"", "the body is not JSON"),
            ("method=listUsers", "the body is not JSON"),
            ("\u{feff}{}", "the body is not JSON"),
            ("{\"method\":\"\\ud800\"}", "the body is not JSON"),
            (&"[".repeat(100_000), "the body is not JSON"),
            ("[]", "the body is not an object"),
            ("null", "the body is not an object"),
            ("{}", "method is missing"),
            ("{\"method\":null}", "method must be a string"),
            ("{\"method\":\"listusers\"}", "method listusers is not known"),
            ("{\"method\":\"listUsers\",\"params\":1}", "params must be an object"),
            (&format!("{{\"a\":\"{}\"}}", "x".repeat(1 << 20)), "the body is too large"),
        ] {
            let request = Request::get("/oneoffice").header("x-api-key", &office.key);
            let answer = request.body("application/json", body).send(&office.server);
            assert_eq!(refused(&answer, 400), why, "{}", &body[..body.len().min(80)]);
        }
    }

    fn each_parameter_is_checked(office: &Office) {
        office.user("a@one.example");
        office.done("updateUserByEmail", &json!({ "email": "a@one.example", "values": { "x": 1 } }));
        let before = everything(office);
        let long = "x".repeat(300);
        let a = "a@one.example";
        let new = |email: Value, password: Value| json!({ "email": email, "password": password });
        let update = |name: &str, value: Value| json!({ "email": a, name: value });
        let cases = [
            ("createUser", json!({}), "email is missing"),
            ("createUser", json!({ "email": "b@one.example" }), "password is missing"),
            ("createUser", new(json!(null), json!("demo1234")), "email is missing"),
            ("createUser", new(json!(1), json!("demo1234")), "email must be a string"),
            ("createUser", new(json!("b@one.example"), json!(12_345_678)), "password must be a string"),
            ("createUser", new(json!(""), json!("demo1234")), "email must not be empty"),
            ("createUser", new(json!(" "), json!("demo1234")), "email is malformed"),
            ("createUser", new(json!("nobody"), json!("demo1234")), "email is malformed"),
            ("createUser", new(json!("a\u{0}b@one.example"), json!("demo1234")), "email is malformed"),
            ("createUser", new(json!(format!("{long}@one.example")), json!("demo1234")), "email must have at most 254 characters"),
            ("createUser", new(json!("b@one.example"), json!("")), "password must not be empty"),
            ("createUser", new(json!("b@one.example"), json!("          ")), "password must not be empty"),
            ("createUser", new(json!("b@one.example"), json!("demo123")), "password must have at least 8 characters"),
            ("createUser", new(json!("b@one.example"), json!("x".repeat(470))), "password must have at most 469 characters"),
            ("createUser", json!({ "email": "b@one.example", "password": "demo1234", "displayName": " " }), "displayName must not be empty"),
            ("createUser", json!({ "email": "b@one.example", "password": "demo1234", "displayName": long }), "displayName must have at most 255 characters"),
            ("createUser", json!({ "email": "b@one.example", "password": "demo1234", "displayName": 7 }), "displayName must be a string"),
            ("createUser", new(json!("A@ONE.example"), json!("demo1234")), "duplicate key value violates unique constraint \"users_email\""),
            ("getUserByEmail", json!({}), "email is missing"),
            ("getUserByEmail", json!({ "email": "b@one.example" }), "user not found"),
            ("getUserByEmail", json!({ "email": "\u{0}" }), "user not found"),
            ("getUserByEmail", json!({ "email": [a] }), "email must be a string"),
            ("deleteUserByEmail", json!({ "email": "b@one.example" }), "user not found"),
            ("resetPasswordByEmail", json!({ "email": a }), "password is missing"),
            ("resetPasswordByEmail", json!({ "email": "b@one.example", "password": "onemoretime" }), "user not found"),
            ("resetPasswordByEmail", json!({ "email": a, "password": "\t          " }), "password must not be empty"),
            ("resetPasswordByEmail", json!({ "email": a, "password": "short" }), "password must have at least 8 characters"),
            ("updateUserByEmail", json!({ "isActive": false }), "email is missing"),
            ("updateUserByEmail", json!({ "email": "b@one.example", "isActive": false }), "user not found"),
            ("updateUserByEmail", update("isActive", json!("false")), "isActive must be true or false"),
            ("updateUserByEmail", update("isActive", json!(null)), "isActive must be true or false"),
            ("updateUserByEmail", update("isAdmin", json!(1)), "isAdmin must be true or false"),
            ("updateUserByEmail", update("displayName", json!(null)), "displayName must be a string"),
            ("updateUserByEmail", update("displayName", json!("a\nb")), "displayName holds characters that are not allowed"),
            ("updateUserByEmail", update("groups", json!("staff")), "groups must be a list of strings"),
            ("updateUserByEmail", update("groups", json!([1])), "groups must be a list of strings"),
            ("updateUserByEmail", update("groups", json!(["nowhere"])), "group not found: nowhere"),
            ("updateUserByEmail", update("apps", json!("0,0")), "apps must be a list of whole numbers"),
            ("updateUserByEmail", update("settings", json!(["1"])), "settings must be a list of whole numbers"),
            ("updateUserByEmail", update("settings", json!(vec![0; 1001])), "settings has too many numbers"),
            ("updateUserByEmail", update("avatar", json!(1)), "avatar must be a string or null"),
            ("updateUserByEmail", update("avatar", json!("x".repeat(70_000))), "value must have at most 65536 characters"),
            ("updateUserByEmail", update("profile", json!([])), "profile must be an object"),
            ("updateUserByEmail", update("profile", json!({ "title": 1 })), "profile.title must be a string or null"),
            ("updateUserByEmail", update("profile", json!({ "grade": "x".repeat(2049) })), "profile.grade must have at most 2048 characters"),
            ("updateUserByEmail", update("profile", json!({ "shoe": "45" })), "profile.shoe is not known"),
            ("updateUserByEmail", update("profile", json!({ "uid": "" })), "profile.uid must not be empty"),
            ("updateUserByEmail", update("profile", json!({ "uid": {} })), "profile.uid must be a string or a whole number"),
            ("updateUserByEmail", update("profile", json!({ "phones": "1" })), "profile.phones must be a list of strings"),
            ("updateUserByEmail", update("profile", json!({ "phones": [" "] })), "profile.phones must not be empty"),
            ("updateUserByEmail", update("values", json!(null)), "values must be an object"),
            ("updateUserByEmail", update("values", json!({ "timezone": "Mars/Base" })), "values.timezone is not known"),
            ("updateUserByEmail", update("values", json!({ "timezone": 1 })), "values.timezone must be a string or null"),
            ("updateUserByEmail", update("values", json!({ "notificationReminder": "3" })), "values.notificationReminder must be a number or null"),
            ("listUsers", json!({ "limit": 0 }), "limit must be from 1 to 500"),
            ("listUsers", json!({ "limit": 501 }), "limit must be from 1 to 500"),
            ("listUsers", json!({ "limit": "5" }), "limit must be a whole number"),
            ("listUsers", json!({ "offset": -1 }), "offset must be a whole number"),
            ("listUsers", json!({ "search": 5 }), "search must be a string"),
        ];
        for (method, params, why) in cases {
            let answer = office.call(method, &params);
            assert_eq!(refused(&answer, 400), why, "{method} {}", &params.to_string()[..params.to_string().len().min(200)]);
        }
        // a good value beside a bad one is not kept
        let half = json!({ "isActive": false, "displayName": "Half", "profile": { "title": "Half", "phones": ["+4930123456"], "uid": "half" },
            "values": { "timezone": "Europe/Berlin", "x": 2 }, "apps": [7], "groups": ["nowhere"] });
        assert_eq!(refused(&office.update(&office.key, a, half), 400), "group not found: nowhere");
        assert_eq!(everything(office), before);
    }

    fn what_must_stay_is_not_taken_away(office: &Office) {
        office.cli(&["user", "create", "boss", "--tenant", "MYINSTANCE", "--email", "boss@one.example", "--admin"]);
        let key = office.key("MYINSTANCE", "admin");
        let boss = json!({ "email": "boss@one.example" });
        let before = office.shown("boss@one.example");
        assert_eq!((&before["id"], &before["isAdmin"]), (&json!(1), &json!(true)));
        let why = "the last administrator of a tenant cannot be deleted, disabled or demoted";
        assert_eq!(refused(&office.call_with(&key, "deleteUserByEmail", &boss), 400), why);
        for change in [json!({ "isActive": false }), json!({ "isAdmin": false }), json!({ "groups": [] })] {
            assert_eq!(refused(&office.update(&key, "boss@one.example", change), 400), why);
        }
        // a key that may not make administrators takes over none either
        let password = json!({ "email": "boss@one.example", "password": "onemoretime" });
        let answer = office.call("resetPasswordByEmail", &password);
        assert_eq!(refused(&answer, 401), "the API key does not allow this");
        assert_eq!(office.shown("boss@one.example"), before);
    }

    fn users_of_other_tenants_are_not_there(office: &Office) {
        office.cli(&["tenant", "create", "other"]);
        let other = office.key("other", "admin");
        office.user("a@one.example");
        let a = json!({ "email": "a@one.example" });
        for method in ["getUserByEmail", "deleteUserByEmail", "updateUserByEmail"] {
            assert_eq!(refused(&office.call_with(&other, method, &a), 400), "user not found");
        }
        let new = json!({ "email": "A@one.EXAMPLE", "password": "demo1234" });
        let why = "duplicate key value violates unique constraint \"users_email\"";
        assert_eq!(refused(&office.call_with(&other, "createUser", &new), 400), why);
        office.cli(&["tenant", "create", "owner", "--domain", "owned.example"]);
        let new = json!({ "email": "a@owned.example", "password": "demo1234" });
        assert_eq!(refused(&office.call("createUser", &new), 400), why);
    }
}
