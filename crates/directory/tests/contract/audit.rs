//! Audit entries and events: one of each for every change, in its transaction; none for what was refused or changed nothing.

use crate::deeds::{Deed, World};
use provost_directory::Command;
use provost_directory::commands::{
    apps::{ChangeSetting, SetApp},
    groups::{AddMember, AppointGroupAdministrator, RemoveMember, RenameGroup},
    resellers::AssignTenant,
    tenants::{RenameTenant, SetTenantSuspended},
    users::{ChangePreferences, EditUser, SetOperator, SetUserEnabled, UserPatch},
};
use provost_model::{AppId, DisplayName, Entry, EntryId, Patch, SettingKey, StoredEntry, TenantId};
use provost_testkit::{PASSWORD, Seat, TestDatabase, TestDirectory, group_id, on_every_engine};
use uuid::Uuid;

/// What was written down after `after` in this tenant, entries and events.
async fn since(
    directory: &TestDirectory,
    tenant: TenantId,
    after: EntryId,
) -> (Vec<StoredEntry>, Vec<StoredEntry>) {
    let queries = &directory.directory;
    (
        queries.audit(tenant, after, i64::MAX).await.unwrap(),
        queries.events(tenant, after, i64::MAX).await.unwrap(),
    )
}

/// The id that stands after all entries so far.
fn here(directory: &TestDirectory) -> EntryId {
    directory.clock.advance(std::time::Duration::from_millis(2));
    provost_directory::Directory::before(directory.now())
}

/// Carries out a command that changes something, and again, when it changes nothing.
async fn twice<C: Command + Clone>(seat: &Seat, command: C) {
    for (time, expected) in [("first", 1), ("second", 0)] {
        let name = std::any::type_name::<C>();
        let mark = here(&seat.directory);
        seat.run(command.clone())
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut told = 0;
        for tenant in [seat.tenant_id(), Entry::DEPLOYMENT] {
            told += since(&seat.directory, tenant, mark).await.0.len();
        }
        assert_eq!(told, expected, "the {time} {name}");
    }
}

on_every_engine! {
    async fn every_deed_leaves_one_entry_and_one_event(database: TestDatabase) {
        let world = World::new(TestDirectory::open(&database).await).await;
        for deed in Deed::ALL {
            for (actor, seat) in &world.actors {
                let prepared = world.prepare(*deed, seat).await;
                let mark = here(&world.directory);
                let outcome = prepared.perform().await;
                let tenants = [prepared.seat.tenant_id(), Entry::DEPLOYMENT];
                let Ok(done) = outcome else {
                    for tenant in tenants {
                        let told = since(&world.directory, tenant, mark).await;
                        assert_eq!(told, (vec![], vec![]), "{deed:?} was refused to {actor}");
                    }
                    continue;
                };
                let (entries, events) = since(&world.directory, done.told_in, mark).await;
                let ([entry], [event]) = (&*entries, &*events) else {
                    panic!("{deed:?} by {actor}: {entries:?} {events:?}")
                };
                assert_eq!(entry.action, deed.action().name(), "{deed:?}");
                assert_eq!(
                    (
                        entry.id,
                        entry.at,
                        &entry.action,
                        &entry.subject,
                        &entry.details
                    ),
                    (
                        event.id,
                        event.at,
                        &event.action,
                        &event.subject,
                        &event.details
                    )
                );
                assert_eq!(
                    (entry.request.as_deref(), &event.request, &event.actor),
                    (Some("test"), &None, &None)
                );
                let label = entry.actor.as_deref().unwrap();
                let expected = match *actor {
                    "command line" => "command-line".to_owned(),
                    "operator" => "operator:admin".to_owned(),
                    "reseller" => "reseller:reseller".to_owned(),
                    "operating key" => "key:operator key".to_owned(),
                    _ => label.to_owned(),
                };
                assert_eq!(label, expected);
                let text = format!("{entry:?}");
                assert!(
                    !text.contains(PASSWORD) && !text.contains("$argon2"),
                    "{text}"
                );
                assert!(
                    done.secret.is_none_or(|secret| !text.contains(&secret)),
                    "{text}"
                );
                for tenant in tenants.into_iter().filter(|tenant| *tenant != done.told_in) {
                    assert_eq!(
                        since(&world.directory, tenant, mark).await,
                        (vec![], vec![]),
                        "{deed:?}"
                    );
                }
            }
        }
    }

    async fn what_changes_nothing_leaves_nothing(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        shell.group("team").await;
        let user = shell.user("alice").await;
        let name = || DisplayName::parse("Name").unwrap();
        let (team, app) = (|| group_id("team"), || AppId::parse("files").unwrap());
        let key = || SettingKey::parse("key").unwrap();
        let patch = UserPatch {
            display_name: Patch::Set(name()),
            groups: Some(vec![team()]),
            administers: Some(vec![team()]),
            ..UserPatch::default()
        };
        twice(&shell, EditUser { user, patch }).await;
        for enabled in [false, true] {
            twice(&shell, SetUserEnabled { user, enabled }).await;
            twice(
                &shell,
                SetApp {
                    app: app(),
                    enabled,
                },
            )
            .await;
        }
        twice(
            &shell,
            RemoveMember {
                group: team(),
                user: Some(user),
            },
        )
        .await;
        twice(
            &shell,
            AddMember {
                group: team(),
                user: Some(user),
            },
        )
        .await;
        shell.group("other").await;
        twice(
            &shell,
            AppointGroupAdministrator {
                group: group_id("other"),
                user: Some(user),
            },
        )
        .await;
        twice(
            &shell,
            RenameGroup {
                group: team(),
                display_name: name(),
            },
        )
        .await;
        for content in [Some("text".to_owned()), None] {
            twice(
                &shell,
                ChangePreferences {
                    user,
                    app: app(),
                    changes: vec![(key(), content.clone())],
                },
            )
            .await;
            twice(
                &shell,
                ChangeSetting {
                    app: app(),
                    key: key(),
                    content,
                },
            )
            .await;
        }
        for operator in [true, false] {
            twice(&shell, SetOperator { user, operator }).await;
        }
        for suspended in [true, false] {
            twice(&shell, SetTenantSuspended { suspended }).await;
        }
        twice(
            &shell,
            RenameTenant {
                slug: None,
                name: Some("Name".to_owned()),
            },
        )
        .await;
        let reseller = directory.shell().await.by_reseller("reseller").await;
        let provost_directory::ActorKind::Reseller { id: reseller, .. } = reseller.actor.kind
        else {
            panic!()
        };
        for assigned in [true, false] {
            twice(&shell, AssignTenant { reseller, assigned }).await;
        }
    }

    async fn entries_are_read_in_pages_oldest_first(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        for nth in 0..10 {
            shell.user(&format!("user{nth}")).await;
        }
        let all = directory.entries(shell.tenant_id()).await;
        let subjects: Vec<_> = all.iter().map(|entry| entry.subject.as_str()).collect();
        assert_eq!(
            subjects,
            [
                "acme", "user0", "user1", "user2", "user3", "user4", "user5", "user6", "user7",
                "user8", "user9"
            ]
        );
        let mut paged = Vec::new();
        let mut after = EntryId(Uuid::nil());
        loop {
            let page = directory
                .directory
                .audit(shell.tenant_id(), after, 3)
                .await
                .unwrap();
            let Some(last) = page.last() else { break };
            after = last.id;
            paged.extend(page);
        }
        assert_eq!(paged, all);
        assert_eq!(directory.events(shell.tenant_id()).await.len(), all.len());
    }
}
