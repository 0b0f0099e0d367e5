//! What a request is for, remembered for those alone whose credentials are good.

use super::{Credentials, Identification};
use crate::{Directory, queries::AddressedTenant};
use hmac::Mac as _;
use provost_model::{Result, Tenant};
use provost_store::Moment;
use std::{any::Any, sync::Arc};

/// Where what a request is for can be remembered, once its credentials proved to be good.
pub struct Finding {
    key: [u8; 32],
    moment: Moment,
}

impl Directory {
    /// What these words led to with these credentials before, if that holds still; and where it can be remembered. Words are a dialect's own
    /// way to say what a request is for; the first tells which way that is. Whoever shows other credentials finds nothing, and so learns
    /// nothing of what others ask for.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn found_before<T: Any + Send + Sync>(
        &self,
        words: &[&str],
        credentials: Credentials<'_>,
    ) -> Result<(Option<Arc<T>>, Finding)> {
        let mut mac = self.inner.verified.keyed();
        mac.update(b"finding\0");
        for word in words {
            // the lengths keep them apart
            mac.update(&(word.len() as u64).to_be_bytes());
            mac.update(word.as_bytes());
        }
        credentials.feed(&mut mac);
        let key = mac.finalize().into_bytes().into();
        let (found, moment) = self.recall(&key).await?;
        Ok((found, Finding { key, moment }))
    }
}

impl Finding {
    /// The tenant that was found, named by the request.
    #[must_use]
    pub fn named(&self, tenant: Option<Arc<Tenant>>) -> AddressedTenant {
        AddressedTenant {
            moment: Some(self.moment.clone()),
            ..AddressedTenant::new(tenant, true)
        }
    }

    /// Remembers what was found in the directory's rows, and in nothing else, if the credentials were good.
    pub fn remember<T: Any + Send + Sync>(self, identification: &Identification, found: Arc<T>) {
        if let Identification::Known { .. } = identification {
            self.moment.remember(self.key, found);
        }
    }
}
