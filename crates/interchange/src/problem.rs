//! What is wrong with a line.

use provost_model::{Error, Violation};
use serde::Serialize;
use std::fmt;

/// What is wrong with a line of an import. It never holds the hash of a password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The number of the line, or of the first line of a row; the first of all is 1.
    pub line: u64,
    /// The key that is concerned, if one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What is wrong.
    pub problem: String,
}

impl Problem {
    /// A problem with the line as a whole.
    pub(crate) fn new(line: u64, problem: impl fmt::Display) -> Self {
        Self {
            line,
            key: None,
            problem: problem.to_string(),
        }
    }

    /// A problem with what stands under a key.
    pub(crate) fn with(line: u64, key: &str, problem: impl fmt::Display) -> Self {
        Self {
            key: Some(key.to_owned()),
            ..Self::new(line, problem)
        }
    }

    /// What the directory refused.
    pub(crate) fn refused(line: u64, error: &Error) -> Self {
        match error {
            Error::Invalid(Violation { field, rule }) => {
                Self::new(line, format_args!("the {} {rule}", field.name()))
            }
            error => Self::new(line, error),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        if let Some(key) = &self.key {
            write!(f, "{key}: ")?;
        }
        f.write_str(&self.problem)
    }
}
