//! The longest names that the model lets pass are kept, found and listed on both engines.

use provost_directory::{
    commands::{groups::CreateGroup, users::CreateUser},
    queries::Audience,
};
use provost_model::DisplayName;
use provost_testkit::{TestDatabase, TestDirectory, email, group_id, login, on_every_engine};

/// 255 characters from a range, in an order that does not compress.
fn longest(first: char, count: u32, seed: u32) -> String {
    let mut state = seed;
    (0..255)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from_u32(u32::from(first) + (state >> 8) % count).unwrap()
        })
        .collect()
}

on_every_engine! {
    async fn the_longest_names_are_kept(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        // four bytes each, and characters that fold to up to six
        for (first, count) in [('a', 26), ('\u{20000}', 40_000), ('\u{3300}', 0x58)] {
            let name = longest(first, count, 1);
            let group = longest(first, count, 2);
            shell
                .run(CreateGroup {
                    id: group_id(&group),
                    display_name: DisplayName::parse(&name).unwrap(),
                })
                .await
                .unwrap();
            let user = shell.run(CreateUser {
                display_name: Some(DisplayName::parse(&longest(first, count, 3)).unwrap()),
                email: Some(email(&longest(first, count, 4))),
                groups: vec![group_id(&group)],
                ..CreateUser::new(login(&name))
            });
            let number = user.await.unwrap().number;
            let (queries, tenant) = (&shell.directory.directory, shell.tenant_id());
            for found in [&name, &longest(first, count, 4)] {
                assert_eq!(
                    queries.user(tenant, found).await.unwrap().unwrap().number,
                    number
                );
            }
            for searched in [name, longest(first, count, 3)] {
                let page = queries
                    .user_page(tenant, Audience::All, Some(&searched), 10, 0)
                    .await
                    .unwrap();
                assert_eq!(page.len(), 1);
            }
        }
    }
}
