//! A JSON object a line.

use super::{LONGEST, Line, strict::Strict};
use serde_json::{Map, Value};

/// The mark with which some programs begin texts in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Cuts what arrives at line ends.
#[derive(Default)]
pub(crate) struct JsonLines {
    buffer: Vec<u8>,
    /// Up to where the buffer was given out.
    taken: usize,
    /// Up to where it was searched for a line's end.
    searched: usize,
    /// How many lines were given out.
    count: u64,
    /// Whether what arrives belongs to a line that is too long already.
    overlong: bool,
}

impl JsonLines {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.taken > 0 {
            self.buffer.drain(..self.taken);
            self.searched -= self.taken;
            self.taken = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    pub(super) fn next(&mut self, all: bool) -> Option<Line> {
        loop {
            let rest = &self.buffer[self.searched..];
            let end = rest.iter().position(|byte| *byte == b'\n');
            let Some(end) = end.map(|end| self.searched + end) else {
                self.searched = self.buffer.len();
                if self.searched - self.taken > LONGEST {
                    // its end is looked for, and nothing of it kept
                    self.overlong = true;
                    self.taken = self.searched;
                }
                if !all || (self.taken == self.buffer.len() && !self.overlong) {
                    return None;
                }
                return self.line(self.buffer.len(), self.buffer.len());
            };
            if let Some(line) = self.line(end, end + 1) {
                return Some(line);
            }
        }
    }

    /// The line that ends here, unless it is blank.
    fn line(&mut self, end: usize, next: usize) -> Option<Line> {
        self.count += 1;
        let line = &self.buffer[self.taken..end];
        let overlong = std::mem::take(&mut self.overlong) || line.len() > LONGEST;
        (self.taken, self.searched) = (next, next);
        if overlong {
            return Some((self.count, Err(format!("it has more than {LONGEST} bytes"))));
        }
        let line = match line.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) if self.count == 1 => rest,
            Some(_) | None => line,
        };
        let line = line.trim_ascii();
        (!line.is_empty()).then(|| (self.count, object(line)))
    }
}

/// The keys of a line.
fn object(line: &[u8]) -> Result<Map<String, Value>, String> {
    let text = std::str::from_utf8(line).map_err(|_| "it is not UTF-8".to_owned())?;
    match serde_json::from_str(text) {
        Ok(Strict(Value::Object(map))) => Ok(map),
        Ok(_) => Err("it is no JSON object".to_owned()),
        Err(error) => {
            // the library counts the lines of the text that it has, which is one
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            Err(format!(
                "it cannot be read as JSON at column {}: {message}",
                error.column()
            ))
        }
    }
}
