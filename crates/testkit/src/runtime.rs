//! The runtime under asynchronous tests.

/// Runs a future to its end on a runtime of its own with two worker threads.
///
/// Stands for `#[tokio::test(flavor = "multi_thread")]` where a macro makes the test, so that the crate under test needs no
/// dependency on tokio.
///
/// # Panics
/// If the operating system refuses the threads, or the future panics.
pub fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime for the test")
        .block_on(future)
}
