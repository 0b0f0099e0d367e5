//! What was measured: as a table, as JSON, as plots.

mod plot;
mod wanted;

use crate::{Result, load::Measured, machine::Machine};
use serde::Serialize;
use std::{fmt::Write as _, fs, path::Path};

/// One figure or load.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    /// What was done.
    pub(crate) scenario: String,
    /// How many users the tenant had.
    pub(crate) users: u32,
    /// How many clients asked at once; 0 where it is no load.
    pub(crate) clients: u32,
    /// What a load measured.
    #[serde(flatten)]
    pub(crate) load: Option<Measured>,
    /// Another figure, with its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) figure: Option<(f64, &'static str)>,
}

impl Row {
    /// What a load measured.
    pub(crate) fn load(scenario: &str, users: u32, clients: u32, load: Measured) -> Self {
        Self {
            scenario: scenario.to_owned(),
            users,
            clients,
            load: Some(load),
            figure: None,
        }
    }

    /// A figure of its own.
    pub(crate) fn figure(scenario: &str, users: u32, value: f64, unit: &'static str) -> Self {
        Self {
            scenario: scenario.to_owned(),
            users,
            clients: 0,
            load: None,
            figure: Some((value, unit)),
        }
    }
}

/// Everything of one run.
#[derive(Serialize)]
pub(crate) struct Report {
    machine: Machine,
    rows: Vec<Row>,
    #[serde(skip)]
    only: Option<String>,
}

impl Report {
    /// An empty report, of scenarios alone whose name holds `only`.
    pub(crate) const fn new(machine: Machine, only: Option<String>) -> Self {
        Self {
            machine,
            rows: Vec::new(),
            only,
        }
    }

    /// Whether a scenario is to be measured.
    pub(crate) fn wants(&self, scenario: &str) -> bool {
        self.only
            .as_ref()
            .is_none_or(|only| scenario.contains(only.as_str()))
    }

    /// Keeps a row, and tells of it at once, since runs are long.
    pub(crate) fn add(&mut self, row: Row) {
        eprint!("{}", lines(std::slice::from_ref(&row)));
        self.rows.push(row);
    }

    /// The table.
    pub(crate) fn table(&self) -> String {
        let Machine {
            processor,
            cores,
            kernel,
        } = &self.machine;
        let head = format!("{processor}, {cores} cores, Linux {kernel}\n\n");
        let titles = format!(
            "{:<44} {:>9} {:>7} {:>10} {:>9} {:>9} {:>9} {:>6}\n",
            "scenario", "users", "clients", "a second", "p50 µs", "p99 µs", "CPU µs", "errors"
        );
        head + &titles + &lines(&self.rows) + &wanted::table(&self.rows)
    }

    /// Writes `results.json` and a plot of each scenario that was measured at several sizes.
    pub(crate) fn write(&self, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder)?;
        fs::write(
            folder.join("results.json"),
            serde_json::to_string_pretty(self)? + "\n",
        )?;
        fs::write(folder.join("requests.svg"), plot::requests(&self.rows)?)?;
        Ok(())
    }
}

fn lines(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let _ = write!(text, "{:<44} {:>9} ", row.scenario, row.users);
        let _ = match (&row.load, row.figure) {
            (Some(load), _) => writeln!(
                text,
                "{:>7} {:>10.0} {:>9.0} {:>9.0} {:>9.1} {:>6}",
                row.clients, load.per_second, load.p50_us, load.p99_us, load.cpu_us, load.errors
            ),
            (None, Some((value, unit))) => writeln!(text, "{:>7} {value:>10.1} {unit}", ""),
            (None, None) => writeln!(text),
        };
    }
    text
}
