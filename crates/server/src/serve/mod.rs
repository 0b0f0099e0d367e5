//! The server: `provost serve`.

mod dialects;
mod first_start;
mod health;
mod lifecycle;

pub(crate) use first_start::first_start;
pub(crate) use lifecycle::serve;
