//! `provost import`.

use super::{export::FormatArgument, output::Output, progress::Progress, session::Session};
use crate::failure::{Failure, Result};
use clap::{Args, ValueEnum};
use provost_directory::{Actor, commands::imports::Matching};
use provost_interchange::{
    Format, Import, ImportSettings, Observer, Problem, Reach, Source, Summary,
};
use provost_model::Error;
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{Read as _, Write as _, stderr, stdin},
    path::{Path, PathBuf},
    sync::Arc,
    time::UNIX_EPOCH,
};

/// How many bytes are read at once.
const PIECE: usize = 64 * 1024;

/// Takes tenants, groups and users from a file that `provost export` or another program wrote.
///
/// Users that are there are changed, others are made; what a line does not name stays. Each line is taken as a whole or not at all: what
/// is wrong with one is told with its number on standard error, the rest goes on, and the exit code is 1 in the end. An import that was
/// ended in the middle goes on where it was if the same file is imported again. Hashes of passwords are taken as they are, and renewed
/// when their users log in.
#[derive(Args, Debug)]
#[command(
    name = "import",
    after_help = "Examples:\n  provost import all.jsonl --dry-run\n  provost import staff.csv --tenant acme\n  gunzip < mail.jsonl.gz | provost import - --tenant acme --match address"
)]
pub(crate) struct ImportFile {
    /// The file, or - for standard input
    file: PathBuf,
    /// The one tenant that groups and users go into; without it each line names its own
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// JSON lines or CSV with a header [default: csv for files whose names end so, else jsonl]
    #[arg(long, value_enum)]
    format: Option<FormatArgument>,
    /// By what users are found
    #[arg(long = "match", value_enum, value_name = "FIELD", default_value_t = MatchArgument::Login)]
    matching: MatchArgument,
    /// Tell what is wrong with the lines, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// By what users are found, by the names of the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum MatchArgument {
    /// By their logins
    Login,
    /// By their addresses
    Address,
}

impl ImportFile {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let reach = match &self.tenant {
            Some(slug) => Reach::Tenant(session.tenant(slug).await?),
            None => Reach::Deployment,
        };
        let format = self
            .format
            .map_or_else(|| by_name(&self.file), Format::from);
        let matching = match self.matching {
            MatchArgument::Login => Matching::Login,
            MatchArgument::Address => Matching::Address,
        };
        let (input, length) = Input::open(&self.file)?;
        let settings = ImportSettings {
            actor: Arc::new(Actor::COMMAND_LINE),
            request: session.request(),
            reach,
            format,
            matching,
            dry_run: self.dry_run,
            source: self.digest(format)?,
        };
        let mut telling = Telling {
            progress: Progress::new(length, "bytes read"),
            problems: 0,
        };
        let import = Import::new(session.directory.clone(), settings);
        let done = import.run(input, &mut telling).await;
        let Telling { progress, problems } = telling;
        progress.finish();
        let summary = done?;
        self.tell(output, &summary)?;
        if summary.refused == 0 {
            return Ok(());
        }
        let earlier = if problems == 0 {
            ", told when the import began"
        } else {
            ""
        };
        Err(Failure::refused(format_args!(
            "{} lines were refused{earlier}",
            summary.refused
        )))
    }

    fn tell(&self, output: &mut Output, summary: &Summary) -> Result<()> {
        if let Some(line) = summary.resumed_after {
            match summary.resumed_behind {
                None => output.line(format_args!("went on after line {line}"))?,
                Some(users) => output.line(format_args!(
                    "went on after line {line} and {users} users behind it"
                ))?,
            }
        }
        let Summary {
            created,
            changed,
            unchanged,
            refused,
            ..
        } = summary;
        if self.dry_run {
            return output.line(format_args!(
                "nothing was changed: {created} users would be made, {changed} are there, {refused} lines would be refused"
            ));
        }
        output.line(format_args!(
            "{created} users made, {changed} changed, {unchanged} were so already, {refused} lines refused"
        ))
    }

    /// Stands for the file as it is and for how it is read. Standard input has none: it cannot be read again.
    fn digest(&self, format: Format) -> Result<Option<[u8; 32]>> {
        if is_standard_input(&self.file) {
            return Ok(None);
        }
        let path = self
            .file
            .canonicalize()
            .map_err(|cause| unreadable(&self.file, &cause))?;
        let metadata = path.metadata().map_err(|cause| unreadable(&path, &cause))?;
        let modified = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .unwrap_or_default();
        let facts = format!(
            "{}\0{}\0{}\0{}\0{:?}\0{:?}",
            path.display(),
            metadata.len(),
            modified.as_nanos(),
            format.name(),
            self.tenant,
            self.matching
        );
        Ok(Some(Sha256::digest(facts).into()))
    }
}

fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn by_name(path: &Path) -> Format {
    path.extension()
        .and_then(|ending| ending.to_str())
        .and_then(|ending| Format::from_name(&ending.to_ascii_lowercase()))
        .unwrap_or(Format::JsonLines)
}

fn unreadable(path: &Path, cause: &std::io::Error) -> Failure {
    Failure::refused(format_args!("cannot read {}: {cause}", path.display()))
}

/// What is read.
enum Input {
    File(File),
    Standard,
}

impl Input {
    /// Opens a file; gives its length too.
    fn open(path: &Path) -> Result<(Self, Option<u64>)> {
        if is_standard_input(path) {
            return Ok((Self::Standard, None));
        }
        let file = File::open(path).map_err(|cause| unreadable(path, &cause))?;
        let length = file
            .metadata()
            .ok()
            .filter(std::fs::Metadata::is_file)
            .map(|it| it.len());
        Ok((Self::File(file), length))
    }
}

impl Source for Input {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let mut piece = vec![0; PIECE];
        let read = match self {
            Self::File(file) => file.read(&mut piece),
            Self::Standard => stdin().read(&mut piece),
        };
        let length = read.map_err(Error::internal)?;
        piece.truncate(length);
        Ok((length > 0).then_some(piece))
    }
}

/// Tells the terminal how the import goes.
struct Telling {
    progress: Progress,
    problems: u64,
}

impl Observer for Telling {
    fn problem(&mut self, problem: Problem) {
        self.problems += 1;
        // with standard error closed there is nobody to tell
        let _ = writeln!(stderr(), "{problem}");
    }

    fn advanced(&mut self, bytes: u64) {
        self.progress.advance(bytes);
    }
}
