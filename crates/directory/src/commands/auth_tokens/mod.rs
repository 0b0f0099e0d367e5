//! What becomes of authTokens.

mod make_key;
mod redeem;

pub(crate) use make_key::MakeSealingKey;
pub use redeem::AuthTokenOwner;
pub(crate) use redeem::RedeemAuthToken;
