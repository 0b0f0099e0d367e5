//! Lists of ids as one parameter.

use provost_model::EntryId;

/// The ids as a JSON array of hexadecimal digits.
pub(crate) fn json(ids: impl IntoIterator<Item = EntryId>) -> String {
    let mut list = String::from("[");
    for id in ids {
        if list.len() > 1 {
            list.push(',');
        }
        list.push('"');
        list.push_str(id.0.simple().encode_lower(&mut [0; 32]));
        list.push('"');
    }
    list.push(']');
    list
}
