//! Loads, and what they measured.

pub(crate) mod ldap;
pub(crate) mod open;
pub(crate) mod turns;
pub(crate) mod wrk;

use crate::{Result, process::Process};
use serde::Serialize;
use std::time::Duration;

/// What a load measured.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Measured {
    /// Answers a second.
    pub(crate) per_second: f64,
    /// Half of the answers came within so many microseconds.
    pub(crate) p50_us: f64,
    /// All but a hundredth did.
    pub(crate) p99_us: f64,
    /// The server's processor time for each, in microseconds.
    pub(crate) cpu_us: f64,
    /// Answers that were no success.
    pub(crate) errors: u64,
}

/// What was answered, without what it cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Answers {
    pub(crate) count: u64,
    pub(crate) errors: u64,
    pub(crate) seconds: f64,
    pub(crate) p50_us: f64,
    pub(crate) p99_us: f64,
}

/// Runs a load on a server, and takes its processor time.
pub(crate) fn measure(
    server: &Process,
    load: impl FnOnce() -> Result<Answers>,
) -> Result<Measured> {
    let before = server.cpu()?;
    let answers = load()?;
    let cpu = server.cpu()? - before;
    Ok(Measured::new(answers, cpu))
}

impl Measured {
    /// From answers and the processor time of all of them.
    pub(crate) fn new(answers: Answers, cpu: Duration) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a count of requests is far below 2^52"
        )]
        let count = answers.count.max(1) as f64;
        Self {
            per_second: count / answers.seconds,
            p50_us: answers.p50_us,
            p99_us: answers.p99_us,
            cpu_us: cpu.as_secs_f64() * 1e6 / count,
            errors: answers.errors,
        }
    }

    /// The middle of each figure, and all errors.
    pub(crate) fn middle(measured: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| {
            let mut figures: Vec<f64> = measured.iter().map(figure).collect();
            figures.sort_unstable_by(f64::total_cmp);
            percentile(&figures, 0.5)
        };
        Self {
            per_second: of(|it| it.per_second),
            p50_us: of(|it| it.p50_us),
            p99_us: of(|it| it.p99_us),
            cpu_us: of(|it| it.cpu_us),
            errors: measured.iter().map(|it| it.errors).sum(),
        }
    }
}

/// The value below which the given share of the sorted values lies; 0 where there are none.
pub(crate) fn percentile(sorted: &[f64], share: f64) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a place in the list"
    )]
    let place = ((sorted.len() as f64 * share) as usize).min(sorted.len().saturating_sub(1));
    sorted.get(place).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Measured, percentile};

    #[test]
    fn percentiles_are_values_of_the_list() {
        let values: Vec<f64> = (1..=100).map(f64::from).collect();
        assert_eq!(
            [percentile(&values, 0.5), percentile(&values, 0.99)],
            [51.0, 100.0]
        );
        assert_eq!(percentile(&[], 0.5), 0.0);
    }

    #[test]
    fn the_middle_is_that_of_each_figure() {
        let one = |per_second, cpu_us| Measured {
            per_second,
            cpu_us,
            errors: 1,
            ..Measured::default()
        };
        let middle = Measured::middle(&[one(3.0, 1.0), one(1.0, 2.0), one(2.0, 9.0)]);
        assert_eq!(
            (middle.per_second, middle.cpu_us, middle.errors),
            (2.0, 2.0, 3)
        );
    }
}
