//! Changes to apps and their settings.

mod set_app;
mod set_setting;

pub use set_app::SetApp;
pub use set_setting::ChangeSetting;
