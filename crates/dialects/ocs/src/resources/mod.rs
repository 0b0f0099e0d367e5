//! The operations, a file for each resource.

pub(crate) mod app_passwords;
pub(crate) mod app_settings;
pub(crate) mod apps;
pub(crate) mod current_user;
pub(crate) mod device_wipe;
pub(crate) mod discovery;
pub(crate) mod fields;
pub(crate) mod group_administrators;
pub(crate) mod group_record;
pub(crate) mod groups;
pub(crate) mod memberships;
pub(crate) mod preferences;
pub(crate) mod user_record;
pub(crate) mod users;
