//! Closed loops by wrk: each connection asks again when it has been answered.

use super::Answers;
use crate::Result;
use std::{io::Write as _, process::Command};

/// What each connection asks.
pub(crate) struct Requests {
    /// The body of a Lua function of `n`, a number that grows with each request and is no other thread's, and `r`, a random number from 0 to
    /// 1; it returns `wrk.format(…)`.
    pub(crate) lua: String,
}

/// What the script has in common: it counts requests, and prints what was measured as a line of numbers.
const SCRIPT: &str = r#"
local n = 0
local function ask(n, r) LUA end
request = function() n = n + 1; return ask(n, math.random()) end
init = function() math.randomseed(os.time()) end
done = function(summary, latency)
    local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
    io.write(string.format("measured %d %d %d %d %d\n", summary.requests, summary.duration, errors, latency:percentile(50), latency:percentile(99)))
end
"#;

/// Runs requests on so many connections for so long.
pub(crate) fn run(
    address: &str,
    connections: u32,
    seconds: u32,
    requests: &Requests,
) -> Result<Answers> {
    let mut script = tempfile::NamedTempFile::new()?;
    script.write_all(SCRIPT.replace("LUA", &requests.lua).as_bytes())?;
    let output = Command::new("wrk")
        .args(["--threads", "1", "--timeout", "30s"])
        .args(["--connections", &connections.to_string()])
        .args(["--duration", &format!("{seconds}s")])
        .arg("--script")
        .arg(script.path())
        .arg(format!("http://{address}"))
        .output()
        .map_err(|error| format!("wrk: {error}"))?;
    let printed = String::from_utf8(output.stdout)?;
    let numbers: Vec<f64> = printed
        .lines()
        .find_map(|line| line.strip_prefix("measured "))
        .ok_or_else(|| {
            let error = String::from_utf8_lossy(&output.stderr);
            format!("wrk measured nothing: {printed}{error}")
        })?
        .split(' ')
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let [count, microseconds, errors, p50_us, p99_us] = numbers[..] else {
        return Err(format!("wrk said {printed}").into());
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "they are counts"
    )]
    Ok(Answers {
        count: count as u64,
        errors: errors as u64,
        seconds: microseconds / 1e6,
        p50_us,
        p99_us,
    })
}
