//! The web pages: so far the one where a user sets a password by the link of a welcome mail.
//!
//! `GET /set-password`, also after `/t/{slug}`, is one page that holds all it needs; the link's secret is in the fragment, which no
//! server sees. The page posts it with the new password, as JSON, to the same path.

mod answer;
mod page;
mod set_password;

pub use set_password::{failure, handler, serves};
