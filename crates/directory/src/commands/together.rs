//! Several commands in one transaction.

use crate::{Command, Context, NewPassword};
use provost_model::Result;
use provost_store::{Change, Recorded, Tx};

/// Two commands that happen together, in this order, or not at all; each writes its own entry. More than two are nested in the second
/// place: each step into it gives the entries ids of their own.
#[derive(Clone, Debug)]
pub struct Together<A, B>(pub A, pub B);

impl<A: Command, B: Command> Command for Together<A, B> {
    type Outcome = (A::Outcome, B::Outcome);

    fn password(&mut self) -> Option<&mut NewPassword> {
        match self.0.password() {
            Some(password) => Some(password),
            None => self.1.password(),
        }
    }

    fn makes_user(&self) -> bool {
        self.0.makes_user() || self.1.makes_user()
    }

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        self.0.check(context, tx).await?;
        self.1.check(context, tx).await
    }

    async fn run(
        &self,
        context: &Context,
        change: &mut Change,
    ) -> Result<Recorded<(A::Outcome, B::Outcome)>> {
        let first = self.0.run(context, change).await?;
        let rest = context.next_part();
        // what the first did may stand in the second's way
        self.1.check(&rest, change).await?;
        let second = self.1.run(&rest, change).await?;
        Ok(first.with(second))
    }
}

/// A command, or nothing.
impl<C: Command> Command for Option<C> {
    type Outcome = Option<C::Outcome>;

    fn password(&mut self) -> Option<&mut NewPassword> {
        self.as_mut()?.password()
    }

    fn makes_user(&self) -> bool {
        self.as_ref().is_some_and(C::makes_user)
    }

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        match self {
            Some(command) => command.check(context, tx).await,
            None => Ok(()),
        }
    }

    async fn run(
        &self,
        context: &Context,
        change: &mut Change,
    ) -> Result<Recorded<Option<C::Outcome>>> {
        match self {
            Some(command) => Ok(command.run(context, change).await?.map(Some)),
            None => change.unchanged(None),
        }
    }
}
