//! What API keys and app passwords have in common.

use super::{
    output::{List, ListFormat, Output, Record, rfc3339},
    session::{PAGE, Session, unknown},
};
use crate::failure::{Failure, Result};
use clap::Args;
use provost_directory::commands::tokens::RevokeToken;
use provost_model::{Noun, Tenant, TenantId, Token, TokenKind, TokenScope, UserNumber};
use std::sync::Arc;

/// The scopes that a new token is to have.
#[derive(Args, Debug)]
pub(crate) struct Scopes {
    /// What it may do: read, provision (users, groups and mailboxes, but not making administrators), admin or operator, each with all
    /// before it; or partner (customers and orders alone). If repeated, the largest counts
    #[arg(long = "scope", value_name = "SCOPE", default_value = "provision", hide_possible_values = true,
        value_parser = TokenScope::ALL.map(TokenScope::name))]
    scopes: Vec<String>,
}

impl Scopes {
    /// The scope that includes all of them.
    ///
    /// # Errors
    /// `partner` beside others: no scope includes both.
    pub(crate) fn largest(&self) -> Result<TokenScope> {
        let scopes: Vec<TokenScope> = self
            .scopes
            .iter()
            .filter_map(|name| TokenScope::from_name(name))
            .collect();
        scopes
            .iter()
            .copied()
            .find(|one| scopes.iter().all(|other| one.includes(*other)))
            .ok_or_else(|| {
                Failure::refused("the scope partner stands apart: make a token of its own for it")
            })
    }
}

/// Prints the API keys of a tenant, or the app passwords of a user.
pub(crate) async fn list(
    session: &Session,
    output: &mut Output,
    tenant: TenantId,
    user: Option<UserNumber>,
    json: bool,
) -> Result<()> {
    let mut list = List::new(
        output,
        ListFormat::of(json),
        if user.is_some() {
            &["id", "name", "scope", "created", "wiped"]
        } else {
            &["id", "name", "scope", "created"]
        },
    );
    let mut after = None;
    loop {
        let page = session.directory.tokens(tenant, user, after, PAGE).await?;
        let Some(last) = page.last() else {
            return list.end();
        };
        after = Some(last.id);
        let records: Vec<Record> = page
            .iter()
            .map(|token| match token.kind {
                TokenKind::AppPassword(_) => {
                    record(token).with("wiped", token.wiped_at.map(rfc3339))
                }
                TokenKind::ApiKey => record(token),
            })
            .collect();
        list.page(&records)?;
    }
}

fn record(token: &Token) -> Record {
    Record::new()
        .with("id", token.id.0.to_string())
        .with("name", token.name.as_str())
        .with("scope", token.scope.name())
        .with("created", rfc3339(token.created_at))
}

/// Revokes an API key of a tenant, or an app password of a user: no token of another kind or owner.
pub(crate) async fn revoke(
    session: &Session,
    tenant: &Arc<Tenant>,
    user: Option<UserNumber>,
    id: &str,
) -> Result<()> {
    let mut after = None;
    loop {
        let page = session
            .directory
            .tokens(tenant.id, user, after, PAGE)
            .await?;
        let Some(last) = page.last() else {
            return Err(unknown(Noun::Token, id));
        };
        after = Some(last.id);
        if let Some(token) = page.iter().find(|token| token.id.0.to_string() == id) {
            return session
                .execute(tenant, id, RevokeToken { id: token.id })
                .await;
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn largest(scopes: &[&str]) -> Result<TokenScope> {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        Scopes { scopes }.largest()
    }

    #[test]
    fn the_largest_scope_counts() {
        assert_eq!(
            largest(&["read", "admin", "provision"]).unwrap(),
            TokenScope::Admin
        );
        assert_eq!(
            largest(&["partner", "partner"]).unwrap(),
            TokenScope::Partner
        );
    }

    #[test]
    fn partner_goes_with_nothing_else() {
        assert!(largest(&["partner", "read"]).is_err());
        assert!(largest(&["operator", "partner"]).is_err());
    }
}
