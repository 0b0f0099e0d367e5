//! Loads that are compared take turns: a machine that is slower for a while is so for all of them.

use super::Measured;
use crate::{
    Result,
    report::{Report, Row},
};

/// Runs a load for so many seconds.
type Load<'a> = Box<dyn FnMut(u32) -> Result<Measured> + 'a>;

/// Loads that are measured by turns, with so many users.
pub(crate) struct Turns<'a> {
    users: u32,
    loads: Vec<(&'static str, u32, Load<'a>)>,
}

impl<'a> Turns<'a> {
    /// Nothing yet.
    pub(crate) const fn new(users: u32) -> Self {
        Self {
            users,
            loads: Vec::new(),
        }
    }

    /// One more, of so many clients.
    pub(crate) fn add(
        &mut self,
        scenario: &'static str,
        clients: u32,
        load: impl FnMut(u32) -> Result<Measured> + 'a,
    ) {
        self.loads.push((scenario, clients, Box::new(load)));
    }

    /// Runs each so often, for so many seconds, and reports the middle of what each measured.
    pub(crate) fn measure(self, rounds: u32, seconds: u32, report: &mut Report) -> Result<()> {
        let mut loads: Vec<_> = self
            .loads
            .into_iter()
            .map(|load| (load, Vec::new()))
            .collect();
        for _ in 0..rounds {
            for ((_, _, load), measured) in &mut loads {
                measured.push(load(seconds)?);
            }
        }
        for ((scenario, clients, _), measured) in loads {
            let row = Row::load(scenario, self.users, clients, Measured::middle(&measured));
            report.add(row);
        }
        Ok(())
    }
}
