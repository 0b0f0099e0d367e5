//! Groups.

use super::Import;
use crate::read::GroupRecord;
use provost_directory::commands::groups::{CreateGroup, RenameGroup};
use provost_model::{DisplayName, Result};

impl Import {
    /// Brings a group to what its line says.
    pub(super) async fn group(&mut self, tenant: Option<&str>, record: &GroupRecord) -> Result<()> {
        let tenant = self.tenant_of(tenant).await?;
        if self.settings.dry_run {
            self.claims.add_group(record.id.as_str());
            return Ok(());
        }
        let Some(tenant) = tenant else { return Ok(()) };
        let context = self.context(&tenant)?;
        let found = self.directory.group(tenant.id, record.id.as_str()).await?;
        match (found, &record.display_name) {
            (None, name) => {
                let command = CreateGroup {
                    id: record.id.clone(),
                    display_name: match name {
                        Some(name) => name.clone(),
                        None => DisplayName::parse(record.id.as_str())?,
                    },
                };
                self.directory.execute(context, command).await?;
            }
            (Some(group), Some(name)) if group.display_name != *name => {
                let command = RenameGroup {
                    group: group.id,
                    display_name: name.clone(),
                };
                self.directory.execute(context, command).await?;
            }
            (Some(_), _) => {}
        }
        Ok(())
    }
}
