//! What partners sell: customers, and their orders.

use crate::{ExternalId, TenantId, Timestamp};

/// A customer of a partner: a tenant that the partner had made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The partner's tenant.
    pub partner: TenantId,
    /// The partner's own id for it, unique among its customers; compared exactly.
    pub remote_id: ExternalId,
    /// The tenant that was made for it.
    pub tenant: TenantId,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A partner's order of licences for a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The partner's tenant.
    pub partner: TenantId,
    /// The partner's own id for it, unique among its orders; compared exactly.
    pub remote_id: ExternalId,
    /// Its number among the partner's orders.
    pub number: i64,
    /// The tenant of the customer that it is for.
    pub customer: TenantId,
    /// The partner's id of the customer.
    pub customer_id: ExternalId,
    /// The partner's id of the order that it renews; none for a first order.
    pub parent: Option<ExternalId>,
    /// The name of what is ordered; nobody checks that there is such a product.
    pub product: ExternalId,
    /// How many licences.
    pub licenses: u32,
    /// For how long.
    pub term: OrderTerm,
    /// When it was made.
    pub created_at: Timestamp,
}

/// How long an order holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderTerm {
    /// A month.
    Monthly,
    /// A year.
    Yearly,
}

impl OrderTerm {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Monthly, Self::Yearly];

    /// The term's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Yearly => "yearly",
        }
    }

    /// The term with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|term| term.name() == name)
    }
}
