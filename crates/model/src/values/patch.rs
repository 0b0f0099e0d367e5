//! A change of one optional field.

/// What a command does to a field that may be unset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Leave it as it is.
    #[default]
    Keep,
    /// Unset it.
    Clear,
    /// Set it.
    Set(T),
}

impl<T> Patch<T> {
    /// Whether nothing changes.
    #[must_use]
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// Changes the field.
    pub fn apply(self, field: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *field = None,
            Self::Set(value) => *field = Some(value),
        }
    }

    /// The same change with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Patch<U> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(change(value)),
        }
    }

    /// The same change with a value that may turn out invalid.
    ///
    /// # Errors
    /// Whatever `change` gives.
    pub fn try_map<U, E>(self, change: impl FnOnce(T) -> Result<U, E>) -> Result<Patch<U>, E> {
        Ok(match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(change(value)?),
        })
    }

    /// The same change with a borrowed value.
    pub const fn as_ref(&self) -> Patch<&T> {
        match self {
            Self::Keep => Patch::Keep,
            Self::Clear => Patch::Clear,
            Self::Set(value) => Patch::Set(value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_keeps_clears_and_sets() {
        for (patch, expected) in [
            (Patch::Keep, Some(1)),
            (Patch::Clear, None),
            (Patch::Set(2), Some(2)),
        ] {
            let mut field = Some(1);
            patch.apply(&mut field);
            assert_eq!(field, expected);
        }
    }

    #[test]
    fn mapping_changes_the_value_alone() {
        assert_eq!(Patch::Set(2).map(|n| n * 2), Patch::Set(4));
        assert_eq!(Patch::<i32>::Clear.map(|n| n * 2), Patch::Clear);
        assert!(Patch::<i32>::Keep.map(|n| n * 2).is_keep());
        assert_eq!(Patch::Set(2).try_map(|_| Err::<i32, _>("no")), Err("no"));
    }
}
