//! Types of webmail accounts: which one, and whether the domain may have one more.

use crate::Context;
use provost_model::{
    Address, ClassOfService, DomainName, Error, Noun, Protection, Result, User, WebmailType,
    WebmailTypeName,
};
use provost_store::{Change, tables::webmail_counts};

/// The type that an account has unless something else tells.
const USUAL: &str = "standard";

/// The domain whose types a user's webmail account can have.
pub(super) fn domain_of(user: &User) -> Result<DomainName> {
    user.address
        .as_ref()
        .map(Address::domain)
        .ok_or(Error::Unknown(Noun::Address))
}

/// The type of a new account: the one that was asked for; else the first that goes with a class of service of the user; else the usual
/// one; else the domain's first.
pub(super) fn chosen<'p>(
    context: &'p Context,
    domain: &DomainName,
    asked: Option<&WebmailTypeName>,
    classes: &[ClassOfService],
) -> Result<&'p WebmailType> {
    let types = context.products.webmail_types_of(domain);
    let goes_along = |kind: &&WebmailType| {
        kind.class_of_service
            .as_ref()
            .is_some_and(|class| classes.contains(class))
    };
    let found = match asked {
        Some(_) => None,
        None => types
            .iter()
            .find(goes_along)
            .or_else(|| types.iter().find(|kind| kind.name.as_str() == USUAL))
            .or(types.first()),
    };
    match found {
        Some(kind) => Ok(kind),
        None => {
            let name = asked.map_or(USUAL, WebmailTypeName::as_str);
            Ok(context.products.webmail_type(domain, name)?)
        }
    }
}

/// Counts an account in its domain under this type.
pub(super) async fn take(
    change: &mut Change,
    domain: &DomainName,
    kind: &WebmailType,
) -> Result<()> {
    if webmail_counts::take(change, domain, &kind.name, kind.limit).await? {
        Ok(())
    } else {
        Err(Error::Protected(Protection::WebmailLimit))
    }
}
