//! A database of the first release, with rows in it, opened by this program.

use super::support::{BOTH, MAILBOX_COUNTS, MAILBOX_QUOTAS, TestDatabase};
use crate::{
    EngineKind, Read, Store, Tx,
    migrate::{MIGRATIONS, Migration},
    tables::{audit_unnoted, search, search_page, tokens, unfinished_copies, users},
};
use provost_model::{Result, TenantId, Token, User, UserNumber};

/// What the first release wrote: a tenant, three mailboxes of which one has a quota of 1.5 MB, one none and one the default, an app
/// password, and two audit entries with their events.
const ROWS: &str = "
    INSERT INTO tenants (id, slug, name, context_id, suspended, settings, created_at) VALUES (1, 'default', 'Default', 1, 0, '{}', 5);
    INSERT INTO addresses (domain, local_part, tenant, user_number, follows_email) VALUES
        ('a.example', 'ada', 1, 3, 0), ('a.example', 'bob', 1, 4, 0), ('a.example', 'eve', 1, 19, 0);
    INSERT INTO users (tenant, number, id, login, login_key, display_key, address_follows_email, quota, enabled, operator, created_at, changed_at) VALUES
        (1, 3, ID, 'Ada', 'ada', 'ada', 0, 1572864, 1, 0, 6, 7),
        (1, 4, ID, 'bob', 'bob', 'bob', 0, -1, 1, 0, 6, 7),
        (1, 19, ID, 'eve', 'eve', 'eve', 0, -2, 0, 0, 6, 7);
    SEARCH
    INSERT INTO tokens (secret_hash, id, tenant, user_number, name, scope, former, created_at) VALUES (SECRET, ID, 1, 3, 'phone', 'provision', 0, 8);
    INSERT INTO audit_entries (tenant, id, at, actor, action, subject, details, request) VALUES
        (0, ID, 5, 'command-line', 'tenant.created', 'default', '{}', 'r'), (1, ID, 6, 'command-line', 'user.created', 'Ada', '{}', 'r');
    INSERT INTO events (tenant, id, at, action, subject, details) VALUES
        (0, ID, 5, 'tenant.created', 'default', '{}'), (1, ID, 6, 'user.created', 'Ada', '{}');
";

fn rows(id: &str, secret: &str, search: &str) -> &'static str {
    ROWS.replace("ID", id)
        .replace("SECRET", secret)
        .replace("SEARCH", search)
        .leak()
}

fn released_rows() -> Migration {
    let sqlite = rows(
        "x'00000000000000000000000000000007'",
        &format!("x'{}'", "09".repeat(32)),
        "INSERT INTO user_search (rowid, grams) VALUES (4294967299, '1\u{E100}ada');",
    );
    let postgres = rows(
        "decode('00000000000000000000000000000007', 'hex')",
        &format!("decode('{}', 'hex')", "09".repeat(32)),
        "INSERT INTO user_search (tenant, user_number, grams) VALUES (1, 3, CAST('''1\u{E100}da\u{E101}''' AS TSVECTOR));",
    );
    Migration::new(8_000, "released_rows", "")
        .sqlite(sqlite)
        .postgres(postgres)
}

struct Kept;

struct Found {
    user: User,
    token: Token,
    quotas: Vec<i64>,
    counts: (i64, i64, i64),
    unsealed: [Option<TenantId>; 3],
    unfinished: Option<String>,
    by_search: Vec<String>,
}

impl Read for Kept {
    type Output = Found;

