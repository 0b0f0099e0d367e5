//! The digest of an entry.

use super::Digest;
use crate::Row;
use provost_model::{EntryId, Result, TenantId, Timestamp};
use sha2::{Digest as _, Sha256};

/// All columns of a row of `audit_entries`, as they are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryColumns<'a> {
    /// The tenant.
    pub tenant: TenantId,
    /// The id.
    pub id: EntryId,
    /// When the change was asked for.
    pub at: Timestamp,
    /// Who did it.
    pub actor: &'a str,
    /// The action's name.
    pub action: &'a str,
    /// The subject's name.
    pub subject: &'a str,
    /// The subject's number, if it has one.
    pub subject_number: Option<i64>,
    /// Further facts: the JSON text, byte for byte.
    pub details: &'a str,
    /// The request that asked for it.
    pub request: &'a str,
}

impl<'a> EntryColumns<'a> {
    /// The entry in a row that holds all columns in their order.
    pub(crate) fn from_row(row: &Row<'a>) -> Result<Self> {
        Ok(Self {
            tenant: TenantId(row.int(0)?),
            id: EntryId(row.uuid(1)?),
            at: Timestamp(row.int(2)?),
            actor: row.text(3)?,
            action: row.text(4)?,
            subject: row.text(5)?,
            subject_number: row.opt_int(6)?,
            details: row.text(7)?,
            request: row.text(8)?,
        })
    }

    /// The SHA-256 of the entry.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        self.encode(|bytes| hash.update(bytes));
        hash.finalize().into()
    }

    /// The columns as bytes, of which no two entries have the same: numbers in 8 bytes, the most significant first, the id in its 16, a
    /// text behind its length, and what may be NULL behind a byte that tells whether it is.
    fn encode(&self, mut put: impl FnMut(&[u8])) {
        put(&self.tenant.0.to_be_bytes());
        put(self.id.0.as_bytes());
        put(&self.at.0.to_be_bytes());
        text(&mut put, self.actor);
        text(&mut put, self.action);
        text(&mut put, self.subject);
        match self.subject_number {
            None => put(&[0]),
            Some(number) => {
                put(&[1]);
                put(&number.to_be_bytes());
            }
        }
        text(&mut put, self.details);
        text(&mut put, self.request);
    }
}

fn text(put: &mut impl FnMut(&[u8]), text: &str) {
    put(&(text.len() as u64).to_be_bytes());
    put(text.as_bytes());
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// An entry that owns its texts.
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Owned {
        numbers: (i64, u128, i64),
        texts: [String; 5],
        number: Option<i64>,
    }

    impl Owned {
        fn columns(&self) -> EntryColumns<'_> {
            let [actor, action, subject, details, request] = &self.texts;
            EntryColumns {
                tenant: TenantId(self.numbers.0),
                id: EntryId(Uuid::from_u128(self.numbers.1)),
                at: Timestamp(self.numbers.2),
                actor,
                action,
                subject,
                subject_number: self.number,
                details,
                request,
            }
        }

        fn encoded(&self) -> Vec<u8> {
            let mut bytes = Vec::new();
            self.columns().encode(|some| bytes.extend_from_slice(some));
            bytes
        }
    }

    /// The entry that these bytes are the encoding of, and what is left of them.
    fn decoded(mut bytes: &[u8]) -> Owned {
        let mut take = |length: usize| {
            let (head, rest) = bytes.split_at(length);
            bytes = rest;
            head.to_vec()
        };
        fn number(bytes: Vec<u8>) -> i64 {
            i64::from_be_bytes(bytes.try_into().unwrap())
        }
        fn text(take: &mut impl FnMut(usize) -> Vec<u8>) -> String {
            let length = usize::try_from(number(take(8))).unwrap();
            String::from_utf8(take(length)).unwrap()
        }
        let tenant = number(take(8));
        let id = u128::from_be_bytes(take(16).try_into().unwrap());
        let at = number(take(8));
        let (actor, action, subject) = (text(&mut take), text(&mut take), text(&mut take));
        let subject_number = (take(1) == [1]).then(|| number(take(8)));
        let (details, request) = (text(&mut take), text(&mut take));
        assert!(bytes.is_empty(), "nothing follows");
        Owned {
            numbers: (tenant, id, at),
            texts: [actor, action, subject, details, request],
            number: subject_number,
        }
    }

    fn entries() -> impl Strategy<Value = Owned> {
        // texts that hold what lengths and flags look like, too
        let texts = proptest::array::uniform5("[a\\x00\\x01\\PC]{0,6}");
        (any::<(i64, u128, i64)>(), texts, any::<Option<i64>>()).prop_map(
            |(numbers, texts, number)| Owned {
                numbers,
                texts,
                number,
            },
        )
    }

    proptest! {
        #[test]
        fn an_encoding_is_that_of_one_entry(entry in entries()) {
            prop_assert_eq!(decoded(&entry.encoded()), entry);
        }

        #[test]
        fn a_character_moved_to_the_next_text_makes_another_digest(mut entry in entries(), from in 0_usize..4) {
            let before = entry.columns().digest();
            entry.texts[from].push('x');
            let longer = entry.columns().digest();
            let moved = entry.texts[from].pop().unwrap();
            entry.texts[from + 1].insert(0, moved);
            let after = entry.columns().digest();
            prop_assert!(before != longer && before != after && longer != after);
        }
    }

    #[test]
    fn the_digest_stays_what_it_was() {
        let entry = EntryColumns {
            tenant: TenantId(1),
            id: EntryId(Uuid::from_u128(2)),
            at: Timestamp(3),
            actor: "user:admin",
            action: "user.created",
            subject: "ada",
            subject_number: Some(4),
            details: "{}",
            request: "r",
        };
        let digest: String = entry
            .digest()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(
            digest,
            "88e07be27c211745051b052f3fb97cae9247ac762897f6dce78cfa4066ebacf3"
        );
    }
}
