//! Lists of more users and groups than a page holds: whole, in order, and the same in pieces.

use std::sync::LazyLock;

use provost_testkit::{ADMIN_PASSWORD, Engine, Request, TestServer};
use serde_json::{Value, json};

use crate::wire::{Caller, Style, V2, in_a_row};

/// Two full pages and a third of 203, `admin` and the group administrator among them.
const USERS: usize = 1201;
const GROUPS: usize = 700;

/// The login of the nth user. Two thirds have display names, which sort otherwise than their logins.
fn login(n: usize) -> String {
    format!("user{n:04}")
}

fn display_name(n: usize) -> Option<String> {
    (!n.is_multiple_of(3)).then(|| format!("Name {:04}", USERS - n))
}

fn email(n: usize) -> String {
    format!(
        "mail{n}@{}.example",
        if n.is_multiple_of(2) { "even" } else { "odd" }
    )
}

/// A server with all of them. Every hundredth user is in the group `staff`, which `chief` administers, and every two
/// hundredth is disabled.
fn populated() -> TestServer {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    let admin = Caller::admin(&server);
    admin.make_group("staff");
    admin.make_user("chief", &[("subadmin[]", "staff")]);
    let users = (0..USERS).map(|n| {
        let (login, email, name) = (login(n), email(n), display_name(n).unwrap_or_default());
        let mut form = vec![
            ("userid", login.as_str()),
            ("email", email.as_str()),
            ("displayName", name.as_str()),
        ];
        if n.is_multiple_of(100) {
            form.push(("groups[]", "staff"));
        }
        admin.request(V2, "POST", "/cloud/users").form(&form)
    });
    let groups = (0..GROUPS).map(|n| {
        let id = format!("group{n:03}");
        let name = format!("Crew {:03}", GROUPS - n);
        admin
            .request(V2, "POST", "/cloud/groups")
            .form(&[("groupid", id.as_str()), ("displayname", name.as_str())])
    });
    let disabled = (0..USERS)
        .step_by(200)
        .map(|n| admin.request(V2, "PUT", &format!("/cloud/users/{}/disable", login(n))));
    in_a_row(&server, users.chain(groups).chain(disabled), |response| {
        assert_eq!(response.ocs_code(), 200, "{}", response.text());
    })
    .unwrap();
    server
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect()
}

/// All logins in the order that pages are cut in: those without display name first, then by it, and then by login.
fn in_order() -> Vec<String> {
    static ORDER: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut names: Vec<(String, String)> = (0..USERS)
            .map(|n| (display_name(n).unwrap_or_default().to_lowercase(), login(n)))
            .chain(["admin", "chief"].map(|name| (String::new(), name.to_owned())))
            .collect();
        names.sort();
        names.into_iter().map(|(_, login)| login).collect()
    });
    ORDER.clone()
}

fn sorted(mut list: Vec<String>) -> Vec<String> {
    list.sort();
    list
}

/// The ids in an XML answer: the texts of `element`s, or of the `id` of each user.
fn xml_ids(text: &str, list: &str) -> Vec<String> {
    let document = roxmltree::Document::parse(text).unwrap();
    let list = document
        .descendants()
        .find(|node| node.has_tag_name(list))
        .unwrap();
    list.children()
        .filter(roxmltree::Node::is_element)
        .map(|item| {
            let id = item.children().find(|field| field.has_tag_name("id"));
            id.unwrap_or(item).text().unwrap_or_default().to_owned()
        })
        .collect()
}

#[test]
fn long_lists_are_whole_and_join_from_their_pages() {
    let server = populated();
    let admin = Caller::admin(&server);
    whole_lists(&server);
    pages(admin);
    searches(admin);
    groups(admin);
    disabled(admin);
    group_administrators_list(&server);
}

