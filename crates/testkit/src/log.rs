//! What a process printed, kept for the failure message of a test.

use std::io::{BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

/// The lines that a process has printed so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    text: Arc<Mutex<String>>,
}

impl Log {
    /// Everything printed so far.
    pub(crate) fn text(&self) -> String {
        self.text
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Keeps reading in the background, so that the process never blocks on a full pipe. Each line is also given to the
    /// receiver, which ends with the output.
    pub(crate) fn follow(&self, output: impl Read + Send + 'static) -> mpsc::Receiver<String> {
        let (lines, receiver) = mpsc::channel();
        let log = self.clone();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            let mut bytes = Vec::new();
            while output
                .read_until(b'\n', &mut bytes)
                .is_ok_and(|count| count > 0)
            {
                let line = String::from_utf8_lossy(&bytes).into_owned();
                log.text
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push_str(&line);
                // Nobody listens any more once the server has said where it is.
                let _ = lines.send(line.trim_end().to_owned());
                bytes.clear();
            }
        });
        receiver
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_and_passed_on_until_the_end() {
        let log = Log::default();
        let lines: Vec<String> = log
            .follow(&b"one\ntwo \xff\nlast"[..])
            .into_iter()
            .collect();
        assert_eq!(lines, ["one", "two \u{fffd}", "last"]);
        assert_eq!(log.text(), "one\ntwo \u{fffd}\nlast");
    }
}
