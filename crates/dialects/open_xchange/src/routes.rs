//! The operations, and which path leads to which.

use crate::{
    call::{Call, Outcome},
    resources::{
        anti_phishing, class_of_service, custom, delivery_status, forwards, legacy_ref, msisdn,
        search, sessions, shared_mail_domains, spam_level, uidname,
    },
};
use axum::http::Method;
use futures_util::future::BoxFuture;

/// Whose credentials an operation wants, as the documentation calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthKind {
    /// contextAdminAuth: an administrator of the context, its reseller, or an operator.
    ContextAdmin,
    /// contextAdminOnlyAuth: an administrator of the context, or its reseller.
    ContextAdminOnly,
    /// resellerAdminAuth: a reseller or an operator.
    ResellerAdmin,
    /// tennantAuth, spelt so: a tenant's credential of the settings; or what [`AuthKind::ResellerAdmin`] wants.
    Tennant,
    /// basicAuth: the monitoring credential of the settings; or what [`AuthKind::ResellerAdmin`] wants.
    Basic,
}

/// Where an operation's context is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// By its id, in the path.
    ById,
    /// By its id or name, in the path.
    ByIdOrName,
    /// By its id or name, in the query.
    InQuery,
    /// Nowhere: it concerns none.
    Nowhere,
}

/// An operation of the dialect.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// The path after the prefix: `{}` stands for one segment. The first is the context's where the path names one.
    pub(crate) pattern: &'static str,
    /// The pattern with the documented prefix, for logs.
    pub(crate) label: &'static str,
    pub(crate) kind: AuthKind,
    pub(crate) named: Named,
    pub(crate) operation: fn(&Call) -> BoxFuture<'_, Outcome>,
}

/// An operation as others may know of it, for the test that walks all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The HTTP method.
    pub method: &'static str,
    /// The path after the prefix: `{}` stands for one segment.
    pub pattern: &'static str,
    /// Whose credentials it wants.
    pub kind: AuthKind,
}

/// All operations.
pub fn operations() -> impl Iterator<Item = Operation> {
    ROUTES.iter().map(|route| Operation {
        method: route.method,
        pattern: route.pattern,
        kind: route.kind,
    })
}

