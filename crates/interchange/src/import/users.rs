//! Users.

use super::{BATCH, Import, order::Users, tell};
use crate::{Observer, Problem};
use provost_directory::{
    commands::imports::{ImportOutcome, ImportUsers, ImportedUser, ResumableImport},
    queries::ImportVerdict,
};
use provost_model::{Error, Result};

/// Users that are taken in an order of their own.
pub(super) struct Window {
    /// The slug of the tenant that their lines name.
    pub(super) tenant: Option<String>,
    pub(super) users: Users,
    /// The last line that is dealt with once they are.
    pub(super) line: i64,
    /// How many bytes were read for them.
    pub(super) bytes: u64,
}

impl Import {
    /// Takes users, batch by batch. `problems` are those of the lines that could not be read.
    pub(super) async fn window(
        &mut self,
        window: Window,
        mut problems: Vec<Problem>,
        observer: &mut impl Observer,
    ) -> Result<()> {
        let Window {
            tenant,
            users,
            line,
            mut bytes,
        } = window;
        let before = usize::try_from(self.progress.window_done).unwrap_or(usize::MAX);
        let mut rest = users.into_iter().skip(before);
        loop {
            let batch: Vec<(u64, ImportedUser)> = rest
                .by_ref()
                .take(BATCH)
                .map(|(line, user)| (line, *user))
                .collect();
            let (taken, left) = (batch.len(), rest.len());
            if left > 0 {
                self.progress.window_end = line;
                self.progress.window_done += i64::try_from(taken).unwrap_or(i64::MAX);
            } else {
                self.progress.line = line;
                self.progress.window_end = 0;
                self.progress.window_done = 0;
            }
            problems.extend(self.users(tenant.as_deref(), batch).await?);
            tell(observer, std::mem::take(&mut problems));
            let share = bytes / (left.div_ceil(BATCH) as u64 + 1);
            bytes -= share;
            observer.advanced(share);
            if left == 0 {
                return Ok(());
            }
        }
    }

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
            users: users.into(),
            matching: self.settings.matching,
            expects_new: false,
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
        import.expects_new = self.expects_new;
        let imported = match self
            .directory
            .execute(context.clone(), import.clone())
            .await
        {
            Err(Error::Taken(_)) if import.expects_new => {
                import.expects_new = false;
                self.directory.execute(context, import).await?
            }
            done => done?,
        };
        self.expects_new = imported
            .lines
            .iter()
            .all(|line| matches!(line, ImportOutcome::Created));
        imported.add_to(&mut self.progress);
        for (line, outcome) in numbers.into_iter().zip(imported.lines) {
            if let ImportOutcome::Refused(errors) = outcome {
                refusals.extend(errors.iter().map(|error| Problem::refused(line, error)));
            }
        }
        Ok(refusals)
    }
}
