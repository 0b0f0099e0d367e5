//! Migrating a database that several nodes may open at once.

use provost_model::{Error, Result};
use tokio_postgres::error::SqlState;

use super::{
    fault,
    pool::{Connection, Connections},
};
use crate::{
    EngineKind, StoreSettings,
    fault::Fault,
    migrate::{Applied, Migration, now, pending, refuse_pending, without_later_additions},
    retry::Retry,
};

pub(crate) const HISTORY: &str = "CREATE TABLE IF NOT EXISTS schema_migrations \
    (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";
const APPLIED: &str = "SELECT version, name, checksum FROM schema_migrations ORDER BY version";
const CLAIM: &str = "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (version) DO NOTHING";

/// How long a migration waits for a table that a command uses, before it lets the commands pass that wait behind it, and tries again.
const LOCK_WAIT: &str = "SET LOCAL lock_timeout = '3s'";

/// Applies the migrations that are missing, each in a transaction, repeated as the settings say.
pub(super) async fn migrate(
    connections: &Connections,
    migrations: &[Migration],
    settings: &StoreSettings,
) -> Result<()> {
    let limit = settings.retry_deadline;
    let mut retry = Retry::within(limit);
    loop {
        match step(connections, migrations, settings).await {
            Ok(Step::UpToDate) => return Ok(()),
            Ok(Step::Forward) => retry = Retry::within(limit),
            Err(Failure::Database(Fault::Serialization | Fault::ConnectionLost)) => {
                retry.pause(settings.longest_pause).await?
            }
            Err(Failure::Database(fault)) => return Err(fault.into()),
            Err(Failure::Refused(error)) => return Err(error),
        }
    }
}

/// Refuses a database that still needs migrations; nothing is written.
pub(super) async fn require_current(
    connections: &Connections,
    migrations: &[Migration],
    settings: &StoreSettings,
) -> Result<()> {
    let client = connections.get().await?;
    let applied = match client.query(APPLIED, &[]).await {
        Err(cause) if cause.code() == Some(&SqlState::UNDEFINED_TABLE) => Vec::new(),
        answer => usable(history(answer)?, migrations, settings),
    };
    refuse_pending(&pending(migrations, &applied, EngineKind::Postgres)?)
}

enum Step {
    Forward,
    UpToDate,
}

enum Failure {
    Database(Fault),
    Refused(Error),
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Database(fault)
    }
}

async fn step(
    connections: &Connections,
    migrations: &[Migration],
    settings: &StoreSettings,
) -> Result<Step, Failure> {
    let mut client = connections.get().await?;
    let applied = usable(applied(&client).await?, migrations, settings);
    let pending = pending(migrations, &applied, EngineKind::Postgres).map_err(Failure::Refused)?;
    let Some(migration) = pending.first() else {
        return Ok(Step::UpToDate);
    };
    apply(&mut client, migration).await?;
    Ok(Step::Forward)
}

/// What was applied, as far as it matters: a server goes on with what was only added later.
fn usable(
    applied: Vec<Applied>,
    migrations: &[Migration],
    settings: &StoreSettings,
) -> Vec<Applied> {
    if settings.server {
        without_later_additions(migrations, applied)
    } else {
        applied
    }
}

async fn applied(client: &Connection) -> Result<Vec<Applied>, Fault> {
    let rows = match client.query(APPLIED, &[]).await {
        Err(cause) if cause.code() == Some(&SqlState::UNDEFINED_TABLE) => {
            create_history(client).await?;
            client.query(APPLIED, &[]).await
        }
        answer => answer,
    };
    history(rows)
}

fn history(
    rows: Result<Vec<tokio_postgres::Row>, tokio_postgres::Error>,
) -> Result<Vec<Applied>, Fault> {
    let read = |row: &tokio_postgres::Row| {
        Ok(Applied {
            version: row.try_get(0)?,
            name: row.try_get(1)?,
            checksum: row.try_get(2)?,
        })
    };
    rows.and_then(|rows| rows.iter().map(read).collect())
        .map_err(|cause| fault::of("schema_migrations", &cause))
}

async fn create_history(client: &Connection) -> Result<(), Fault> {
    client
        .batch_execute(HISTORY)
        .await
        .map_err(|cause| match cause.code() {
            // IF NOT EXISTS does not see the table of a node that creates it at the same moment
            Some(
                &SqlState::UNIQUE_VIOLATION
                | &SqlState::DUPLICATE_TABLE
                | &SqlState::DUPLICATE_OBJECT,
            ) => Fault::Serialization,
            _ => fault::of("schema_migrations", &cause),
        })
}

/// Applies a migration unless another node did. The history's row is written first: a second node waits for its key until the
/// first has committed, and then finds it taken.
async fn apply(client: &mut Connection, migration: &Migration) -> Result<(), Fault> {
    let label = format!("migration {} ({})", migration.version, migration.name);
    let broken = |cause: tokio_postgres::Error| fault::of(&label, &cause);
    let transaction = client.transaction().await.map_err(broken)?;
    let checksum = migration.checksum(EngineKind::Postgres);
    let claimed = transaction
        .execute(
            CLAIM,
            &[&migration.version, &migration.name, &checksum, &now()],
        )
        .await
        .map_err(broken)?;
    if claimed == 0 {
        return Ok(());
    }
    transaction.batch_execute(LOCK_WAIT).await.map_err(broken)?;
    transaction
        .batch_execute(&migration.text(EngineKind::Postgres))
        .await
        .map_err(|cause| match cause.code() {
            Some(&SqlState::LOCK_NOT_AVAILABLE) => Fault::Serialization,
            _ => broken(cause),
        })?;
    transaction.commit().await.map_err(broken)
}
