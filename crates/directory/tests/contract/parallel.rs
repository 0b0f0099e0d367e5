//! Edits of different fields of one user at once: none is lost.

use provost_directory::commands::users::{AliasChange, EditUser, SetUserEnabled, UserPatch};
use provost_model::{
    Alias, DisplayName, FirstDayOfWeek, Language, Locale, Patch, Phone, ProfileField, ProfileValue,
    Quota, Timezone,
};
use provost_testkit::{TestDatabase, TestDirectory, at_once, email, group_id, on_every_engine};

on_every_engine! {
    async fn sixty_four_edits_of_one_user_are_all_there(database: TestDatabase) {
        let shell = TestDirectory::open(&database).await.shell().await;
        for group in ["one", "two"] {
            shell.group(group).await;
        }
        let user = shell.member("alice", &["one"]).await;
        let mut patches = vec![
            UserPatch {
                display_name: Patch::Set(DisplayName::parse("Alice").unwrap()),
                ..UserPatch::default()
            },
            UserPatch {
                email: Patch::Set(email("alice@example.org")),
                ..UserPatch::default()
            },
            UserPatch {
                quota: Some(Quota::Bytes(5)),
                ..UserPatch::default()
            },
            UserPatch {
                language: Patch::Set(Language::parse("de").unwrap()),
                ..UserPatch::default()
            },
            UserPatch {
                locale: Patch::Set(Locale::parse("de_AT").unwrap()),
                ..UserPatch::default()
            },
            UserPatch {
                timezone: Patch::Set(Timezone::parse("Europe/Vienna").unwrap()),
                ..UserPatch::default()
            },
            UserPatch {
                first_day_of_week: Patch::Set(FirstDayOfWeek::parse("1").unwrap()),
                ..UserPatch::default()
            },
            UserPatch {
                manager: Patch::Set("bob".to_owned()),
                ..UserPatch::default()
            },
            UserPatch {
                phone: Patch::Set(Phone::parse("+4930901820", None).unwrap()),
                ..UserPatch::default()
            },
            UserPatch {
                groups: Some(vec![group_id("two")]),
                ..UserPatch::default()
            },
            UserPatch {
                administers: Some(vec![group_id("one")]),
                ..UserPatch::default()
            },
        ];
        let free = [
            ProfileField::Address,
            ProfileField::Organisation,
            ProfileField::Role,
            ProfileField::Headline,
            ProfileField::Biography,
            ProfileField::Pronouns,
        ];
        for field in free {
            let value = ProfileValue::parse(field, field.name()).unwrap();
            patches.push(UserPatch {
                profile: vec![(field, value)],
                ..UserPatch::default()
            });
        }
        let aliases = 63 - patches.len();
        for nth in 0..aliases {
            let alias = Alias {
                value: format!("alias{nth}@example.org"),
                scope: None,
            };
            patches.push(UserPatch {
                aliases: vec![AliasChange::Add(alias)],
                ..UserPatch::default()
            });
        }
        let mut edits: Vec<
            std::pin::Pin<Box<dyn Future<Output = provost_model::Result<()>> + Send>>,
        > = Vec::new();
        for patch in patches {
            let shell = shell.clone();
            edits.push(Box::pin(async move {
                shell.run(EditUser { user, patch }).await
            }));
        }
        let disabling = shell.clone();
        edits.push(Box::pin(async move {
            disabling
                .run(SetUserEnabled {
                    user,
                    enabled: false,
                })
                .await
        }));
        assert_eq!(edits.len(), 64);
        for outcome in at_once(edits).await {
            outcome.unwrap();
        }

        let details = shell
            .directory
            .directory
            .details(shell.tenant_id(), &[user])
            .await
            .unwrap()
            .remove(0);
        assert_eq!(
            (details.groups, details.administers),
            (vec!["two".to_owned()], vec!["one".to_owned()])
        );
        let alice = *details.user;
        assert_eq!(alice.shown_name(), "Alice");
        assert_eq!(alice.email, Some(email("alice@example.org")));
        assert_eq!(alice.address.unwrap().as_str(), "alice@example.org");
        assert_eq!(alice.quota, Quota::Bytes(5));
        assert_eq!(alice.language.unwrap().as_str(), "de");
        assert_eq!(alice.locale.unwrap().as_str(), "de_AT");
        assert_eq!(alice.timezone.unwrap().as_str(), "Europe/Vienna");
        assert_eq!(alice.first_day_of_week.unwrap().get(), 1);
        assert_eq!(alice.manager.unwrap(), "bob");
        assert_eq!(alice.phone.unwrap().as_str(), "+4930901820");
        for field in free {
            assert_eq!(alice.profile.value(field), Some(field.name()));
        }
        let mut kept: Vec<_> = alice.aliases.into_iter().map(|alias| alias.value).collect();
        let mut added: Vec<_> = (0..aliases)
            .map(|nth| format!("alias{nth}@example.org"))
            .collect();
        kept.sort();
        added.sort();
        assert_eq!(kept, added);
        assert!(!alice.enabled);
        // each of them was written down
        let entries = shell.directory.entries(shell.tenant_id()).await;
        let told = entries
            .iter()
            .filter(|entry| entry.subject == "alice")
            .count();
        assert_eq!(told, 65);
    }
}