/// What a path and method lead to.
pub(crate) enum Found {
    /// An operation, and the ids in the path.
    Operation(&'static Route, Vec<String>),
    /// A path that these methods lead somewhere from.
    OtherMethods(String),
    /// Nothing.
    Nothing,
}

macro_rules! routes {
    ($($method:ident $pattern:literal $kind:ident $named:ident $operation:path;)*) => {
        const ROUTES: &[Route] = &[$(Route {
            method: stringify!($method),
            pattern: $pattern,
            label: concat!("/oxaas/v1", $pattern),
            kind: AuthKind::$kind,
            named: Named::$named,
            operation: |call| Box::pin($operation(call)),
        },)*];
    };
}

routes! {
    GET "/admin/contexts/{}/users/{}/custom" ContextAdmin ById custom::show;
    PUT "/admin/contexts/{}/users/{}/custom" ContextAdmin ById custom::set;
    DELETE "/admin/contexts/{}/users/{}/custom" ContextAdmin ById custom::delete;
    GET "/admin/contexts/{}/users/{}/msisdn" ContextAdmin ById msisdn::show;
    PUT "/admin/contexts/{}/users/{}/msisdn" ContextAdmin ById msisdn::set;
    DELETE "/admin/contexts/{}/users/{}/msisdn" ContextAdmin ById msisdn::delete;
    GET "/admin/contexts/{}/users/{}/classofservice" ContextAdmin ById class_of_service::show;
    PUT "/admin/contexts/{}/users/{}/classofservice" ContextAdmin ById class_of_service::set;
    DELETE "/admin/contexts/{}/users/{}/classofservice" ContextAdmin ById class_of_service::delete;
    GET "/admin/contexts/{}/users/{}/uidname" ContextAdmin ById uidname::show;
    GET "/admin/contexts/{}/users/{}/oxdeliverystatus" ContextAdmin ById delivery_status::show;
    PUT "/admin/contexts/{}/users/{}/oxdeliverystatus" ContextAdmin ById delivery_status::set;
    DELETE "/admin/contexts/{}/users/{}/oxdeliverystatus" ContextAdmin ById delivery_status::delete;
    GET "/admin/contexts/{}/users/{}/oxlegacyref" ContextAdmin ById legacy_ref::show;
    PUT "/admin/contexts/{}/users/{}/oxlegacyref" ContextAdmin ById legacy_ref::set;
    DELETE "/admin/contexts/{}/users/{}/oxlegacyref" ContextAdmin ById legacy_ref::delete;
    GET "/admin/contexts/{}/users/{}/oxantiphishing" ContextAdmin ById anti_phishing::show;
    PUT "/admin/contexts/{}/users/{}/oxantiphishing" ContextAdminOnly ById anti_phishing::set;
    GET "/admin/contexts/{}/users/{}/spamlevel" ContextAdmin ById spam_level::show;
    PUT "/admin/contexts/{}/users/{}/spamlevel" ContextAdminOnly ById spam_level::set;
    GET "/admin/oxuser" ResellerAdmin Nowhere search::search;
    DELETE "/admin/sessions" Basic InQuery sessions::close;
    GET "/admin/sharedmaildomains" Tennant Nowhere shared_mail_domains::list;
    GET "/admin/sharedmaildomains/{}" Tennant Nowhere shared_mail_domains::list;
    POST "/admin/sharedmaildomains/{}" Tennant Nowhere shared_mail_domains::share;
    DELETE "/admin/sharedmaildomains/{}" Tennant Nowhere shared_mail_domains::unshare;
    GET "/admin/forwards/{}" Tennant ByIdOrName forwards::list;
    POST "/admin/forwards/{}/{}" Tennant ByIdOrName forwards::set;
    DELETE "/admin/forwards/{}/{}" Tennant ByIdOrName forwards::delete;
}

/// Finds the operation for a path. HEAD is answered as GET.
pub(crate) fn find(method: &Method, segments: &[&str]) -> Found {
    let method = if method == Method::HEAD {
        "GET"
    } else {
        method.as_str()
    };
    let mut others: Vec<&str> = Vec::new();
    for route in ROUTES {
        if let Some(ids) = matched(route.pattern, segments) {
            if route.method == method {
                return Found::Operation(route, ids);
            }
            others.push(route.method);
        }
    }
    if others.is_empty() {
        Found::Nothing
    } else {
        Found::OtherMethods(others.join(", "))
    }
}

fn matched(pattern: &str, segments: &[&str]) -> Option<Vec<String>> {
    let parts = || pattern.split('/').skip(1);
    if parts().count() != segments.len() {
        return None;
    }
    let mut ids = Vec::new();
    for (part, segment) in parts().zip(segments) {
        match part {
            "{}" => ids.push((*segment).to_owned()),
            part if part == *segment => {}
            _ => return None,
        }
    }
    Some(ids)
}

#[cfg(test)]
#[expect(clippy::panic, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_to_its_operation_with_its_ids() {
        let path = ["admin", "contexts", "24", "users", "42", "custom"];
        let Found::Operation(route, ids) = find(&Method::HEAD, &path) else {
            panic!("nothing found");
        };
        assert_eq!(
            (route.method, ids.as_slice()),
            ("GET", ["24", "42"].map(str::to_owned).as_slice())
        );
    }

    #[test]
    fn other_methods_are_told() {
        let path = ["admin", "contexts", "24", "users", "42", "uidname"];
        assert!(matches!(find(&Method::PUT, &path), Found::OtherMethods(allow) if allow == "GET"));
        assert!(matches!(find(&Method::GET, &path[..5]), Found::Nothing));
        assert!(matches!(find(&Method::GET, &[]), Found::Nothing));
    }
}
