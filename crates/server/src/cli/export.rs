//! `provost export`.

use super::{output::Output, progress::Progress, session::Session};
use crate::failure::{Failure, Result};
use clap::{Args, ValueEnum};
use provost_interchange::{Export, ExportSettings, Format};
use std::{
    fs::{self, File, OpenOptions},
    io::{BufWriter, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// Writes tenants, groups and users to a file that `provost import` reads.
///
/// The order of lines depends on what the directory holds alone, so the same directory gives the same file, on either engine. Users
/// come with all that an import can set; tokens and app passwords are never exported, hashes of passwords only with --with-hashes. A
/// server may run meanwhile: each user is whole, but two users may be of different moments.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  provost export --with-hashes --output all.jsonl\n  provost export --tenant acme --format csv > acme.csv"
)]
pub(crate) struct ExportDirectory {
    /// The one tenant whose groups and users are exported; its name is not on the lines, so they can go into another
    #[arg(long, value_name = "SLUG")]
    tenant: Option<String>,
    /// JSON lines with all that an import can set, or rows with the columns that are used most
    #[arg(long, value_enum, default_value_t = FormatArgument::Jsonl)]
    format: FormatArgument,
    /// The file to write, readable by its owner alone; it must not exist. Without it standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the hashes of passwords too
    #[arg(long)]
    with_hashes: bool,
}

/// The notations by the names of the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FormatArgument {
    /// A JSON object a line
    Jsonl,
    /// A header and rows
    Csv,
}

impl From<FormatArgument> for Format {
    fn from(argument: FormatArgument) -> Self {
        match argument {
            FormatArgument::Jsonl => Self::JsonLines,
            FormatArgument::Csv => Self::Csv,
        }
    }
}

impl ExportDirectory {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        let tenant = match &self.tenant {
            Some(slug) => Some(session.tenant(slug).await?),
            None => None,
        };
        let settings = ExportSettings {
            tenant,
            format: self.format.into(),
            with_hashes: self.with_hashes,
        };
        let mut export = Export::new(session.directory.clone(), settings);
        let Some(path) = &self.output else {
            while let Some(piece) = export.next().await? {
                output.bytes(&piece)?;
            }
            return output.flush();
        };
        let mut file = BufWriter::new(create(path)?);
        let written = write(&mut export, &mut file).await;
        if written.is_err() {
            // half an export would pass for a whole one; that it stays is told by the failure that made it half
            let _ = fs::remove_file(path);
        }
        written?;
        output.line(format_args!(
            "{} users exported to {}",
            export.users(),
            path.display()
        ))
    }
}

async fn write(export: &mut Export, file: &mut BufWriter<File>) -> Result<()> {
    let mut progress = Progress::new(None, "users exported");
    let mut told = 0;
    while let Some(piece) = export.next().await? {
        file.write_all(&piece)?;
        progress.advance(export.users() - told);
        told = export.users();
    }
    file.flush()?;
    file.get_ref().sync_all()?;
    progress.finish();
    Ok(())
}

/// A new file that its owner alone may read.
fn create(path: &Path) -> Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(|cause| Failure::refused(format_args!("cannot write {}: {cause}", path.display())))
}
