//! Numbers taken ahead in blocks, so that nodes and commands do not queue behind one row.

use std::{
    collections::HashMap,
    ops::Range,
    sync::{Mutex, PoisonError},
};

use provost_model::{Result, TenantId};

use crate::{
    Read, Tx,
    change::Reserved,
    tables::counters::{self, Counter},
};

/// Blocks begin with one number and double up to this, so that a node that makes few users leaves few gaps.
const LARGEST_BLOCK: i64 = 64;
/// How many counters have blocks at once; beyond that all are given up, which leaves gaps and harms nobody.
const MAX_BLOCKS: usize = 10_000;

/// What this node has left of the blocks that it took.
#[derive(Default)]
pub(super) struct NumberBlocks {
    blocks: Mutex<HashMap<(TenantId, Counter), Block>>,
}

#[derive(Clone, Default)]
struct Block {
    left: Range<i64>,
    size: i64,
}

impl NumberBlocks {
    /// A number that nobody was given before, or else the block that has to be taken to have one.
    pub(super) fn next(&self, tenant: TenantId, counter: Counter) -> Result<i64, TakeBlock> {
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        if blocks.len() > MAX_BLOCKS {
            blocks.clear();
        }
        let block = blocks.entry((tenant, counter)).or_default();
        block.left.next().ok_or_else(|| {
            block.size = (block.size * 2).clamp(1, LARGEST_BLOCK);
            TakeBlock {
                tenant,
                counter,
                count: block.size,
            }
        })
    }

    /// Keeps what is left of a block that was taken when its first number is given, and gives that.
    pub(super) fn keep(&self, taken: &TakeBlock, first: i64) -> i64 {
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        let block = blocks.entry((taken.tenant, taken.counter)).or_default();
        let rest = first + 1..first + taken.count;
        // of two blocks taken at once the larger rest is kept
        if rest.end - rest.start > block.left.end - block.left.start {
            block.left = rest;
        }
        first
    }

    /// Takes a number back that no commit used, if it is the one given last; else it is lost.
    pub(super) fn give_back(&self, (tenant, counter, number): Reserved) {
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(block) = blocks.get_mut(&(tenant, counter))
            && block.left.start == number + 1
        {
            block.left.start = number;
        }
    }
}

/// Takes a block of numbers, in a transaction of its own.
pub(super) struct TakeBlock {
    tenant: TenantId,
    counter: Counter,
    count: i64,
}

impl Read for TakeBlock {
    type Output = i64;

    async fn run(&self, tx: &mut Tx) -> Result<i64> {
        counters::take_block(tx, self.tenant, self.counter, self.count).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USERS: (TenantId, Counter) = (TenantId(7), Counter::Users);

    /// Numbers as one node gives them over a counter that starts at 3.
    fn numbers(blocks: &NumberBlocks, counter: &mut i64, count: usize) -> Vec<i64> {
        (0..count)
            .map(|_| match blocks.next(USERS.0, USERS.1) {
                Ok(number) => number,
                Err(take) => {
                    let first = *counter;
                    *counter += take.count;
                    blocks.keep(&take, first)
                }
            })
            .collect()
    }

    #[test]
    fn one_node_gives_numbers_in_a_row_from_growing_blocks() {
        let mut counter = 3;
        let blocks = NumberBlocks::default();
        assert_eq!(
            numbers(&blocks, &mut counter, 200),
            (3..203).collect::<Vec<_>>()
        );
        assert!(counter < 203 + 2 * LARGEST_BLOCK);
    }

    #[test]
    fn a_number_that_nobody_used_is_given_again() {
        let mut counter = 3;
        let blocks = NumberBlocks::default();
        assert_eq!(numbers(&blocks, &mut counter, 2), [3, 4]);
        blocks.give_back((USERS.0, USERS.1, 4));
        assert_eq!(numbers(&blocks, &mut counter, 2), [4, 5]);
        blocks.give_back((USERS.0, USERS.1, 3));
        assert_eq!(numbers(&blocks, &mut counter, 1), [6]);
    }

    #[test]
    fn two_nodes_never_give_the_same() {
        let mut counter = 3;
        let (one, other) = (NumberBlocks::default(), NumberBlocks::default());
        let mut given = Vec::new();
        for _ in 0..50 {
            given.extend(numbers(&one, &mut counter, 3));
            given.extend(numbers(&other, &mut counter, 2));
        }
        let all = given.len();
        given.sort_unstable();
        given.dedup();
        assert_eq!(given.len(), all);
    }
}
