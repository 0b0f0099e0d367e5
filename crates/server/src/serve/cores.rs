//! The threads that serve connections.

use hyper::rt::Executor;
use provost_directory::EngineKind;
use provost_store::metrics::Gauge;
use std::{
    future::pending,
    io,
    sync::Arc,
    thread::{self, available_parallelism},
};
use tokio::runtime::{Builder, Handle};

/// Where connections are served (`docs/decisions`, 11). Nothing that takes long may run there.
#[derive(Clone)]
pub(super) struct Cores(Arc<[Arc<Core>]>);

struct Core {
    runtime: Handle,
    /// Its connections, and the streams of them.
    tasks: Gauge,
}

impl Cores {
    /// Where a directory of this engine has its connections served best.
    ///
    /// # Errors
    /// If the operating system has no means left for threads.
    pub(super) fn of(engine: EngineKind) -> io::Result<Self> {
        match engine {
            EngineKind::Sqlite => Self::apart(),
            EngineKind::Postgres => Ok(Self::together()),
        }
    }

    /// A thread for each core, which takes each step for all that its connections ask: what they ask is answered on it. The threads live as
    /// long as the process.
    fn apart() -> io::Result<Self> {
        let count = available_parallelism()?.get();
        (0..count)
            .map(Core::start)
            .collect::<io::Result<_>>()
            .map(Self)
    }

    /// The runtime that this is called in, whose threads take work from each other: answers come from elsewhere, over connections that are
    /// everybody's.
    fn together() -> Self {
        Self(Arc::new([Arc::new(Core::of(Handle::current()))]))
    }

    /// Runs a task where the fewest are.
    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let idlest = self.0.iter().min_by_key(|core| core.tasks.get());
        if let Some(core) = idlest {
            let running = Running::begin(core);
            core.runtime.spawn(async move {
                let _running = running;
                task.await;
            });
        }
    }
}

/// The streams of an HTTP/2 connection are for all threads, since one connection may be all there is.
impl<F: Future<Output = ()> + Send + 'static> Executor<F> for Cores {
    fn execute(&self, stream: F) {
        self.spawn(stream);
    }
}

impl Core {
    fn start(number: usize) -> io::Result<Arc<Self>> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        thread::Builder::new()
            .name(format!("core-{number}"))
            .spawn(move || runtime.block_on(pending::<()>()))?;
        Ok(Arc::new(Self::of(handle)))
    }

    fn of(runtime: Handle) -> Self {
        Self {
            runtime,
            tasks: Gauge::default(),
        }
    }
}

/// A task on a core, until this is dropped.
struct Running(Arc<Core>);

impl Running {
    fn begin(core: &Arc<Core>) -> Self {
        core.tasks.enter();
        Self(Arc::clone(core))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.tasks.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeMap, sync::mpsc::channel};

    #[test]
    #[expect(clippy::unwrap_used, reason = "a test")]
    fn tasks_are_shared_out_evenly_and_ended_ones_make_room() {
        let cores = Cores::apart().unwrap();
        let count = cores.0.len();
        let (tell, told) = channel();
        let stay = |until_the_end: bool| {
            let tell = tell.clone();
            cores.spawn(async move {
                tell.send(thread::current().id()).unwrap();
                if until_the_end {
                    pending::<()>().await;
                }
            });
        };
        (0..3 * count).for_each(|_| stay(true));
        let mut tasks = BTreeMap::new();
        for id in told.iter().take(3 * count) {
            *tasks.entry(format!("{id:?}")).or_insert(0) += 1;
        }
        assert_eq!(tasks.len(), count);
        assert!(tasks.values().all(|&it| it == 3), "{tasks:?}");
        (0..100).for_each(|_| stay(false));
        assert_eq!(told.iter().take(100).count(), 100);
        while cores.0.iter().any(|core| core.tasks.get() > 3) {
            thread::yield_now();
        }
    }
}
