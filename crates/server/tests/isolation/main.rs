//! Between tenants nothing shows, and nobody may more than is written down here.
//!
//! Every operation of every dialect is walked as every kind of actor. [`table`] says what each is answered; an operation that is not in
//! it fails the test. Who has no business in a tenant is answered as if it did not exist ([`strangers`]); what exists in another tenant
//! is answered as if it existed nowhere ([`elsewhere`]); and no answer holds a text of another tenant ([`answers`]).
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod answers;
mod dialects;
mod elsewhere;
mod hostway;
mod native;
mod oneoffice;
mod open_xchange;
mod requests;
mod strangers;
mod table;
mod walk;
mod world;

use provost_testkit::Engine;
use world::World;

fn nothing_shows(engine: Engine) {
    let world = World::made(engine);
    let before = elsewhere::everything_of(&world.other);
    walk::everybody_gets_what_the_table_says(&world);
    strangers::are_answered_as_in_no_tenant(&world);
    elsewhere::is_answered_as_nowhere(&world);
    assert_eq!(
        before,
        elsewhere::everything_of(&world.other),
        "the other tenant was changed"
    );
}

#[test]
fn nothing_shows_on_sqlite() {
    nothing_shows(Engine::Sqlite);
}

#[test]
fn nothing_shows_on_postgres() {
    nothing_shows(Engine::Postgres);
}
