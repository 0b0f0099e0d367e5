//! Programs of others drive the running server: the clients that the systems of hosting companies use, and a checker of the published
//! OpenAPI document. Their scripts lie beside, one folder each, with the versions they are pinned to.
#![expect(clippy::panic, reason = "tests")]

mod nc_py_api;
mod owncloud_js;
mod schemathesis;
mod tools;
