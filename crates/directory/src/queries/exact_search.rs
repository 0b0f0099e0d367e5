//! Finding users by whole values, wherever the actor reaches.

use crate::{Actor, ActorKind, Directory, text::is_storable};
use provost_model::{Denial, Error, Field, ResellerId, Result, Rule, Violation, fold};
use provost_store::{
    Read, Tx,
    tables::exact_search::{self, Hit, Key},
};
use std::collections::BTreeMap;

/// What a search compares with the text that is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchedField {
    /// The login and the address.
    Name,
    /// The msisdn, by its digits.
    Msisdn,
    /// Where mail is delivered.
    DeliveryStatus,
    /// The ids that a partner gave.
    Custom,
    /// Each of these.
    Any,
}

impl SearchedField {
    const fn keys(self) -> &'static [Key] {
        match self {
            Self::Name => &[Key::Name],
            Self::Msisdn => &[Key::Msisdn],
            Self::DeliveryStatus => &[Key::DeliveryStatus],
            Self::Custom => &[Key::Custom],
            Self::Any => &[Key::Name, Key::Msisdn, Key::DeliveryStatus, Key::Custom],
        }
    }
}

/// The most users that a search finds.
pub const MOST_HITS: usize = 1000;

impl Directory {
    /// The users who have exactly this value, in whatever case, ordered by context id and number: for an operator in all tenants, for a
    /// reseller in those of its tenants that are not suspended. What others hold shows neither in the answer nor in its time.
    ///
    /// # Errors
    /// [`Denial::NotOperator`] for anybody else; [`Field::Limit`] out of range if more than [`MOST_HITS`] users have it.
    pub async fn search_exactly(
        &self,
        actor: &Actor,
        field: SearchedField,
        text: &str,
    ) -> Result<Vec<Hit>> {
        let reseller = match &actor.kind {
            ActorKind::Reseller { id, .. } => Some(*id),
            _ if actor.is_operator() => None,
            ActorKind::CommandLine
            | ActorKind::Server
            | ActorKind::Account(_)
            | ActorKind::Service { .. }
            | ActorKind::Key { .. } => return Err(Error::Forbidden(Denial::NotOperator)),
        };
        if !is_storable(text) {
            return Ok(Vec::new());
        }
        let search = Search {
            keys: field.keys(),
            folded: fold(text),
            digits: digits(text),
            reseller,
        };
        match reseller {
            None => self.read_list(&search).await,
            // which tenants are the reseller's is a right
            Some(_) => self.read(&search).await,
        }
    }
}

/// The digits of what may be an msisdn; none of other text, such as an address with a number in it. A `+` may have come as a blank.
fn digits(text: &str) -> String {
    let allowed = |letter: char| letter.is_ascii_digit() || "+. ()-".contains(letter);
    if text.chars().all(allowed) {
        text.chars().filter(char::is_ascii_digit).collect()
    } else {
        String::new()
    }
}

struct Search {
    keys: &'static [Key],
    folded: String,
    digits: String,
    reseller: Option<ResellerId>,
}

impl Read for Search {
    type Output = Vec<Hit>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let one_more = i64::try_from(MOST_HITS)
            .unwrap_or(i64::MAX)
            .saturating_add(1);
        let mut found = BTreeMap::new();
        for key in self.keys {
            let value = match key {
                // every msisdn has digits, so no text without any is one
                Key::Msisdn => &self.digits,
                Key::Name | Key::DeliveryStatus | Key::Custom => &self.folded,
            };
            for hit in exact_search::find(tx, *key, value, self.reseller, one_more).await? {
                found.insert((hit.context, hit.number), hit);
            }
            if found.len() > MOST_HITS {
                return Err(Violation::new(Field::Limit, Rule::OutOfRange).into());
            }
        }
        Ok(found.into_values().collect())
    }
}
