//! Several nodes on one PostgreSQL: they are equal, keep nothing of their own, and outlive each other and the database's primary.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod cluster;
mod immediacy;
mod load;
mod node;
mod once;
mod outage;
mod promotion;
mod proxy;
mod replica;
mod restarts;
mod sealing;
mod starting;

pub(crate) use cluster::Cluster;
pub(crate) use load::Load;
pub(crate) use node::{as_administrator, node, node_on};
pub(crate) use once::assert_each_is_there_once;
pub(crate) use proxy::Proxy;
