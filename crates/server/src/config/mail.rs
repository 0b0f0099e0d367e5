//! How mails are sent.

use super::{key::Key, source::Sources};
use crate::failure::{Failure, Result};
use provost_delivery::{MailSettings, SmtpPassword, Tls};
use std::{fs, time::Duration};

/// How long sending one mail may take unless something else is set.
const TIMEOUT: Duration = Duration::from_secs(15);
/// How long a link in a mail holds unless something else is set.
const LINK_LIFETIME: Duration = Duration::from_secs(7 * DAY);
const DAY: u64 = 24 * 60 * 60;

/// The settings for mails; none if no mail server is set.
///
/// # Errors
/// A setting that makes no sense or is missing, with its place.
pub(super) fn mail(
    sources: &Sources<'_>,
    public_url: Option<&str>,
) -> Result<Option<MailSettings>> {
    let text = |key| sources.text(key).filter(|text| !text.is_empty());
    let Some(server) = text(Key::MailServer) else {
        return Ok(None);
    };
    let wanted = |key: Key| {
        let name = key.variable();
        Failure::refused(format_args!("a mail server is set, so {name} must be too"))
    };
    let (host, port) = host_and_port(&server)
        .map_err(|why| Failure::refused(format_args!("{}: {why}", Key::MailServer.variable())))?;
    let password = match (text(Key::MailPassword), text(Key::MailPasswordFile)) {
        (Some(password), _) => Some(password),
        (None, Some(path)) => Some(read(Key::MailPasswordFile, &path)?),
        (None, None) => None,
    };
    let account = match (text(Key::MailUser), password) {
        (Some(user), Some(password)) => Some((user, SmtpPassword::new(password))),
        (Some(_), None) => return Err(wanted(Key::MailPassword)),
        (None, Some(_)) => return Err(wanted(Key::MailUser)),
        (None, None) => None,
    };
    let authorities = text(Key::MailCa).map(|path| read(Key::MailCa, &path));
    Ok(Some(MailSettings {
        host,
        port,
        tls: sources.parsed(Key::MailTls, tls)?.unwrap_or_default(),
        authorities: authorities.transpose()?.map(String::into_bytes),
        account,
        sender: text(Key::MailFrom).ok_or_else(|| wanted(Key::MailFrom))?,
        timeout: sources
            .parsed(Key::MailTimeout, |text| whole(text, 1, 50))?
            .map_or(TIMEOUT, Duration::from_secs),
        link_lifetime: sources
            .parsed(Key::PasswordLinkDays, |text| whole(text, 1, 365))?
            .map_or(LINK_LIFETIME, |days| Duration::from_secs(days * DAY)),
        public_url: public_url.ok_or_else(|| wanted(Key::PublicUrl))?.to_owned(),
    }))
}

/// A file's text without the line's end at its end.
fn read(key: Key, path: &str) -> Result<String> {
    let text = fs::read_to_string(path)
        .map_err(|error| Failure::refused(format_args!("{}: {path}: {error}", key.variable())))?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// `mail.example.org`, `mail.example.org:587`, `[::1]:25`.
fn host_and_port(text: &str) -> Result<(String, Option<u16>), String> {
    let wrong = || format!("{text:?} is not a host, or a host and a port");
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            (host, Some(port.parse().map_err(|_| wrong())?))
        }
        Some(_) | None => (text, None),
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() || host.contains(char::is_whitespace) {
        return Err(wrong());
    }
    Ok((host.to_owned(), port))
}

fn tls(text: &str) -> Result<Tls, String> {
    match text {
        "starttls" => Ok(Tls::StartTls),
        "tls" => Ok(Tls::Tls),
        "none" => Ok(Tls::None),
        _ => Err(format!("{text:?} is neither starttls nor tls nor none")),
    }
}

/// A whole number in a range.
pub(super) fn whole(text: &str, least: u64, most: u64) -> Result<u64, String> {
    match text.parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => Err(format!(
            "{text:?} is not a whole number from {least} to {most}"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_may_have_ports() {
        let host = |text| host_and_port(text).ok();
        assert_eq!(
            host("mail.example.org"),
            Some(("mail.example.org".to_owned(), None))
        );
        assert_eq!(
            host("localhost:25"),
            Some(("localhost".to_owned(), Some(25)))
        );
        assert_eq!(host("[::1]:25"), Some(("::1".to_owned(), Some(25))));
        for wrong in [":25", "localhost:mail", "a b"] {
            assert_eq!(host(wrong), None, "{wrong}");
        }
    }
}
