//! What the directory counts for telemetry.

use provost_store::{Metrics, metrics::HistogramReading};

/// What a directory has done since it was opened, and what waits in it now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DirectoryMetrics {
    /// The store.
    pub store: Metrics,
    /// The hashing of passwords.
    pub hashing: HashingMetrics,
    /// The throttle of guesses, if there is one.
    pub throttle: Option<ThrottleMetrics>,
}

/// The threads that hash passwords.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HashingMetrics {
    /// How many there are.
    pub threads: u64,
    /// How many passwords they hash now.
    pub running: u64,
    /// How many wait for them.
    pub waiting: u64,
    /// How many may wait.
    pub queue_length: u64,
    /// Passwords that were turned away because too many waited.
    pub turned_away: u64,
    /// How long each hash took, in nanoseconds.
    pub times: HistogramReading,
}

/// The throttle of guesses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThrottleMetrics {
    /// Addresses that are blocked now.
    pub blocked: u64,
    /// Blocks that began.
    pub blocks: u64,
    /// Guesses that were delayed.
    pub delayed: u64,
    /// Guesses that wait now.
    pub waiting: u64,
    /// Guesses that were refused: their address was blocked, or too many waited.
    pub refused: u64,
    /// Wrong passwords.
    pub wrong_passwords: u64,
}
