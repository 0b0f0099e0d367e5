//! Those who wait.

use super::Source;
use std::{
    collections::HashMap,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How many guesses may wait at once.
const PLACES: usize = 1024;
/// How many of one address may, so that it leaves the others theirs.
const PLACES_OF_ONE: usize = 32;

/// Lets time pass. The directory itself knows no runtime.
pub trait Sleeper: Send + Sync {
    /// Ends after this time, and holds no thread until then.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The places for guesses that wait.
pub(super) struct Sleepers {
    sleeper: Arc<dyn Sleeper>,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    of: HashMap<Source, usize>,
}

/// A place to wait at, free again when it is dropped, also with a request that was given up.
pub(super) struct Place<'a> {
    sleepers: &'a Sleepers,
    source: Source,
}

impl Sleepers {
    pub(super) fn new(sleeper: Arc<dyn Sleeper>) -> Self {
        Self {
            sleeper,
            taken: Mutex::default(),
        }
    }

    /// A place for a guess from this address, if there is one left.
    pub(super) fn place(&self, source: Source) -> Option<Place<'_>> {
        let mut taken = self.taken();
        let own = taken.of.get(&source).copied().unwrap_or(0);
        if taken.all >= PLACES || own >= PLACES_OF_ONE {
            return None;
        }
        taken.all += 1;
        taken.of.insert(source, own + 1);
        Some(Place {
            sleepers: self,
            source,
        })
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> u64 {
        self.taken().all.try_into().unwrap_or(u64::MAX)
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place<'_> {
    /// Waits.
    pub(super) async fn sleep(self, duration: Duration) {
        self.sleepers.sleeper.sleep(duration).await;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut taken = self.sleepers.taken();
        taken.all = taken.all.saturating_sub(1);
        match taken.of.get_mut(&self.source) {
            Some(own) if *own > 1 => *own -= 1,
            Some(_) | None => {
                taken.of.remove(&self.source);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::{IpAddr, Ipv4Addr};

    struct Never;

    impl Sleeper for Never {
        fn sleep(&self, _duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
            Box::pin(std::future::pending())
        }
    }

    fn address(number: u32) -> Source {
        IpAddr::V4(Ipv4Addr::from_bits(number)).into()
    }

    #[test]
    fn places_are_bounded_for_each_address_and_for_all() {
        let sleepers = Sleepers::new(Arc::new(Never));
        let own: Vec<_> = (0..40).filter_map(|_| sleepers.place(address(0))).collect();
        assert_eq!(own.len(), PLACES_OF_ONE);
        let others: Vec<_> = (1..2000)
            .filter_map(|number| sleepers.place(address(number)))
            .collect();
        assert_eq!(own.len() + others.len(), PLACES);
        drop(own);
        assert!(sleepers.place(address(0)).is_some());
        drop(others);
        assert_eq!(sleepers.taken().all, 0);
        assert!(sleepers.taken().of.is_empty());
    }
}
