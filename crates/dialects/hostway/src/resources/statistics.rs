//! How many mailboxes of a domain have webmail accounts of which type.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    resources::listed::Named,
    wire::{Answer, Link},
};
use serde::Serialize;

/// Types that the document counts and nobody has here: they are none of webmail.
const ELSEWHERE: [&str; 2] = ["numExchange2013Standard", "numExchange2013Premium"];

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    counts: Named<'a, i64>,
    links: [&'a Link; 1],
}

/// Shows the counts.
pub(crate) async fn show(call: &Call) -> Outcome {
    let domain = call.domain()?;
    let counted = call.directory.webmail_counts(domain).await;
    let counted = counted.map_err(refuse)?;
    let types = call.directory.products().webmail_types_of(domain);
    let mut names: Vec<&str> = types.iter().map(|kind| kind.name.as_str()).collect();
    // accounts of a type that is no longer sold are counted too
    for (kind, _) in counted.iter().filter(|(_, count)| *count > 0) {
        if !names.contains(&kind.as_str()) {
            names.push(kind.as_str());
        }
    }
    let keys: Vec<(String, i64)> = names
        .iter()
        .map(|name| {
            let found = counted.iter().find(|(kind, _)| kind.as_str() == *name);
            (key(name), found.map_or(0, |(_, count)| *count))
        })
        .collect();
    let counts = keys.iter().map(|(key, count)| (key.as_str(), *count));
    Ok(Answer::ok(&Shown {
        counts: counts.chain(ELSEWHERE.map(|key| (key, 0))).collect(),
        links: [&call.itself],
    }))
}

/// The key of a type's count: `numStandard`.
fn key(name: &str) -> String {
    // the one name whose parts the document writes large without anything between them
    if name == "activesync" {
        return "numActiveSync".to_owned();
    }
    let mut key = "num".to_owned();
    for part in name.split(['_', '-', '.']) {
        let mut letters = part.chars();
        key.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        key.push_str(letters.as_str());
    }
    key
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn keys_are_the_documented_ones() {
        for (name, expected) in [
            ("standard", "numStandard"),
            ("activesync", "numActiveSync"),
            ("premium", "numPremium"),
            ("gold_plus-x", "numGoldPlusX"),
        ] {
            assert_eq!(key(name), expected);
        }
    }
}
