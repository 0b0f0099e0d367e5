//! Secrets stay out of the logs, however much is logged.

use crate::place::{PASSWORD, command, text};
use provost_testkit::{ADMIN_PASSWORD, TestDatabase, on_both_engines};
use std::io::Write;

on_both_engines! {
    async fn no_log_holds_a_password_or_key(database: TestDatabase) {
        let mut logs = String::new();
        let mut run = |arguments: &[&str], input: &str| {
            let variables = [("PROVOST_LOG", "trace"), ("PROVOST_ADMIN_PASSWORD", ADMIN_PASSWORD)];
            let mut process = command(&database, &variables).args(arguments).spawn().expect("the binary runs");
            let mut pipe = process.stdin.take().expect("a pipe");
            // a command that does not read its input may have closed it
            let _ = pipe.write_all(input.as_bytes());
            drop(pipe);
            let output = process.wait_with_output().expect("the command ends");
            assert!(output.status.success(), "{}", text(&output.stderr));
            logs.push_str(&text(&output.stderr));
            text(&output.stdout).trim_end().to_owned()
        };
        run(&["user", "create", "ada", "--password-stdin"], PASSWORD);
        let secrets = [
            run(&["key", "create", "--tenant", "default"], ""),
            run(&["user", "app-password", "ada", "--name", "telephone"], ""),
            run(&["reseller", "create", "north"], ""),
            PASSWORD.to_owned(),
            ADMIN_PASSWORD.to_owned(),
        ];
        for secret in secrets {
            assert!(!logs.contains(&secret), "{secret} is in the logs");
        }
    }
}
