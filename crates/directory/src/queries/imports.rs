//! What an import would do, and how far one has come.

use crate::{
    Context, Directory,
    commands::imports::{Claims, ImportProgress, ImportUsers, survey},
};
use provost_model::{Error, Result};
use provost_store::{Read, Tx, tables::unfinished_imports};

impl Directory {
    /// What would be wrong with each line of an import, as far as can be told without writing: limits of webmail accounts are met only when
    /// they are made. Adds to `claims` what the lines ask for.
    ///
    /// # Errors
    /// A missing right; those of the store.
    pub async fn survey_import(
        &self,
        context: &Context,
        import: &ImportUsers,
        claims: &mut Claims,
    ) -> Result<Vec<Verdict>> {
        let survey = Survey {
            context,
            import,
            claims,
        };
        let (verdicts, further) = self.read(&survey).await?;
        claims.extend(further);
        Ok(verdicts)
    }

    /// How far the import of this source has come, if it has begun and is not finished.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn unfinished_import(&self, source: &[u8; 32]) -> Result<Option<ImportProgress>> {
        self.read(&Unfinished { source }).await
    }
}

/// What would become of a line.
#[derive(Debug)]
pub enum Verdict {
    /// A user would be made.
    Create,
    /// A user is there, and would be as the line says.
    Update,
    /// It would be refused, for these reasons.
    Refuse(Vec<Error>),
}

struct Survey<'a> {
    context: &'a Context,
    import: &'a ImportUsers,
    claims: &'a Claims,
}

impl Read for Survey<'_> {
    type Output = (Vec<Verdict>, Claims);

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        use crate::{Command as _, commands::imports::Verdict as Full};
        self.import.check(self.context, tx).await?;
        let (verdicts, further) = survey(self.context, tx, self.import, self.claims).await?;
        let verdicts = verdicts
            .into_iter()
            .map(|verdict| match verdict {
                Full::Create(_) => Verdict::Create,
                Full::Update(_) => Verdict::Update,
                Full::Refuse(errors) => Verdict::Refuse(errors),
            })
            .collect();
        Ok((verdicts, further))
    }
}

struct Unfinished<'a> {
    source: &'a [u8; 32],
}

impl Read for Unfinished<'_> {
    type Output = Option<ImportProgress>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        unfinished_imports::get(tx, self.source).await
    }
}
