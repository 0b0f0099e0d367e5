//! The operations.

/// The way to the API.
pub(crate) const PREFIX: [&str; 2] = ["api", "v1"];

/// Where imports go.
pub(crate) const IMPORT: Route = Route {
    method: "POST",
    pattern: "/api/v1/import",
};

/// An operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path.
    pub pattern: &'static str,
}

/// All operations, for tests that walk them.
pub fn operations() -> impl Iterator<Item = Route> {
    [IMPORT].into_iter()
}
