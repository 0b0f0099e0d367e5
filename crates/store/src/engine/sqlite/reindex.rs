//! Making the index of substrings anew from the users.

use crate::EngineKind;
use crate::tables::{
    grams,
    places::{self, Label},
};
use provost_model::TenantId;
use rusqlite::Connection;

/// Fills the empty index, in the order of places, so that it grows at its end.
pub(crate) fn all(connection: &Connection) -> rusqlite::Result<()> {
    let mut users = connection.prepare(
        "SELECT tenant, number, login_key, display_key, email_key, login FROM users ORDER BY tenant, display_key, login_key",
    )?;
    let mut place = connection.prepare(places::ADD.sqlite())?;
    let mut document =
        connection.prepare("INSERT INTO user_search (rowid, grams) VALUES (?1, ?2)")?;
    let mut rows = users.query([])?;
    while let Some(user) = rows.next()? {
        let (tenant, number): (i64, i64) = (user.get(0)?, user.get(1)?);
        let text = |column| Ok::<_, rusqlite::Error>(user.get_ref(column)?.as_str_or_null()?);
        let (login, display, email, written) = (text(2)?, text(3)?, text(4)?, text(5)?);
        let (login, display) = (login.unwrap_or_default(), display.unwrap_or_default());
        let first = Label::of(display, login).first_place();
        place.execute((tenant, number, first, written, login, display, email))?;
        let names = [login, display, email.unwrap_or_default()];
        let grams = grams::document(EngineKind::Sqlite, TenantId(tenant), &names);
        document.execute((connection.last_insert_rowid(), grams))?;
    }
    Ok(())
}
