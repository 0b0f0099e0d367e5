//! How long a guess has to wait.

use std::time::Duration;

/// So many wrong passwords cost no time: people mistype.
const FREE: usize = 3;
/// What the first one after these costs; each further one doubles it.
const FIRST: Duration = Duration::from_millis(100);
/// The longest wait. It is short, since waiting holds a connection open; what ends a guesser is the block.
const LONGEST: Duration = Duration::from_millis(1600);

/// The wait before a password is looked at, after so many wrong ones.
pub(super) fn delay(failures: usize) -> Duration {
    let Some(beyond) = failures.checked_sub(FREE + 1) else {
        return Duration::ZERO;
    };
    let doubled = u32::try_from(beyond).unwrap_or(u32::MAX).min(16);
    (FIRST * 2_u32.pow(doubled)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_to_its_bound() {
        let waits: Vec<u128> = (0..=10).map(|count| delay(count).as_millis()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 100, 200, 400, 800, 1600, 1600, 1600]);
        assert_eq!(delay(usize::MAX), LONGEST);
    }
}
