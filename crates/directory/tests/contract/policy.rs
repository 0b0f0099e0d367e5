//! Who may do what: each deed of the table as each kind of actor.

use crate::deeds::{Deed, World, answer};
use provost_testkit::{TestDatabase, TestDirectory, on_every_engine};
use std::{collections::BTreeSet, path::Path};

/// Commands that nobody can ask for: the directory uses them itself.
const INTERNAL: [&str; 12] = [
    "Bootstrap",
    "ClaimWelcomeMail",
    "FinishImport",
    "FinishWipe",
    "MakeSealingKey",
    "PrunePasswordLinks",
    "RecordSignIn",
    "RedeemAuthToken",
    "RenewHash",
    "SettleWelcomeMail",
    "SweepGroup",
    "SweepTenant",
];

on_every_engine! {
    async fn everybody_is_answered_as_the_table_says(database: TestDatabase) {
        let world = World::new(TestDirectory::open(&database).await).await;
        let mut wrong = Vec::new();
        for deed in Deed::ALL {
            let answers = deed.answers();
            assert_eq!(
                answers.len(),
                world.actors.len(),
                "{deed:?} has a column for each actor"
            );
            for ((actor, seat), expected) in world.actors.iter().zip(answers) {
                let given = answer(&world.prepare(*deed, seat).await.perform().await);
                if given != expected {
                    wrong.push(format!("{deed:?} by {actor}: {given}, not {expected}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

#[test]
fn the_table_knows_every_command() {
    let mut written = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for line in text.lines() {
                if let Some(rest) = line.strip_prefix("impl Command for ") {
                    written.insert(rest.trim_end_matches(" {").to_owned());
                }
            }
        }
    }
    let known: BTreeSet<String> = Deed::ALL
        .iter()
        .map(|deed| deed.command())
        .chain(INTERNAL)
        .map(str::to_owned)
        .collect();
    assert_eq!(written, known);
}
