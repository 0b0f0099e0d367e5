//! The server: `provost serve`.

mod accept;
mod dialects;
mod first_start;
mod health;
mod lifecycle;
mod throttle;

pub(crate) use first_start::first_start;
pub(crate) use lifecycle::serve;
