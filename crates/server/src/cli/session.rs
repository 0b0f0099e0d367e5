//! What a command works with: the open directory, and who asks.

use crate::{
    config::Settings,
    failure::{Failure, Result},
    serve::{first_start, welcomer},
};
use provost_delivery::Welcomer;
use provost_directory::{Actor, Command, Context, Directory, DirectorySettings, StoreSettings};
use provost_model::{Error, Login, Noun, Tenant, TenantId, User};
use std::{path::Path, sync::Arc};

/// How many rows a command reads at once.
pub(crate) const PAGE: i64 = 500;

/// An open directory for one command.
pub(crate) struct Session {
    /// The directory.
    pub(crate) directory: Directory,
    actor: Arc<Actor>,
    request: Arc<str>,
    welcomer: Option<Welcomer>,
}

impl Session {
    /// Opens the database, beside a running server or without one. A new database is set up only if the settings hold the first
    /// administrator's password: a generated one would be lost in the output of another command.
    ///
    /// # Errors
    /// There is no database yet; those of the store.
    pub(crate) async fn open(settings: &Settings) -> Result<Self> {
        if settings.admin_password.is_none() {
            refuse_missing_file(&settings.database)?;
        }
        let store = StoreSettings {
            migrate: settings.migrate,
            ..StoreSettings::new(settings.database.as_str())
        };
        let directory = Directory::open(DirectorySettings {
            products: settings.products.clone(),
            ..DirectorySettings::new(store)
        })
        .await?;
        if directory.is_new().await? {
            if settings.admin_password.is_none() {
                return Err(Failure::refused(
                    "the database is new: start `provost serve` once, or set PROVOST_ADMIN_PASSWORD",
                ));
            }
            first_start(&directory, settings).await?;
        }
        Ok(Self {
            welcomer: welcomer(&directory, settings)?,
            directory,
            actor: Arc::new(Actor::COMMAND_LINE),
            request: request().into(),
        })
    }

    /// The request in the audit.
    pub(crate) fn request(&self) -> Arc<str> {
        Arc::clone(&self.request)
    }

    /// What sends welcome mails.
    ///
    /// # Errors
    /// No mail server is set up.
    pub(crate) fn welcomer(&self) -> Result<&Welcomer> {
        self.welcomer.as_ref().ok_or_else(|| {
            Failure::refused("no mail server is set up: set PROVOST_MAIL_SERVER, PROVOST_MAIL_FROM and PROVOST_PUBLIC_URL")
        })
    }

    /// The tenant with this slug.
    ///
    /// # Errors
    /// There is none.
    pub(crate) async fn tenant(&self, slug: &str) -> Result<Arc<Tenant>> {
        self.directory
            .tenant_by_slug(slug)
            .await?
            .map(Arc::new)
            .ok_or_else(|| unknown(Noun::Tenant, slug))
    }

    /// The tenant's user with this name: a login, else an address, else a contact e-mail that one user alone has.
    ///
    /// # Errors
    /// There is none.
    pub(crate) async fn user(&self, tenant: &Tenant, name: &str) -> Result<User> {
        self.directory
            .user(tenant.id, name)
            .await?
            .ok_or_else(|| unknown(Noun::User, name))
    }

    /// A tenant's slug; its id in angle brackets if it was deleted meanwhile.
    pub(crate) async fn slug(&self, id: TenantId) -> Result<String> {
        let tenant = self.directory.tenant_by_id(id).await?;
        Ok(tenant.map_or_else(|| format!("<{}>", id.0), |tenant| tenant.slug.to_string()))
    }

    /// The surroundings of a command for this tenant.
    pub(crate) fn context(&self, tenant: &Arc<Tenant>) -> Result<Context> {
        Ok(self.directory.context(
            Arc::clone(&self.actor),
            Arc::clone(tenant),
            Arc::clone(&self.request),
        )?)
    }

    /// Carries out a change in a tenant. A refusal names `about`.
    pub(crate) async fn execute<C: Command>(
        &self,
        tenant: &Arc<Tenant>,
        about: &str,
        command: C,
    ) -> Result<C::Outcome> {
        let context = self.context(tenant)?;
        self.directory
            .execute(context, command)
            .await
            .map_err(|error| named(error, about))
    }

    /// Carries out a change of the deployment, which any tenant may stand for.
    pub(crate) async fn execute_for_deployment<C: Command>(
        &self,
        about: &str,
        command: C,
    ) -> Result<C::Outcome> {
        let tenant = self.tenant(Tenant::DEFAULT).await?;
        self.execute(&tenant, about, command).await
    }
}

/// There is no such thing with this name.
pub(crate) fn unknown(noun: Noun, name: &str) -> Failure {
    Error::Unknown(noun).about(name).into()
}

/// The login with this text.
pub(crate) fn login(text: &str) -> Result<Login> {
    Login::parse(text).map_err(|violation| Error::from(violation).about(text).into())
}

/// The error, with the name of what it is about where it has none of its own.
fn named(error: Error, about: &str) -> Failure {
    match error {
        Error::About { .. } | Error::Unavailable(_) | Error::Internal(_) | Error::Serialization => {
            error.into()
        }
        Error::Invalid(_)
        | Error::Unknown(_)
        | Error::OutOfReach(_)
        | Error::Taken(_)
        | Error::Forbidden(_)
        | Error::Protected(_) => error.about(about).into(),
    }
}

/// Refuses a SQLite file that is not there: a command in the wrong folder should not leave an empty database behind.
pub(crate) fn refuse_missing_file(database: &str) -> Result<()> {
    let Some(path) = database.strip_prefix("sqlite:") else {
        return Ok(());
    };
    let path = path.strip_prefix("//").unwrap_or(path);
    if Path::new(path).exists() {
        return Ok(());
    }
    Err(Failure::refused(format_args!(
        "there is no database at {path}: start `provost serve` once, or name another with --database"
    )))
}

/// The request in the audit: the account at the terminal, as far as the environment tells.
fn request() -> String {
    let account = ["SUDO_USER", "USER", "LOGNAME"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .map(|name| {
            name.chars()
                .filter(|one| one.is_ascii_graphic())
                .take(32)
                .collect::<String>()
        })
        .find(|name| !name.is_empty());
    account.map_or_else(|| "cli".to_owned(), |account| format!("cli:{account}"))
}
