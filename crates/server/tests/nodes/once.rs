//! Each acknowledged write is there, and no write is there twice.

use crate::load::Acknowledged;
use std::collections::HashMap;

/// `rows` gives what a statement finds, each row as a name and a number.
pub(crate) fn assert_each_is_there_once(
    acknowledged: &[Acknowledged],
    rows: impl Fn(&str) -> Vec<(String, String)>,
) {
    let counted = |what: &str| -> HashMap<String, String> {
        let entries = format!(
            "SELECT subject, COUNT(*) FROM audit_entries WHERE action = '{what}' GROUP BY subject"
        );
        let counted: HashMap<_, _> = rows(&entries).into_iter().collect();
        let twice: Vec<_> = counted.iter().filter(|(_, times)| *times != "1").collect();
        assert!(twice.is_empty(), "{what}: {twice:?}");
        counted
    };
    let (created, changed) = (counted("user.created"), counted("user.changed"));
    let users: HashMap<_, _> = rows("SELECT login, number FROM users")
        .into_iter()
        .collect();
    for user in acknowledged {
        assert!(users.contains_key(&user.login), "{user:?} is lost");
        assert!(created.contains_key(&user.login), "{user:?} has no entry");
        let told = changed.contains_key(&user.login);
        assert!(told || !user.changed, "the change of {user:?} is lost");
    }
    // and what nobody acknowledged is there with its entry, or not at all
    assert_eq!(users.len(), created.len());
}
