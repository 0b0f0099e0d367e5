//! What the statements and the schema do without, because not every engine that speaks PostgreSQL's protocol has it.

use crate::{
    EngineKind, SchemaEngine, engine::postgres::HISTORY, migrate::MIGRATIONS, schema, tables,
};

/// Words, and beginnings of words where an underscore ends them.
const WORDS: [&str; 28] = [
    // locks and messages between sessions
    "pg_",
    "listen",
    "notify",
    "unlisten",
    "lock",
    "advisory",
    // numbers from sequences, whose order is not that of the commits
    "serial",
    "bigserial",
    "smallserial",
    "sequence",
    "nextval",
    "identity",
    // code in the database
    "trigger",
    "function",
    "procedure",
    "rule",
    // references between tables that live apart, and rows by their place
    "references",
    "foreign",
    "ctid",
    "xmin",
    "oid",
    "inherits",
    "partition",
    // what one of them lacks or plans badly
    "ilike",
    "unnest",
    "array",
    "any",
    "recursive",
];
const SIGNS: [&str; 4] = ["::", "[", "]", "$$"];

/// The forbidden words and signs of an SQL text; literals and comments may hold them.
fn forbidden(sql: &str) -> Vec<&'static str> {
    let lines: Vec<&str> = sql
        .lines()
        .filter_map(|line| line.split("--").next())
        .collect();
    // every second piece is a literal
    let text = lines.join("\n").to_lowercase();
    let code = text.split('\'').step_by(2).collect::<Vec<_>>().join("''");
    let words: Vec<&str> = code
        .split(|sign: char| !sign.is_alphanumeric() && sign != '_')
        .collect();
    let is_used = |word: &&&str| {
        words
            .iter()
            .any(|used| used == *word || (word.ends_with('_') && used.starts_with(**word)))
    };
    WORDS
        .iter()
        .filter(is_used)
        .chain(SIGNS.iter().filter(|sign| code.contains(**sign)))
        .copied()
        .collect()
}

#[test]
fn statements_and_schema_hold_no_forbidden_words() {
    let statements =
        tables::statements().map(|sql| (sql.name().to_owned(), sql.postgres().to_owned()));
    let migrations = MIGRATIONS.iter().map(|migration| {
        (
            migration.name.to_owned(),
            migration.text(EngineKind::Postgres),
        )
    });
    let printed = [
        SchemaEngine::Postgres,
        SchemaEngine::Cockroach,
        SchemaEngine::Yugabyte,
    ]
    .map(|engine| (format!("{engine:?}"), schema(engine, 0)));
    let texts: Vec<_> = statements
        .chain(migrations)
        .chain(printed)
        .chain([("history".to_owned(), HISTORY.to_owned())])
        .collect();
    assert!(texts.len() > 300, "the statements were not read");
    for (name, text) in texts {
        assert_eq!(forbidden(&text), Vec::<&str>::new(), "{name}");
    }
}

#[test]
fn forbidden_words_are_found() {
    for word in WORDS.iter().chain(&SIGNS) {
        let rest = if word.ends_with('_') { "sleep" } else { "" };
        assert_eq!(forbidden(&format!("SELECT a, {word}{rest} b")), [*word]);
    }
    assert!(forbidden("SELECT 'a::b', doc, locked -- an array of notify").is_empty());
}
