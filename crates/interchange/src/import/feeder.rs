//! Lines, read and gathered into steps.

use super::{
    BATCH, ImportSettings, Reach, Source,
    order::{self, Users},
};
use crate::{
    Problem,
    read::{GroupRecord, Lines, Record, Said, TenantRecord},
};
use provost_directory::commands::imports::{ImportedUser, Matching};
use provost_model::{Address, Login, Patch, Result, Slug};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use tokio::task::yield_now;

/// How many users are brought into an order at first, so that work begins early; each further time twice as many …
const FIRST_USERS: usize = 8192;
/// … up to so many: the more, the fewer pages each of them writes, but all are held in memory, about a kilobyte each.
const USERS: usize = 65536;
/// Up to how many bytes are read for one step, however few users that is.
const BYTES: u64 = 16 * 1024 * 1024;
/// How many problems are kept before they are told.
const PROBLEMS: usize = 500;
/// After how many lines the directory's answer is looked for, and those who ask the same thread for something else.
const LINES: u64 = 100;

/// Some lines that are carried out together.
pub(super) struct Step {
    pub(super) work: Work,
    /// What could not be read.
    pub(super) problems: Vec<Problem>,
    /// How many lines that are.
    pub(super) refused: u64,
    /// The last line of the step.
    pub(super) line: u64,
    /// How many bytes were read for it.
    pub(super) bytes: u64,
}

/// What is to be carried out.
pub(super) enum Work {
    Nothing,
    Users {
        tenant: Option<String>,
        lines: Users,
    },
    Group {
        line: u64,
        tenant: Option<String>,
        record: GroupRecord,
    },
    Tenant {
        line: u64,
        record: Box<TenantRecord>,
    },
}

/// Reads a source and gathers its lines into steps.
pub(super) struct Feeder<S> {
    source: S,
    lines: Lines,
    reach: Reach,
    matching: Matching,
    /// Whether the source was read to its end.
    all: bool,
    /// A line that begins the next step.
    held: Option<Record>,
    /// Lines up to this one were dealt with before.
    skip: u64,
    /// The line that the first step ends with, if it was begun before.
    first_end: Option<u64>,
    /// Up to how many users are in the step.
    users: usize,
    /// The last line that was read.
    line: u64,
    bytes: u64,
    /// On which line each user was met. Digests stand for them, so that a million take little room.
    seen: HashMap<[u8; 16], u64>,
}

impl<S: Source> Feeder<S> {
    pub(super) fn new(
        source: S,
        settings: &ImportSettings,
        (skip, first_end): (u64, Option<u64>),
    ) -> Self {
        Self {
            source,
            lines: Lines::new(settings.format),
            reach: settings.reach.clone(),
            matching: settings.matching,
            all: false,
            held: None,
            skip,
            first_end,
            users: FIRST_USERS,
            line: 0,
            bytes: 0,
            seen: HashMap::new(),
        }
    }

