//! The mail server.

use crate::settings::{MailSettings, Tls};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls as Encryption, TlsParameters},
    },
};
use provost_model::Error;
use std::time::Duration;
use tokio::{sync::Semaphore, time::timeout};

/// How many mails are handed over at once.
const AT_ONCE: usize = 8;

/// A mail server that takes mails.
pub(crate) struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    turns: Semaphore,
    patience: Duration,
}

impl Smtp {
    /// Prepares for the mail server of these settings. Nothing is connected yet.
    pub(crate) fn new(settings: &MailSettings) -> Result<Self, Error> {
        let (port, encryption) = match settings.tls {
            Tls::StartTls => (587, Encryption::Required(parameters(settings)?)),
            Tls::Tls => (465, Encryption::Wrapper(parameters(settings)?)),
            Tls::None => (25, Encryption::None),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&*settings.host)
            .port(settings.port.unwrap_or(port))
            .tls(encryption)
            .timeout(Some(settings.timeout));
        if let Some((user, password)) = &settings.account {
            let password = password.expose().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Self {
            transport: builder.build(),
            turns: Semaphore::new(AT_ONCE),
            patience: settings.timeout,
        })
    }

    /// Hands a mail over; an error says why the server did not take it.
    pub(crate) async fn send(&self, message: Message) -> Result<(), String> {
        let exchange = async {
            let _turn = self
                .turns
                .acquire()
                .await
                .map_err(|error| error.to_string())?;
            self.transport
                .send(message)
                .await
                .map_err(|error| chain(&error))
        };
        match timeout(self.patience, exchange).await {
            Ok(outcome) => outcome.map(|_| ()),
            Err(_) => Err("the mail server took too long".to_owned()),
        }
    }
}

fn parameters(settings: &MailSettings) -> Result<TlsParameters, Error> {
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(pem) = &settings.authorities {
        let certificate =
            Certificate::from_pem(pem).map_err(|error| Error::internal(chain(&error)))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder
        .build()
        .map_err(|error| Error::internal(chain(&error)))
}

/// An error with what caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let further = error.to_string();
        if !text.contains(&further) {
            text.push_str(": ");
            text.push_str(&further);
        }
        cause = error.source();
    }
    text.chars()
        .map(|one| if one.is_control() { ' ' } else { one })
        .collect()
}
