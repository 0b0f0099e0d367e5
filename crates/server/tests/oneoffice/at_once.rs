//! Many want the same at the same time.

use crate::office::{Office, on_each};
use serde_json::{Value, json};

/// How many of 64 calls at once succeed; the others are refused with this text.
fn winners(
    office: &Office,
    call: impl Fn(usize) -> (String, &'static str, Value) + Sync,
    why: &str,
) -> usize {
    let answers: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..64)
            .map(|nth| {
                let call = &call;
                scope.spawn(move || {
                    let (key, method, params) = call(nth);
                    office.call_with(&key, method, &params)
                })
            })
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    for answer in &answers {
        assert!(
            answer.status == 200 || answer.json() == why,
            "{}",
            answer.text()
        );
    }
    answers.iter().filter(|answer| answer.status == 200).count()
}

on_each! {
    fn one_of_many_gets_the_address(office: &Office) {
        office.cli(&["tenant", "create", "other"]);
        let keys = [office.key.clone(), office.key("other", "provision")];
        let why = "duplicate key value violates unique constraint \"users_email\"";
        let call = |nth: usize| {
            let email = if nth.is_multiple_of(3) { "Same@one.example" } else { "same@ONE.example" };
            (keys[nth % 2].clone(), "createUser", json!({ "email": email, "password": "demo1234" }))
        };
        assert_eq!(winners(office, call, why), 1);
    }

    fn one_of_many_gets_the_customer(office: &Office) {
        let key = office.key("MYINSTANCE", "partner");
        let call = |nth: usize| {
            let admin = json!({ "email": format!("boss{nth}@one.example") });
            (key.clone(), "createCustomer", json!({ "id": "ABC", "name": "ABC", "admin": admin }))
        };
        assert_eq!(winners(office, call, "the customer is taken"), 1);
        let listed = office.cli(&["tenant", "list"]);
        assert_eq!(listed.matches("abc").count(), 1, "{listed}");
    }
}
