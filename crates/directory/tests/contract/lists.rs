//! Lists of users, in pages and streamed, against a model in memory: every audience, with and without search and offset.

use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use provost_directory::{
    commands::users::{CreateUser, DeleteUser, EditUser, SetUserEnabled, UserPatch},
    queries::{Audience, Listed},
};
use provost_model::{ContactEmail, DisplayName, GroupNumber, Login, Patch, UserNumber, fold};
use provost_testkit::{Seat, TestDatabase, TestDirectory, at_once, group_id, on_every_engine};
use std::collections::HashSet;

/// More than one search takes from its index, and more than one step of a stream.
const USERS: usize = 1300;
const GROUPS: [&str; 3] = ["one", "two", "three"];

/// A user as the model knows it.
#[derive(Clone, Debug)]
struct Known {
    number: UserNumber,
    login: String,
    display_name: Option<String>,
    email: Option<String>,
    groups: Vec<usize>,
    enabled: bool,
}

impl Known {
    fn listed(&self) -> Listed {
        Listed {
            number: self.number,
            login: self.login.clone(),
            login_key: fold(&self.login),
            display_key: self.display_name.as_deref().map(fold).unwrap_or_default(),
            email_key: self.email.as_deref().map(fold),
        }
    }

    fn has(&self, pattern: &str) -> bool {
        let listed = self.listed();
        [
            Some(listed.login_key),
            Some(listed.display_key),
            listed.email_key,
        ]
        .into_iter()
        .flatten()
        .any(|text| text.contains(pattern))
    }
}

/// A tenant, and what the model knows of it. Its user `lead` administers the first two groups.
struct Model {
    shell: Seat,
    users: Vec<Known>,
    groups: Vec<GroupNumber>,
    lead: UserNumber,
}

/// What a list is asked for.
#[derive(Clone, Debug)]
struct Question {
    audience: usize,
    search: Option<String>,
    offset: usize,
    limit: usize,
}

fn name() -> impl Strategy<Value = String> {
    "[a-dA-D äöüÄÖßéñ%_'\"\\\\.@*()^:0-2名😀\u{301}\u{308}\u{a0}ﬁ½İ-]{1,14}"
}

fn user() -> impl Strategy<Value = (String, Option<String>, Option<String>, Vec<usize>, u8)> {
    (
        name(),
        proptest::option::of(name()),
        proptest::option::of("[a-c]{1,2}[.äÄ+'%]?[a-c0-9]{1,3}@[ab]\\.Example"),
        proptest::sample::subsequence(vec![0, 1, 2], 0..=3).prop_shuffle(),
        0..10_u8,
    )
}

fn question() -> impl Strategy<Value = Question> {
    let search = prop_oneof![
        2 => Just(None),
        1 => Just(Some(String::new())),
        4 => "[a-dA-D äÄöß%_'\"\\\\.@*()^:0-2名😀-]{1,3}".prop_map(Some),
        2 => name().prop_map(Some),
        // found again and again in the model's own names
        6 => (0..USERS, 0..14_usize, 1..7_usize).prop_map(|(user, from, length)| Some(format!("#{user},{from},{length}"))),
    ];
    let offset = prop_oneof![Just(0_usize), 1..20_usize, 0..1500_usize];
    let limit = prop_oneof![Just(0_usize), 1..20_usize, 0..1500_usize];
    (0..7_usize, search, offset, limit).prop_map(|(audience, search, offset, limit)| Question {
        audience,
        search,
        offset,
        limit,
    })
}

fn generate<T: std::fmt::Debug>(runner: &mut TestRunner, strategy: &impl Strategy<Value = T>) -> T {
    strategy.new_tree(runner).unwrap().current()
}

