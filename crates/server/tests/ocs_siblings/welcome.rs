//! The welcome message, while no mail server can be set up.

use crate::site::{Site, message, v2};
use provost_testkit::{Engine, Request, TestDatabase};

#[test]
fn nobody_is_told_that_a_message_went_out() {
    let site = Site::with_user(TestDatabase::fresh(Engine::Sqlite), "ada");
    site.user("bob", &[("email", "bob@example.org")]);
    let welcome =
        |login: &str| site.admin(Request::post(&v2(&format!("/cloud/users/{login}/welcome"))));
    let sent = welcome("bob");
    assert_eq!(sent.ocs_code(), 102);
    assert!(message(&sent).contains("no mail server is set up"));
    assert_eq!(message(&welcome("ada")), "Email address not available");
    assert_eq!(welcome("nobody").ocs_code(), 998);
    let own = Request::post(&v2("/cloud/users/ada/welcome"));
    assert_eq!(site.by("ada", own).ocs_code(), 403);
}
