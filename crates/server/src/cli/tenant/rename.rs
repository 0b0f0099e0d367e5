//! `provost tenant rename`.

use crate::{
    cli::{output::Output, session::Session},
    failure::Result,
};
use clap::Args;
use provost_directory::commands::tenants::RenameTenant;
use provost_model::Slug;

/// Gives a tenant another slug, another name, or both.
///
/// Paths with the old slug lead nowhere from then on. The slug `default` cannot be changed.
#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  provost tenant rename acme --slug acme-europe --name 'Acme Europe'"
)]
pub(super) struct Rename {
    /// The tenant
    #[arg(value_name = "SLUG")]
    tenant: String,
    /// Its new slug
    #[arg(long, value_name = "SLUG", required_unless_present = "name")]
    slug: Option<String>,
    /// Its new name
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
}

impl Rename {
    pub(super) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = session.tenant(&self.tenant).await?;
        let slug = self.slug.as_deref().map(Slug::parse).transpose()?;
        let about = self.slug.as_deref().unwrap_or(&self.tenant).to_owned();
        let command = RenameTenant {
            slug,
            name: self.name,
        };
        session.execute(&tenant, &about, command).await?;
        output.line(format_args!("renamed tenant {}", tenant.slug))
    }
}