impl Model {
    async fn build(shell: Seat, size: usize, runner: &mut TestRunner) -> Self {
        for group in GROUPS {
            shell.group(group).await;
        }
        let lead = shell.user("lead").await;
        for group in &GROUPS[..2] {
            shell.appoint(group, lead).await;
        }
        let mut model = Self {
            groups: Vec::new(),
            users: vec![Known {
                number: lead,
                login: "lead".to_owned(),
                display_name: None,
                email: None,
                groups: Vec::new(),
                enabled: true,
            }],
            lead,
            shell,
        };
        for group in GROUPS {
            let found = model
                .shell
                .directory
                .directory
                .group(model.shell.tenant_id(), group)
                .await;
            model.groups.push(found.unwrap().unwrap().number);
        }
        let mut keys = HashSet::from([fold("lead")]);
        while model.users.len() < size {
            let wanted: Vec<_> = std::iter::repeat_with(|| generate(runner, &user()))
                .filter(|(login, ..)| Login::parse(login).is_ok() && keys.insert(fold(login)))
                .take(50)
                .collect();
            let made = at_once(wanted.into_iter().map(
                |(login, display_name, email, groups, state)| {
                    let shell = model.shell.clone();
                    async move {
                        let command = CreateUser {
                            display_name: display_name
                                .as_deref()
                                .map(|name| DisplayName::parse(name).unwrap()),
                            email: email
                                .as_deref()
                                .map(|email| ContactEmail::parse(email).unwrap()),
                            groups: groups
                                .iter()
                                .map(|group| group_id(GROUPS[*group]))
                                .collect(),
                            ..CreateUser::new(Login::parse(&login).unwrap())
                        };
                        let number = shell.run(command).await.unwrap().number;
                        let enabled = state > 2;
                        if !enabled {
                            shell
                                .run(SetUserEnabled {
                                    user: number,
                                    enabled,
                                })
                                .await
                                .unwrap();
                        }
                        Known {
                            number,
                            login,
                            display_name,
                            email,
                            groups,
                            enabled,
                        }
                    }
                },
            ))
            .await;
            model.users.extend(made);
        }
        model.change(runner).await;
        model
    }

    /// Deletes some users and gives others different names.
    async fn change(&mut self, runner: &mut TestRunner) {
        for nth in 0..self.users.len() / 10 {
            let known = &mut self.users[1 + nth * 7];
            let (_, display_name, email, ..) = generate(runner, &user());
            let patch = UserPatch {
                display_name: display_name.as_deref().map_or(Patch::Clear, |name| {
                    Patch::Set(DisplayName::parse(name).unwrap())
                }),
                email: email.as_deref().map_or(Patch::Clear, |email| {
                    Patch::Set(ContactEmail::parse(email).unwrap())
                }),
                ..UserPatch::default()
            };
            self.shell
                .run(EditUser {
                    user: known.number,
                    patch,
                })
                .await
                .unwrap();
            (known.display_name, known.email) = (display_name, email);
        }
        for nth in 0..self.users.len() / 20 {
            let gone = self.users.remove(2 + nth * 5);
            self.shell
                .run(DeleteUser { user: gone.number })
                .await
                .unwrap();
        }
    }

    fn audience(&self, question: &Question) -> Audience {
        match question.audience {
            0 | 1 => Audience::All,
            2 => Audience::Disabled,
            3 => Audience::DisabledOf(self.lead),
            4 => Audience::Administered(self.lead),
            nth => Audience::Group(self.groups[nth - 4]),
        }
    }

    /// The pattern to search for; one that is cut from a name of the model is written in capitals at times.
    fn search(&self, question: &Question) -> Option<String> {
        let text = question.search.clone()?;
        let Some((user, rest)) = text.strip_prefix('#').and_then(|text| text.split_once(','))
        else {
            return Some(text);
        };
        let (from, length) = rest.split_once(',').unwrap();
        let (user, from, length): (usize, usize, usize) = (
            user.parse().unwrap(),
            from.parse().unwrap(),
            length.parse().unwrap(),
        );
        let known = &self.users[user % self.users.len()];
        let names = [
            Some(&known.login),
            known.display_name.as_ref(),
            known.email.as_ref(),
        ];
        let name: Vec<char> = names[from % 3].unwrap_or(&known.login).chars().collect();
        let cut: String = name.iter().skip(from % name.len()).take(length).collect();
        Some(if user % 2 == 0 {
            cut.to_uppercase()
        } else {
            cut
        })
    }

