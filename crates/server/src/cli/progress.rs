//! How far a long command is, on standard error: a bar on a terminal, else a line now and then.

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use std::{
    borrow::Cow,
    io::{IsTerminal as _, Write as _, stderr},
    time::{Duration, Instant},
};

/// How long a command works before its first line, and between lines.
const PAUSE: Duration = Duration::from_secs(10);

/// The progress of one long piece of work. What is shown goes when this is finished or dropped; lines stay.
pub(crate) struct Progress(Shown);

enum Shown {
    Bar(ProgressBar),
    Lines(Lines),
}

impl Progress {
    /// The beginning of some work; `noun` is what is counted, as in `rows copied`, and `total` how many there will be, if known.
    pub(crate) fn new(total: Option<u64>, noun: impl Into<Cow<'static, str>>) -> Self {
        if stderr().is_terminal() {
            Self(Shown::Bar(bar(total, noun.into())))
        } else {
            Self(Shown::Lines(Lines::new(total, noun.into(), Instant::now())))
        }
    }

    /// So many more are done.
    pub(crate) fn advance(&mut self, count: u64) {
        match &mut self.0 {
            Shown::Bar(bar) => bar.inc(count),
            Shown::Lines(lines) => {
                if let Some(line) = lines.advance(count, Instant::now()) {
                    // with standard error closed there is nobody to tell
                    let _ = writeln!(stderr(), "{line}");
                }
            }
        }
    }

    /// All is done.
    pub(crate) fn finish(self) {
        if let Shown::Bar(bar) = self.0 {
            bar.finish_and_clear();
        }
    }
}

/// A bar that leaves nothing behind, so that a refusal is the only line.
fn bar(total: Option<u64>, noun: Cow<'static, str>) -> ProgressBar {
    let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
    let template = if total.is_some() {
        "{bar:30} {percent:>3} %  {human_pos} of {human_len} {msg}, {eta} left"
    } else {
        "{spinner} {human_pos} {msg}, {elapsed}"
    };
    // a template that cannot be read leaves the library's own
    let style =
        ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style)
        .with_message(noun)
        .with_finish(ProgressFinish::AndClear)
}

/// What is told without a terminal.
struct Lines {
    total: Option<u64>,
    noun: Cow<'static, str>,
    done: u64,
    told: Instant,
}

impl Lines {
    fn new(total: Option<u64>, noun: Cow<'static, str>, now: Instant) -> Self {
        Self {
            total,
            noun,
            done: 0,
            told: now,
        }
    }

    /// So many more are done by now; the line that is due, if one is.
    fn advance(&mut self, count: u64, now: Instant) -> Option<String> {
        self.done += count;
        if now.duration_since(self.told) < PAUSE {
            return None;
        }
        self.told = now;
        let (done, noun) = (self.done, &self.noun);
        Some(match self.total {
            Some(total) => {
                let percent = done.saturating_mul(100) / total.max(1);
                format!("{done} of {total} {noun} ({percent} %)")
            }
            None => format!("{done} {noun}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_now_and_then_with_all_that_was_done_since() {
        let begun = Instant::now();
        let at = |seconds| begun + Duration::from_secs(seconds);
        let mut lines = Lines::new(Some(400), "rows copied".into(), begun);
        assert_eq!(lines.advance(100, at(1)), None);
        assert_eq!(lines.advance(100, at(9)), None);
        let line = lines.advance(20, at(10));
        assert_eq!(line.as_deref(), Some("220 of 400 rows copied (55 %)"));
        assert_eq!(lines.advance(20, at(19)), None);
        let line = lines.advance(160, at(25));
        assert_eq!(line.as_deref(), Some("400 of 400 rows copied (100 %)"));
    }

    #[test]
    fn without_a_total_what_is_done_is_told() {
        let begun = Instant::now();
        let mut lines = Lines::new(None, "lines read".into(), begun);
        assert_eq!(
            lines.advance(7, begun + PAUSE).as_deref(),
            Some("7 lines read")
        );
        let mut nothing = Lines::new(Some(0), "rows".into(), begun);
        assert_eq!(
            nothing.advance(0, begun + PAUSE).as_deref(),
            Some("0 of 0 rows (0 %)")
        );
    }

    #[test]
    fn bars_have_templates_of_their_own() {
        for total in [None, Some(10)] {
            let bar = bar(total, "rows".into());
            assert_eq!((bar.length(), bar.message()), (total, "rows".to_owned()));
            bar.finish_and_clear();
        }
    }
}
