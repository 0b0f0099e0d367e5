//! Connecting.

use std::time::Duration;

use deadpool_postgres::{
    Manager, ManagerConfig, Object, Pool, PoolError, QueueMode, RecyclingMethod, Runtime, Timeouts,
};
use provost_model::{Error, Result};
use tokio_postgres::{Config, NoTls};

use super::fault;
use crate::{StoreSettings, fault::Fault};

/// How long one connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);
/// How long the network may leave sent data unconfirmed, or an idle connection unprobed, until the server counts as gone.
const SILENCE: Duration = Duration::from_secs(15);

/// The pool of connections. All that concerns how a connection is made, such as TLS, is here.
pub(super) fn pool(settings: &StoreSettings) -> Result<Pool> {
    let mut config: Config = settings
        .url
        .parse()
        .map_err(|cause| Error::Internal(format!("the database URL is wrong: {cause}")))?;
    if config.get_application_name().is_none() {
        config.application_name("provost");
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(SILENCE);
    }
    config.keepalives_idle(SILENCE);
    let manager = Manager::from_config(
        config,
        NoTls,
        ManagerConfig {
            recycling_method: RecyclingMethod::Fast,
        },
    );
    Pool::builder(manager)
        .max_size(settings.connections)
        .timeouts(Timeouts {
            wait: Some(settings.connection_wait),
            create: Some(CONNECT),
            recycle: Some(CONNECT),
        })
        // the connection used last has the warmest statement cache
        .queue_mode(QueueMode::Lifo)
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(Error::internal)
}

/// A connection from the pool.
pub(super) async fn client(pool: &Pool) -> Result<Object, Fault> {
    pool.get().await.map_err(|refused| match refused {
        PoolError::Timeout(deadpool_postgres::TimeoutType::Wait) => {
            Fault::Unavailable("all connections to the database are in use")
        }
        PoolError::Timeout(_) => Fault::ConnectionLost,
        PoolError::Backend(cause) => fault::of("connecting", &cause),
        PoolError::Closed => Fault::Unavailable("the server is shutting down"),
        PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => {
            Fault::Broken(refused.to_string())
        }
    })
}
