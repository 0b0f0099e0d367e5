//! The random bytes of one command, shared out to what uses them.

use crate::Entropy;
use provost_model::Result;

/// How many random bytes an id takes.
const OF_AN_ID: usize = 10;
/// The bytes, of each of the two ids, that count the parts of a command: the first that hold nothing but randomness.
const PARTS: [usize; 2] = [3, OF_AN_ID + 3];
/// Those where a number of four bytes begins that counts its things, behind the parts'.
const THINGS: [usize; 2] = [4, OF_AN_ID + 4];

/// Sixty-four bytes that nobody can guess. Each use takes bytes of its own: two ids, a name, a secret.
#[derive(Clone, Debug)]
pub(crate) struct Randomness([u8; 64]);

impl Randomness {
    /// Draws them.
    ///
    /// # Errors
    /// [`provost_model::Error::Internal`] if there are none.
    pub(crate) fn draw(entropy: &dyn Entropy) -> Result<Self> {
        let mut bytes = [0; 64];
        entropy.fill(&mut bytes)?;
        // what is counted up from here does not wrap around: later ids are higher
        for topmost in PARTS.into_iter().chain(THINGS) {
            bytes[topmost] &= 0x7F;
        }
        Ok(Self(bytes))
    }

    /// For the ids of the next of several parts, which are higher; there are 128 at most.
    pub(crate) fn next_part(&self) -> Self {
        let mut next = self.clone();
        for part in PARTS {
            next.0[part] = next.0[part].wrapping_add(1);
        }
        next
    }

    /// For the ids of one of many things, which are higher than those of the ones before; `nth` counts from 0.
    pub(crate) fn nth_thing(&self, nth: u32) -> Self {
        let mut next = self.clone();
        for start in THINGS {
            let bytes = &mut next.0[start..start + 4];
            let mut number = [0; 4];
            number.copy_from_slice(bytes);
            let counted = u32::from_be_bytes(number).wrapping_add(nth);
            bytes.copy_from_slice(&counted.to_be_bytes());
        }
        next
    }

    /// Bytes for the first or the second id.
    pub(crate) fn id(&self, nth: usize) -> [u8; OF_AN_ID] {
        self.array(nth * OF_AN_ID)
    }

    /// Bytes for a name.
    pub(crate) fn name(&self) -> [u8; 10] {
        self.array(20)
    }

    /// Bytes for a secret.
    pub(crate) fn secret(&self) -> [u8; 32] {
        self.array(32)
    }

    fn array<const N: usize>(&self, start: usize) -> [u8; N] {
        let mut bytes = [0; N];
        bytes.copy_from_slice(&self.0[start..start + N]);
        bytes
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// The highest bytes there can be.
    struct Highest;

    impl Entropy for Highest {
        fn fill(&self, buffer: &mut [u8]) -> Result<()> {
            buffer.fill(0xFF);
            Ok(())
        }
    }

    #[test]
    fn later_ids_are_higher_whatever_was_drawn() {
        let drawn = Randomness::draw(&Highest).unwrap();
        for id in [0, 1] {
            let behind_the_variant = |it: &Randomness| it.id(id)[3..].to_vec();
            let parts = std::iter::successors(Some(drawn.clone()), |it| Some(it.next_part()));
            let parts: Vec<_> = parts.take(128).map(|it| behind_the_variant(&it)).collect();
            assert!(parts.is_sorted_by(|one, next| one < next));
            let things = [0, 1, 255, 256, 1 << 24, u32::MAX >> 1].map(|nth| drawn.nth_thing(nth));
            let things = things.map(|it| behind_the_variant(&it));
            assert!(things.is_sorted_by(|one, next| one < next));
        }
    }
}
