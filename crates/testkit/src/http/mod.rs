//! A small blocking HTTP/1.1 client that sends exactly what it is told.
//!
//! Libraries normalise paths, refuse bodies on GET and merge headers. The tests are about servers that must answer such
//! requests, so the bytes go over a plain socket.

mod connection;
mod request;
mod response;

pub use connection::Connection;
pub use request::Request;
pub use response::Response;
