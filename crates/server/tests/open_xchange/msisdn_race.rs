//! An msisdn is one user's in the whole deployment, also when many want it at once.

use crate::world::{ACME, OPERATOR, World, on_both_engines};
use provost_testkit::Request;
use serde_json::json;

#[test]
fn exactly_one_of_many_who_want_the_same_number_gets_it() {
    on_both_engines(|engine| {
        let world = World::made(engine);
        let users: Vec<(i64, i64)> = (0..16)
            .map(|nth| (ACME, world.user("acme", &format!("u{nth}@example.com"))))
            .chain((0..16).map(|nth| (25, world.user("beta", &format!("u{nth}@beta.example")))))
            .collect();
        for round in 0..4 {
            let users = &users;
            let asked = &|user: usize, way: usize| {
                let (context, number) = users[user];
                let path = format!("/oxaas/v1/admin/contexts/{context}/users/{number}/msisdn");
                let msisdn = match way {
                    0 => format!("+49 77{round}"),
                    _ => format!("(49)-77.{round}"),
                };
                Request::put(&path)
                    .basic(OPERATOR.0, OPERATOR.1)
                    .json(&json!({ "msisdn": msisdn }))
                    .send(&world.server)
                    .status
            };
            let statuses: Vec<(usize, u16)> = std::thread::scope(|scope| {
                let running: Vec<_> = (0..64)
                    .map(|nth| scope.spawn(move || (nth % 32, asked(nth % 32, nth / 32))))
                    .collect();
                running
                    .into_iter()
                    .map(|thread| thread.join().unwrap())
                    .collect()
            });
            let winners: std::collections::BTreeSet<usize> = statuses
                .iter()
                .filter(|(_, status)| *status == 200)
                .map(|(user, _)| *user)
                .collect();
            assert_eq!(winners.len(), 1, "{statuses:?}");
            assert!(
                statuses
                    .iter()
                    .all(|(_, status)| matches!(status, 200 | 400)),
                "{statuses:?}"
            );
            let found = world.ask(
                OPERATOR,
                "GET",
                &format!("/admin/oxuser?search=4977{round}&field=MSISDN"),
                None,
            );
            let winner = users[*winners.first().unwrap()];
            assert_eq!(
                (
                    found.json()["context-id"].as_i64().unwrap(),
                    found.json()["user-id"].as_i64().unwrap()
                ),
                winner
            );
        }
    });
}
