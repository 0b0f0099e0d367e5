//! Lines of the log on their way out: those who log hand them over, and one thread writes many at once, so that no request waits for the
//! terminal or pipe behind standard error, nor for another request that writes there.

use std::{
    io::{self, Write},
    mem,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};
use tracing_subscriber::fmt::MakeWriter;

/// How many bytes wait at most, roughly. Whoever logs more waits, as it would for the pipe itself.
const WAITING: usize = 1024 * 1024;
/// How long the thread rests after each write, so that lines gather.
const REST: Duration = Duration::from_millis(5);

/// Where lines are handed over. Clones share it.
#[derive(Clone)]
pub(crate) struct Lines(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Told when lines wait for the thread.
    filled: Condvar,
    /// Told when none do any more.
    emptied: Condvar,
}

#[derive(Default)]
struct State {
    waiting: Vec<u8>,
    /// Whether the thread is just writing some.
    writing: bool,
}

/// Writes what is left when it is dropped: kept until the end of the program.
pub(crate) struct LastLines(Lines);

impl Lines {
    /// Starts the thread that writes.
    pub(super) fn start(output: impl Write + Send + 'static) -> io::Result<(Self, LastLines)> {
        let lines = Self(Arc::default());
        let own = lines.clone();
        thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || own.carry_out(output))?;
        Ok((lines.clone(), LastLines(lines)))
    }

    fn carry_out(&self, mut output: impl Write) {
        let mut lines = Vec::new();
        loop {
            let mut state = self.state();
            state.writing = false;
            while state.waiting.is_empty() {
                self.0.emptied.notify_all();
                state = self.wait(state, &self.0.filled);
            }
            mem::swap(&mut lines, &mut state.waiting);
            state.writing = true;
            drop(state);
            // nobody is left to be told that nobody can be told
            let _ = output.write_all(&lines).and_then(|()| output.flush());
            lines.clear();
            self.0.emptied.notify_all();
            thread::sleep(REST);
        }
    }

    /// Takes lines; waits only where far too many wait already.
    pub(super) fn hand_over(&self, lines: &[u8]) {
        let mut state = self.state();
        while state.waiting.len() >= WAITING {
            state = self.wait(state, &self.0.emptied);
        }
        let first = state.waiting.is_empty();
        state.waiting.extend_from_slice(lines);
        drop(state);
        if first {
            self.0.filled.notify_one();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, condition: &Condvar) -> MutexGuard<'a, State> {
        condition
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The way of one event: its lines come in one piece.
impl Write for &Lines {
    fn write(&mut self, lines: &[u8]) -> io::Result<usize> {
        self.hand_over(lines);
        Ok(lines.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Lines {
    type Writer = &'w Self;

    fn make_writer(&'w self) -> &'w Self {
        self
    }
}

impl Drop for LastLines {
    fn drop(&mut self) {
        let mut state = self.0.state();
        while !state.waiting.is_empty() || state.writing {
            state = self.0.wait(state, &self.0.0.emptied);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[derive(Clone, Default)]
    struct Output(Arc<Mutex<Vec<u8>>>);

    impl Write for Output {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn every_line_is_written_whole_before_the_end() {
        let output = Output::default();
        let (lines, last) = Lines::start(output.clone()).unwrap();
        let line = |writer: usize, nth: usize| format!("{writer} {nth} {}\n", "x".repeat(300));
        thread::scope(|scope| {
            for writer in 0..4 {
                let lines = lines.clone();
                scope.spawn(move || {
                    for nth in 0..2000 {
                        (&lines).write_all(line(writer, nth).as_bytes()).unwrap();
                    }
                });
            }
        });
        drop(last);
        let written = String::from_utf8(output.0.lock().unwrap().clone()).unwrap();
        for writer in 0..4 {
            let own = format!("{writer} ");
            let of_one = written
                .split_inclusive('\n')
                .filter(|it| it.starts_with(&own));
            assert!(of_one.eq((0..2000).map(|nth| line(writer, nth))));
        }
    }
}
