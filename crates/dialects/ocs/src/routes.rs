//! The operations, and which path leads to which.

use crate::{
    access::{Access, Confirmation},
    call::{Call, Outcome},
    resources::{
        app_passwords, app_settings, apps, current_user,
        discovery::{self, Visit},
        fields, group_administrators, groups, memberships, preferences, users,
    },
    wire::Answer,
};
use axum::http::Method;
use futures_util::future::BoxFuture;
use std::{borrow::Cow, sync::LazyLock};

/// An operation of the dialect.
#[derive(Clone, Copy)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// The path after `/ocs/v1.php` or `/ocs/v2.php`: `{}` stands for one segment, `{+}` for one or more.
    pub(crate) pattern: &'static str,
    pub(crate) access: Access,
    pub(crate) confirmation: Confirmation,
    pub(crate) operation: fn(&Call) -> BoxFuture<'_, Outcome>,
}

/// An operation that needs no login; wrong credentials are refused here too.
#[derive(Clone, Copy)]
pub(crate) struct PublicRoute {
    /// The path after `/ocs/v1.php` or `/ocs/v2.php`. All of them are read with GET.
    pub(crate) pattern: &'static str,
    pub(crate) operation: fn(&Visit) -> Answer,
}

/// An operation as others may know of it, for the test that walks all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The HTTP method.
    pub method: &'static str,
    /// The path after `/ocs/v1.php` or `/ocs/v2.php`: `{}` stands for one segment, `{+}` for one or more.
    pub pattern: &'static str,
}

/// All operations.
pub fn operations() -> impl Iterator<Item = Operation> {
    let public = PUBLIC.iter().map(|route| Operation {
        method: "GET",
        pattern: route.pattern,
    });
    let others = ROUTES.iter().map(|route| Operation {
        method: route.method,
        pattern: route.pattern,
    });
    public.chain(others)
}

