//! Programs of others, and waiting for them.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Set by `./test`, which fetches the programs.
const PLACE: &str = "PROVOST_TEST_TOOLS";

/// Only keeps what never happens from hanging the tests.
const PATIENCE: Duration = Duration::from_secs(120);

/// The Python that has what `requirements.txt` pins.
///
/// # Panics
/// If it is not there: nothing is skipped in silence.
pub(crate) fn python() -> PathBuf {
    let Some(place) = std::env::var_os(PLACE) else {
        panic!("{PLACE} is not set: this test drives programs that `./test` fetches; run `./test`");
    };
    let path = Path::new(&place).join("mail/bin/python");
    assert!(
        path.exists(),
        "{} is missing: run `./test`, which fetches it",
        path.display()
    );
    path
}

/// Waits until there is something.
///
/// # Panics
/// If it takes longer than anything should.
pub(crate) fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
