//! What good credentials asked for is remembered for them alone, until anything changes.

use super::*;
use provost_directory::{Identification, Precedence};

const WORDS: [&str; 2] = ["way", "there"];

async fn found(seat: &Seat, words: &[&str], credentials: Credentials<'_>) -> Option<u32> {
    let queries = &seat.directory.directory;
    let (found, _) = queries.found_before(words, credentials).await.unwrap();
    found.map(|found| *found)
}

/// Whether the credentials are good; notes the number under them.
async fn note(seat: &Seat, credentials: Credentials<'_>, number: u32) -> bool {
    let queries = &seat.directory.directory;
    let (_, finding) = queries
        .found_before::<u32>(&WORDS, credentials)
        .await
        .unwrap();
    let tenant = finding.named(Some(seat.tenant.clone()));
    let identification = queries
        .identify(Source::NONE, &tenant, Precedence::Tenant, credentials)
        .await
        .unwrap();
    let known = matches!(identification, Identification::Known { .. });
    finding.remember(&identification, Arc::new(number));
    known
}

on_every_engine! {
    async fn what_was_found_is_for_those_who_found_it_until_something_changes(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        shell.user_with_password("alice").await;
        let alice = basic("alice", PASSWORD);
        // on a server with other databases each of their changes may be one of this
        for _ in 0..100 {
            assert!(note(&shell, alice, 8).await);
            assert_eq!(found(&shell, &["waythere"], alice).await, None);
            assert_eq!(found(&shell, &["way", "here"], alice).await, None);
            assert_eq!(found(&shell, &WORDS, basic("alice", OTHER_PASSWORD)).await, None);
            assert_eq!(found(&shell, &WORDS, basic("alic", PASSWORD)).await, None);
            assert_eq!(found(&shell, &WORDS, Credentials::Token(PASSWORD)).await, None);
            if found(&shell, &WORDS, alice).await == Some(8) {
                shell.user("bob").await;
                assert_eq!(found(&shell, &WORDS, alice).await, None, "something changed");
                return;
            }
        }
        panic!("nothing was remembered");
    }

    async fn what_wrong_credentials_ask_for_is_not_remembered(database: TestDatabase) {
        let shell = TestDirectory::open(&database)
            .await
            .new_tenant("acme")
            .await;
        shell.user_with_password("alice").await;
        let wrong = basic("alice", OTHER_PASSWORD);
        for _ in 0..3 {
            assert!(!note(&shell, wrong, 7).await);
            assert_eq!(found(&shell, &WORDS, wrong).await, None);
        }
    }
}
