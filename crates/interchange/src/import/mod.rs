//! Imports.

mod feeder;
mod groups;
mod order;
mod tenants;
mod users;

use crate::{Format, Problem};
use feeder::{Feeder, Step, Work};
use futures_util::future::join;
use provost_directory::{
    Actor, Context, Directory,
    commands::imports::{Claims, FinishImport, ImportProgress, Matching},
};
use provost_model::{Error, Result, Tenant};
use serde::Serialize;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use users::Window;

/// How many users go into one transaction: few enough that others wait for tens of milliseconds at most.
const BATCH: usize = 500;

/// How an import is done.
#[derive(Clone, Debug)]
pub struct ImportSettings {
    /// Who asks for it.
    pub actor: Arc<Actor>,
    /// The request, for logs and audit.
    pub request: Arc<str>,
    /// Which tenants the lines may be about.
    pub reach: Reach,
    /// The notation.
    pub format: Format,
    /// By what users are found.
    pub matching: Matching,
    /// Whether to look for problems alone, and to change nothing.
    pub dry_run: bool,
    /// What is read and how, as a digest, if the import is to go on where one of the same source was ended.
    pub source: Option<[u8; 32]>,
}

/// Tells what is wrong with lines, in their order.
fn tell(observer: &mut impl Observer, mut problems: Vec<Problem>) {
    problems.sort_by_key(|problem| problem.line);
    for problem in problems {
        observer.problem(problem);
    }
}

/// Which tenants lines may be about.
#[derive(Clone, Debug)]
pub enum Reach {
    /// All of them: each line names its own, and lines of tenants make those that are not there. Operators may.
    Deployment,
    /// This one: lines need not name it, and may not name another.
    Tenant(Arc<Tenant>),
}

/// Where the bytes of an import come from.
pub trait Source: Send {
    /// What is there next, in pieces of bounded size; none at the end.
    ///
    /// # Errors
    /// [`Error::Internal`] with the reason if it cannot be read to its end.
    fn chunk(&mut self) -> impl Future<Output = Result<Option<Vec<u8>>>> + Send;
}

/// Who is told how an import goes.
pub trait Observer: Send {
    /// Something is wrong with a line.
    fn problem(&mut self, problem: Problem);

    /// So many more bytes are dealt with.
    fn advanced(&mut self, bytes: u64);
}

/// What became of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The line that it went on behind, if it went on where one was ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resumed_after: Option<u64>,
    /// How many users of lines behind it had been dealt with too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resumed_behind: Option<u64>,
    /// How many users were made, or would be.
    pub created: u64,
    /// How many users were changed; of a trial, those that are there.
    pub changed: u64,
    /// How many users were as their lines want them already.
    pub unchanged: u64,
    /// How many tenants and groups were made or changed, or would be looked at.
    pub others: u64,
    /// How many lines were refused.
    pub refused: u64,
}

/// An import on its way.
pub struct Import {
    directory: Directory,
    settings: ImportSettings,
    progress: ImportProgress,
    others: u64,
    tenants: HashMap<String, Arc<Tenant>>,
    /// The slugs of tenants that a trial would have made.
    planned: HashSet<String>,
    /// What the lines of a trial ask for.
    claims: Claims,
    /// Whether all users of the batch before were new, so that those of the next are likely to be.
    expects_new: bool,
}

impl Import {
    /// An import into a directory.
    #[must_use]
    pub fn new(directory: Directory, settings: ImportSettings) -> Self {
        Self {
            directory,
            settings,
            progress: ImportProgress::default(),
            others: 0,
            tenants: HashMap::new(),
            planned: HashSet::new(),
            claims: Claims::default(),
            expects_new: false,
        }
    }

