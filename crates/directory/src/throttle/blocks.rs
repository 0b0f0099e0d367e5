//! The beginnings and ends of blocks, until they are written down.

use super::{Source, sources::BLOCK};
use provost_model::Timestamp;
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// How many of each kind are kept at most. There are no more blocks at once than addresses are counted.
const MOST: usize = 65_536;

/// That an address was blocked, or no longer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The address.
    pub source: Source,
    /// Which of the two.
    pub phase: BlockPhase,
    /// When.
    pub at: Timestamp,
    /// How many wrong passwords it had shown.
    pub failures: usize,
}

/// Whether a block began or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockPhase {
    /// It began: guesses from the address are refused.
    Began,
    /// It ended.
    Ended,
}

/// What is to be written down, in order.
#[derive(Default)]
pub(crate) struct Blocks {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    /// To be written.
    due: VecDeque<Block>,
    /// Blocks whose end is to come. All last equally long, so the first to begin is the first to end.
    running: VecDeque<Block>,
}

impl Blocks {
    /// Notes a block that began.
    pub(super) fn began(&self, block: Block) {
        let mut inner = self.inner();
        if inner.due.len() >= MOST || inner.running.len() >= MOST {
            tracing::warn!(source = %block.source, "a block is not written down: too many wait to be");
            return;
        }
        inner.due.push_back(block);
        inner.running.push_back(block);
    }

    /// How many blocks have not ended, as far as anybody looked.
    pub(super) fn running(&self) -> u64 {
        self.inner().running.len().try_into().unwrap_or(u64::MAX)
    }

    /// Ends all blocks, as the process does.
    pub(crate) fn end_all(&self, now: Timestamp) {
        let mut inner = self.inner();
        while let Some(block) = inner.running.pop_front() {
            inner.due.push_back(ended(block, block_end(block).min(now)));
        }
    }

    /// The next one to write down by now. It stays the next one until it is [done](Self::done).
    pub(crate) fn next(&self, now: Timestamp) -> Option<Block> {
        let mut inner = self.inner();
        while let Some(block) = inner.running.pop_front_if(|block| block_end(*block) <= now) {
            inner.due.push_back(ended(block, block_end(block)));
        }
        inner.due.front().copied()
    }

    /// Forgets the one that was written down.
    pub(crate) fn done(&self, block: &Block) {
        self.inner().due.pop_front_if(|next| next == block);
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn block_end(block: Block) -> Timestamp {
    Timestamp(block.at.0.saturating_add(BLOCK))
}

fn ended(block: Block, at: Timestamp) -> Block {
    Block {
        phase: BlockPhase::Ended,
        at,
        ..block
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(at: i64) -> Block {
        Block {
            source: Source::NONE,
            phase: BlockPhase::Began,
            at: Timestamp(at),
            failures: 11,
        }
    }

    #[test]
    fn a_block_is_told_when_it_begins_and_when_it_ends() {
        let blocks = Blocks::default();
        assert_eq!(blocks.next(Timestamp(0)), None);
        blocks.began(block(5));
        let began = block(5);
        // until it is written it is the next
        for _ in 0..2 {
            assert_eq!(blocks.next(Timestamp(5)), Some(began));
        }
        blocks.done(&began);
        assert_eq!(blocks.next(Timestamp(4 + BLOCK)), None);
        let end = ended(began, Timestamp(5 + BLOCK));
        assert_eq!(blocks.next(Timestamp(9 + BLOCK)), Some(end));
        blocks.done(&end);
        assert_eq!(blocks.next(Timestamp(i64::MAX)), None);
    }

    #[test]
    fn the_end_of_the_process_ends_all() {
        let blocks = Blocks::default();
        blocks.began(block(5));
        blocks.done(&block(5));
        blocks.end_all(Timestamp(7));
        let end = ended(block(5), Timestamp(7));
        assert_eq!(blocks.next(Timestamp(7)), Some(end));
    }

    #[test]
    fn what_waits_is_bounded() {
        let blocks = Blocks::default();
        for at in 0..100_000 {
            blocks.began(block(at));
        }
        assert_eq!(blocks.inner().due.len(), MOST);
    }
}
