//! Text that no type of the model has parsed.

use provost_model::{Field, Result, Rule, Violation};

/// Whether the store could hold this text: PostgreSQL holds no NUL, so nothing has a name with one.
pub(crate) fn is_storable(text: &str) -> bool {
    !text.contains('\0')
}

/// Refuses text that the store cannot hold.
pub(crate) fn storable(field: Field, text: &str) -> Result<()> {
    if is_storable(text) {
        Ok(())
    } else {
        Err(Violation::new(field, Rule::Characters).into())
    }
}
