//! Making a user of whom one dialect knows more.

use super::{CreateUser, CreatedUser};
use crate::{
    Command, Context, NewPassword,
    commands::dialect_values::{ValueChange, put},
    user_by_number::locked_user,
};
use provost_model::{Dialect, Result};
use provost_store::{Change, Recorded, Tx};

/// Makes a user together with values that one dialect alone knows of it.
///
/// # Errors
/// Those of [`CreateUser`]; values that are too large or too deep.
#[derive(Clone, Debug)]
pub struct CreateUserWithValues {
    /// The user.
    pub user: CreateUser,
    /// The dialect.
    pub dialect: Dialect,
    /// The values.
    pub values: Vec<ValueChange>,
}

impl Command for CreateUserWithValues {
    type Outcome = CreatedUser;

    fn password(&mut self) -> Option<&mut NewPassword> {
        self.user.password()
    }

    fn makes_user(&self) -> bool {
        self.user.makes_user()
    }

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        self.user.check(context, tx).await
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<CreatedUser>> {
        let made = self.user.run(context, change).await?;
        if !self.values.is_empty() {
            // the entry of the new user covers all that it comes with
            let user = locked_user(context, change, made.outcome().number).await?;
            put(change, &user, self.dialect, &self.values).await?;
        }
        Ok(made)
    }
}
