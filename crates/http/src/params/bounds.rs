//! How much input is read. Beyond it PHP drops the rest without a word; we refuse, because a half-read command is worse
//! than none.

/// The most variables of a query or form (PHP's `max_input_vars`).
pub const MAX_VARIABLES: usize = 1000;

/// The deepest nesting of brackets, lists and objects (PHP's `max_input_nesting_level`).
pub const MAX_DEPTH: usize = 64;

/// The most values in a JSON body, all levels together: a value costs far more memory than its text.
pub const MAX_JSON_VALUES: usize = 100_000;
