//! A table of counts in memory of fixed size.

use std::{
    hash::{BuildHasher, Hash, RandomState},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How many rooms there are, each with a lock of its own.
const ROOMS: usize = 2048;
/// How many entries a room has at most. Which room a key falls into is a secret of this process, so nobody can crowd one on purpose.
const PLACES: usize = 32;

/// What a full room is asked about each of its entries.
pub(super) trait Weight {
    /// How much would be lost with the entry at this time, in microseconds: the least goes first. Nothing for one that is over.
    fn weight(&self, now: i64) -> Option<u64>;
}

/// At most 65,536 entries. A newcomer takes the place of one that is over, else of the least, so that blocks and high counts stay
/// while a flood of new keys takes turns with itself. To push a block out one would have to fill the whole table with blocks, each
/// of which costs several hashes: some 700,000 of them, which take a core six hours, many times longer than the block itself.
pub(super) struct Table<K, V> {
    hasher: RandomState,
    rooms: Box<[Room<K, V>]>,
}

/// Entries under one lock.
type Room<K, V> = Mutex<Vec<(K, V)>>;

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self {
            hasher: RandomState::new(),
            rooms: (0..ROOMS).map(|_| Mutex::default()).collect(),
        }
    }
}

impl<K: Copy + Eq + Hash, V: Default + Weight> Table<K, V> {
    /// Looks at the entry of a key, if it has one.
    pub(super) fn look<T>(&self, key: K, look: impl FnOnce(&mut V) -> T) -> Option<T> {
        let mut room = self.room(key);
        let (_, value) = room.iter_mut().find(|(other, _)| *other == key)?;
        Some(look(value))
    }

    /// Changes the entry of a key, which is made if need be.
    pub(super) fn change<T>(&self, key: K, now: i64, change: impl FnOnce(&mut V) -> T) -> T {
        let mut room = self.room(key);
        let place = match room.iter().position(|(other, _)| *other == key) {
            Some(place) => place,
            None if room.len() < PLACES => {
                room.push((key, V::default()));
                room.len() - 1
            }
            None => {
                let least = room
                    .iter()
                    .enumerate()
                    .min_by_key(|(_, (_, value))| value.weight(now))
                    .map_or(0, |(place, _)| place);
                room[least] = (key, V::default());
                least
            }
        };
        change(&mut room[place].1)
    }

    fn room(&self, key: K) -> MutexGuard<'_, Vec<(K, V)>> {
        let hash = self.hasher.hash_one(key);
        // the remainder is below the number of rooms, which fits
        let room = usize::try_from(hash % ROOMS as u64).unwrap_or(0);
        self.rooms[room]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    fn entries(&self) -> usize {
        self.rooms
            .iter()
            .map(|room| room.lock().unwrap_or_else(PoisonError::into_inner).len())
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Worth(u64);

    impl Weight for Worth {
        fn weight(&self, _now: i64) -> Option<u64> {
            (self.0 > 0).then_some(self.0)
        }
    }

    #[test]
    fn its_size_is_bounded_and_what_weighs_most_stays() {
        let table = Table::<u64, Worth>::default();
        // a few in each room at most, so none of them has to go for another
        for key in 0..1000 {
            table.change(key, 0, |worth| worth.0 = 9);
        }
        for key in 1000..300_000 {
            table.change(key, 0, |worth| worth.0 = 1);
        }
        assert_eq!(table.entries(), ROOMS * PLACES);
        let kept = (0..1000).filter(|key| table.look(*key, |worth| worth.0) == Some(9));
        assert_eq!(kept.count(), 1000);
    }

    #[test]
    fn what_is_over_goes_first() {
        let table = Table::<u64, Worth>::default();
        for key in 0..300_000 {
            table.change(key, 0, |worth| worth.0 = u64::from(key % 4 > 0));
        }
        let over = (0..300_000).filter(|key| table.look(*key, |worth| worth.0) == Some(0));
        // the last newcomer of a room may be one
        assert!(over.count() <= ROOMS);
    }
}