/// What a path and method lead to.
pub(crate) enum Found {
    /// An operation, and the ids in the path.
    Operation(&'static Route, Vec<String>),
    /// An operation that needs no login.
    Public(&'static PublicRoute),
    /// A path that other methods lead somewhere from.
    OtherMethods,
    /// Nothing.
    Nothing,
}

const PUBLIC: [PublicRoute; 2] = [
    PublicRoute {
        pattern: "/config",
        operation: discovery::config,
    },
    PublicRoute {
        pattern: "/cloud/capabilities",
        operation: discovery::capabilities,
    },
];

macro_rules! routes {
    ($($method:ident $pattern:literal $access:ident $confirmation:ident $operation:path;)*) => {
        const ROUTES: &[Route] = &[$(Route {
            method: stringify!($method),
            pattern: $pattern,
            access: Access::$access,
            confirmation: Confirmation::$confirmation,
            operation: |call| Box::pin($operation(call)),
        },)*];
    };
}

routes! {
    GET "/cloud/user" User None current_user::show;
    GET "/cloud/user/apps" GroupAdministrator None apps::of_user;
    GET "/cloud/user/fields" User None fields::own;
    GET "/cloud/user/fields/{}" User None fields::of;
    GET "/cloud/users" GroupAdministrator None users::list::logins;
    POST "/cloud/users" GroupAdministrator Password users::create::create;
    GET "/cloud/users/details" GroupAdministrator None users::list::details;
    GET "/cloud/users/disabled" GroupAdministrator None users::list::disabled;
    GET "/cloud/users/recent" Delegable None users::recent::list;
    POST "/cloud/users/search/by-phone" User None users::by_phone::search;
    GET "/cloud/users/{}" User None users::show::show;
    PUT "/cloud/users/{}" User Password users::edit::edit;
    PATCH "/cloud/users/{}" GroupAdministrator Password users::patch::patch;
    DELETE "/cloud/users/{}" GroupAdministrator Password users::delete::delete;
    PUT "/cloud/users/{}/enable" GroupAdministrator Password users::state::enable;
    PUT "/cloud/users/{}/disable" GroupAdministrator Password users::state::disable;
    POST "/cloud/users/{}/wipe" GroupAdministrator Password users::wipe::wipe;
    POST "/cloud/users/{}/welcome" GroupAdministrator Password users::welcome::send;
    GET "/cloud/users/{}/groups" User None memberships::list;
    GET "/cloud/users/{}/groups/details" User None memberships::details;
    POST "/cloud/users/{}/groups" GroupAdministrator Password memberships::add;
    DELETE "/cloud/users/{}/groups" GroupAdministrator Password memberships::remove;
    GET "/cloud/users/{}/subadmins" Delegable None group_administrators::groups;
    GET "/cloud/users/{}/subadmins/details" User None group_administrators::group_details;
    POST "/cloud/users/{}/subadmins" Delegable Password group_administrators::appoint;
    DELETE "/cloud/users/{}/subadmins" Delegable Password group_administrators::dismiss;
    PUT "/cloud/users/{}/{}" User Password users::edit_collection::edit;
    GET "/cloud/groups" GroupAdministrator None groups::list;
    POST "/cloud/groups" Delegable Password groups::create;
    GET "/cloud/groups/details" Delegable None groups::details;
    GET "/cloud/groups/{+}/users/details" GroupAdministrator None groups::member_details;
    GET "/cloud/groups/{+}/users" User None groups::members;
    GET "/cloud/groups/{+}/subadmins" Delegable None group_administrators::of_group;
    GET "/cloud/groups/{+}" GroupAdministrator None groups::members;
    PUT "/cloud/groups/{+}" Delegable Password groups::rename;
    DELETE "/cloud/groups/{+}" Delegable Password groups::delete;
    GET "/cloud/apps" Administrator None apps::list;
    GET "/cloud/apps/{}" Administrator None apps::show;
    POST "/cloud/apps/{}" Administrator Strict apps::enable;
    DELETE "/cloud/apps/{}" Administrator Password apps::disable;
    GET "/core/getapppassword" User Password app_passwords::create;
    DELETE "/core/apppassword" User None app_passwords::delete;
    POST "/core/apppassword/rotate" User None app_passwords::rotate;
    POST "/apps/provisioning_api/api/v1/config/users/{}" User Password preferences::set_many;
    DELETE "/apps/provisioning_api/api/v1/config/users/{}" User Password preferences::delete_many;
    POST "/apps/provisioning_api/api/v1/config/users/{}/{}" User Password preferences::set;
    DELETE "/apps/provisioning_api/api/v1/config/users/{}/{}" User Password preferences::delete;
    GET "/apps/provisioning_api/api/v1/config/apps" Administrator None app_settings::apps;
    GET "/apps/provisioning_api/api/v1/config/apps/{}" Administrator None app_settings::keys;
    GET "/apps/provisioning_api/api/v1/config/apps/{}/{}" Administrator None app_settings::get;
    POST "/apps/provisioning_api/api/v1/config/apps/{}/{}" AppSettings Password app_settings::set;
    DELETE "/apps/provisioning_api/api/v1/config/apps/{}/{}" Administrator Password app_settings::delete;
}

/// Finds the operation for a path. HEAD is answered as GET, as the real server's framework does.
pub(crate) fn find(method: &Method, segments: &[&str]) -> Found {
    let method = if method == Method::HEAD {
        "GET"
    } else {
        method.as_str()
    };
    let path = Path {
        segments,
        parts: parts(segments),
    };
    let mut other_methods = false;
    for (route, pattern) in PUBLIC.iter().zip(&*PUBLIC_PATTERNS) {
        if pattern.fits(&path) {
            if method == "GET" {
                return Found::Public(route);
            }
            other_methods = true;
        }
    }
    for (route, pattern) in ROUTES.iter().zip(&*PATTERNS) {
        if pattern.fits(&path) {
            if route.method == method {
                return Found::Operation(route, pattern.ids(&path));
            }
            other_methods = true;
        }
    }
    if other_methods {
        Found::OtherMethods
    } else {
        Found::Nothing
    }
}

/// Segments, cut at the slashes within.
fn parts<'a>(segments: &'a [&'a str]) -> Cow<'a, [&'a str]> {
    if segments.iter().any(|it| it.contains('/')) {
        segments.iter().flat_map(|it| it.split('/')).collect()
    } else {
        Cow::Borrowed(segments)
    }
}

static PUBLIC_PATTERNS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| PUBLIC.iter().map(|it| Pattern::new(it.pattern)).collect());
static PATTERNS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| ROUTES.iter().map(|it| Pattern::new(it.pattern)).collect());

/// A path in both of its readings. Ids of users are cut at slashes within, as the real server decodes before it cuts; ids of groups take
/// them in.
struct Path<'a> {
    segments: &'a [&'a str],
    parts: Cow<'a, [&'a str]>,
}

