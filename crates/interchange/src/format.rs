//! The two notations.

/// A notation of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object a line.
    JsonLines,
    /// A header, and a row for each user and group.
    Csv,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::JsonLines, Self::Csv];

    /// The notation's name, which is the usual ending of its files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
        }
    }

    /// The notation with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}
