//! Substring searches: patterns of one character and more, rare and common ones.

use super::Stage;
use crate::{
    Result,
    load::{
        self,
        wrk::{self, Requests},
    },
    report::{Report, Row},
};

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

/// Measures each, one client at a time.
pub(super) fn measure(stage: &Stage, report: &mut Report) -> Result<()> {
    for (what, pattern) in PATTERNS {
        let scenario = format!("OCS search, {what}");
        if !report.wants(&scenario) {
            continue;
        }
        let requests = Requests {
            lua: format!(
                "local users = {}; return wrk.format(\"GET\", \"/ocs/v2.php/cloud/users?format=json&limit=50&search=\" .. {pattern}, \
                 {{ [\"Authorization\"] = \"{}\", [\"OCS-APIRequest\"] = \"true\" }})",
                stage.users, stage.app_password
            ),
        };
        let measured = load::measure(&stage.server, || {
            wrk::run(&stage.server.address, 1, stage.seconds.min(3), &requests)
        })?;
        report.add(Row::load(&scenario, stage.users, 1, measured));
    }
    Ok(())
}
