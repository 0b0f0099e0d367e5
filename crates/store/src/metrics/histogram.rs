//! Many numbers, by their size.

use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// Bounds for times, in nanoseconds: 50 µs to 30 s.
pub static TIMES: [u64; 17] = [
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000,
    25_000_000,
    50_000_000,
    100_000_000,
    250_000_000,
    500_000_000,
    1_000_000_000,
    2_500_000_000,
    10_000_000_000,
    30_000_000_000,
];

/// Bounds for sizes of batches.
pub static SIZES: [u64; 9] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/// Counts of observed numbers between bounds, and their sum. Observing is two additions, without a lock.
#[derive(Debug)]
pub struct Histogram {
    bounds: &'static [u64],
    /// One more than there are bounds: the last is for what is above all of them.
    counts: Box<[AtomicU64]>,
    sum: AtomicU64,
}

/// What a histogram has counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistogramReading {
    /// Up to which number each count but the last goes, that number included.
    pub bounds: &'static [u64],
    /// How many were observed between the bound before and this one. One more than bounds.
    pub counts: Vec<u64>,
    /// The sum of all.
    pub sum: u64,
}

impl Histogram {
    /// An empty one with these bounds, which ascend.
    #[must_use]
    pub fn new(bounds: &'static [u64]) -> Self {
        Self {
            bounds,
            counts: (0..=bounds.len()).map(|_| AtomicU64::new(0)).collect(),
            sum: AtomicU64::new(0),
        }
    }

    /// Counts a number.
    pub fn observe(&self, number: u64) {
        let at = self.bounds.partition_point(|bound| *bound < number);
        self.counts[at].fetch_add(1, Relaxed);
        self.sum.fetch_add(number, Relaxed);
    }

    /// Counts a time, in nanoseconds.
    pub fn observe_time(&self, time: Duration) {
        self.observe(time.as_nanos().try_into().unwrap_or(u64::MAX));
    }

    /// What was counted. Numbers that are observed meanwhile may be in the counts and not yet in the sum.
    #[must_use]
    pub fn read(&self) -> HistogramReading {
        HistogramReading {
            bounds: self.bounds,
            counts: self
                .counts
                .iter()
                .map(|count| count.load(Relaxed))
                .collect(),
            sum: self.sum.load(Relaxed),
        }
    }
}

impl HistogramReading {
    /// How many numbers were counted.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Adds what another of the same bounds has counted.
    pub fn add(&mut self, other: &Self) {
        if self.counts.is_empty() {
            self.clone_from(other);
            return;
        }
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.sum = self.sum.wrapping_add(other.sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_belongs_to_what_is_below_it() {
        let histogram = Histogram::new(&SIZES);
        for number in [0, 1, 2, 3, 256, 257] {
            histogram.observe(number);
        }
        let reading = histogram.read();
        assert_eq!(reading.counts, [2, 1, 1, 0, 0, 0, 0, 0, 1, 1]);
        assert_eq!((reading.count(), reading.sum), (6, 519));
    }

    #[test]
    fn readings_add_up() {
        let histogram = Histogram::new(&TIMES);
        histogram.observe_time(Duration::from_millis(3));
        let mut sum = HistogramReading::default();
        sum.add(&histogram.read());
        sum.add(&histogram.read());
        assert_eq!((sum.count(), sum.sum), (2, 6_000_000));
        assert_eq!(sum.counts[6], 2);
    }
}
