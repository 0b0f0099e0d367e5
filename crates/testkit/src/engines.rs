//! One test, both engines.

use provost_directory::StoreSettings;
use provost_store::Injected;
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tempfile::TempDir;

use crate::postgres::{PostgresDatabase, TestPostgres};

/// A database engine that Provost runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// The embedded database, in a temporary directory.
    Sqlite,
    /// A database of its own on the tests' server.
    Postgres,
}

impl Engine {
    /// Every engine there is.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

/// A new, empty database; it is removed when this value is dropped.
#[derive(Debug)]
pub struct TestDatabase {
    engine: Engine,
    url: String,
    directory: TempDir,
    faulty: bool,
    _postgres: Option<PostgresDatabase>,
}

impl TestDatabase {
    /// An empty database of this engine that no other test sees.
    ///
    /// # Panics
    /// If there is no temporary directory, or no PostgreSQL server.
    pub fn fresh(engine: Engine) -> Self {
        Self::of(
            engine,
            match engine {
                Engine::Sqlite => None,
                Engine::Postgres => Some(TestPostgres::from_environment().fresh_database()),
            },
        )
    }

    /// An empty database of PostgreSQL as engines are that are spread over many machines: transactions are serializable unless they
    /// say otherwise, and in a store with [`TestDatabase::settings`] each statement, and the commit, fails with a serialization
    /// failure when it is reached for the first time.
    ///
    /// # Panics
    /// As [`TestDatabase::fresh`].
    pub fn serializable() -> Self {
        let database = TestPostgres::from_environment().fresh_database();
        database.make_serializable();
        Self {
            faulty: true,
            ..Self::of(Engine::Postgres, Some(database))
        }
    }

    fn of(engine: Engine, postgres: Option<PostgresDatabase>) -> Self {
        let directory = tempfile::Builder::new()
            .prefix("provost-test-")
            .tempdir()
            .expect("a temporary directory");
        let url = postgres.as_ref().map_or_else(
            || format!("sqlite:{}", directory.path().join("provost.db").display()),
            |database| database.url().to_owned(),
        );
        Self {
            engine,
            url,
            directory,
            faulty: false,
            _postgres: postgres,
        }
    }

    /// Its engine.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// What `PROVOST_DATABASE` takes: `sqlite:/…/provost.db` or `postgres://…`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How a store is opened on it.
    pub fn settings(&self) -> StoreSettings {
        let settings = StoreSettings::new(self.url());
        if !self.faulty {
            return settings;
        }
        let reached = Mutex::new(HashSet::new());
        StoreSettings {
            // so many failures are no rivals that should not meet again
            longest_pause: Duration::from_millis(1),
            injector: Some(Arc::new(move |point| {
                let is_new = reached
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(point);
                is_new.then_some(Injected::Serialization)
            })),
            ..settings
        }
    }

    /// A directory for this test's files, on both engines; it goes with the database.
    pub fn directory(&self) -> &std::path::Path {
        self.directory.path()
    }
}

/// Makes a module with the tests `sqlite`, `postgres` and `serializable` of each function, which is given a fresh database: the two
/// engines, and PostgreSQL with serializable transactions ([`TestDatabase::serializable`]).
#[macro_export]
macro_rules! on_every_engine {
    ($(
        $(#[$attribute:meta])*
        async fn $name:ident($database:ident: $type:ty) $(-> $outcome:ty)? $body:block
    )+) => { $(
        $(#[$attribute])*
        async fn $name($database: $type) $(-> $outcome)? $body

        mod $name {
            #[test]
            fn sqlite() $(-> $outcome)? {
                $crate::run(super::$name($crate::TestDatabase::fresh($crate::Engine::Sqlite)))
            }

            #[test]
            fn postgres() $(-> $outcome)? {
                $crate::run(super::$name($crate::TestDatabase::fresh($crate::Engine::Postgres)))
            }

            #[test]
            fn serializable() $(-> $outcome)? {
                $crate::run(super::$name($crate::TestDatabase::serializable()))
            }
        }
    )+ };
}

/// Makes a module with the tests `sqlite` and `postgres` of each function, which is given a fresh database.
///
/// ```
/// use provost_testkit::{TestDatabase, on_both_engines};
///
/// on_both_engines! {
///     /// A promise that both engines keep.
///     async fn urls_name_the_engine(database: TestDatabase) {
///         assert!(database.url().contains(':'));
///     }
/// }
/// ```
///
/// makes the tests `urls_name_the_engine::sqlite` and `urls_name_the_engine::postgres`. A function may return a `Result`, as
/// any test may.
#[macro_export]
macro_rules! on_both_engines {
    ($(
        $(#[$attribute:meta])*
        async fn $name:ident($database:ident: $type:ty) $(-> $outcome:ty)? $body:block
    )+) => { $(
        $(#[$attribute])*
        async fn $name($database: $type) $(-> $outcome)? $body

        mod $name {
            #[test]
            fn sqlite() $(-> $outcome)? {
                $crate::run(super::$name($crate::TestDatabase::fresh($crate::Engine::Sqlite)))
            }

            #[test]
            fn postgres() $(-> $outcome)? {
                $crate::run(super::$name($crate::TestDatabase::fresh($crate::Engine::Postgres)))
            }
        }
    )+ };
}

#[cfg(test)]
mod tests {
    use super::*;

    on_both_engines! {
        async fn the_url_is_the_engines(database: TestDatabase) {
            let scheme = match database.engine() {
                Engine::Sqlite => "sqlite:",
                Engine::Postgres => "postgres:",
            };
            assert!(database.url().starts_with(scheme));
        }

        async fn a_test_may_return_its_failure(database: TestDatabase) -> std::io::Result<()> {
            std::fs::write(database.directory().join("file"), "text")
        }
    }

    #[test]
    fn on_a_serializable_database_each_statement_fails_once() {
        crate::run(async {
            let database = TestDatabase::serializable();
            let opened = crate::TestDirectory::open(&database).await;
            let repetitions = || opened.directory.metrics().store.repetitions;
            let first = repetitions();
            assert!(first > 5, "the first start alone has more statements");
            assert!(opened.directory.tenants("", 10).await.is_ok());
            let after = repetitions();
            assert!(after > first, "this statement was not reached before");
            assert!(opened.directory.tenants("", 10).await.is_ok());
            assert_eq!(repetitions(), after);
        });
    }

    #[test]
    fn the_directory_goes_with_the_database() {
        let database = TestDatabase::fresh(Engine::Sqlite);
        let directory = database.directory().to_owned();
        assert!(directory.is_dir());
        drop(database);
        assert!(!directory.exists());
    }
}
