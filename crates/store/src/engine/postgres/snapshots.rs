//! Whether anything was committed since: asked once for all who want to know at the same time.
//!
//! PostgreSQL tells which transactions its next statement would see. Where it says the same as before, nobody committed anything meanwhile,
//! neither this node nor another, so what was derived from the database holds still. Transactions are only ever added to those that are seen,
//! so what was said once comes never again after a change.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering::SeqCst},
    },
    time::Duration,
};

use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
    time::timeout,
};

use super::{
    plain,
    pool::{Connection, Connections},
};
use crate::{
    fault::Fault,
    memory::{Memory, Since},
};

/// How many answers are remembered.
const REMEMBERED: usize = 4096;
/// How many may wait for a question; more look up what they want.
const WAITING: usize = 4096;
/// How long an answer may take. Whoever waits looks up what it wants then, and the connection is replaced.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long to leave the server alone when it could not be asked.
const PAUSE: Duration = Duration::from_secs(1);

/// What the server would show now: its transactions, and which server it is. A standby shows less than its answer tells of.
const SNAPSHOT: &str = "SELECT CAST(pg_current_snapshot() AS TEXT), CAST(pg_postmaster_start_time() AS TEXT), pg_backend_pid() \
    WHERE NOT pg_is_in_recovery()";

/// Tells whether the database is still what it was.
pub(super) struct Snapshots {
    waiting: mpsc::Sender<oneshot::Sender<Since>>,
    commits: Arc<Commits>,
    memory: Memory,
    asking: JoinHandle<()>,
}

/// What holds this node's own commits against what the server says.
#[derive(Default)]
struct Commits {
    /// The last version that the server told.
    seen: AtomicI64,
    /// The last version after which this node committed something: the server must not tell it again.
    over: AtomicI64,
    /// Whether the server is PostgreSQL itself.
    plain: AtomicBool,
}

/// A commit on its way.
pub(super) struct Committing(i64);

impl Snapshots {
    /// Asks over a connection of its own, which shares the losses of the others. It is made when somebody wants to know for the first time.
    pub(super) fn beside(connections: Connections) -> Self {
        let (waiting, asked) = mpsc::channel(WAITING);
        let commits = Arc::new(Commits::default());
        let memory = Memory::new(REMEMBERED);
        let asking = tokio::spawn(
            Asking {
                connections,
                asked,
                commits: Arc::clone(&commits),
                memory: memory.clone(),
                version: 0,
            }
            .run(),
        );
        Self {
            waiting,
            commits,
            memory,
            asking,
        }
    }

    /// The version of the database, as it was when this was called or later; nothing if that cannot be told.
    pub(super) async fn moment(&self) -> Option<Since> {
        let (tell, told) = oneshot::channel();
        self.waiting.try_send(tell).ok()?;
        told.await.ok()
    }

    /// Whether the server was found to be PostgreSQL itself.
    pub(super) fn is_plain(&self) -> bool {
        self.commits.plain.load(SeqCst)
    }

    /// How many answers were told from memory.
    pub(super) fn recalled(&self) -> u64 {
        self.memory.told()
    }

    /// Before a commit of this node that writes something.
    pub(super) fn before_commit(&self) -> Committing {
        Committing(self.commits.seen.load(SeqCst))
    }

    /// After it was confirmed.
    pub(super) fn after_commit(&self, Committing(seen): Committing) {
        self.commits.over.fetch_max(seen, SeqCst);
    }

    pub(super) fn close(&self) {
        self.asking.abort();
    }
}

impl Drop for Snapshots {
    fn drop(&mut self) {
        self.close();
    }
}

/// The one who asks.
struct Asking {
    connections: Connections,
    asked: mpsc::Receiver<oneshot::Sender<Since>>,
    commits: Arc<Commits>,
    memory: Memory,
    /// The version that was told last. What the server says gets another number whenever it is not what it said before.
    version: i64,
}

/// Why there is nobody to ask.
enum End {
    /// The store was closed.
    Closed,
    /// The connection was lost, or could not be made.
    Lost,
    /// This server is none whose answers tell of everything.
    Refused(String),
    /// This server was believed, and what it said was wrong.
    Disproved,
}

