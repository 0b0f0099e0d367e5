//! What can be wrong with input.

/// Why a query or body could not be read as parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// It is not UTF-8, not the JSON object, or not the form that its content type says.
    #[error("the input is malformed")]
    Malformed,
    /// It is nested deeper than [`super::MAX_DEPTH`].
    #[error("the input is nested too deeply")]
    TooDeep,
    /// It holds more than [`super::MAX_VARIABLES`] variables or [`super::MAX_JSON_VALUES`] JSON values.
    #[error("the input holds too many values")]
    TooMany,
}

/// What is wrong with one parameter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParamError {
    /// It is required, and absent or null.
    #[error("parameter `{name}` is missing")]
    Missing {
        /// The parameter.
        name: String,
    },
    /// It is there with another type.
    #[error("parameter `{name}` has the wrong type")]
    WrongType {
        /// The parameter.
        name: String,
    },
}

impl ParamError {
    pub(super) fn missing(name: &str) -> Self {
        Self::Missing {
            name: name.to_owned(),
        }
    }

    pub(super) fn wrong_type(name: &str) -> Self {
        Self::WrongType {
            name: name.to_owned(),
        }
    }
}
