//! The order in which the users of many lines are taken.

use futures_channel::oneshot;
use provost_directory::commands::imports::ImportedUser;
use provost_model::{Error, Result};
use std::thread;

/// The users of some lines.
pub(super) type Users = Vec<(u64, Box<ImportedUser>)>;

/// When a line is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// Before those that may need what it gives.
    First,
    /// By its name.
    ByName,
    /// After what it may need, and after earlier lines that ask for the same.
    Last,
}

/// Brings users into the order of their names on a thread of its own: it takes a tenth of a second, for which requests beside an import
/// would wait otherwise.
pub(super) async fn beside(users: Users) -> Result<Users> {
    let (answer, ordered) = oneshot::channel();
    thread::Builder::new()
        .name("import-order".to_owned())
        .spawn(move || answer.send(by_name(users)))
        .map_err(Error::internal)?;
    ordered.await.map_err(Error::internal)
}

/// Brings users into the order of their names: neighbours in the indexes are then written together, and each page of them a few times
/// instead of once for each of its users. Lines whose order decides what becomes of them stay in it. An import that was ended in the middle
/// counts on the same order when it goes on.
fn by_name(users: Users) -> Users {
    let mut claims: Vec<(String, usize)> = users
        .iter()
        .enumerate()
        .flat_map(|(nth, (_, user))| user.claims().map(move |claim| (claim, nth)))
        .collect();
    claims.sort_unstable();
    let mut turns: Vec<Turn> = users.iter().map(|(_, user)| turn(user)).collect();
    for neighbours in claims.windows(2) {
        if let [(one, first), (other, second)] = neighbours
            && first != second
            && one == other
        {
            turns[*first] = Turn::Last;
            turns[*second] = Turn::Last;
        }
    }
    // a user stands where its address does, which is in more indexes than its login
    let mut places = vec![0; users.len()];
    let (addresses, others): (Vec<_>, Vec<_>) = claims
        .iter()
        .enumerate()
        .partition(|(_, (claim, _))| claim.contains('@'));
    for (place, (_, nth)) in others.into_iter().chain(addresses) {
        places[*nth] = place;
    }
    let mut ordered: Vec<_> = turns.into_iter().zip(places).zip(users).collect();
    ordered.sort_by_key(|((turn, place), (line, _))| match turn {
        Turn::ByName => (*turn, *place as u64),
        Turn::First | Turn::Last => (*turn, *line),
    });
    ordered.into_iter().map(|(_, user)| user).collect()
}

fn turn(user: &ImportedUser) -> Turn {
    if user.gives_rights() {
        Turn::First
    } else if user.depends_on_others() {
        Turn::Last
    } else {
        Turn::ByName
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use provost_model::{Address, ContactEmail, GroupId, Login, Patch};

    fn user(login: &str) -> ImportedUser {
        let email = format!("{login}@example.org");
        let mut user = ImportedUser {
            login: Some(Login::parse(login).unwrap()),
            ..ImportedUser::default()
        };
        user.patch.email = Patch::Set(ContactEmail::parse(&email).unwrap());
        user
    }

    fn lines_by_name(users: Vec<ImportedUser>) -> Vec<u64> {
        let users = (1..).zip(users.into_iter().map(Box::new)).collect();
        by_name(users).into_iter().map(|(line, _)| line).collect()
    }

    #[test]
    fn users_stand_in_the_order_of_their_names() {
        let mut without_address = user("bob");
        without_address.patch.email = Patch::Keep;
        let mut other_address = user("a");
        other_address.address = Patch::Set(Address::parse("zoe@example.org").unwrap());
        let users = vec![other_address, user("dora"), without_address, user("Carl")];
        assert_eq!(lines_by_name(users), [3, 4, 2, 1]);
    }

    #[test]
    fn those_that_ask_for_the_same_stay_in_the_order_of_their_lines() {
        let mut thief = user("aaron");
        thief.address = Patch::Set(Address::parse("Zoe@example.org").unwrap());
        let mut named_like_an_address = user("b");
        named_like_an_address.login = Some(Login::parse("carl@example.org").unwrap());
        let users = vec![
            user("zoe"),
            thief,
            user("carl"),
            named_like_an_address,
            user("dora"),
        ];
        assert_eq!(lines_by_name(users), [5, 1, 2, 3, 4]);
    }

    #[test]
    fn rights_are_given_first_and_taken_last() {
        let mut disabled = user("a");
        disabled.enabled = Some(false);
        let mut administrator = user("z");
        administrator.patch.groups = Some(vec![GroupId::parse("admin").unwrap()]);
        assert_eq!(
            lines_by_name(vec![disabled, user("b"), administrator]),
            [3, 2, 1]
        );
    }
}