/// A route's pattern, cut.
enum Pattern {
    /// As many parts as this.
    Fixed(Vec<&'static str>),
    /// At least one segment more between these.
    Greedy(Vec<&'static str>, Vec<&'static str>),
}

impl Pattern {
    fn new(pattern: &'static str) -> Self {
        let cut = |text: &'static str| text.split('/').filter(|it| !it.is_empty()).collect();
        match pattern.split_once("{+}") {
            None => Self::Fixed(cut(pattern)),
            Some((before, after)) => Self::Greedy(cut(before), cut(after)),
        }
    }

    fn fits(&self, path: &Path<'_>) -> bool {
        match self {
            Self::Fixed(pattern) => pattern.len() == path.parts.len() && fit(pattern, &path.parts),
            Self::Greedy(before, after) => {
                let segments = path.segments;
                segments.len() > before.len() + after.len()
                    && fit(before, segments)
                    && fit(after, &segments[segments.len() - after.len()..])
            }
        }
    }

    /// The ids that a path which fits has where the pattern has holes.
    fn ids(&self, path: &Path<'_>) -> Vec<String> {
        match self {
            Self::Fixed(pattern) => holes(pattern, &path.parts).collect(),
            Self::Greedy(before, after) => {
                let segments = path.segments;
                let end = segments.len() - after.len();
                holes(before, segments)
                    .chain([segments[before.len()..end].join("/")])
                    .chain(holes(after, &segments[end..]))
                    .collect()
            }
        }
    }
}

const HOLE: &str = "{}";

/// Whether segments begin as a pattern wants.
fn fit(pattern: &[&str], segments: &[&str]) -> bool {
    let mut pairs = pattern.iter().zip(segments);
    pairs.all(|(part, segment)| *part == HOLE || part == segment)
}

fn holes(pattern: &[&str], segments: &[&str]) -> impl Iterator<Item = String> {
    let pairs = pattern.iter().zip(segments);
    pairs
        .filter(|(part, _)| **part == HOLE)
        .map(|(_, segment)| (*segment).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(method: &Method, path: &[&str]) -> Option<(&'static str, Vec<String>)> {
        match find(method, path) {
            Found::Operation(route, ids) => Some((route.pattern, ids)),
            Found::Public(_) | Found::OtherMethods | Found::Nothing => None,
        }
    }

    #[test]
    fn static_parts_go_before_ids() {
        assert_eq!(
            ids(&Method::GET, &["cloud", "users", "details"]),
            Some(("/cloud/users/details", vec![]))
        );
        assert_eq!(
            ids(&Method::PUT, &["cloud", "users", "a", "enable"]),
            Some(("/cloud/users/{}/enable", vec!["a".to_owned()]))
        );
    }

    #[test]
    fn ids_of_groups_take_slashes_in() {
        let found = ids(&Method::GET, &["cloud", "groups", "a", "b", "users"]);
        assert_eq!(
            found,
            Some(("/cloud/groups/{+}/users", vec!["a/b".to_owned()]))
        );
        let found = ids(&Method::GET, &["cloud", "groups", "a/users"]);
        assert_eq!(
            found,
            Some(("/cloud/groups/{+}", vec!["a/users".to_owned()]))
        );
    }

    #[test]
    fn ids_of_users_do_not() {
        assert!(matches!(
            find(&Method::GET, &["cloud", "users", "a/b"]),
            Found::OtherMethods
        ));
        assert!(matches!(
            find(&Method::GET, &["cloud", "users", "a", "b", "c"]),
            Found::Nothing
        ));
    }
}
