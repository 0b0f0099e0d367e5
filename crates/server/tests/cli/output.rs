//! What commands print, whatever the command.

use crate::place::{Place, command, everywhere, text};
use provost_directory::{
    Actor, Directory, DirectorySettings, StoreSettings, commands::users::CreateUser,
};
use provost_model::Login;
use provost_testkit::Engine;
use std::sync::Arc;

everywhere! {
    /// Also where the list is empty, and where a field has no value.
    fn every_list_and_show_prints_json(place: &Place) {
        place.done(&["reseller", "create", "north"]);
        for show in [
            &["tenant", "show", "default"][..],
            &["user", "show", "admin"],
            &["group", "show", "admin"],
            &["reseller", "show", "north"],
        ] {
            assert!(place.json(show).is_object(), "{show:?}");
            let shown = place.done(show);
            assert!(shown.lines().all(|line| line.contains("  ")), "a field a line: {shown}");
        }
        for list in [
            &["tenant", "list"][..],
            &["domain", "list"],
            &["key", "list", "--tenant", "default"],
            &["user", "list"],
            &["user", "list", "--search", "nobody"],
            &["user", "app-passwords", "admin"],
            &["group", "list"],
            &["reseller", "list"],
            &["audit", "list"],
            &["customer", "list", "--tenant", "default"],
            &["order", "list", "--tenant", "default"],
        ] {
            let rows = place.json(list).as_array().map(Vec::len).expect("a list");
            assert_eq!(place.done(list).lines().count(), rows + 1, "a heading and a row each: {list:?}");
        }
    }
}

#[test]
fn tables_are_aligned() {
    let place = Place::alone(Engine::Sqlite);
    place.done(&["group", "create", "ü", "--name", "short id"]);
    place.done(&[
        "group",
        "create",
        "a-group-with-a-long-id",
        "--name",
        "long id",
    ]);
    let printed = place.done(&["group", "list"]);
    let column = |line: &str, word: &str| line.find(word).map(|at| line[..at].chars().count());
    let lines: Vec<&str> = printed.lines().collect();
    let places = [
        column(lines[0], "DISPLAY_NAME"),
        column(lines[1], "long id"),
        column(lines[3], "short id"),
    ];
    assert_eq!(places, [Some(24); 3], "{printed}");
}

/// More than are read at once: none is left out, none comes twice.
fn long_lists_are_whole(engine: Engine) {
    const USERS: usize = 1100;
    let place = Place::alone(engine);
    place.done(&["user", "list"]);
    provost_testkit::run(async {
        let settings = StoreSettings::new(place.database().url());
        let directory = Directory::open(DirectorySettings::new(settings))
            .await
            .expect("it opens");
        let found = directory
            .tenant_by_slug("default")
            .await
            .expect("an answer");
        let tenant = Arc::new(found.expect("the tenant"));
        for number in 0..USERS {
            let context = directory
                .context(Arc::new(Actor::COMMAND_LINE), Arc::clone(&tenant), "test")
                .expect("a context");
            let login = Login::parse(&format!("user-{number:04}")).expect("a login");
            directory
                .execute(context, CreateUser::new(login))
                .await
                .expect("a user");
        }
        directory.close().await;
    });
    let list = place.json(&["user", "list"]);
    let logins: Vec<&str> = list
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|user| user["login"].as_str())
        .collect();
    assert_eq!(logins.len(), USERS + 1);
    assert!(logins.is_sorted_by(|one, next| one < next));
    assert_eq!(place.done(&["user", "list"]).lines().count(), USERS + 2);
    let audit = place.json(&["audit", "list", "--tenant", "default"]);
    // the tenant, its first administrator, and the users
    assert_eq!(audit.as_array().map(Vec::len), Some(2 + USERS));
}

#[test]
fn long_lists_are_whole_on_sqlite() {
    long_lists_are_whole(Engine::Sqlite);
}

#[test]
fn long_lists_are_whole_on_postgres() {
    long_lists_are_whole(Engine::Postgres);
}

/// As in `provost audit list | head -1`.
#[test]
fn a_closed_output_is_no_failure() {
    let place = Place::alone(Engine::Sqlite);
    place.done(&["user", "list"]);
    let mut process = command(place.database(), &[])
        .args(["audit", "list", "--json"])
        .spawn()
        .expect("the binary runs");
    drop(process.stdout.take());
    let output = process.wait_with_output().expect("the command ends");
    assert_eq!(
        (output.status.code(), text(&output.stderr).as_str()),
        (Some(0), "")
    );
}
