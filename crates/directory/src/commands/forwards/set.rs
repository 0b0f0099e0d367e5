//! Forwarding mail.

use crate::{Command, Context, policy};
use provost_model::{Action, Address, Error, Field, Noun, Result, Rule, Subject, Violation};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        context_forwards::{self, Forward},
        domains,
    },
};

/// Forwards the mail to an address of one of the tenant's domains to these targets alone. Administrators of the tenant may. Tells whether
/// the mail was not forwarded before.
///
/// # Errors
/// [`Noun::Domain`] unknown if the address is in no domain of the tenant; [`Field::Targets`] with none, or more than
/// [`MAX`](SetForward::MAX).
#[derive(Clone, Debug)]
pub struct SetForward {
    /// The address whose mail is forwarded; a user may have it or not.
    pub alias: Address,
    /// Where the mail goes. Targets that differ in case alone are kept once.
    pub targets: Vec<Address>,
}

impl SetForward {
    /// The most targets of a forward.
    pub const MAX: usize = 100;
}

impl Command for SetForward {
    type Outcome = bool;

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)?;
        if self.targets.is_empty() {
            return Err(Violation::new(Field::Targets, Rule::Empty).into());
        }
        if self.targets.len() > Self::MAX {
            return Err(Violation::new(Field::Targets, Rule::OutOfRange).into());
        }
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<bool>> {
        let tenant = context.tenant_id();
        // the domain stays the tenant's until this is done
        if domains::shared_owner(change, &self.alias.domain(), context.now).await? != Some(tenant) {
            return Err(Error::Unknown(Noun::Domain));
        }
        let mut targets: Vec<Address> = Vec::with_capacity(self.targets.len());
        for target in &self.targets {
            if !targets.iter().any(|known| known.key() == target.key()) {
                targets.push(target.clone());
            }
        }
        let before = context_forwards::targets(change, tenant, &self.alias).await?;
        if before.as_ref() == Some(&targets) {
            return change.unchanged(false);
        }
        let forward = Forward {
            alias: self.alias.clone(),
            targets,
        };
        context_forwards::put(change, tenant, &forward, context.now).await?;
        let entry = context.entry(Action::ForwardSet, Subject::named(self.alias.as_str()));
        change.record(entry, before.is_none()).await
    }
}
