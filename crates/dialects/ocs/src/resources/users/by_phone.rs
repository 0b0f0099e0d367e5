//! Finding users by the telephone numbers of an address book.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use provost_http::Param;
use provost_model::{Phone, is_region};
use std::{borrow::Cow, collections::HashMap};

/// How many numbers one request may ask for: a large address book. Each is parsed and looked up.
const MOST_NUMBERS: usize = 2000;

/// `/cloud/users/search/by-phone`: for each key whose numbers lead to a user, the user as `login@host`. Everybody may ask.
pub(crate) async fn search(call: &Call) -> Outcome {
    let location = call.required("location")?;
    let search = call.required_array("search")?;
    // the real server takes both spellings of a country's code
    let region = location.to_ascii_uppercase();
    if !is_region(&region) {
        return Err(Answer::failure(400, ""));
    }
    if search
        .iter()
        .map(|(_, numbers)| texts(numbers).len())
        .sum::<usize>()
        > MOST_NUMBERS
    {
        return Err(Answer::failure(
            400,
            format!("A search may hold {MOST_NUMBERS} numbers at most"),
        ));
    }
    let keys = keys_by_number(&search, &region);
    let numbers: Vec<String> = keys.keys().cloned().collect();
    let holders = call
        .directory
        .phone_holders(call.tenant_id(), &numbers)
        .await
        .map_err(refuse)?;
    let matches: Vec<(String, String)> = holders
        .into_iter()
        .filter_map(|(number, login)| {
            Some((keys.get(&number)?.clone(), format!("{login}@{}", call.host)))
        })
        .collect();
    Ok(Answer::ok(php_array(matches)).into())
}

/// The last key that each number stands under; what is no number is left out.
fn keys_by_number(search: &[(Cow<'_, str>, &Param)], region: &str) -> HashMap<String, String> {
    let mut keys = HashMap::new();
    for (key, numbers) in search {
        for text in texts(numbers) {
            if let Ok(phone) = Phone::parse(text, Some(region)) {
                keys.insert(phone.as_str().to_owned(), key.to_string());
            }
        }
    }
    keys
}

/// The texts of a list; anything else holds none, as on the real server.
fn texts(numbers: &Param) -> Vec<&str> {
    fn text(value: &Param) -> Option<&str> {
        match value {
            Param::Text(text) => Some(text),
            _ => None,
        }
    }
    match numbers {
        Param::List(items) => items.iter().filter_map(text).collect(),
        Param::Map(map) => map.iter().filter_map(|(_, value)| text(value)).collect(),
        _ => Vec::new(),
    }
}

/// A map of texts; the last of several with the same key stands in the first one's place. Keys 0, 1, 2 … in this order are a list.
fn php_array(pairs: Vec<(String, String)>) -> Data {
    let mut map: Vec<(String, String)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (key, value) in pairs {
        match places.get(&key) {
            Some(place) => map[*place].1 = value,
            None => {
                places.insert(key.clone(), map.len());
                map.push((key, value));
            }
        }
    }
    let is_list = map
        .iter()
        .enumerate()
        .all(|(place, (key, _))| *key == place.to_string());
    if is_list {
        Data::list(map.into_iter().map(|(_, value)| value))
    } else {
        Data::map(map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(keys: &[&str]) -> Vec<(String, String)> {
        keys.iter()
            .map(|key| ((*key).to_owned(), format!("user-{key}")))
            .collect()
    }

    #[test]
    fn keys_that_count_up_are_a_list() {
        assert_eq!(php_array(pairs(&[])), Data::EMPTY);
        assert_eq!(
            php_array(pairs(&["0", "1"])),
            Data::list(["user-0", "user-1"])
        );
        assert_eq!(
            php_array(pairs(&["1", "0"])),
            Data::map([("1", "user-1"), ("0", "user-0")])
        );
    }

    #[test]
    fn the_last_number_of_a_key_decides() {
        let mut given = pairs(&["a", "b"]);
        given.push(("a".to_owned(), "another".to_owned()));
        assert_eq!(
            php_array(given),
            Data::map([("a", "another"), ("b", "user-b")])
        );
    }
}
