//! PHP's notation for nested form fields: `a=1`, `a[]=1`, `a[k]=v`, `a[0][k]=v`.

use super::bounds::MAX_DEPTH;
use super::{InputError, Map, Param};

/// Puts `value` where `name` says. A text that is there already gives way, to a text as to an array.
pub(super) fn assign(map: &mut Map, name: &str, value: String) -> Result<(), InputError> {
    let (base, indices) = cut(name);
    if indices.len() >= MAX_DEPTH {
        return Err(InputError::TooDeep);
    }
    put(map.slot(base), &indices, value);
    Ok(())
}

/// Cuts `a[k][]` into `a` and `["k", ""]`. As in PHP, what follows a closing bracket other than the next opening one is
/// dropped. A name that begins with a bracket, or whose first bracket is never closed, is taken as it stands (PHP puts
/// underscores into it, a relic that no client counts on).
fn cut(name: &str) -> (&str, Vec<&str>) {
    let Some((base, mut rest)) = name.split_once('[') else {
        return (name, Vec::new());
    };
    let mut indices = Vec::new();
    while let Some((index, after)) = rest.split_once(']') {
        indices.push(index);
        match after.strip_prefix('[') {
            Some(next) => rest = next,
            None => break,
        }
    }
    if base.is_empty() || indices.is_empty() {
        (name, Vec::new())
    } else {
        (base, indices)
    }
}

fn put(slot: &mut Param, indices: &[&str], value: String) {
    let Some((index, deeper)) = indices.split_first() else {
        *slot = Param::Text(value);
        return;
    };
    let mut map = match std::mem::take(slot) {
        Param::Map(map) => map,
        _ => Map::new(),
    };
    if index.is_empty() {
        let next = map.next_name();
        put(map.slot(&next), deeper, value);
    } else {
        put(map.slot(index), deeper, value);
    }
    *slot = Param::Map(map);
}

/// Turns the maps whose names count 0, 1, 2 … into lists, all the way down; `map` itself stays a map.
pub(super) fn with_lists(map: Map) -> Map {
    if map.iter().all(|(_, value)| matches!(value, Param::Text(_))) {
        return map;
    }
    let mut result = Map::new();
    for (name, value) in map.into_entries() {
        result.insert(&name, listed(value));
    }
    result
}

fn listed(value: Param) -> Param {
    let Param::Map(map) = value else {
        return value;
    };
    let counts = map
        .iter()
        .enumerate()
        .all(|(place, (name, _))| name == place.to_string());
    if counts && !map.is_empty() {
        Param::List(
            map.into_entries()
                .into_iter()
                .map(|(_, value)| listed(value))
                .collect(),
        )
    } else {
        Param::Map(with_lists(map))
    }
}
