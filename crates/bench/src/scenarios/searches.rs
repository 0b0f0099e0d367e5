//! Substring searches: patterns of one character and more, rare and common ones.

use super::Stage;
use crate::{
    Result,
    data::User,
    load::{
        self,
        wrk::{self, Requests},
    },
    provost::Site,
    report::{Report, Row},
};
use std::{fmt::Write as _, fs, path::Path};

/// What is looked for: what it stands for, and a pattern as Lua, from a random number `r`.
const PATTERNS: [(&str, &str); 6] = [
    (
        "at most 50 users match",
        "string.format(\"%d@bench\", 10000 + math.floor(r * users * 0.9))",
    ),
    ("a sixteenth match", "\"dvorak\""),
    ("a 256th match", "\"ada.abbott\""),
    ("all match", "\"bench\""),
    ("one character", "string.char(97 + math.floor(r * 26))"),
    (
        "two characters",
        "string.char(97 + math.floor(r * 26), 97 + math.floor(r * 26))",
    ),
];

/// A tenant beside the large one.
const SMALL: &str = "small";

/// Makes a tenant of 100 users.
pub(super) fn make_small_tenant(site: &Site, folder: &Path) -> Result<()> {
    site.done(&["tenant", "create", SMALL, "--domain", "small.example"])?;
    let file = folder.join("small.csv");
    let mut lines = "type,login,display_name\n".to_owned();
    for number in 0..100 {
        let User {
            login,
            display_name,
            ..
        } = User::number(number);
        writeln!(lines, "user,{login},{display_name}")?;
    }
    fs::write(&file, lines)?;
    site.done(&["import", "--tenant", SMALL, &file.display().to_string()])?;
    Ok(())
}

/// Measures each, one client at a time.
pub(super) fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    for (what, pattern) in PATTERNS {
        search(stage, report, what, pattern, "", &stage.app_password)?;
    }
    // the operator is no user of it, so no app password of its own opens it
    let path = format!("/t/{SMALL}");
    let what = "a tenant of 100 beside it";
    search(stage, report, what, "\"dvorak\"", &path, &stage.password)
}

fn search(
    stage: &Stage,
    report: &mut Report,
    what: &str,
    pattern: &str,
    path: &str,
    authorization: &str,
) -> Result<()> {
    let scenario = format!("OCS search, {what}");
    if report.wants(&scenario) {
        let requests = Requests {
            lua: format!(
                "local users = {}; return wrk.format(\"GET\", \"{path}/ocs/v2.php/cloud/users?format=json&limit=50&search=\" .. {pattern}, \
                 {{ [\"Authorization\"] = \"{authorization}\", [\"OCS-APIRequest\"] = \"true\" }})",
                stage.users
            ),
        };
        let measured = load::measure(&stage.server, || {
            wrk::run(&stage.server.address, 1, stage.seconds.min(3), &requests)
        })?;
        report.add(Row::load(&scenario, stage.users, 1, measured));
    }
    Ok(())
}
