//! What is wanted, as ratios within the run and as bounds, and whether it was reached.

use super::Row;
use std::fmt::Write as _;

/// A figure that was wanted, and what it is.
struct Verdict {
    what: String,
    users: u32,
    is: f64,
    wanted: Wanted,
}

#[derive(Clone, Copy)]
enum Wanted {
    AtLeast(f64),
    AtMost(f64),
}
use Wanted::{AtLeast, AtMost};

impl Verdict {
    fn holds(&self) -> bool {
        match self.wanted {
            AtLeast(bound) => self.is >= bound,
            AtMost(bound) => self.is <= bound,
        }
    }
}

/// What a load is asked for.
#[derive(Clone, Copy)]
enum Measure {
    PerSecond,
    P50,
    P99,
    Cpu,
}
use Measure::{Cpu, P50, P99, PerSecond};

/// Loads whose figure has to be so large a part of another's, or so small a multiple.
const RATIOS: &[(&str, u32, Measure, &str, u32, Wanted)] = &[
    (GET, 64, PerSecond, FLOOR, 64, AtLeast(0.5)),
    (
        GET,
        64,
        PerSecond,
        "slapd get, without a login",
        64,
        AtLeast(3.0),
    ),
    (
        "OCS get user, verified password",
        64,
        PerSecond,
        GET,
        64,
        AtLeast(0.85),
    ),
    (
        "OneOffice getUserByEmail",
        64,
        PerSecond,
        GET,
        64,
        AtLeast(0.75),
    ),
    ("Open-Xchange search", 64, PerSecond, GET, 64, AtLeast(0.75)),
    ("Hostway webmail", 64, PerSecond, GET, 64, AtLeast(0.75)),
    (CREATE, 1, PerSecond, RAW, 1, AtLeast(0.6)),
    (CREATE, 8, PerSecond, RAW, 8, AtLeast(0.5)),
    (CREATE, 64, PerSecond, RAW, 64, AtLeast(0.4)),
    (CREATE, 1, PerSecond, ADD, 1, AtLeast(10.0)),
    (CREATE, 8, PerSecond, ADD, 8, AtLeast(10.0)),
    (CREATE, 64, PerSecond, ADD, 64, AtLeast(10.0)),
    (
        "OCS create user with password",
        8,
        PerSecond,
        "argon2id alone",
        2,
        AtLeast(0.9),
    ),
    (
        "reads, 500 a second, beside an import",
        1,
        P99,
        ALONE,
        1,
        AtMost(10.0),
    ),
    (
        "reads, 500 a second, beside 1000 guesses",
        1,
        P99,
        ALONE,
        1,
        AtMost(2.0),
    ),
];

/// Loads whose figure is bounded by itself: absolute figures say what a quiet machine gives.
const BOUNDS: &[(&str, u32, Measure, Wanted)] = &[
    (GET, 64, Cpu, AtMost(30.0)),
    ("OCS list 50 users with details", 64, Cpu, AtMost(400.0)),
    ("OCS search, at most 50 users match", 1, P50, AtMost(300.0)),
    ("OCS search, all match", 1, P50, AtMost(300.0)),
    ("OCS search, a sixteenth match", 1, P50, AtMost(5000.0)),
    ("OCS search, a 256th match", 1, P50, AtMost(5000.0)),
    ("OCS search, one character", 1, P50, AtMost(5000.0)),
    ("OCS search, two characters", 1, P50, AtMost(5000.0)),
    (
        "OCS search, a tenant of 100 beside it",
        1,
        P50,
        AtMost(300.0),
    ),
    (
        "OCS get user, app password, PostgreSQL",
        64,
        PerSecond,
        AtLeast(12_000.0),
    ),
    (
        "OCS create user, durable, PostgreSQL",
        64,
        PerSecond,
        AtLeast(2000.0),
    ),
];

