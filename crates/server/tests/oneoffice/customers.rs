//! Customers and orders, by partners' keys. The samples are those of the vendor's page 'Enterprise'.

use crate::office::{done, on_each, refused};
use provost_testkit::Request;
use serde_json::{Value, json};

fn customer() -> Value {
    json!({
        "id": "ABC", "name": "ABC Company",
        "admin": { "email": "test3@example.com", "phone": "111111111", "displayName": "Isa Aswath" },
    })
}

on_each! {
    fn a_customer_is_an_instance_with_its_administrator(office: &Office) {
        let partner = office.key("MYINSTANCE", "partner");
        let answer = office.call_with(&partner, "createCustomer", &customer());
        let given = done(&answer);
        assert!(given["createdAt"].as_i64().unwrap() > 1_700_000_000);
        let url = format!("{}/t/abc-company", office.server.base_url());
        let expected = format!(
            "{{\"name\":\"ABC Company\",\"partner\":\"MYINSTANCE\",\"createdAt\":{},\"id\":\"abc-company\",\"isActive\":true,\
             \"admin\":{{\"email\":\"test3@example.com\"}},\"remoteId\":\"ABC\",\"url\":\"{url}\"}}",
            given["createdAt"]
        );
        assert_eq!(answer.text(), expected, "keys stand in the vendor's order");
        let key = office.key("abc-company", "read");
        let admin = done(&office.call_with(&key, "getUserByEmail", &json!({ "email": "test3@example.com" })));
        assert_eq!((&admin["id"], &admin["isAdmin"]), (&json!(1), &json!(true)));
        assert_eq!((&admin["displayName"], &admin["profile"]["phones"]), (&json!("Isa Aswath"), &json!(["111111111"])));
        // the invitation waits to be sent, and there is no password yet
        let rows = office.server.database().rows("SELECT user_number FROM welcome_mails");
        assert_eq!(rows, [["2"]]);
        let audit = office.cli(&["audit", "list", "--tenant", "MYINSTANCE"]);
        assert!(audit.contains("customer.created") && audit.contains("ABC"), "{audit}");
    }

    fn orders_are_written_down(office: &Office) {
        let partner = office.key("MYINSTANCE", "partner");
        let call = |method: &str, params: Value| office.call_with(&partner, method, &params);
        done(&call("createCustomer", customer()));
        let first = json!({ "customer": "ABC", "id": "REMOTEORDER1", "product": "oo-lite", "licenses": 20, "duration": "monthly" });
        let answer = call("createFirstOrder", first.clone());
        let made = done(&answer);
        let expected = format!(
            "{{\"id\":1,\"partner\":\"MYINSTANCE\",\"customer\":\"ABC\",\"parent\":null,\"product\":\"oo-lite\",\"licenses\":20,\
             \"duration\":\"monthly\",\"createdAt\":{},\"remoteId\":\"REMOTEORDER1\"}}",
            made["createdAt"]
        );
        assert_eq!(answer.text(), expected);
        // asked for again it is the same one, with anything else it is not
        assert_eq!(done(&call("createFirstOrder", first.clone())), made);
        let mut other = first;
        other["licenses"] = 21.into();
        assert_eq!(refused(&call("createFirstOrder", other), 400), "the order is taken");
        let renewal = json!({ "parent": "REMOTEORDER1", "id": "REMOTEORDER2" });
        let renewed = done(&call("createRenewalOrder", renewal));
        assert_eq!((&renewed["parent"], &renewed["licenses"], &renewed["id"]), (&json!("REMOTEORDER1"), &json!(20), &json!(2)));
        let fewer = json!({ "parent": "REMOTEORDER1", "id": 3, "licenses": 5 });
        let fewer = done(&call("createRenewalOrder", fewer));
        assert_eq!((&fewer["remoteId"], &fewer["licenses"]), (&json!("3"), &json!(5)));
        let audit = office.cli(&["audit", "list", "--tenant", "MYINSTANCE"]);
        assert_eq!(audit.matches("order.created").count(), 3, "{audit}");
        let listed = |noun: &str| {
            let listed = office.cli(&[noun, "list", "--tenant", "MYINSTANCE", "--json"]);
            serde_json::from_str::<Value>(&listed).unwrap()
        };
        let customers = listed("customer");
        assert_eq!((&customers[0]["id"], &customers[0]["tenant"]), (&json!("ABC"), &json!("abc-company")));
        let orders = listed("order");
        let ids: Vec<&Value> = orders.as_array().unwrap().iter().map(|order| &order["id"]).collect();
        assert_eq!(ids, ["REMOTEORDER1", "REMOTEORDER2", "3"]);
        assert_eq!((&orders[2]["parent"], &orders[2]["licenses"]), (&json!("REMOTEORDER1"), &json!(5)));
        let none = office.cli(&["order", "list", "--tenant", "default"]);
        assert_eq!(none.lines().count(), 1, "{none}");
    }

    fn what_is_wrong_makes_neither_customers_nor_orders(office: &Office) {
        let partner = office.key("MYINSTANCE", "partner");
        office.cli(&["tenant", "create", "rival"]);
        let rival = office.key("rival", "partner");
        done(&office.call_with(&partner, "createCustomer", &customer()));
        let tenants = office.cli(&["tenant", "list"]);
        let with = |name: &str, value: Value| {
            let mut customer = customer();
            customer["id"] = "DEF".into();
            customer["admin"]["email"] = "test4@example.com".into();
            match name.split_once('.') {
                Some((outer, inner)) => customer[outer][inner] = value,
                None => customer[name] = value,
            }
            ("createCustomer", customer)
        };
        let order = |name: &str, value: Value| {
            let mut order = json!({ "customer": "ABC", "id": "O", "product": "oo-lite", "licenses": 20, "duration": "monthly" });
            order[name] = value;
            ("createFirstOrder", order)
        };
        let renewal = |parent: Value, id: Value| ("createRenewalOrder", json!({ "parent": parent, "id": id }));
        let long = "x".repeat(256);
        let taken = "duplicate key value violates unique constraint \"users_email\"";
        for ((method, params), why) in [
            (with("id", json!("ABC")), "the customer is taken"),
            (with("id", json!("")), "id must not be empty"),
            (with("id", json!(null)), "id is missing"),
            (with("id", json!(long)), "id must have at most 255 characters"),
            (with("id", json!([])), "id must be a string or a whole number"),
            (with("name", json!(" ")), "name must not be empty"),
            (with("name", json!(7)), "name must be a string"),
            (with("admin", json!("test4@example.com")), "admin must be an object"),
            (with("admin.email", json!(null)), "admin.email is missing"),
            (with("admin.email", json!("nobody")), "admin.email is malformed"),
            (with("admin.email", json!("TEST3@example.com")), taken),
            (with("admin.phone", json!(1)), "admin.phone must be a string"),
            (with("admin.phone", json!(long)), "admin.phone must have at most 128 characters"),
            (with("admin.displayName", json!("")), "admin.displayName must not be empty"),
            (order("customer", json!("DEF")), "customer not found"),
            (order("customer", json!(null)), "customer is missing"),
            (order("id", json!(" ")), "id must not be empty"),
            (order("product", json!("")), "product must not be empty"),
            (order("product", json!(1)), "product must be a string"),
            (order("licenses", json!(0)), "licenses must be from 1 to 10000000"),
            (order("licenses", json!("20")), "licenses must be a whole number"),
            (order("licenses", json!(null)), "licenses is missing"),
            (order("duration", json!("weekly")), "duration must be monthly or yearly"),
            (renewal(json!("nowhere"), json!("O")), "order not found"),
            (renewal(json!(null), json!("O")), "parent is missing"),
        ] {
            let answer = office.call_with(&partner, method, &params);
            assert_eq!(refused(&answer, 400), why, "{method} {params}");
        }
        // another partner knows nothing of it, and may have a customer of the same id and name
        let (method, params) = order("id", json!("O"));
        assert_eq!(refused(&office.call_with(&rival, method, &params), 400), "customer not found");
        assert_eq!(office.cli(&["tenant", "list"]), tenants);
        let (method, params) = with("id", json!("ABC"));
        let made = done(&office.call_with(&rival, method, &params));
        let id = made["id"].as_str().unwrap();
        assert!(id.starts_with("abc-company-"), "{id}");
    }

    fn the_url_is_the_one_that_clients_reach(office: &Office) {
        let partner = office.key("MYINSTANCE", "partner");
        let body = json!({ "method": "createCustomer", "params": customer() });
        let answer = Request::post("/oneoffice")
            .header("Host", "market.example:8443")
            .header("x-api-key", &partner)
            .json(&body)
            .send(&office.server);
        assert_eq!(done(&answer)["url"], "http://market.example:8443/t/abc-company");
    }
}