fn whole_lists(server: &TestServer) {
    let wanted = sorted(in_order());
    for style in Style::ALL {
        let send = |path: &str| Caller::admin(server).send(style, "GET", path, &[]);
        let (list, details) = (send("/cloud/users"), send("/cloud/users/details"));
        if style.json {
            assert_eq!(texts(&list.ocs_data()["users"]), wanted);
            let details = details.ocs_data()["users"].take();
            assert_eq!(details.as_object().unwrap().len(), wanted.len());
            for n in 0..USERS {
                assert_eq!(details[login(n)]["email"], email(n));
            }
        } else {
            assert_eq!(xml_ids(&list.text(), "users"), wanted);
            assert_eq!(sorted(xml_ids(&details.text(), "users")), wanted);
        }
    }
}

fn pages(admin: Caller<'_>) {
    let order = in_order();
    for limit in [1_usize, 7, 499, 500] {
        let mut joined = Vec::new();
        for offset in (0..order.len() + limit).step_by(limit) {
            if limit < 10 && offset > 50 {
                break;
            }
            let page = admin.get(&format!("/cloud/users?limit={limit}&offset={offset}"));
            let page: Vec<String> = texts(&page["users"])
                .into_iter()
                .map(str::to_owned)
                .collect();
            let end = order.len().min(offset + limit);
            let cut = order.get(offset..end).unwrap_or_default().to_vec();
            // a page is cut by display name, and then ordered by login
            assert_eq!(page, sorted(cut), "limit {limit}, offset {offset}");
            joined.extend(page);
        }
        if limit >= 10 {
            assert_eq!(sorted(joined), sorted(order.clone()));
        }
    }
    let rest = admin.get("/cloud/users?offset=1000");
    assert_eq!(texts(&rest["users"]), sorted(order[1000..].to_vec()));
    let details = admin.get("/cloud/users/details?limit=3&offset=5");
    assert_eq!(
        sorted(
            details["users"]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect()
        ),
        sorted(order[5..8].to_vec())
    );
    assert_eq!(
        admin.get("/cloud/users?limit=1.9")["users"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(admin.get("/cloud/users?offset=5000")["users"], json!([]));
}

fn searches(admin: Caller<'_>) {
    let found = |search: &str| {
        let list = admin.get(&format!("/cloud/users?search={search}"));
        texts(&list["users"])
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("user0042"), ["user0042"]);
    assert_eq!(found("USER0042"), ["user0042"]);
    assert_eq!(found("ser004"), (40..50).map(login).collect::<Vec<_>>());
    assert_eq!(
        found("Name%200001"),
        [login(1200)]
            .into_iter()
            .filter(|_| display_name(1200).is_some())
            .collect::<Vec<_>>()
    );
    assert_eq!(found("mail77@"), ["user0077"]);
    assert_eq!(found("@odd").len(), USERS / 2);
    // patterns of the databases are letters like any other
    assert_eq!(found("%25"), Vec::<String>::new());
    assert_eq!(found("_"), Vec::<String>::new());
    assert_eq!(found("user%25"), Vec::<String>::new());
    assert_eq!(found("user_0042"), Vec::<String>::new());
    assert_eq!(found("").len(), USERS + 2);
    let page = admin.get("/cloud/users?search=user&limit=500&offset=1100");
    assert_eq!(page["users"].as_array().unwrap().len(), USERS - 1100);

    admin.make_user("under_score", &[("displayName", "100% sure")]);
    assert_eq!(found("_"), ["under_score"]);
    assert_eq!(found("%25"), ["under_score"]);
    assert_eq!(found("0%25%20s"), ["under_score"]);
    admin.done("DELETE", "/cloud/users/under_score", &[]);
}

fn groups(admin: Caller<'_>) {
    let wanted: Vec<String> = ["admin".to_owned()]
        .into_iter()
        .chain((0..GROUPS).map(|n| format!("group{n:03}")))
        .chain(["staff".to_owned()])
        .collect();
    for style in Style::ALL {
        for path in ["/cloud/groups", "/cloud/groups/details"] {
            let response = admin.send(style, "GET", path, &[]);
            let ids = if style.json {
                let list = response.ocs_data()["groups"].take();
                let items = list.as_array().unwrap().iter();
                let id = |item: &Value| item.as_str().or(item["id"].as_str()).unwrap().to_owned();
                items.map(id).collect()
            } else {
                xml_ids(&response.text(), "groups")
            };
            assert_eq!(ids, wanted, "{path} {style:?}");
        }
    }
    let list = |query: &str| {
        let groups = admin.get(&format!("/cloud/groups?{query}"));
        texts(&groups["groups"])
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    for limit in [100_usize, 500] {
        let joined: Vec<String> = (0..wanted.len())
            .step_by(limit)
            .flat_map(|offset| list(&format!("limit={limit}&offset={offset}")))
            .collect();
        assert_eq!(joined, wanted);
    }
    assert_eq!(list("offset=-1"), wanted);
    assert_eq!(
        list("search=group04&limit=3&offset=2"),
        ["group042", "group043", "group044"]
    );
    assert_eq!(list("search=Crew%20001"), ["group699"]);
    assert_eq!(list("search=%25"), Vec::<String>::new());
    assert_eq!(list("search=_"), Vec::<String>::new());
}

fn disabled(admin: Caller<'_>) {
    let wanted: Vec<String> = (0..USERS).step_by(200).map(login).collect();
    let list = |query: &str| {
        let users = admin.get(&format!("/cloud/users/disabled{query}"));
        match users["users"].as_object() {
            Some(users) => users.keys().cloned().collect(),
            None => Vec::new(),
        }
    };
    assert_eq!(sorted(list("")), wanted);
    let mut joined = Vec::new();
    for offset in 0..wanted.len() + 1 {
        joined.extend(list(&format!("?limit=1&offset={offset}")));
    }
    assert_eq!(sorted(joined), wanted);
    assert_eq!(list("?search=user0400"), ["user0400"]);
    assert_eq!(list("?search=user0401"), Vec::<String>::new());
}

/// Group administrators see the members of their groups alone.
fn group_administrators_list(server: &TestServer) {
    let chief = Caller::user(server, "chief");
    let members: Vec<String> = (0..USERS).step_by(100).map(login).collect();
    let logins = |path: &str| {
        sorted(
            texts(&chief.get(path)["users"])
                .into_iter()
                .map(str::to_owned)
                .collect(),
        )
    };
    assert_eq!(logins("/cloud/users"), members);
    assert_eq!(logins("/cloud/groups/staff"), members);
    assert_eq!(logins("/cloud/groups/staff/users"), members);
    assert_eq!(logins("/cloud/users?search=user05"), ["user0500"]);
    assert_eq!(logins("/cloud/users?search=user0501"), Vec::<String>::new());
    let keys = |path: &str| {
        sorted(
            chief.get(path)["users"]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect(),
        )
    };
    assert_eq!(keys("/cloud/users/details"), members);
    assert_eq!(keys("/cloud/groups/staff/users/details"), members);
    let disabled: Vec<String> = (0..USERS).step_by(200).map(login).collect();
    assert_eq!(keys("/cloud/users/disabled"), disabled);
    let first = logins("/cloud/users?limit=5");
    let second = logins("/cloud/users?limit=500&offset=5");
    assert_eq!(first.len(), 5);
    assert_eq!(sorted([first, second].concat()), members);
}

#[test]
fn a_streamed_answer_leaves_the_connection_whole() {
    let server = TestServer::start(env!("CARGO_BIN_EXE_provost"), Engine::Sqlite);
    let requests = (0..3).map(|_| {
        Request::get(&V2.path("/cloud/users"))
            .ocs()
            .basic("admin", ADMIN_PASSWORD)
    });
    let mut answers = 0;
    in_a_row(&server, requests, |response| {
        assert_eq!(response.ocs_data(), json!({"users": ["admin"]}));
        answers += 1;
    })
    .unwrap();
    assert_eq!(answers, 3);
}