    /// The next step; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Step>> {
        let mut step = Step {
            work: Work::Nothing,
            problems: Vec::new(),
            refused: 0,
            line: self.line,
            bytes: 0,
        };
        loop {
            let record = match self.held.take() {
                Some(record) => record,
                None => match self.lines.next(self.all) {
                    Some(line) => {
                        let number = line.0;
                        self.line = number;
                        if number % LINES == 0 {
                            yield_now().await;
                        }
                        match Record::read(line).and_then(|record| self.admit(record)) {
                            Ok(Some(record)) => record,
                            Ok(None) => continue,
                            Err(problems) => {
                                if number > self.skip {
                                    step.refused += 1;
                                    step.problems.extend(problems);
                                    step.line = number;
                                }
                                if self.is_over(&step, step.problems.len() >= PROBLEMS) {
                                    return self.ended(step).await.map(Some);
                                }
                                continue;
                            }
                        }
                    }
                    None if self.all => {
                        let is_nothing =
                            matches!(step.work, Work::Nothing) && step.problems.is_empty();
                        let rest = self.bytes > 0;
                        if is_nothing && !rest {
                            return Ok(None);
                        }
                        return self.ended(step).await.map(Some);
                    }
                    None if self.is_over(&step, self.bytes >= BYTES) => {
                        return self.ended(step).await.map(Some);
                    }
                    None => {
                        match self.source.chunk().await? {
                            Some(chunk) => {
                                self.bytes += chunk.len() as u64;
                                self.lines.push(&chunk);
                            }
                            None => self.all = true,
                        }
                        continue;
                    }
                },
            };
            if let Some(record) = gather(&mut step, record) {
                self.held = Some(record);
                return self.ended(step).await.map(Some);
            }
            let is_full = match &step.work {
                Work::Users { lines, .. } => self.is_over(&step, lines.len() >= self.users),
                Work::Group { .. } | Work::Tenant { .. } => true,
                Work::Nothing => false,
            };
            if is_full {
                return self.ended(step).await.map(Some);
            }
        }
    }

    /// Whether a step is over: where it was before, else if it is full.
    fn is_over(&self, step: &Step, is_full: bool) -> bool {
        self.first_end.map_or(is_full, |end| step.line >= end)
    }

    async fn ended(&mut self, mut step: Step) -> Result<Step> {
        self.first_end = None;
        if let Work::Users { lines, .. } = &mut step.work
            && lines.len() > BATCH
        {
            self.users = USERS.min(self.users * 2);
            *lines = order::beside(std::mem::take(lines)).await?;
        }
        step.bytes = std::mem::take(&mut self.bytes);
        Ok(step)
    }

    /// The record, if it may be about its tenant, its user was not met before, and it was not dealt with before.
    fn admit(&mut self, record: Record) -> Result<Option<Record>, Vec<Problem>> {
        let line = record.line;
        let refuse = |key: &str, problem: &str| Err(vec![Problem::with(line, key, problem)]);
        match (&self.reach, &record.said, &record.tenant) {
            (Reach::Tenant(_), Said::Tenant(_), _) => {
                return refuse(
                    "type",
                    "is tenant, where one tenant's groups and users are taken",
                );
            }
            (Reach::Tenant(tenant), _, Some(slug))
                if Slug::parse(slug).map(|slug| slug.key()) != Ok(tenant.slug.key()) =>
            {
                return refuse("tenant", "is another than the one that is imported into");
            }
            (Reach::Deployment, Said::Group(_) | Said::User(_), None) => {
                return refuse("tenant", "is missing");
            }
            _ => {}
        }
        if let Said::User(user) = &record.said
            && let Some(key) = self.key(record.tenant.as_deref(), user)
            && let Some(before) = self.seen.insert(key, line)
        {
            let problem = format!("it is about the same user as line {before}");
            self.seen.insert(key, before);
            return Err(vec![Problem::new(line, problem)]);
        }
        Ok((line > self.skip).then_some(record))
    }

    /// What stands for the user of a line.
    fn key(&self, tenant: Option<&str>, user: &ImportedUser) -> Option<[u8; 16]> {
        let name = match (self.matching, &user.address) {
            (Matching::Login, _) => user.login.as_ref().map(Login::key)?,
            (Matching::Address, Patch::Set(address)) => Address::key(address),
            (Matching::Address, Patch::Keep | Patch::Clear) => return None,
        };
        let digest = Sha256::new()
            .chain_update(tenant.unwrap_or_default().to_ascii_lowercase())
            .chain_update([0])
            .chain_update(name)
            .finalize();
        let mut short = [0; 16];
        short.copy_from_slice(&digest[..16]);
        Some(short)
    }
}

/// Adds a record to a step; gives it back if it begins another.
fn gather(step: &mut Step, record: Record) -> Option<Record> {
    let line = record.line;
    match (&mut step.work, record) {
        (
            work @ Work::Nothing,
            Record {
                tenant,
                said: Said::User(user),
                ..
            },
        ) => {
            let lines = vec![(line, user)];
            *work = Work::Users { tenant, lines };
        }
        (
            Work::Users { tenant, lines },
            Record {
                tenant: of,
                said: Said::User(user),
                ..
            },
        ) if *tenant == of => lines.push((line, user)),
        (
            work @ Work::Nothing,
            Record {
                tenant,
                said: Said::Group(record),
                ..
            },
        ) => {
            *work = Work::Group {
                line,
                tenant,
                record,
            };
        }
        (
            work @ Work::Nothing,
            Record {
                said: Said::Tenant(record),
                ..
            },
        ) => *work = Work::Tenant { line, record },
        (_, record) => return Some(record),
    }
    step.line = line;
    None
}
