//! `provost tenant set` and `unset`.

use super::setting::{KEYS, Setting};
use crate::{
    cli::{output::Output, session::Session},
    failure::{Failure, Result},
};
use clap::Args;
use provost_directory::commands::tenants::SetTenantSettings;
use provost_model::TenantSettingsPatch;

/// Sets settings of a tenant; those that are not named stay. Running servers obey at their next request.
#[derive(Args, Debug)]
#[command(after_help = after_set())]
pub(super) struct Set {
    /// The tenant
    slug: String,
    /// A setting and its value
    #[arg(required = true, value_name = "KEY=VALUE")]
    settings: Vec<String>,
}

/// Unsets settings of a tenant, so that what holds by default holds again.
#[derive(Args, Debug)]
#[command(after_help = after_unset())]
pub(super) struct Unset {
    /// The tenant
    slug: String,
    /// A setting
    #[arg(required = true, value_name = "KEY")]
    settings: Vec<String>,
}

fn after_set() -> String {
    format!("{KEYS}\n\nExample:\n  provost tenant set acme default_quota='5 GB' flavour=owncloud")
}

fn after_unset() -> String {
    format!("{KEYS}\n\nExample:\n  provost tenant unset acme default_quota flavour")
}

impl Set {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let mut patch = TenantSettingsPatch::default();
        let mut named = Vec::new();
        for setting in &self.settings {
            let Some((key, value)) = setting.split_once('=') else {
                return Err(Failure::refused(format_args!(
                    "{setting}: write KEY=VALUE, or unset it with `provost tenant unset`"
                )));
            };
            let setting = Setting::named(key)?;
            once(&mut named, setting)?;
            setting.set(&mut patch, value)?;
        }
        change(session, output, &self.slug, patch, &named, "set").await
    }
}

impl Unset {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let mut patch = TenantSettingsPatch::default();
        let mut named = Vec::new();
        for key in &self.settings {
            let setting = Setting::named(key)?;
            once(&mut named, setting)?;
            setting.unset(&mut patch);
        }
        change(session, output, &self.slug, patch, &named, "unset").await
    }
}

fn once(named: &mut Vec<Setting>, setting: Setting) -> Result<()> {
    if named.contains(&setting) {
        let name = setting.name();
        return Err(Failure::refused(format_args!("{name}: named twice")));
    }
    named.push(setting);
    Ok(())
}

async fn change(
    session: &Session,
    output: &mut Output,
    slug: &str,
    patch: TenantSettingsPatch,
    named: &[Setting],
    done: &str,
) -> Result<()> {
    let tenant = session.tenant(slug).await?;
    session
        .execute(&tenant, slug, SetTenantSettings { patch })
        .await?;
    let names: Vec<&str> = named.iter().map(|setting| setting.name()).collect();
    output.line(format_args!(
        "{done} {} of tenant {}",
        names.join(", "),
        tenant.slug
    ))
}
