//! Telling what is wrong: the first defects of each kind, and how many more there are.

use super::output::Output;
use crate::failure::Result;
use std::collections::BTreeMap;

/// How many defects of one kind are told; the others are counted.
pub(crate) const TOLD: i64 = 10;

/// The defects that were found one by one.
#[derive(Debug, Default)]
pub(crate) struct Defects {
    found: BTreeMap<&'static str, i64>,
}

impl Defects {
    /// Notes a defect, and prints it if it is one of the first of its kind.
    pub(crate) fn tell(
        &mut self,
        output: &mut Output,
        defect: &'static str,
        place: &str,
    ) -> Result<()> {
        let found = self.found.entry(defect).or_default();
        *found += 1;
        if *found <= TOLD {
            output.line(format_args!("{defect}: {place}"))?;
        }
        Ok(())
    }

    /// Prints how many there are beside those that were told; gives how many there are in all.
    pub(crate) fn end(self, output: &mut Output) -> Result<i64> {
        for (defect, found) in &self.found {
            if *found > TOLD {
                output.line(format_args!("{defect}: {} more", found - TOLD))?;
            }
        }
        Ok(self.found.values().sum())
    }
}
