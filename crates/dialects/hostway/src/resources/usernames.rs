//! The list of a domain's mailboxes.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    resources::{mailbox::name_of, username},
    values::megabytes,
    wire::{Answer, Link, Query, stream},
};
use provost_directory::queries::{Mailbox, MailboxFilter, MailboxOrder, MailboxStream};
use serde::Serialize;

/// A mailbox in the list.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed<'a> {
    username: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    webmail_access: Option<&'a str>,
    links: [Link; 1],
    r#type: Option<&'a str>,
    quota: u64,
    master: u8,
    /// Nothing is sold on trial.
    trial_type: Option<&'a str>,
    trial_expiration: Option<&'a str>,
    allow_upgrade: bool,
}

/// Lists the mailboxes, as they are read.
pub(crate) async fn list(call: &Call) -> Outcome {
    let query = Query::parse(&call.query)?;
    let filter = MailboxFilter::new(query.text("filterUsername")?);
    let order = MailboxOrder {
        by_quota: query.second("sortField", ["username", "quota"])?,
        upwards: !query.second("sortOrder", ["asc", "desc"])?,
    };
    let details = query.second("details", ["0", "1"])?;
    let (offset, left) = match (query.count("page")?, query.count("pageSize")?) {
        (None, None) => (0, u64::MAX),
        (Some(page), Some(size)) => ((page - 1).saturating_mul(size), size),
        (Some(_), None) => return Err(Answer::bad("pageSize", "Required")),
        (None, Some(_)) => return Err(Answer::bad("page", "Required")),
    };
    let (tenant, domain) = (call.tenant(), call.domain()?);
    let count = call
        .directory
        .count_mailboxes(tenant, domain, &filter)
        .await
        .map_err(refuse)?;
    let pieces = Mailboxes {
        call: call.clone(),
        stream: MailboxStream::new(tenant, domain.clone(), filter, order),
        details,
        offset,
        left,
    };
    let begin = format!("{{\"totalCount\":{count},\"list\":[");
    stream::list(begin, pieces, "]}".to_owned()).await
}

struct Mailboxes {
    call: Call,
    stream: MailboxStream,
    details: bool,
    /// How many are still to be left out.
    offset: u64,
    /// How many are still to be shown.
    left: u64,
}

impl stream::Pieces for Mailboxes {
    async fn next(&mut self) -> Outcome<Option<Vec<String>>> {
        if self.left == 0 {
            return Ok(None);
        }
        let directory = &self.call.directory;
        let Some(keys) = self.stream.next(directory).await.map_err(refuse)? else {
            return Ok(None);
        };
        let read = u64::try_from(keys.len()).unwrap_or(u64::MAX);
        let out = self.offset.min(read);
        self.offset -= out;
        let numbers: Vec<_> = keys
            .iter()
            .skip(usize::try_from(out).unwrap_or(usize::MAX))
            .take(usize::try_from(self.left).unwrap_or(usize::MAX))
            .map(|key| key.user)
            .collect();
        if numbers.is_empty() {
            return Ok(Some(Vec::new()));
        }
        self.left -= u64::try_from(numbers.len())
            .unwrap_or(u64::MAX)
            .min(self.left);
        let mailboxes = directory.mailboxes(self.call.tenant_id(), &numbers).await;
        let shown = mailboxes.map_err(refuse)?;
        shown
            .iter()
            .map(|mailbox| self.shown(mailbox))
            .collect::<Outcome<Vec<String>>>()
            .map(Some)
    }
}

impl Mailboxes {
    fn shown(&self, mailbox: &Mailbox) -> Outcome<String> {
        let name = name_of(mailbox);
        let webmail = mailbox.webmail.as_ref();
        let kind = webmail.map(|account| account.kind.as_str());
        let listed = Listed {
            username: name,
            webmail_access: self.details.then_some(kind.unwrap_or_default()),
            links: [username::path(&self.call, name, &[])?],
            r#type: kind,
            quota: megabytes::shown(mailbox.user.quota, self.call.tenant()),
            master: u8::from(mailbox.settings.master),
            trial_type: None,
            trial_expiration: None,
            allow_upgrade: webmail.is_some_and(|account| account.allow_upgrade),
        };
        serde_json::to_string(&listed).map_err(|error| {
            tracing::error!(%error, "a mailbox could not be written");
            Answer::internal_error()
        })
    }
}
