//! Rows under a header. A row becomes the keys that the same line would have in JSON.

use super::{LONGEST, Line, strict::Strict};
use crate::export::{NULL, SEPARATOR};
use csv_core::{ReadRecordResult, Reader};
use serde_json::{Map, Value};

/// The most columns of a row.
const MOST_COLUMNS: usize = 256;

/// The keys that stand for lists of texts.
const LISTS: [&str; 4] = ["groups", "administers", "aliases", "classes_of_service"];
/// The keys that are yes or no.
const FLAGS: [&str; 4] = [
    "enabled",
    "operator",
    "address_follows_email",
    "anti_phishing",
];
/// The keys that may be numbers.
const NUMBERS: [&str; 2] = ["quota", "first_day_of_week"];
/// The keys whose cells hold JSON.
const OBJECTS: [&str; 7] = [
    "profile",
    "scopes",
    "external_ids",
    "preferences",
    "webmail",
    "mailbox",
    "oneoffice",
];

/// Cuts what arrives into rows.
pub(crate) struct Rows {
    reader: Reader,
    input: Vec<u8>,
    /// Up to where the input was read.
    taken: usize,
    fields: Vec<u8>,
    filled: usize,
    ends: Vec<usize>,
    columns: usize,
    header: Option<Result<Vec<String>, String>>,
    /// Whether a row has begun.
    within: bool,
    /// The line that the row begins on.
    line: u64,
    /// How many lines ended before what was not read yet.
    line_ends: u64,
    overlong: bool,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            reader: Reader::new(),
            input: Vec::new(),
            taken: 0,
            fields: vec![0; 4096],
            filled: 0,
            ends: vec![0; MOST_COLUMNS],
            columns: 0,
            header: None,
            within: false,
            line: 1,
            line_ends: 0,
            overlong: false,
        }
    }
}

impl Rows {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.input.drain(..self.taken);
        self.taken = 0;
        self.input.extend_from_slice(bytes);
    }

    pub(super) fn next(&mut self, all: bool) -> Option<Line> {
        loop {
            if !self.within {
                self.pass_blank_lines();
            }
            let input = &self.input[self.taken..];
            if input.is_empty() && !all {
                return None;
            }
            self.within = true;
            let (result, read, written, ended) = self.reader.read_record(
                input,
                &mut self.fields[self.filled..],
                &mut self.ends[self.columns..],
            );
            self.line_ends += line_ends(&input[..read]);
            self.taken += read;
            self.filled += written;
            self.columns += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if self.fields.len() < LONGEST => {
                    self.fields.resize(self.fields.len() * 2, 0);
                }
                ReadRecordResult::OutputFull => {
                    self.overlong = true;
                    self.filled = 0;
                }
                ReadRecordResult::OutputEndsFull => {
                    self.overlong = true;
                    self.columns = 0;
                }
                ReadRecordResult::Record => {
                    if let Some(line) = self.row() {
                        return Some(line);
                    }
                }
                ReadRecordResult::End => return None,
            }
        }
    }

    /// Passes over what stands between two rows, and notes the line that the next begins on.
    fn pass_blank_lines(&mut self) {
        let blank = self.input[self.taken..]
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let end = self.taken + blank;
        self.line_ends += line_ends(&self.input[self.taken..end]);
        self.taken = end;
        self.line = self.line_ends + 1;
    }

    /// The row that was read, unless it is the header.
    fn row(&mut self) -> Option<Line> {
        let line = self.line;
        self.within = false;
        let (filled, columns) = (self.filled, self.columns);
        (self.filled, self.columns) = (0, 0);
        if std::mem::take(&mut self.overlong) {
            let what = format!("it has more than {LONGEST} bytes or {MOST_COLUMNS} columns");
            if self.header.is_none() {
                self.header = Some(Err(what.clone()));
            }
            return Some((line, Err(what)));
        }
        let cells = cells(&self.fields[..filled], &self.ends[..columns]);
        let Some(header) = &self.header else {
            let header = cells.and_then(|cells| checked_header(&cells));
            let problem = header.as_ref().err().cloned();
            self.header = Some(header);
            return problem.map(|problem| (line, Err(problem)));
        };
        let keys = match (header, cells) {
            (Err(_), _) => Err("it stands under a header that cannot be read".to_owned()),
            (_, Err(problem)) => Err(problem),
            (Ok(header), Ok(cells)) if header.len() != cells.len() => Err(format!(
                "it has {} cells where the header has {}",
                cells.len(),
                header.len()
            )),
            (Ok(header), Ok(cells)) => object(header, &cells),
        };
        Some((line, keys))
    }
}

fn line_ends(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

fn cells<'f>(fields: &'f [u8], ends: &[usize]) -> Result<Vec<&'f str>, String> {
    let mut begin = 0;
    ends.iter()
        .map(|end| {
            let cell = &fields[begin..*end];
            begin = *end;
            std::str::from_utf8(cell).map_err(|_| "it is not UTF-8".to_owned())
        })
        .collect()
}

fn checked_header(cells: &[&str]) -> Result<Vec<String>, String> {
    let mut columns: Vec<String> = Vec::with_capacity(cells.len());
    for cell in cells {
        let name = cell.trim().trim_start_matches('\u{feff}');
        if columns.iter().any(|column| column == name) {
            return Err(format!("the column {name:?} is there twice"));
        }
        columns.push(name.to_owned());
    }
    Ok(columns)
}

fn object(header: &[String], cells: &[&str]) -> Result<Map<String, Value>, String> {
    let mut map = Map::new();
    for (column, cell) in header.iter().zip(cells) {
        if cell.is_empty() {
            continue;
        }
        map.insert(column.clone(), value(column, cell)?);
    }
    map.entry("type").or_insert_with(|| "user".into());
    Ok(map)
}

/// What a cell says, in the way of its column.
fn value(column: &str, cell: &str) -> Result<Value, String> {
    if cell == NULL {
        return Ok(Value::Null);
    }
    if FLAGS.contains(&column) {
        return Ok(match cell.to_ascii_lowercase().as_str() {
            "true" | "yes" | "1" => true.into(),
            "false" | "no" | "0" => false.into(),
            _ => cell.into(),
        });
    }
    if NUMBERS.contains(&column) {
        return Ok(cell
            .parse::<u64>()
            .map_or_else(|_| cell.into(), Value::from));
    }
    let holds_json =
        OBJECTS.contains(&column) || (LISTS.contains(&column) && cell.starts_with('['));
    if holds_json {
        let Strict(value) = serde_json::from_str(cell)
            .map_err(|_| format!("the column {column:?} cannot be read as JSON"))?;
        return Ok(value);
    }
    if LISTS.contains(&column) {
        return Ok(cell.split(SEPARATOR).map(str::trim).collect());
    }
    Ok(cell.into())
}
