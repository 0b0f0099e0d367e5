//! The types of webmail accounts that a domain has.

use crate::{
    call::{Call, Outcome},
    resources::listed::Named,
    wire::{Answer, Link, not_one_of},
};
use provost_model::{DomainName, Products, WebmailType, WebmailTypeName};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Names<'a> {
    webmail_names: Named<'a, &'a str>,
    links: [&'a Link; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Limits<'a> {
    webmail_limits: Named<'a, i64>,
    links: [&'a Link; 1],
}

/// What people call the types.
pub(crate) async fn names(call: &Call) -> Outcome {
    let webmail_names = each(call, |kind| kind.title.as_str())?;
    Ok(Answer::ok(&Names {
        webmail_names,
        links: [&call.itself],
    }))
}

/// How many accounts of each type the domain may have; -1 means no limit.
pub(crate) async fn limits(call: &Call) -> Outcome {
    let webmail_limits = each(call, |kind| kind.limit.map_or(-1, i64::from))?;
    Ok(Answer::ok(&Limits {
        webmail_limits,
        links: [&call.itself],
    }))
}

/// The same as [`names`], for who has a mailbox in the domain.
pub(crate) async fn own_names(call: &Call) -> Outcome {
    call.own_mailbox().await?;
    names(call).await
}

/// The same as [`limits`], for who has a mailbox in the domain.
pub(crate) async fn own_limits(call: &Call) -> Outcome {
    call.own_mailbox().await?;
    limits(call).await
}

fn each<'a, T>(call: &'a Call, value: impl Fn(&'a WebmailType) -> T) -> Outcome<Named<'a, T>> {
    let types = call.directory.products().webmail_types_of(call.domain()?);
    Ok(types
        .iter()
        .map(|kind| (kind.name.as_str(), value(kind)))
        .collect())
}

/// The type with this name in a domain, or the documented text that there is none.
pub(crate) fn known_type(
    products: &Products,
    domain: &DomainName,
    name: &str,
) -> Result<WebmailTypeName, String> {
    match products.webmail_type(domain, name) {
        Ok(kind) => Ok(kind.name.clone()),
        Err(_) => {
            let types = products.webmail_types_of(domain);
            let mut known: Vec<&str> = types.iter().map(|kind| kind.name.as_str()).collect();
            // the document names the first, then the others by their names
            if let Some((_, others)) = known.split_first_mut() {
                others.sort_unstable();
            }
            Err(not_one_of(name, &known))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_type_is_refused_in_the_documented_words() {
        let domain = DomainName::from_stored("test.com".to_owned());
        let products = Products::default();
        assert_eq!(
            known_type(&products, &domain, "non-existing"),
            Err("\"non-existing\" is not one of standard, activesync, premium".to_owned())
        );
    }
}
