//! Who has no business in a tenant learns nothing of it, not even that it is there.

use crate::{
    answers::{class, written},
    dialects::operations,
    requests::{Target, Way, request},
    world::{Actor, NOBODYS, OURS, THEIRS, World},
};
use provost_testkit::Request;

/// What is shown without login.
const PUBLIC: [&str; 2] = ["/config", "/cloud/capabilities"];

/// Those without good credentials, and everybody of the other tenant, are answered on every path as in a tenant that does not exist.
pub(crate) fn are_answered_as_in_no_tenant(world: &World) {
    let foreign = world
        .other
        .actors
        .iter()
        .filter(|actor| actor.name != "operator")
        .cloned();
    let administrator = world.other.actor("administrator");
    let named = [
        administrator.naming("who names its own tenant", THEIRS),
        administrator.naming("who names ours", OURS),
    ];
    let strangers: Vec<Actor> = world
        .ours
        .refused
        .iter()
        .cloned()
        .chain(foreign)
        .chain(named)
        .collect();
    for stranger in &strangers {
        for way in Way::ALL {
            // each wrong password costs a hash, so that not every operation is asked for by host too
            let step = match way {
                Way::Host if stranger.costs_hashes() => 7,
                Way::Path | Way::Host => 1,
            };
            for (case, here, nowhere) in asked(way).into_iter().step_by(step) {
                let here = answer(world, stranger, here, OURS);
                let nowhere = match way {
                    // a host that nobody lists means the default tenant, or the one that the credentials name
                    Way::Host if stranger.names_tenant() => None,
                    Way::Path | Way::Host => Some(answer(world, stranger, nowhere, NOBODYS)),
                };
                let who = format!("{}, {way:?}, {}", stranger.name, case.path);
                if case.is_operation && !PUBLIC.contains(&case.path) {
                    assert_eq!(here.0, "997", "{who}: {}", here.1);
                }
                if let Some(nowhere) = nowhere {
                    assert_eq!(here, nowhere, "{who}");
                }
            }
        }
    }
}

/// What is asked for.
struct Case {
    is_operation: bool,
    path: &'static str,
}

/// Every operation and some paths that lead nowhere: as asked in our tenant, and in none.
fn asked(way: Way) -> Vec<(Case, Request, Request)> {
    let mut cases = Vec::new();
    for operation in operations() {
        let [here, nowhere] = [OURS, NOBODYS].map(|slug| {
            // the same words in both, so that the answers could be the same
            let target = Target::of(OURS);
            request(operation, &target, (way, slug, 2)).unwrap_or_else(|| {
                panic!("{operation:?}: say in tests/isolation/requests.rs how it is asked for")
            })
        });
        let case = Case {
            is_operation: true,
            path: operation.1,
        };
        cases.push((case, here, nowhere));
    }
    for path in ["/nonsense", "/cloud-nonsense", ""] {
        for version in [1, 2] {
            let [here, nowhere] = [OURS, NOBODYS].map(|slug| {
                let request = Request::get(&way.target(slug, version, path, ""));
                way.addressed(request, slug)
            });
            let case = Case {
                is_operation: false,
                path,
            };
            cases.push((case, here, nowhere));
        }
    }
    cases
}

/// The answer's class and its whole text, in which neither tenant may show.
fn answer(world: &World, stranger: &Actor, request: Request, slug: &str) -> (String, String) {
    let answer = stranger.signed(request.ocs()).send(&world.ours.server);
    // some answers repeat the host that was asked
    let text = written(&answer).replace(&format!("cloud.{slug}.example"), "{host}");
    let whole = text.to_lowercase();
    assert!(!whole.contains(OURS) && !whole.contains(THEIRS), "{text}");
    (class(&answer), text)
}
