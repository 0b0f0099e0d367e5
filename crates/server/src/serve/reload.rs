//! Reading renewed files again, without an interruption.

use super::tls::Tls;
use std::{io, sync::Arc};
use tokio::signal::unix::{SignalKind, signal};

/// At each SIGHUP from now on the certificate is read again, if there is one.
///
/// # Errors
/// The signal cannot be listened to.
pub(super) fn reload_at_hangup(tls: Option<Arc<Tls>>) -> io::Result<impl Future<Output = ()>> {
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(async move {
        while hangup.recv().await.is_some() {
            match tls.as_ref().map(|tls| tls.reload()) {
                None => tracing::info!(signal = "SIGHUP", "there is no certificate to read again"),
                Some(Ok(())) => tracing::info!(signal = "SIGHUP", "the certificate was read again"),
                Some(Err(error)) => {
                    tracing::error!(signal = "SIGHUP", %error, "the certificate stays as it was");
                }
            }
        }
    })
}
