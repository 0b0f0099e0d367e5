//! The table of `docs/DIRECTORY.md`, and that the walk knows all of it.

use crate::fields::{Face, fields};
use std::path::Path;

/// The marks of a row: what each dialect can, in the order of the columns.
struct Row {
    name: String,
    marks: Vec<String>,
}

fn rows() -> Vec<Row> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/DIRECTORY.md");
    let text = std::fs::read_to_string(file).unwrap();
    text.lines()
        .filter_map(|line| line.strip_prefix("| "))
        .skip(2)
        .map(|line| {
            let mut cells = line.trim_end_matches('|').split('|').map(str::trim);
            let name = cells.next().unwrap().to_owned();
            let marks = cells
                .map(|cell| cell.split_whitespace().next().unwrap().to_owned())
                .collect();
            Row { name, marks }
        })
        .collect()
}

fn mark(face: &Face) -> &'static str {
    match (face.read.is_some(), face.write.is_some()) {
        (true, true) => "rw",
        (true, false) => "r",
        (false, true) => "w",
        (false, false) => "-",
    }
}

#[test]
fn the_table_says_what_is_walked() {
    let rows = rows();
    let fields = fields();
    let names = |it: &mut dyn Iterator<Item = String>| it.collect::<Vec<_>>();
    assert_eq!(
        names(&mut rows.iter().map(|row| row.name.clone())),
        names(&mut fields.iter().map(|field| field.name.to_owned()))
    );
    for (row, field) in rows.iter().zip(&fields) {
        let walked: Vec<_> = field.faces.iter().map(mark).collect();
        assert_eq!(row.marks, walked, "{}", field.name);
    }
}