    async fn run(&self, tx: &mut Tx) -> Result<Found> {
        Ok(Found {
            unsealed: [
                audit_unnoted::next_tenant(tx, TenantId(-1)).await?,
                audit_unnoted::next_tenant(tx, TenantId(0)).await?,
                audit_unnoted::next_tenant(tx, TenantId(1)).await?,
            ],
            unfinished: unfinished_copies::source(tx).await?,
            by_search: search::hits(tx, TenantId(1), "da", 10)
                .await?
                .into_iter()
                .map(|hit| hit.listed.login)
                .collect(),
            user: users::by_number(tx, TenantId(1), UserNumber(3))
                .await?
                .unwrap(),
            token: tokens::by_secret(tx, &[9; 32]).await?.unwrap().0,
            quotas: tx
                .all(&MAILBOX_QUOTAS, &["a.example".into()], |row| row.int(0))
                .await?,
            counts: tx
                .first(&MAILBOX_COUNTS, &["a.example".into()], |row| {
                    Ok((row.int(0)?, row.int(1)?, row.int(2)?))
                })
                .await?
                .unwrap(),
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_first_release_wrote_is_there_after_all_migrations() {
    for engine in BOTH {
        let database = TestDatabase::fresh(engine).await;
        let first = [MIGRATIONS[0], released_rows()];
        let store = Store::open_with(&database.settings(), &first)
            .await
            .unwrap();
        store.close().await;
        let all: Vec<_> = MIGRATIONS
            .iter()
            .copied()
            .chain([released_rows()])
            .collect();
        let store = Store::open_with(&database.settings(), &all).await.unwrap();
        let found = store.read(&Kept).await.unwrap();
        assert_eq!(found.user.login.as_str(), "Ada");
        assert_eq!((found.user.created_at.0, found.user.changed_at.0), (6, 7));
        assert_eq!(found.token.name, "phone");
        assert_eq!(found.token.wiped_at, None);
        // the mailboxes of before are listed and counted as those made now
        assert_eq!(found.quotas, [1_572_864, -1, -2]);
        assert_eq!(found.unfinished, None, "it was not made by a copy");
        assert_eq!(found.counts, (3, 1, 2));
        assert_eq!(found.by_search, ["Ada"]);
        // the entries of before are to be sealed, one tenant's after another's
        assert_eq!(found.unsealed, [Some(TenantId(0)), Some(TenantId(1)), None]);
    }
}

/// Users with a place and a document of the index as schema version 11 had them, or none.
const USERS: &str = "
    INSERT INTO tenants (id, slug, name, context_id, suspended, settings, created_at) VALUES (1, 'default', 'Default', 1, 0, '{}', 5);
    INSERT INTO users (tenant, number, id, login, login_key, display_key, address_follows_email, quota, enabled, operator, created_at, changed_at) VALUES
        (1, 3, x'03', 'Ada', 'ada', 'ada', 0, -2, 1, 0, 6, 7), (1, 4, x'04', 'bob', 'bob', 'bob', 0, -2, 1, 0, 6, 7);
";
const INDEX: &str = "
    INSERT INTO user_search_places (place, tenant, user_number) VALUES (7, 1, 3);
    INSERT INTO user_search (rowid, grams) VALUES (7, '1\u{E100}da');
";

struct Searched;

impl Read for Searched {
    type Output = Vec<String>;

    async fn run(&self, tx: &mut Tx) -> Result<Vec<String>> {
        let hits = search::hits(tx, TenantId(1), "da", 10).await?;
        let mut page = search_page::SearchPage::begin(tx, TenantId(1), "bob", (0, 10)).await?;
        let page = page.gather(tx, 10).await?.unwrap();
        let hits = hits.into_iter().map(|hit| hit.listed);
        Ok(hits.chain(page).map(|user| user.login).collect())
    }
}

/// The index of substrings is made anew from the users, whether a program before filled it or not.
#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_the_users_of_a_schema_before_its_own() {
    for (version, index) in [(10, ""), (11, INDEX)] {
        let database = TestDatabase::fresh(EngineKind::Sqlite).await;
        let rows = Migration::new(8_000, "rows", "").sqlite(format!("{USERS}{index}").leak());
        let before = [&MIGRATIONS[..version], &[rows]].concat();
        let store = Store::open_with(&database.settings(), &before)
            .await
            .unwrap();
        store.close().await;
        let all = [MIGRATIONS, &[rows]].concat();
        let store = Store::open_with(&database.settings(), &all).await.unwrap();
        let found = store.read(&Searched).await.unwrap();
        assert_eq!(found, ["Ada", "bob"], "version {version}");
    }
}
