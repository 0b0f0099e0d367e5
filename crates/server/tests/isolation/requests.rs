//! How each operation is asked for.

use provost_testkit::Request;

/// The telephone number of a user in every tenant.
pub(crate) const PHONE: &str = "+4930123456";

/// What a request is about.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) user: String,
    pub(crate) group: String,
    /// What is to be made.
    pub(crate) new: String,
    marker: &'static str,
}

impl Target {
    /// What every tenant has, under this marker.
    pub(crate) fn of(marker: &'static str) -> Self {
        Self {
            user: format!("{marker}-user"),
            group: format!("{marker}-team"),
            new: format!("{marker}-crew"),
            marker,
        }
    }

    /// The same user, found by its address.
    pub(crate) fn by_address(mut self) -> Self {
        self.user = format!("{}@{}.example", self.user, self.marker);
        self
    }
}

/// How a request names its tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// `/t/SLUG/…`.
    Path,
    /// The `Host` header.
    Host,
}

impl Way {
    pub(crate) const ALL: [Self; 2] = [Self::Path, Self::Host];

    /// The path and query of an operation.
    pub(crate) fn target(self, slug: &str, version: u8, path: &str, query: &str) -> String {
        let format = if version == 1 { "" } else { "format=json" };
        let prefix = match self {
            Self::Path => format!("/t/{slug}"),
            Self::Host => String::new(),
        };
        format!("{prefix}/ocs/v{version}.php{path}?{format}&{query}")
    }

    /// The request with what names the tenant outside the path.
    pub(crate) fn addressed(self, request: Request, slug: &str) -> Request {
        match self {
            Self::Path => request,
            Self::Host => request.header("Host", &format!("cloud.{slug}.example")),
        }
    }
}

/// A request for an operation; none if this test does not know the operation.
pub(crate) fn request(
    (method, pattern): (&str, &str),
    target: &Target,
    (way, slug, version): (Way, &str, u8),
) -> Option<Request> {
    let Target {
        user,
        group,
        new,
        marker,
    } = target;
    let email = format!("{new}@{marker}.example");
    let display = format!("{marker} Renamed");
    let (app, key) = (format!("{marker}-app"), format!("{marker}-key"));
    let display_name = [("key", "displayname"), ("value", display.as_str())];
    let in_group = [("groupid", group.as_str())];
    let searched = format!("search={marker}-&limit=3");
    let (ids, query, fields): (&[&str], &str, &[(&str, &str)]) = match (method, pattern) {
        (
            "GET",
            "/config"
            | "/cloud/capabilities"
            | "/cloud/user"
            | "/cloud/user/apps"
            | "/cloud/user/fields"
            | "/cloud/apps"
            | "/core/getapppassword",
        )
        | ("DELETE", "/core/apppassword")
        | ("POST", "/core/apppassword/rotate") => (&[], "", &[]),
        (
            "GET",
            "/cloud/users"
            | "/cloud/users/details"
            | "/cloud/users/disabled"
            | "/cloud/users/recent"
            | "/cloud/groups"
            | "/cloud/groups/details",
        ) => (&[], &searched, &[]),
        ("POST", "/cloud/users/search/by-phone") => (
            &[],
            "",
            &[("location", "DE"), ("search[somebody][]", PHONE)],
        ),
        ("POST", "/cloud/users") => (
            &[],
            "",
            &[("userid", new), ("email", &email), ("groups[]", group)],
        ),
        ("POST", "/cloud/groups") => (&[], "", &[("groupid", new)]),
        (
            "GET",
            "/cloud/user/fields/{}"
            | "/cloud/users/{}"
            | "/cloud/users/{}/groups"
            | "/cloud/users/{}/groups/details"
            | "/cloud/users/{}/subadmins"
            | "/cloud/users/{}/subadmins/details",
        )
        | ("DELETE", "/cloud/users/{}")
        | ("PUT", "/cloud/users/{}/enable" | "/cloud/users/{}/disable")
        | ("POST", "/cloud/users/{}/wipe" | "/cloud/users/{}/welcome") => (&[user], "", &[]),
        ("PUT", "/cloud/users/{}") => (&[user], "", &display_name),
        ("PATCH", "/cloud/users/{}") => (&[user], "", &[("displayName", &display)]),
        ("POST" | "DELETE", "/cloud/users/{}/groups" | "/cloud/users/{}/subadmins") => {
            (&[user], "", &in_group)
        }
        ("PUT", "/cloud/users/{}/{}") => (
            &[user, "additional_mail"],
            "",
            &[("key", &email), ("value", "")],
        ),
        (
            "GET",
            "/cloud/groups/{+}"
            | "/cloud/groups/{+}/users"
            | "/cloud/groups/{+}/users/details"
            | "/cloud/groups/{+}/subadmins",
        )
        | ("DELETE", "/cloud/groups/{+}") => (&[group], "", &[]),
        ("PUT", "/cloud/groups/{+}") => (&[group], "", &display_name),
        ("GET" | "POST" | "DELETE", "/cloud/apps/{}") => (&[&app], "", &[]),
        ("POST", "/apps/provisioning_api/api/v1/config/users/{}") => {
            (&["theming"], "", &[("configs[shortcuts_disabled]", "yes")])
        }
        ("DELETE", "/apps/provisioning_api/api/v1/config/users/{}") => {
            (&["theming"], "", &[("configKeys[]", "shortcuts_disabled")])
        }
        ("POST", "/apps/provisioning_api/api/v1/config/users/{}/{}") => (
            &["theming", "shortcuts_disabled"],
            "",
            &[("configValue", "yes")],
        ),
        ("DELETE", "/apps/provisioning_api/api/v1/config/users/{}/{}") => {
            (&["theming", "shortcuts_disabled"], "", &[])
        }
        ("GET", "/apps/provisioning_api/api/v1/config/apps") => (&[], "", &[]),
        ("GET", "/apps/provisioning_api/api/v1/config/apps/{}") => (&[&app], "", &[]),
        ("GET" | "DELETE", "/apps/provisioning_api/api/v1/config/apps/{}/{}") => {
            (&[&app, &key], "", &[])
        }
        ("POST", "/apps/provisioning_api/api/v1/config/apps/{}/{}") => {
            (&[&app, &key], "", &[("value", &display)])
        }
        _ => return None,
    };
    let mut path = String::new();
    let mut ids = ids.iter();
    for part in pattern.split('/').skip(1) {
        path.push('/');
        path.push_str(match part {
            "{}" | "{+}" => ids.next().expect("an id for each hole"),
            part => part,
        });
    }
    let request = Request::new(method, &way.target(slug, version, &path, query));
    let request = way.addressed(request, slug);
    Some(if fields.is_empty() {
        request
    } else {
        request.form(fields)
    })
}
