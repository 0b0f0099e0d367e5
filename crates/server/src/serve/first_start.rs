//! The first start on an empty database.

use crate::{
    config::Settings,
    failure::{Failure, Result},
    password,
};
use provost_directory::{Bootstrapped, Directory, FirstAdministrator};
use provost_model::{Error, Field};
use std::io::{self, Write};

/// Makes the first administrator if the database is new. Where the settings hold no password one is generated and printed on
/// standard output, this once.
///
/// # Errors
/// A password that is empty or too long to be kept: then nobody was made. Those of the store.
pub(crate) async fn first_start(directory: &Directory, settings: &Settings) -> Result<()> {
    if !directory.is_new().await? {
        return Ok(());
    }
    let login = settings.admin_user.as_str();
    let (password, generated) = match settings.admin_password.clone() {
        Some(chosen) => (password::for_first_administrator(chosen, login), None),
        None => {
            let generated = password::generate()?;
            (password::for_deployment(generated.clone()), Some(generated))
        }
    };
    let administrator = FirstAdministrator {
        login: settings.admin_user.clone(),
        password,
        email: settings.admin_email.clone(),
    };
    let made = directory
        .bootstrap(administrator)
        .await
        .map_err(explained)?;
    if let (Bootstrapped::Made, Some(password)) = (made, generated) {
        show(login, &password)?;
    }
    Ok(())
}

/// The settings' own name for what the directory calls a password.
fn explained(error: Error) -> Failure {
    match error {
        Error::Invalid(violation) if violation.field == Field::Password => Failure::refused(
            format_args!("PROVOST_ADMIN_PASSWORD: the {violation}; nothing was made"),
        ),
        error => error.into(),
    }
}

fn show(login: &str, password: &str) -> Result<()> {
    let mut output = io::stdout().lock();
    writeln!(
        output,
        "The database is new. Its first administrator, shown this once:"
    )?;
    writeln!(output, "  login:    {login}")?;
    writeln!(output, "  password: {password}")?;
    Ok(output.flush()?)
}
