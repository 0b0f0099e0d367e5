//! Users.

use super::Import;
use crate::Problem;
use provost_directory::{
    commands::imports::{ImportOutcome, ImportUsers, ImportedUser, ResumableImport},
    queries::ImportVerdict,
};
use provost_model::{Error, Result};

impl Import {
    /// Brings a batch of users of one tenant to what their lines say, or looks what would become of them.
    pub(super) async fn users(
        &mut self,
        tenant: Option<&str>,
        lines: Vec<(u64, ImportedUser)>,
    ) -> Result<Vec<Problem>> {
        let (numbers, users): (Vec<u64>, Vec<ImportedUser>) = lines.into_iter().unzip();
        let tenant = match self.tenant_of(tenant).await {
            Ok(Some(tenant)) => tenant,
            Ok(None) => {
                self.progress.created += i64::try_from(users.len()).unwrap_or(i64::MAX);
                return Ok(Vec::new());
            }
            Err(error @ Error::About { .. }) => {
                self.progress.refused += i64::try_from(users.len()).unwrap_or(i64::MAX);
                return Ok(numbers
                    .into_iter()
                    .map(|line| Problem::refused(line, &error))
                    .collect());
            }
            Err(fault) => return Err(fault),
        };
        let context = self.context(&tenant)?;
        let mut import = ImportUsers {
            users,
            matching: self.settings.matching,
            resumable: None,
        };
        let mut refusals = Vec::new();
        if self.settings.dry_run {
            let verdicts = self
                .directory
                .survey_import(&context, &import, &mut self.claims)
                .await?;
            for (line, verdict) in numbers.into_iter().zip(verdicts) {
                match verdict {
                    ImportVerdict::Create => self.progress.created += 1,
                    ImportVerdict::Update => self.progress.changed += 1,
                    ImportVerdict::Refuse(errors) => {
                        self.progress.refused += 1;
                        refusals.extend(errors.iter().map(|error| Problem::refused(line, error)));
                    }
                }
            }
            return Ok(refusals);
        }
        import.resumable = self.settings.source.map(|source| ResumableImport {
            source,
            progress: self.progress,
        });
        let imported = self.directory.execute(context, import).await?;
        imported.add_to(&mut self.progress);
        for (line, outcome) in numbers.into_iter().zip(imported.lines) {
            if let ImportOutcome::Refused(errors) = outcome {
                refusals.extend(errors.iter().map(|error| Problem::refused(line, error)));
            }
        }
        Ok(refusals)
    }
}