    /// The whole list in the order of pages.
    fn list(&self, audience: Audience, search: Option<&str>) -> Vec<Listed> {
        let pattern = search.map(fold).unwrap_or_default();
        let mut found: Vec<Listed> = self
            .users
            .iter()
            .filter(|user| match audience {
                Audience::All => true,
                Audience::Disabled => !user.enabled,
                Audience::DisabledOf(_) => {
                    !user.enabled && user.groups.iter().any(|group| *group < 2)
                }
                Audience::Administered(_) => user.groups.iter().any(|group| *group < 2),
                Audience::Group(number) => user
                    .groups
                    .iter()
                    .any(|group| self.groups[*group] == number),
            })
            .filter(|user| user.has(&pattern))
            .map(Known::listed)
            .collect();
        found.sort_by(|a, b| a.login_key.cmp(&b.login_key));
        if audience == Audience::All {
            found.sort_by(|a, b| a.display_key.cmp(&b.display_key));
        }
        found
    }

    async fn check(&self, question: &Question) -> usize {
        let queries = &self.shell.directory.directory;
        let (tenant, audience) = (self.shell.tenant_id(), self.audience(question));
        let search = self.search(question);
        let search = search.as_deref();
        let rest = self
            .list(audience, search)
            .into_iter()
            .skip(question.offset);
        let by_login = |mut list: Vec<Listed>| {
            list.sort_by(|a, b| a.login_key.cmp(&b.login_key));
            list
        };
        let limit = u32::try_from(question.limit).unwrap();
        let page = queries
            .user_page(tenant, audience, search, limit, question.offset as u64)
            .await
            .unwrap();
        let expected = by_login(rest.clone().take(question.limit).collect());
        assert_eq!(
            page, expected,
            "a page of {audience:?} for {search:?}, {question:?}"
        );

        let mut stream = queries
            .user_stream(tenant, audience, search, question.offset as u64)
            .await
            .unwrap();
        let mut streamed = Vec::new();
        loop {
            let piece = stream.next().await.unwrap();
            assert!(piece.len() <= 500);
            if piece.is_empty() {
                break;
            }
            streamed.extend(piece);
        }
        let expected = by_login(rest.collect());
        assert_eq!(
            streamed, expected,
            "a stream of {audience:?} for {search:?}, {question:?}"
        );
        expected.len()
    }
}

