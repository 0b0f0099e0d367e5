//! A part of a list.

/// Which rows of a list are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Page {
    /// How many rows at most; none means all.
    pub limit: Option<u32>,
    /// How many rows to leave out at the start.
    pub offset: u64,
}

impl Page {
    /// The whole list.
    pub const ALL: Self = Self {
        limit: None,
        offset: 0,
    };
}
