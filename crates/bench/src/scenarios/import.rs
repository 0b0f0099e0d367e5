//! Importing everybody, with hashed passwords, indexed and audited; and what readers notice of it.

use crate::{
    Result,
    data::{self, DOMAIN},
    provost::Site,
    report::{Report, Row},
};
use std::{path::Path, time::Instant};

/// Imports users, and tells how long it took.
pub(super) fn measure(site: &Site, folder: &Path, users: u32, report: &mut Report) -> Result<()> {
    let begin = quietly(site, folder, users)?;
    let seconds = begin.elapsed().as_secs_f64();
    report.add(Row::figure("import, whole", users, seconds, "s"));
    report.add(Row::figure(
        "import, a user",
        users,
        seconds * 1e6 / f64::from(users),
        "µs",
    ));
    Ok(())
}

/// Imports users; when the import itself began.
pub(super) fn quietly(site: &Site, folder: &Path, users: u32) -> Result<Instant> {
    site.done(&["domain", "add", DOMAIN, "--tenant", "default"])?;
    let file = folder.join("users.jsonl");
    data::write(&file, 0..users)?;
    let begin = Instant::now();
    site.done(&["import", "--tenant", "default", &file.display().to_string()])?;
    Ok(begin)
}

/// Gives those who are asked for webmail accounts.
pub(super) fn webmail_accounts(site: &Site, folder: &Path, users: u32) -> Result<()> {
    let file = folder.join("webmail.jsonl");
    data::write_webmail_accounts(&file, 0..users.min(data::ASKED))?;
    site.done(&["import", "--tenant", "default", &file.display().to_string()])?;
    Ok(())
}
