//! What OCS clients ask beside users and groups, over HTTP: app passwords, wiping, discovery, apps, preferences, telephone numbers.
#![expect(clippy::unwrap_used, reason = "tests")]

mod app_passwords;
mod apps;
mod device_wipe;
mod discovery;
mod owncloud;
mod phones;
mod preferences;
mod recent;
mod site;
mod tenant_settings;
mod welcome;
mod wipe;
