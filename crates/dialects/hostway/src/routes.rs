//! The operations, and which path leads to which.

use crate::{
    access::Access,
    call::{Call, Outcome},
    resources::{
        aliases, autoresponder, domain, forwards, infostore, mailbox, products, senders, sign_on,
        statistics, usage, username, usernames, webmail,
    },
};
use axum::http::Method;
use futures_util::future::BoxFuture;

/// An operation of the dialect.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// The path: `{}` stands for one segment.
    pub(crate) pattern: &'static str,
    pub(crate) access: Access,
    pub(crate) operation: fn(&Call) -> BoxFuture<'_, Outcome>,
}

/// An operation as others may know of it, for the test that walks all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The HTTP method.
    pub method: &'static str,
    /// The path: `{}` stands for one segment.
    pub pattern: &'static str,
}

/// All operations.
pub fn operations() -> impl Iterator<Item = Operation> {
    ROUTES.iter().map(|route| Operation {
        method: route.method,
        pattern: route.pattern,
    })
}

/// What a path and method lead to.
pub(crate) enum Found {
    /// An operation, and the ids in the path.
    Operation(&'static Route, Vec<String>),
    /// A path that these methods lead somewhere from.
    OtherMethods(Vec<&'static str>),
    /// Nothing.
    Nothing,
}

macro_rules! routes {
    ($($method:ident $pattern:literal $access:ident $operation:path;)*) => {
        const ROUTES: &[Route] = &[$(Route {
            method: stringify!($method),
            pattern: $pattern,
            access: Access::$access,
            operation: |call| Box::pin($operation(call)),
        },)*];
    };
}

routes! {
    GET "/accounts/{}/email/{}" Owner domain::show;
    GET "/accounts/{}/email/{}/webmailNames" Owner products::names;
    GET "/accounts/{}/email/{}/webmailLimits" Owner products::limits;
    GET "/accounts/{}/email/{}/aliases" Owner aliases::list;
    GET "/accounts/{}/email/{}/infostore" Owner infostore::show;
    GET "/accounts/{}/email/{}/statistics/mailboxTypeCount" Owner statistics::show;
    GET "/accounts/{}/email/{}/usernames" Owner usernames::list;
    GET "/accounts/{}/email/{}/usernames/{}" Owner username::show;
    GET "/accounts/{}/email/{}/usernames/{}/mailbox" Owner mailbox::show;
    PUT "/accounts/{}/email/{}/usernames/{}/mailbox" Owner mailbox::put;
    DELETE "/accounts/{}/email/{}/usernames/{}/mailbox" Owner mailbox::delete;
    PUT "/accounts/{}/email/{}/usernames/{}/usage" Owner usage::put;
    GET "/accounts/{}/email/{}/usernames/{}/webmail" Owner webmail::show;
    POST "/accounts/{}/email/{}/usernames/{}/webmail" Owner webmail::create;
    PUT "/accounts/{}/email/{}/usernames/{}/webmail" Owner webmail::edit;
    DELETE "/accounts/{}/email/{}/usernames/{}/webmail" Owner webmail::delete;
    GET "/accounts/{}/email/{}/usernames/{}/autoresponder" Owner autoresponder::show;
    PUT "/accounts/{}/email/{}/usernames/{}/autoresponder" Owner autoresponder::put;
    GET "/accounts/{}/email/{}/usernames/{}/forwards" Owner forwards::list;
    POST "/accounts/{}/email/{}/usernames/{}/forwards" Owner forwards::set;
    DELETE "/accounts/{}/email/{}/usernames/{}/forwards/{}" Owner forwards::delete;
    GET "/accounts/{}/email/{}/usernames/{}/blackwhitelist" Owner senders::list;
    PUT "/accounts/{}/email/{}/usernames/{}/blackwhitelist" Owner senders::put;
    GET "/email/{}/webmailNames" Mailbox products::own_names;
    GET "/email/{}/webmailLimits" Mailbox products::own_limits;
    GET "/email/{}/usernames/{}/webmail" Mailbox webmail::show;
    POST "/email/{}/usernames/{}/webmail" Mailbox webmail::create;
    PUT "/email/{}/usernames/{}/webmail" Mailbox webmail::edit;
    POST "/sso/verify" Key sign_on::verify;
}

/// The operation that a method and the segments of a path lead to. A slash at the end makes no difference.
pub(crate) fn find(method: &Method, segments: &[&str]) -> Found {
    let mut others = Vec::new();
    for route in ROUTES {
        if let Some(ids) = matched(route.pattern, segments) {
            if route.method == method.as_str() {
                return Found::Operation(route, ids);
            }
            others.push(route.method);
        }
    }
    if others.is_empty() {
        Found::Nothing
    } else {
        Found::OtherMethods(others)
    }
}

fn matched(pattern: &str, segments: &[&str]) -> Option<Vec<String>> {
    let mut ids = Vec::new();
    let mut rest = segments.iter();
    for wanted in pattern.split('/').skip(1) {
        let given = rest.next()?;
        if wanted == "{}" {
            ids.push((*given).to_owned());
        } else if wanted != *given {
            return None;
        }
    }
    rest.next().is_none().then_some(ids)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_operation() {
        let path = ["accounts", "a", "email", "b.c", "usernames", "d", "webmail"];
        assert!(matches!(
            find(&Method::PUT, &path),
            Found::Operation(route, ids) if route.pattern.ends_with("/webmail") && ids == ["a", "b.c", "d"]
        ));
        assert!(matches!(
            find(&Method::PATCH, &path),
            Found::OtherMethods(methods) if methods == ["GET", "POST", "PUT", "DELETE"]
        ));
        assert!(!matches!(find(&Method::GET, &path[..5]), Found::Nothing));
        assert!(matches!(find(&Method::GET, &["accounts"]), Found::Nothing));
    }
}
