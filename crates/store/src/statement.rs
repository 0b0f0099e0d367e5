//! SQL statements: written once, spelt for each engine at compile time.

use crate::Value;

/// A statement with its parameters.
pub(crate) type Bound<'a> = (&'static Sql, &'a [Value<'a>]);

use crate::metrics::Timing;

/// A statement in the spelling of each engine. Only this crate makes one, with its macro `statements!`.
#[derive(Debug)]
pub struct Sql {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
    timing: Timing,
}

impl Sql {
    /// A statement; `name` is for messages, parameters are `?1` for SQLite and `$1` for PostgreSQL.
    pub(crate) const fn new(
        name: &'static str,
        sqlite: &'static str,
        postgres: &'static str,
    ) -> Self {
        Self {
            name,
            sqlite,
            postgres,
            timing: Timing::new(),
        }
    }

    /// The module path and name of the statement.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// How long it took so far.
    pub(crate) const fn timing(&self) -> &Timing {
        &self.timing
    }

    /// The text for SQLite.
    #[must_use]
    pub const fn sqlite(&self) -> &'static str {
        self.sqlite
    }

    /// The text for PostgreSQL.
    #[must_use]
    pub const fn postgres(&self) -> &'static str {
        self.postgres
    }
}

/// Replaces `$` before a digit by `?`: SQLite numbers `?1` by its digit, but `$1` by its first appearance. `N` is the text's length.
pub(crate) const fn question_marks<const N: usize>(text: &str) -> [u8; N] {
    let text = text.as_bytes();
    let mut spelt = [0; N];
    let mut at = 0;
    while at < N {
        let placeholder = text[at] == b'$' && at + 1 < N && text[at + 1].is_ascii_digit();
        spelt[at] = if placeholder { b'?' } else { text[at] };
        at += 1;
    }
    spelt
}

/// The bytes as text; `original` stands in for bytes that are none, which [`question_marks`] never makes.
pub(crate) const fn spelt<'a>(bytes: &'a [u8], original: &'a str) -> &'a str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => original,
    }
}

/// Declares statements, and `ALL`, the list of them that lets a test prepare each on both engines.
///
/// ```text
/// statements! {
///     /// The user of a login.
///     pub(crate) BY_LOGIN = "SELECT number FROM users WHERE tenant = $1 AND login_key = $2";
///     /// The same, held until the transaction ends: ` FOR UPDATE` on PostgreSQL; SQLite has one writer anyway.
///     pub(crate) LOCKED = locking "SELECT number FROM users WHERE tenant = $1 AND login_key = $2";
///     /// The rare statement that differs.
///     pub(crate) SEARCH = sqlite "SELECT …" postgres "SELECT …";
/// }
/// ```
/// A text is a literal or a `concat!(…)` of literals.
macro_rules! statements {
    (@next [$($all:ident)*]) => {
        /// Every statement of this module.
        pub(crate) static ALL: &[&$crate::statement::Sql] = &[$(&$all),*];
    };
    (@next [$($all:ident)*] $(#[$meta:meta])* $vis:vis $name:ident = locking $text:expr; $($rest:tt)*) => {
        $crate::statement::statements!(@make [$(#[$meta])*] [$vis] $name, $text, concat!($text, " FOR UPDATE"));
        $crate::statement::statements!(@next [$($all)* $name] $($rest)*);
    };
    (@next [$($all:ident)*] $(#[$meta:meta])* $vis:vis $name:ident = sqlite $sqlite:literal postgres $postgres:expr; $($rest:tt)*) => {
        $crate::statement::statements!(@make [$(#[$meta])*] [$vis] $name, $sqlite, $postgres);
        $crate::statement::statements!(@next [$($all)* $name] $($rest)*);
    };
    (@next [$($all:ident)*] $(#[$meta:meta])* $vis:vis $name:ident = sqlite concat!($($sqlite:tt)*) postgres $postgres:expr; $($rest:tt)*) => {
        $crate::statement::statements!(@make [$(#[$meta])*] [$vis] $name, concat!($($sqlite)*), $postgres);
        $crate::statement::statements!(@next [$($all)* $name] $($rest)*);
    };
    (@next [$($all:ident)*] $(#[$meta:meta])* $vis:vis $name:ident = $text:expr; $($rest:tt)*) => {
        $crate::statement::statements!(@make [$(#[$meta])*] [$vis] $name, $text, $text);
        $crate::statement::statements!(@next [$($all)* $name] $($rest)*);
    };
    (@make [$(#[$meta:meta])*] [$vis:vis] $name:ident, $sqlite:expr, $postgres:expr) => {
        $(#[$meta])*
        $vis static $name: $crate::statement::Sql = {
            const TEXT: &str = $sqlite;
            const SPELT: [u8; TEXT.len()] = $crate::statement::question_marks(TEXT);
            $crate::statement::Sql::new(
                concat!(module_path!(), "::", stringify!($name)),
                $crate::statement::spelt(&SPELT, TEXT),
                $postgres,
            )
        };
    };
    ($($statement:tt)*) => {
        $crate::statement::statements!(@next [] $($statement)*);
    };
}
pub(crate) use statements;

#[cfg(test)]
mod tests {
    statements! {
        SHARED = "SELECT a FROM t WHERE b = $2 AND c = $1 AND d = '$' LIMIT $12";
        LOCKED = locking concat!("SELECT ", "a FROM t WHERE b = $1");
        FORKED = sqlite concat!("SELECT ", "instr(a, $1)") postgres "SELECT strpos(a, $1)";
    }

    #[test]
    fn each_engine_has_its_spelling() {
        assert_eq!(
            SHARED.sqlite(),
            "SELECT a FROM t WHERE b = ?2 AND c = ?1 AND d = '$' LIMIT ?12"
        );
        assert_eq!(
            SHARED.postgres(),
            "SELECT a FROM t WHERE b = $2 AND c = $1 AND d = '$' LIMIT $12"
        );
        assert_eq!(LOCKED.sqlite(), "SELECT a FROM t WHERE b = ?1");
        assert_eq!(LOCKED.postgres(), "SELECT a FROM t WHERE b = $1 FOR UPDATE");
        assert_eq!(FORKED.sqlite(), "SELECT instr(a, ?1)");
        assert_eq!(FORKED.postgres(), "SELECT strpos(a, $1)");
    }

    #[test]
    fn statements_know_their_names_and_are_listed() {
        let names: Vec<_> = ALL.iter().map(|sql| sql.name()).collect();
        assert_eq!(
            names,
            ["SHARED", "LOCKED", "FORKED"].map(|name| format!("{}::{name}", module_path!()))
        );
    }
}
