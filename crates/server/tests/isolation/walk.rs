//! Every operation, as everybody who may ask in the tenant, by path and by host.

use crate::{
    answers::class,
    requests::{Target, Way, request},
    table::{self, ACTORS, Row},
    world::World,
};
use std::fmt::Write as _;

/// Walks the whole table and shows all rows that are not as written, as they should be or as they are.
pub(crate) fn everybody_gets_what_the_table_says(world: &World) {
    let mut wrong = String::new();
    for row in table::rows() {
        for way in Way::ALL {
            let answers = answers(world, &row, way);
            if answers != row.answers {
                write!(
                    wrong,
                    "{way:?}: {} {} {}\n  table: {}\n  given: {}\n",
                    row.method,
                    row.pattern,
                    row.target,
                    row.answers.join(" "),
                    answers.join(" ")
                )
                .unwrap();
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "answers that are not in the table, for the actors {ACTORS:?}:\n{wrong}"
    );
}

fn answers(world: &World, row: &Row, way: Way) -> Vec<String> {
    let mut unchanged: Option<Target> = None;
    let mut answers = Vec::new();
    for actor in &world.ours.actors {
        let actor = &world.ours.spared(actor, row.operation());
        if row.target == "self" && actor.login.is_none() {
            answers.push("-".to_owned());
            continue;
        }
        let target = match unchanged.take() {
            Some(target) if row.target != "self" => target,
            _ => world.ours.target(row, actor),
        };
        let operation = row.operation();
        let request =
            request(operation, &target, (way, world.ours.marker, 2)).unwrap_or_else(|| {
                panic!("{operation:?}: say in tests/isolation/requests.rs how it is asked for")
            });
        let answer = class(&world.ours.ask(actor, request));
        // what was only read, or refused, is there for the next
        if row.method == "GET" || answer != "ok" {
            unchanged = Some(target);
        }
        answers.push(answer);
    }
    answers
}
