//! The welcome mail itself.

use jiff::Timestamp as Moment;
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{Header, HeaderName, HeaderValue},
    },
};
use provost_model::{Tenant, Timestamp, User};
use uuid::Uuid;

/// What a welcome mail tells.
pub(crate) struct WelcomeMail<'a> {
    /// Who sends it.
    pub(crate) sender: &'a Mailbox,
    /// The user's tenant.
    pub(crate) tenant: &'a Tenant,
    /// The user.
    pub(crate) user: &'a User,
    /// Where it sets its password.
    pub(crate) link: &'a str,
    /// Until when it can.
    pub(crate) expires_at: Timestamp,
}

/// Tells other programs that nobody wrote the mail, so that they answer it not (RFC 3834, section 5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl WelcomeMail<'_> {
    /// The mail; none if the user's contact e-mail is no address that a mail can be sent to.
    pub(crate) fn message(&self) -> Option<Message> {
        let address: Address = self.user.email.as_ref()?.as_str().parse().ok()?;
        let to = Mailbox::new(Some(one_line(self.name())), address);
        Message::builder()
            .from(self.sender.clone())
            .to(to)
            .subject(format!("Your account at {}", one_line(self.site())))
            .message_id(Some(format!(
                "<{}@{}>",
                Uuid::now_v7(),
                self.sender.email.domain()
            )))
            .date_now()
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(self.text(), self.html()))
            .ok()
    }

    fn name(&self) -> &str {
        self.user
            .display_name
            .as_ref()
            .map_or_else(|| self.user.login.as_str(), |name| name.as_str())
    }

    fn site(&self) -> &str {
        &self.tenant.name
    }

    fn text(&self) -> String {
        format!(
            "Hello {name},\n\nan account was made for you at {site}.\n\nYour login: {login}\n\n\
             Open this link to choose your password:\n\n{link}\n\n\
             The link can be used once, until {expiry}. After that, ask your administrator for another one.\n\n\
             If you do not expect this message, you can ignore it.\n",
            name = one_line(self.name()),
            site = one_line(self.site()),
            login = one_line(self.user.login.as_str()),
            link = self.link,
            expiry = moment(self.expires_at),
        )
    }

    fn html(&self) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Your account at {site}</title></head>\n\
             <body style=\"font-family: sans-serif; line-height: 1.5\">\n<p>Hello {name},</p>\n\
             <p>an account was made for you at <strong>{site}</strong>.</p>\n<p>Your login: <strong>{login}</strong></p>\n\
             <p><a href=\"{link}\">Choose your password</a></p>\n<p>If that does not open, copy this address into your browser:<br>{link}</p>\n\
             <p>The link can be used once, until {expiry}. After that, ask your administrator for another one.</p>\n\
             <p>If you do not expect this message, you can ignore it.</p>\n</body>\n</html>\n",
            name = escaped(self.name()),
            site = escaped(self.site()),
            login = escaped(self.user.login.as_str()),
            link = escaped(self.link),
            expiry = moment(self.expires_at),
        )
    }
}

/// Text without line ends and other control characters, so that it can begin no header or paragraph of its own.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|one| if one.is_control() { ' ' } else { one })
        .collect()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for one in one_line(text).chars() {
        match one {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A moment for people: `29 November 2026, 22:30 UTC`.
fn moment(at: Timestamp) -> String {
    Moment::from_microsecond(at.0).map_or_else(
        |_| "its end".to_owned(),
        |moment| moment.strftime("%-d %B %Y, %H:%M UTC").to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_line_ends_in_names_stay_text() {
        assert_eq!(
            escaped("<b>\"A\" & 'B'</b>\r\nBcc: x@y"),
            "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;  Bcc: x@y"
        );
    }

    #[test]
    fn moments_are_readable() {
        assert_eq!(moment(Timestamp(0)), "1 January 1970, 00:00 UTC");
    }
}