/// Figures of their own. Imports are bounded by their users: 50 µs each for 100,000, 60 µs for a million.
const FIGURES: &[(&str, Wanted)] = &[
    ("import, a user", AtMost(60.0)),
    ("memory, empty", AtMost(25.0)),
    ("memory after the load", AtMost(120.0)),
    ("start", AtMost(60.0)),
];

const GET: &str = "OCS get user, app password";
const FLOOR: &str = "floor: constant JSON";
const CREATE: &str = "OCS create user, durable";
const RAW: &str = "SQLite alone, the statements of a create";
const ADD: &str = "slapd add, durable";
const ALONE: &str = "reads, 500 a second, alone";

/// The table of what was wanted and is known.
pub(super) fn table(rows: &[Row]) -> String {
    let mut sizes: Vec<u32> = rows.iter().map(|row| row.users).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let verdicts: Vec<Verdict> = sizes.iter().flat_map(|users| of(rows, *users)).collect();
    if verdicts.is_empty() {
        return String::new();
    }
    let mut text = format!(
        "\n{:<70} {:>9} {:>10} {:>12}\n",
        "wanted", "users", "is", "bound"
    );
    for verdict in verdicts {
        let bound = match verdict.wanted {
            AtLeast(bound) => format!("≥ {bound}"),
            AtMost(bound) => format!("≤ {bound}"),
        };
        let mark = if verdict.holds() { "" } else { "  not reached" };
        let _ = writeln!(
            text,
            "{:<70} {:>9} {:>10.2} {bound:>12}{mark}",
            verdict.what, verdict.users, verdict.is
        );
    }
    text
}

fn of(rows: &[Row], users: u32) -> Vec<Verdict> {
    let load = |scenario: &str, clients, measure| {
        let row = rows.iter().find(|row| {
            (row.scenario.as_str(), row.clients, row.users) == (scenario, clients, users)
        });
        row.and_then(|row| row.load).map(|load| match measure {
            PerSecond => load.per_second,
            P50 => load.p50_us,
            P99 => load.p99_us,
            Cpu => load.cpu_us,
        })
    };
    let ratios = RATIOS
        .iter()
        .filter_map(|&(one, ones, measure, other, others, wanted)| {
            Some(Verdict {
                what: format!("{one} ({ones}), {} : {other}", name(measure)),
                users,
                is: load(one, ones, measure)? / load(other, others, measure)?,
                wanted,
            })
        });
    let bounds = BOUNDS
        .iter()
        .filter_map(|&(scenario, clients, measure, wanted)| {
            Some(Verdict {
                what: format!("{scenario}, {}", name(measure)),
                users,
                is: load(scenario, clients, measure)?,
                wanted,
            })
        });
    let figures = FIGURES.iter().filter_map(|&(scenario, wanted)| {
        let row = rows
            .iter()
            .find(|row| row.scenario == scenario && row.users == users)?;
        let (is, unit) = row.figure?;
        Some(Verdict {
            what: format!("{scenario}, {unit}"),
            users,
            is,
            wanted,
        })
    });
    ratios.chain(bounds).chain(figures).collect()
}

const fn name(measure: Measure) -> &'static str {
    match measure {
        PerSecond => "a second",
        P50 => "p50 µs",
        P99 => "p99 µs",
        Cpu => "CPU µs",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Measured;

    #[test]
    fn what_is_not_reached_is_marked_and_what_was_not_measured_left_out() {
        let load = |scenario, per_second, cpu_us| {
            Row::load(
                scenario,
                10,
                64,
                Measured {
                    per_second,
                    cpu_us,
                    ..Measured::default()
                },
            )
        };
        let table = table(&[load(GET, 40.0, 20.0), load(FLOOR, 100.0, 1.0)]);
        let lines: Vec<&str> = table.lines().filter(|line| line.contains(GET)).collect();
        assert_eq!(lines.len(), 2, "{table}");
        assert!(lines[0].ends_with("≥ 0.5  not reached"), "{table}");
        assert!(lines[1].ends_with("≤ 30"), "{table}");
    }
}