on_every_engine! {
    async fn lists_are_what_a_naive_search_finds(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let mut runner = TestRunner::deterministic();
        let large = Model::build(directory.new_tenant("large").await, USERS, &mut runner).await;
        let small = Model::build(directory.new_tenant("small").await, 100, &mut runner).await;
        let (mut many, mut none) = (0, 0);
        for _ in 0..400 {
            let question = generate(&mut runner, &question());
            match large.check(&question).await {
                0 => none += 1,
                found if found > 1000 => many += 1,
                _ => {}
            }
            small.check(&question).await;
        }
        assert!(
            many > 10 && none > 10,
            "the questions are worth asking: {many}, {none}"
        );
    }

    async fn hard_patterns_are_found_as_they_stand(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (
            directory.new_tenant("acme").await,
            directory.new_tenant("other").await,
        );
        let names = [
            "100%",
            "a_b",
            "o'neil",
            "say \"hi\"",
            "back\\slash",
            "x AND y",
            "NOT(z)",
            "c*d",
            "e:f",
            "^g",
            "ﬁsh & chips",
            "a\u{a0}b",
            "名前",
            "😀😁",
            "Straße",
        ];
        for name in names {
            for seat in [&shell, &other] {
                seat.user(name).await;
            }
        }
        let queries = &directory.directory;
        for name in names {
            let key: Vec<char> = fold(name).chars().collect();
            for length in 1..=key.len() {
                for pattern in key.windows(length).map(String::from_iter) {
                    let found = queries
                        .user_page(shell.tenant_id(), Audience::All, Some(&pattern), 100, 0)
                        .await
                        .unwrap();
                    let expected = names
                        .iter()
                        .filter(|name| fold(name).contains(&fold(&pattern)))
                        .count();
                    assert_eq!(found.len(), expected, "{pattern:?}");
                    assert!(found.iter().any(|user| user.login == name), "{pattern:?}");
                }
            }
        }
        for pattern in [
            "1%0", "a%b", "a-b", "%%", "sl_sh", "' OR 1=1", "\"", "x AND z",
        ] {
            let found = queries
                .user_page(shell.tenant_id(), Audience::All, Some(pattern), 100, 0)
                .await
                .unwrap();
            let expected = names
                .iter()
                .filter(|name| fold(name).contains(&fold(pattern)))
                .count();
            assert_eq!(found.len(), expected, "{pattern:?}");
        }
    }

    async fn a_crowd_whose_names_begin_alike_is_listed_in_order(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        // the first ones do not match, so that the index is asked, and it finds more than it sorts
        let email = |nth: usize| {
            let domain = if nth < 100 { "plain" } else { "found" };
            format!("{nth}@{domain}.example")
        };
        for first in (0..500).step_by(50) {
            at_once((first..first + 50).map(|nth| {
                let shell = shell.clone();
                async move {
                    let login = format!("colleague{:03}", nth * 7 % 500);
                    shell.user_with_email(&login, &email(nth * 7 % 500)).await;
                }
            }))
            .await;
        }
        let queries = &directory.directory;
        for (offset, limit) in [(0, 50), (3, 1), (390, 20), (400, 5)] {
            let found = queries
                .user_page(shell.tenant_id(), Audience::All, Some("@FOUND"), limit, offset)
                .await
                .unwrap();
            let found: Vec<String> = found.into_iter().map(|user| user.login).collect();
            let expected: Vec<String> = (100..500)
                .skip(usize::try_from(offset).unwrap())
                .take(usize::try_from(limit).unwrap())
                .map(|nth| format!("colleague{nth:03}"))
                .collect();
            assert_eq!(found, expected, "{offset} {limit}");
        }
    }

    async fn users_who_only_have_the_parts_of_a_pattern_are_passed_by(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let shell = directory.new_tenant("acme").await;
        // every other user has some or all parts of three characters, apart from each other
        let domain = |nth: usize| match nth % 4 {
            0 => "qwertyu.example",
            1 => "qwe-wer-ert-rty.example",
            2 => "wer-ert-rty-tyu.example",
            _ => "qwe-wer-ert-rty-tyu.example",
        };
        for first in (0..400).step_by(50) {
            at_once((first..first + 50).map(|nth| {
                let shell = shell.clone();
                async move {
                    // those who match stand behind all others
                    let login = format!("{}{nth:03}", if nth % 4 == 0 { "z" } else { "a" });
                    let email = format!("{nth}@{}", domain(nth));
                    shell.user_with_email(&login, &email).await;
                }
            }))
            .await;
        }
        let found = directory
            .directory
            .user_page(shell.tenant_id(), Audience::All, Some("qwertyu"), 20, 3)
            .await
            .unwrap();
        let found: Vec<String> = found.into_iter().map(|user| user.login).collect();
        let expected: Vec<String> = (3..23).map(|nth| format!("z{:03}", 4 * nth)).collect();
        assert_eq!(found, expected);
    }

    async fn a_tenant_sees_nothing_of_another(database: TestDatabase) {
        let directory = TestDirectory::open(&database).await;
        let (shell, other) = (
            directory.new_tenant("acme").await,
            directory.new_tenant("other").await,
        );
        let own = shell.user("alice").await;
        shell.group("team").await;
        for nth in 0..20 {
            other.user(&format!("alice{nth}")).await;
        }
        // the same number in the other tenant has groups and is disabled
        other.group("team").await;
        let (queries, tenant) = (&directory.directory, shell.tenant_id());
        let team = queries.group(tenant, "team").await.unwrap().unwrap().number;
        other.join("team", own).await;
        other.appoint("team", own).await;
        other
            .run(SetUserEnabled {
                user: own,
                enabled: false,
            })
            .await
            .unwrap();
        for search in [None, Some("a"), Some("li"), Some("alice"), Some("alice1")] {
            let found = queries
                .user_page(tenant, Audience::All, search, 100, 0)
                .await
                .unwrap();
            let expected = usize::from(search != Some("alice1"));
            assert_eq!(found.len(), expected, "{search:?}");
            for audience in [
                Audience::Disabled,
                Audience::DisabledOf(own),
                Audience::Group(team),
                Audience::Administered(own),
            ] {
                let found = queries
                    .user_page(tenant, audience, search, 100, 0)
                    .await
                    .unwrap();
                assert!(found.is_empty(), "{audience:?} {search:?}");
            }
        }
        let details = queries.details(tenant, &[own]).await.unwrap();
        assert!(
            details[0].user.enabled
                && details[0].groups.is_empty()
                && details[0].administers.is_empty()
        );
    }
}
