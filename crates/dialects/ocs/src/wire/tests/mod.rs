//! Proofs of the bytes.