    /// Takes all lines of a source. What is wrong with lines goes to the observer and keeps no other line back.
    ///
    /// # Errors
    /// A missing right; those of the store and of the source. What was taken before stays.
    pub async fn run(
        mut self,
        source: impl Source,
        observer: &mut impl Observer,
    ) -> Result<Summary> {
        let mut before = None;
        if let Some(source) = &self.settings.source
            && !self.settings.dry_run
            && let Some(progress) = self.directory.unfinished_import(source).await?
        {
            before = Some(progress);
            self.progress = progress;
        }
        let count = |number: i64| u64::try_from(number).unwrap_or_default();
        let resumed_after = before.map(|progress| count(progress.line));
        let begun = before.filter(|progress| progress.window_done > 0);
        let place = (
            resumed_after.unwrap_or_default(),
            begun.map(|progress| count(progress.window_end)),
        );
        let mut feeder = Feeder::new(source, &self.settings, place);
        let mut next = feeder.next().await?;
        while let Some(step) = next {
            // what follows is read and cut while the directory is at work
            let (done, following) = join(self.carry_out(step, observer), feeder.next()).await;
            done?;
            next = following?;
        }
        self.finish().await?;
        Ok(Summary {
            resumed_after,
            resumed_behind: begun.map(|progress| count(progress.window_done)),
            created: count(self.progress.created),
            changed: count(self.progress.changed),
            unchanged: count(self.progress.unchanged),
            others: self.others,
            refused: count(self.progress.refused),
        })
    }

    async fn carry_out(&mut self, step: Step, observer: &mut impl Observer) -> Result<()> {
        let mut problems = step.problems;
        if self.progress.window_done > 0 {
            // those were counted and told with the first of the step's users
            problems.clear();
        } else {
            self.progress.refused += i64::try_from(step.refused).unwrap_or(i64::MAX);
        }
        let line = i64::try_from(step.line).unwrap_or(i64::MAX);
        match step.work {
            Work::Users { tenant, lines } => {
                let window = Window {
                    tenant,
                    users: lines,
                    line,
                    bytes: step.bytes,
                };
                return self.window(window, problems, observer).await;
            }
            Work::Nothing => {}
            Work::Group {
                line,
                tenant,
                record,
            } => {
                let done = self.group(tenant.as_deref(), &record).await;
                problems.extend(self.settled(line, done)?);
            }
            Work::Tenant { line, record } => {
                let done = self.tenant(&record).await;
                problems.extend(self.settled(line, done)?);
            }
        }
        self.progress.line = line;
        tell(observer, problems);
        observer.advanced(step.bytes);
        Ok(())
    }

    /// Counts a line that was carried out or refused.
    fn settled(&mut self, line: u64, done: Result<()>) -> Result<Option<Problem>> {
        match done {
            Ok(()) => {
                self.others += 1;
                Ok(None)
            }
            Err(fault @ (Error::Unavailable(_) | Error::Serialization | Error::Internal(_))) => {
                Err(fault)
            }
            Err(refusal) => {
                self.progress.refused += 1;
                Ok(Some(Problem::refused(line, &refusal)))
            }
        }
    }

    /// The tenant that a line is about; none if a trial would have made it.
    async fn tenant_of(&mut self, named: Option<&str>) -> Result<Option<Arc<Tenant>>> {
        let slug = match (&self.settings.reach, named) {
            (Reach::Tenant(tenant), _) => return Ok(Some(Arc::clone(tenant))),
            (Reach::Deployment, Some(slug)) => slug,
            // the feeder lets no such line through
            (Reach::Deployment, None) => return Err(Error::internal("a line without a tenant")),
        };
        if let Some(tenant) = self.tenants.get(slug) {
            return Ok(Some(Arc::clone(tenant)));
        }
        match self.directory.tenant_by_slug(slug).await? {
            Some(tenant) => {
                let tenant = Arc::new(tenant);
                self.tenants.insert(slug.to_owned(), Arc::clone(&tenant));
                Ok(Some(tenant))
            }
            None if self.planned.contains(slug) => Ok(None),
            None => Err(Error::Unknown(provost_model::Noun::Tenant).about(slug)),
        }
    }

    fn context(&self, tenant: &Arc<Tenant>) -> Result<Context> {
        self.directory.context(
            Arc::clone(&self.settings.actor),
            Arc::clone(tenant),
            Arc::clone(&self.settings.request),
        )
    }

    /// Forgets how far the import came: all of it was read.
    async fn finish(&mut self) -> Result<()> {
        let Some(source) = self.settings.source.filter(|_| !self.settings.dry_run) else {
            return Ok(());
        };
        let any = match &self.settings.reach {
            Reach::Tenant(tenant) => Some(Arc::clone(tenant)),
            Reach::Deployment => self
                .directory
                .tenant_by_slug(Tenant::DEFAULT)
                .await?
                .map(Arc::new),
        };
        match any {
            Some(tenant) => {
                let context = self.context(&tenant)?;
                self.directory
                    .execute(context, FinishImport { source })
                    .await
            }
            None => Ok(()),
        }
    }
}
