//! Audit entries and events go together, and what waits to be sealed is there. The chains themselves are walked by [`super::chain`].

use crate::{Sql, statements};

statements! {
    ENTRY_WITHOUT_EVENT = "SELECT 'tenant ' || CAST(a.tenant AS TEXT) || ', ' || a.action || ' ' || a.subject, COUNT(*) OVER () FROM audit_entries a \
        WHERE NOT EXISTS (SELECT 1 FROM events e WHERE e.tenant = a.tenant AND e.id = a.id) LIMIT $1";
    EVENT_WITHOUT_ENTRY = "SELECT 'tenant ' || CAST(e.tenant AS TEXT) || ', ' || e.action || ' ' || e.subject, COUNT(*) OVER () FROM events e \
        WHERE NOT EXISTS (SELECT 1 FROM audit_entries a WHERE a.tenant = e.tenant AND a.id = e.id) LIMIT $1";
    EVENT_DIFFERS = "SELECT 'tenant ' || CAST(e.tenant AS TEXT) || ', ' || e.action || ' ' || e.subject, COUNT(*) OVER () FROM events e \
        JOIN audit_entries a ON a.tenant = e.tenant AND a.id = e.id WHERE a.at <> e.at OR a.action <> e.action OR a.subject <> e.subject OR a.details <> e.details \
        OR COALESCE(a.subject_number, -1) <> COALESCE(e.subject_number, -1) LIMIT $1";
    WAIT_FOR_NOTHING = "SELECT 'tenant ' || CAST(u.tenant AS TEXT), COUNT(*) OVER () FROM audit_unsealed u \
        WHERE NOT EXISTS (SELECT 1 FROM audit_entries a WHERE a.tenant = u.tenant AND a.id = u.id) LIMIT $1";
}

/// What must not be found, and where it is looked for.
pub(super) static RULES: &[(&str, &Sql)] = &[
    ("an audit entry without its event", &ENTRY_WITHOUT_EVENT),
    ("an event without its audit entry", &EVENT_WITHOUT_ENTRY),
    ("an event that differs from its audit entry", &EVENT_DIFFERS),
    (
        "a row of audit_unsealed for an audit entry that is not there",
        &WAIT_FOR_NOTHING,
    ),
];
