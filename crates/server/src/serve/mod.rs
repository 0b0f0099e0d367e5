//! The server: `provost serve`.

mod accept;
mod audit;
mod cores;
mod dialects;
mod first_start;
mod front;
mod health;
mod leaving;
mod lifecycle;
mod metrics;
mod reload;
mod throttle;
mod tls;
mod traces;
mod welcome;

pub(crate) use first_start::first_start;
pub(crate) use lifecycle::serve;
pub(crate) use welcome::welcomer;
