//! What the throttle of guesses leaves in the audit.

mod record_block;

pub use record_block::RecordBlock;