impl Asking {
    async fn run(mut self) {
        let end = loop {
            // who comes before there is a connection is not kept waiting for it
            if self.asked.recv().await.is_none() {
                return;
            }
            let end = match self.meanwhile(connect(self.connections.clone())).await {
                Ok(connection) => {
                    self.commits.plain.store(true, SeqCst);
                    self.answer(connection).await
                }
                Err(end) => end,
            };
            match end {
                End::Lost => {
                    let pause = async {
                        tokio::time::sleep(PAUSE).await;
                        Ok(())
                    };
                    if let Err(end) = self.meanwhile(pause).await {
                        break end;
                    }
                }
                End::Closed | End::Refused(_) | End::Disproved => break end,
            }
        };
        self.commits.plain.store(false, SeqCst);
        match end {
            End::Refused(reason) => tracing::info!(
                reason,
                "this database is not asked whether it changed: credentials are looked up at each request"
            ),
            End::Disproved => tracing::warn!(
                "the database says of itself that it did not change, but it did: credentials are looked up at each request from now on"
            ),
            End::Closed | End::Lost => {}
        }
    }

    /// Sends away who comes before some work is done.
    async fn meanwhile<T>(&mut self, work: impl Future<Output = Result<T, End>>) -> Result<T, End> {
        let mut work = std::pin::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return done,
                asked = self.asked.recv() => if asked.is_none() {
                    return Err(End::Closed);
                },
            }
        }
    }

    /// Answers as long as the connection serves. Whoever came before a question was sent is told its answer, and nobody else.
    async fn answer(&mut self, connection: Connection) -> End {
        let mut last = None;
        let mut waiting = Vec::new();
        while self.asked.recv_many(&mut waiting, WAITING).await > 0 {
            let over = self.commits.over.load(SeqCst);
            if connection.is_suspicious() {
                return End::Lost;
            }
            let said = match timeout(PATIENCE, ask(&connection)).await {
                Ok(Ok(said)) => said,
                Ok(Err(fault)) => {
                    drop_lost(connection, &fault);
                    return End::Lost;
                }
                // it may be busy; those as old are not the worse for that
                Err(_) => {
                    connection.close();
                    return End::Lost;
                }
            };
            if last.as_ref() != Some(&said) {
                last = Some(said);
                self.version += 1;
            } else if over >= self.version {
                return End::Disproved;
            }
            let since = self.memory.begin(self.version);
            self.commits.seen.store(self.version, SeqCst);
            for tell in waiting.drain(..) {
                // who does not wait any more went away
                let _ = tell.send(since.clone());
            }
        }
        End::Closed
    }
}

/// What the server says; the same again as long as it is the same server and nothing was committed.
#[derive(PartialEq, Eq)]
struct Said {
    snapshot: String,
    started: String,
    backend: i32,
}

async fn ask(connection: &Connection) -> Result<Said, Fault> {
    let fault = |cause| super::fault::of(SNAPSHOT, &cause);
    let question = connection.prepare_cached(SNAPSHOT).await.map_err(fault)?;
    let row = connection
        .query_opt(&question, &[])
        .await
        .map_err(fault)?
        .ok_or(Fault::Unavailable("a standby does not tell of everything"))?;
    let cell = |cause: tokio_postgres::Error| Fault::Broken(cause.to_string());
    Ok(Said {
        snapshot: row.try_get(0).map_err(cell)?,
        started: row.try_get(1).map_err(cell)?,
        backend: row.try_get(2).map_err(cell)?,
    })
}

/// Takes a connection, and looks whether this server can be believed.
async fn connect(connections: Connections) -> Result<Connection, End> {
    let connection = connections.get().await.map_err(|_| End::Lost)?;
    let refused = async {
        if let Some(reason) = plain::refuses(&connection).await? {
            return Ok(Some(reason));
        }
        let before = ask(&connection).await?;
        plain::commit(&connection).await?;
        let moved = before != ask(&connection).await?;
        Ok((!moved).then(|| "it says the same before a transaction and after it".to_owned()))
    };
    match timeout(PATIENCE, refused).await {
        Ok(Ok(None)) => Ok(connection),
        Ok(Ok(Some(reason)) | Err(Fault::Broken(reason))) => Err(End::Refused(reason)),
        Ok(Err(fault)) => {
            drop_lost(connection, &fault);
            Err(End::Lost)
        }
        Err(_) => {
            connection.close();
            Err(End::Lost)
        }
    }
}

fn drop_lost(connection: Connection, fault: &Fault) {
    match fault {
        Fault::ConnectionLost => connection.give_up(),
        _ => connection.close(),
    }
}
