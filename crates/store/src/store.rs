//! The store.

use std::{any::Any, sync::Arc};

use provost_model::{Error, Result};

use crate::{
    EngineKind, Metrics, Moment, Read, Sql, StoreSettings, Tx, Write,
    engine::{postgres, sqlite},
    migrate::{MIGRATIONS, Migration},
    tables::unfinished_copies,
};

/// An open database. Clones share it.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
}

enum Engine {
    Sqlite(sqlite::Database),
    Postgres(Box<postgres::Database>),
}

impl Store {
    /// Opens the database, creating and migrating it where needed.
    ///
    /// # Errors
    /// [`Error::Internal`] with the reason if this database must not or cannot be used; [`Error::Unavailable`] if it cannot be
    /// reached now.
    pub async fn open(settings: &StoreSettings) -> Result<Self> {
        let store = Self::open_with(settings, MIGRATIONS).await?;
        let unfinished = store.read(&UnfinishedCopy).await?;
        if let Some(source) = unfinished {
            store.close().await;
            return Err(Error::Internal(format!(
                "the database is an unfinished copy of {source}: run `provost copy` again to finish it"
            )));
        }
        Ok(store)
    }

    pub(crate) async fn open_with(
        settings: &StoreSettings,
        migrations: &[Migration],
    ) -> Result<Self> {
        let engine = match settings.url.split_once(':') {
            Some(("sqlite", _)) if settings.replica.is_some() => {
                return Err(Error::internal("SQLite has no replicas"));
            }
            Some(("sqlite", path)) => {
                Engine::Sqlite(sqlite::Database::open(path, settings, migrations)?)
            }
            Some(("postgres" | "postgresql", _)) => Engine::Postgres(Box::new(
                postgres::Database::open(settings, migrations).await?,
            )),
            _ => {
                return Err(Error::internal(
                    "a database URL is `sqlite:PATH` or `postgres://…`",
                ));
            }
        };
        Ok(Self {
            engine: Arc::new(engine),
        })
    }

    /// Runs a short query: on SQLite inline, on PostgreSQL on a pooled connection.
    pub async fn read<R: Read>(&self, query: &R) -> Result<R::Output> {
        match &*self.engine {
            Engine::Sqlite(database) => database.read(query).await,
            // on the heap, so that what reads SQLite is not as large as a conversation with a server
            Engine::Postgres(database) => Box::pin(database.read(query)).await,
        }
    }

    /// What was remembered under a key and holds still, and the moment for which that is so: see [`Moment::remember`]. It costs less than any
    /// statement: SQLite tells whether it was changed, and PostgreSQL is asked once by all who want to know at the same time; where it cannot
    /// tell, nothing is remembered. Whether something was asked before shows by the time it takes, so nothing is to be kept here that callers
    /// may not know.
    pub async fn recall<T: Any + Send + Sync>(
        &self,
        key: &[u8; 32],
    ) -> Result<(Option<Arc<T>>, Moment)> {
        match &*self.engine {
            Engine::Sqlite(database) => {
                let (found, since) = database.recall(key);
                let found = found.and_then(|found| found.downcast().ok());
                Ok((found, Moment(Some(since))))
            }
            Engine::Postgres(database) => {
                let moment = Moment(database.moment().await);
                Ok((moment.recall(key), moment))
            }
        }
    }

    /// Runs a query of a list, which may show the directory as it was a moment ago: where the settings name a replica it is asked, and the
    /// database itself if that one cannot. Nothing that decides who may do what is asked here.
    pub async fn read_list<R: Read>(&self, query: &R) -> Result<R::Output> {
        match &*self.engine {
            Engine::Sqlite(database) => database.read(query).await,
            Engine::Postgres(database) => Box::pin(database.read_list(query)).await,
        }
    }

    /// Runs a query that may take long: on SQLite apart from the workers.
    pub async fn read_long<R: Read + Send + 'static>(&self, query: R) -> Result<R::Output> {
        match &*self.engine {
            Engine::Sqlite(database) => database.read_long(query).await,
            Engine::Postgres(database) => database.read(&query).await,
        }
    }

    /// Runs a command in a transaction and answers when it is durable.
    ///
    /// # Errors
    /// The command's own; [`Error::Unavailable`] if it was not carried out and may be tried again later.
    pub async fn write<W: Write>(&self, command: W) -> Result<W::Output> {
        match &*self.engine {
            Engine::Sqlite(database) => database.write(command).await,
            Engine::Postgres(database) => database.write(command).await,
        }
    }

    /// Whether the store can serve: a cheap check.
    pub async fn ready(&self) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(database) => database.ready(),
            Engine::Postgres(database) => Box::pin(database.ready()).await,
        }
    }

    /// Prepares statements without running them, so that a wrong one is found before its first use.
    ///
    /// # Errors
    /// [`Error::Internal`] naming the first that cannot be prepared or takes a parameter that is no BIGINT, TEXT or BYTEA.
    pub async fn prepare(&self, statements: &[&'static Sql]) -> Result<()> {
        match &*self.engine {
            Engine::Sqlite(database) => database.prepare(statements),
            Engine::Postgres(database) => database.prepare(statements).await,
        }
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> EngineKind {
        match *self.engine {
            Engine::Sqlite(_) => EngineKind::Sqlite,
            Engine::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// What the store has done since it was opened.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        match &*self.engine {
            Engine::Sqlite(database) => database.metrics(),
            Engine::Postgres(database) => database.metrics(),
        }
    }

    /// Closes in order, for all clones: carries out what is queued, refuses what comes, and leaves SQLite's log checkpointed.
    pub async fn close(self) {
        match &*self.engine {
            Engine::Sqlite(database) => database.close().await,
            Engine::Postgres(database) => database.close(),
        }
    }
}

/// What the database is an unfinished copy of.
struct UnfinishedCopy;

impl Read for UnfinishedCopy {
    type Output = Option<String>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<String>> {
        unfinished_copies::source(tx).await
    }
}
