//! argon2id alone, with the server's parameters: no server that hashes passwords can make more users with one.

use crate::{
    Result,
    load::{Measured, percentile},
};
use argon2::{Algorithm, Argon2, Params, Version};
use std::{
    thread,
    time::{Duration, Instant},
};

/// Hashes on all cores.
pub(crate) const SCENARIO: &str = "argon2id alone";

/// The server's: 19 MiB, two passes, one lane.
const PARAMETERS: (u32, u32, u32) = (19_456, 2, 1);

/// How many threads hash: one for each core.
pub(crate) fn threads() -> Result<u32> {
    Ok(u32::try_from(thread::available_parallelism()?.get())?)
}

/// Measures [`SCENARIO`].
pub(crate) fn measure(threads: u32, seconds: u32) -> Measured {
    let end = Duration::from_secs(seconds.into());
    let begin = Instant::now();
    let mut latencies = thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| hash(begin, end)))
            .collect();
        let of_one = |it: thread::ScopedJoinHandle<'_, _>| it.join().unwrap_or_default();
        running.into_iter().flat_map(of_one).collect::<Vec<f64>>()
    });
    let seconds = begin.elapsed().as_secs_f64();
    latencies.sort_unstable_by(f64::total_cmp);
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of hashes is far below 2^52"
    )]
    let per_second = latencies.len() as f64 / seconds;
    Measured {
        per_second,
        p50_us: percentile(&latencies, 0.5),
        p99_us: percentile(&latencies, 0.99),
        ..Measured::default()
    }
}

/// Hashes until the time is over; how long each took, in microseconds.
fn hash(begin: Instant, end: Duration) -> Vec<f64> {
    let (memory, passes, lanes) = PARAMETERS;
    let Ok(parameters) = Params::new(memory, passes, lanes, None) else {
        return Vec::new();
    };
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
    let mut latencies = Vec::new();
    let mut output = [0; 32];
    while begin.elapsed() < end {
        let one = Instant::now();
        let done = argon2.hash_password_into(b"Correct-Horse-77", b"a salt of bytes.", &mut output);
        if done.is_ok() {
            latencies.push(one.elapsed().as_secs_f64() * 1e6);
        }
    }
    latencies
}
