//! Quotas: megabytes on the wire, bytes in the directory.

use provost_model::{Field, Quota, Rule, Tenant, Violation};

/// A megabyte, in bytes.
pub(crate) const MB: u64 = 1_048_576;

/// Bytes in whole megabytes, rounded up.
pub(crate) const fn rounded_up(bytes: u64) -> u64 {
    bytes.div_ceil(MB)
}

/// A quota as it reads: no limit is 0, and the default what the tenant's is.
pub(crate) fn shown(quota: Quota, tenant: &Tenant) -> u64 {
    match quota {
        Quota::Default => rounded_up(tenant.settings.default_quota.unwrap_or_default()),
        Quota::None => 0,
        Quota::Bytes(bytes) => rounded_up(bytes),
    }
}

/// The quota that a number stands for; nothing if the present one reads so, which may be the default, or bytes that are no whole megabytes.
///
/// # Errors
/// [`Rule::OutOfRange`] beyond what the directory holds.
pub(crate) fn read(
    megabytes: u64,
    present: Quota,
    tenant: &Tenant,
) -> Result<Option<Quota>, Violation> {
    if shown(present, tenant) == megabytes {
        return Ok(None);
    }
    if megabytes == 0 {
        return Ok(Some(Quota::None));
    }
    megabytes
        .checked_mul(MB)
        .ok_or(Violation::new(Field::Quota, Rule::OutOfRange))
        .and_then(Quota::bytes)
        .map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_megabyte_count_whole() {
        for (bytes, expected) in [(0, 0), (1, 1), (MB, 1), (MB + 1, 2), (5 * 1024 * MB, 5120)] {
            assert_eq!(rounded_up(bytes), expected);
        }
        assert_eq!(rounded_up(u64::MAX), 17_592_186_044_416);
    }
}
