//! Copies from each engine to each.

mod list;
mod refusals;
mod renewal;
mod round_trip;
mod world;
