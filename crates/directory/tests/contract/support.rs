//! What several files say often.

use provost_directory::commands::users::{
    CreateUser, CreatedUser, EditUser, MailIdentity, UserPatch,
};
use provost_model::{Address, Patch, Result, UserNumber};
use provost_testkit::{Seat, email, login};

/// Makes a user whose mail identity is this address.
pub(crate) async fn create_with_address(
    seat: &Seat,
    name: &str,
    address: &str,
) -> Result<CreatedUser> {
    seat.run(CreateUser {
        identity: MailIdentity::Own(Address::parse(address)?),
        ..CreateUser::new(login(name))
    })
    .await
}

/// Sets or, with the empty text, clears a contact e-mail.
pub(crate) async fn set_email(seat: &Seat, user: UserNumber, text: &str) -> Result<()> {
    let patch = UserPatch {
        email: if text.is_empty() {
            Patch::Clear
        } else {
            Patch::Set(email(text))
        },
        ..UserPatch::default()
    };
    seat.run(EditUser { user, patch }).await
}

/// A user's address and whether it follows the contact e-mail.
pub(crate) async fn address(seat: &Seat, user: UserNumber) -> Option<(String, bool)> {
    let user = seat.read(user).await;
    user.address
        .map(|address| (address.as_str().to_owned(), user.address_follows_email))
}

/// An address that follows the contact e-mail.
#[expect(
    clippy::unnecessary_wraps,
    reason = "compared with what `address` gives"
)]
pub(crate) fn following(text: &str) -> Option<(String, bool)> {
    Some((text.to_owned(), true))
}
