//! Plots as SVG: bars of requests a second, one for each scenario and size.

use super::Row;
use crate::Result;
use std::fmt::Write as _;

const BAR: usize = 18;
const LABELS: usize = 420;
const WIDTH: f64 = 460.0;

/// Requests a second of all loads, on a logarithmic scale from 1 to a million.
pub(super) fn requests(rows: &[Row]) -> Result<String> {
    let loads: Vec<_> = rows
        .iter()
        .filter_map(|row| Some((row, row.load?)))
        .collect();
    let height = (loads.len() + 1) * BAR;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>Answers a second, on a logarithmic scale</title>\n"
    );
    for (place, (row, load)) in loads.iter().enumerate() {
        let top = place * BAR + 4;
        let length = WIDTH * (load.per_second.max(1.0).log10() / 6.0).min(1.0);
        let label = format!(
            "{}, {} users, {} clients",
            row.scenario, row.users, row.clients
        );
        writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{LABELS}\" y=\"{top}\" width=\"{length:.1}\" height=\"12\" fill=\"{}\"/>\
             <text x=\"{:.1}\" y=\"{}\">{:.0}</text>",
            LABELS - 6,
            top + 11,
            label.replace('&', "&amp;").replace('<', "&lt;"),
            colour(&row.scenario),
            length + 6.0 + 420.0,
            top + 11,
            load.per_second
        )?;
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}

/// Peers stand out from what is ours.
fn colour(scenario: &str) -> &'static str {
    match scenario.split(' ').next() {
        Some("slapd") => "#c0504d",
        Some("floor") => "#9b9b9b",
        Some("SQLite") => "#7f6084",
        _ => "#1f77b4",
    }
}
