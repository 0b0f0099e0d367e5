//! Two tenants that are alike but for the marker in every name of theirs.

use crate::{
    answers::checked,
    requests::{PHONE, Target, Way},
    table::Row,
};
use provost_testkit::{
    ADMIN_PASSWORD, Engine, PASSWORD, Request, Response, TestDatabase, TestServer,
};
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

/// In every name of the tenant that is walked.
pub(crate) const OURS: &str = "xkalpha";
/// In every name of the other tenant.
pub(crate) const THEIRS: &str = "zqbravo";
/// In no name at all.
pub(crate) const NOBODYS: &str = "zqnobdy";

/// The server with both tenants.
pub(crate) struct World {
    pub(crate) ours: Tenant,
    pub(crate) other: Tenant,
}

/// A tenant and those that act in it.
pub(crate) struct Tenant {
    pub(crate) server: Arc<TestServer>,
    pub(crate) marker: &'static str,
    /// What each kind of actor shows, in the order of [`crate::table::ACTORS`].
    pub(crate) actors: Vec<Actor>,
    /// Those that are refused at the door: nobody, a wrong password, a disabled user, a key of no tenant.
    pub(crate) refused: Vec<Actor>,
    made: AtomicU32,
}

/// Somebody who asks.
#[derive(Clone)]
pub(crate) struct Actor {
    pub(crate) name: &'static str,
    credential: Credential,
    /// The login of the account in this tenant, for those that have one.
    pub(crate) login: Option<String>,
}

#[derive(Clone)]
enum Credential {
    None,
    Basic(String, String),
    Bearer(String),
}

impl Actor {
    /// The request with what the actor shows.
    pub(crate) fn signed(&self, request: Request) -> Request {
        match &self.credential {
            Credential::None => request,
            Credential::Basic(login, password) => request.basic(login, password),
            Credential::Bearer(token) => request.bearer(token),
        }
    }

    /// The scope of its app password, if it shows one; some operations take that away.
    fn app_password_scope(&self) -> Option<&'static str> {
        self.name.strip_prefix("app:")
    }

    /// Whether its credentials name its tenant where the request names none.
    pub(crate) fn names_tenant(&self) -> bool {
        match &self.credential {
            Credential::None => false,
            Credential::Basic(login, _) => login.contains("@@"),
            Credential::Bearer(_) => true,
        }
    }

    /// Whether a refusal costs a hash.
    pub(crate) fn costs_hashes(&self) -> bool {
        matches!(self.credential, Credential::Basic(..)) && self.app_password_scope().is_none()
    }

    /// The same, who names its tenant beside the login.
    pub(crate) fn naming(&self, name: &'static str, slug: &str) -> Self {
        match &self.credential {
            Credential::Basic(login, password) => Self {
                name,
                credential: Credential::Basic(format!("{login}@@{slug}"), password.clone()),
                login: self.login.clone(),
            },
            Credential::None | Credential::Bearer(_) => panic!("{} has no login", self.name),
        }
    }
}

impl World {
    pub(crate) fn made(engine: Engine) -> Self {
        // its log would name every request
        let quiet = [("PROVOST_LOG", "warn")];
        let database = TestDatabase::fresh(engine);
        let server = TestServer::start_with(env!("CARGO_BIN_EXE_provost"), database, &quiet);
        let server = Arc::new(server);
        Self {
            ours: Tenant::made(&server, OURS),
            other: Tenant::made(&server, THEIRS),
        }
    }
}

fn password(login: String) -> Credential {
    Credential::Basic(login, PASSWORD.to_owned())
}

/// A new app password of a tenant's administrator.
fn app_password(server: &TestServer, marker: &str, scope: &str) -> Credential {
    let (admin, name) = (format!("{marker}-admin"), format!("{marker}-{scope}"));
    let create = ["user", "app-password", &admin, "--tenant", marker];
    let output = server.cli(&[&create[..], &["--name", &name, "--scope", scope]].concat());
    assert!(output.status.success(), "{output:?}");
    let secret = String::from_utf8(output.stdout).unwrap();
    Credential::Basic(admin, secret.trim().to_owned())
}

impl Tenant {
    fn made(server: &Arc<TestServer>, marker: &'static str) -> Self {
        let login = |role: &str| format!("{marker}-{role}");
        let domain = format!("{marker}.example");
        let host = format!("cloud.{domain}");
        let cli = |arguments: &[&str], input: &str| {
            let output = server.cli_with_input(arguments, input);
            assert!(output.status.success(), "{arguments:?}: {output:?}");
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        let named = format!("{marker} Ltd");
        let tenant = ["tenant", "create", marker, "--name", &named];
        cli(
            &[&tenant[..], &["--domain", &domain, "--host", &host]].concat(),
            "",
        );
        let user = |role: &str, further: &[&str]| {
            let login = login(role);
            let create = ["user", "create", &login, "--tenant", marker];
            cli(
                &[&create[..], further, &["--password-stdin"]].concat(),
                PASSWORD,
            );
        };
        user("admin", &["--admin"]);
        let key = |scope: &str| {
            let name = login(scope);
            let create = ["key", "create", "--tenant", marker, "--name", &name];
            Credential::Bearer(cli(&[&create[..], &["--scope", scope]].concat(), ""))
        };
        let reseller = login("reseller");
        cli(
            &["reseller", "create", &reseller, "--password-stdin"],
            PASSWORD,
        );
        cli(&["reseller", "assign", &reseller, marker], "");

        let actor = |name, credential| Actor {
            name,
            credential,
            login: None,
        };
        let account = |name, role: &str| Actor {
            login: Some(login(role)),
            ..actor(name, password(login(role)))
        };
        let with_app_password = |name, scope| Actor {
            login: Some(login("admin")),
            ..actor(name, app_password(server, marker, scope))
        };
        let operator = Credential::Basic("admin@@".to_owned(), ADMIN_PASSWORD.to_owned());
        let actors = vec![
            actor("operator", operator),
            actor("reseller", password(reseller)),
            account("administrator", "admin"),
            account("group-admin", "head"),
            account("user", "user"),
            actor("key:read", key("read")),
            actor("key:provision", key("provision")),
            actor("key:admin", key("admin")),
            actor("key:partner", key("partner")),
            with_app_password("app:read", "read"),
            with_app_password("app:provision", "provision"),
            with_app_password("app:partner", "partner"),
        ];
        let wrong = Credential::Basic(login("user"), "Wrong-Horse-77".to_owned());
        let unknown = Credential::Basic(login("ghost"), PASSWORD.to_owned());
        let refused = vec![
            actor("nobody", Credential::None),
            actor("wrong password", wrong),
            actor("unknown login", unknown),
            account("disabled user", "off"),
            actor("unknown key", Credential::Bearer("aB3".repeat(14) + "x")),
        ];
        let tenant = Self {
            server: Arc::clone(server),
            marker,
            actors,
            refused,
            made: AtomicU32::new(0),
        };
        tenant.fill();
        tenant
    }

    /// What the tenant holds besides those that act in it.
    fn fill(&self) {
        for group in ["team", "crew"] {
            self.make_group(&self.named(group));
        }
        let team = self.named("team");
        for role in ["head", "user", "off"] {
            self.make_user(&self.named(role), Some(PASSWORD), &[&team]);
        }
        self.appoint(&self.named("head"), &team);
        let user = format!("/cloud/users/{}", self.named("user"));
        let profile = [
            ("organisation", self.named("Org")),
            ("phone", PHONE.to_owned()),
            ("website", format!("https://www.{}.example", self.marker)),
            ("additional_mail", format!("second@{}.example", self.marker)),
            ("manager", self.named("head")),
        ];
        for (key, value) in &profile {
            self.done(Request::put, &user, &[("key", key), ("value", value)]);
        }
        let off = format!("/cloud/users/{}/disable", self.named("off"));
        self.done(Request::put, &off, &[]);
        let setting = format!("{}/{}", self.named("app"), self.named("key"));
        let path = format!("/apps/provisioning_api/api/v1/config/apps/{setting}");
        self.done(Request::post, &path, &[("value", &self.named("value"))]);
    }

    /// A name with the tenant's marker.
    pub(crate) fn named(&self, name: &str) -> String {
        format!("{}-{name}", self.marker)
    }

    /// A name that was never used.
    fn fresh(&self, kind: &str) -> String {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        format!("{}-{kind}{number}", self.marker)
    }

    /// The actor of this name.
    pub(crate) fn actor(&self, name: &str) -> &Actor {
        let found = self.actors.iter().find(|actor| actor.name == name);
        found.unwrap()
    }

    /// The actor for an operation: with an app password of its own where the operation takes that away.
    pub(crate) fn spared(&self, actor: &Actor, (_, pattern): (&str, &str)) -> Actor {
        match actor.app_password_scope() {
            Some(scope) if pattern.starts_with("/core/apppassword") => Actor {
                credential: app_password(&self.server, self.marker, scope),
                ..actor.clone()
            },
            _ => actor.clone(),
        }
    }

    /// Sends a request that names this tenant, as somebody, and checks that nothing of the other shows in the answer.
    pub(crate) fn ask(&self, actor: &Actor, request: Request) -> Response {
        checked(self.marker, actor.signed(request.ocs()).send(&self.server))
    }

    /// Has the tenant's administrator do something that cannot fail.
    fn done(&self, verb: fn(&str) -> Request, path: &str, fields: &[(&str, &str)]) {
        let request = verb(&Way::Path.target(self.marker, 2, path, "")).form(fields);
        let answer = self.ask(self.actor("administrator"), request);
        assert_eq!(answer.ocs_code(), 200, "{path}: {}", answer.text());
    }

    fn make_group(&self, id: &str) {
        self.done(Request::post, "/cloud/groups", &[("groupid", id)]);
    }

    fn make_user(&self, login: &str, password: Option<&str>, groups: &[&str]) {
        let (email, display) = (
            format!("{login}@{}.example", self.marker),
            format!("{login} Person"),
        );
        let mut fields = vec![
            ("userid", login),
            ("email", &email),
            ("displayName", &display),
        ];
        fields.extend(password.map(|password| ("password", password)));
        fields.extend(groups.iter().map(|group| ("groups[]", *group)));
        self.done(Request::post, "/cloud/users", &fields);
    }

    fn appoint(&self, login: &str, group: &str) {
        let path = format!("/cloud/users/{login}/subadmins");
        self.done(Request::post, &path, &[("groupid", group)]);
    }

    /// What a request may change: made anew, so that it is as the table's word for it says.
    pub(crate) fn target(&self, row: &Row, actor: &Actor) -> Target {
        let word = row.target;
        let (user, group) = (self.fresh("u"), self.fresh("g"));
        self.make_group(&group);
        let mut target = Target::of(self.marker);
        match word {
            "ours" => {
                self.appoint(&self.named("head"), &group);
                self.make_user(&user, None, &[&group]);
            }
            "others" => self.make_user(&user, None, &[&group]),
            "boss" => {
                self.appoint(&self.named("head"), &group);
                self.make_user(&user, None, &[&group, "admin"]);
            }
            "operator" => {
                self.appoint(&self.named("head"), &group);
                // the command line alone makes operators
                let create = ["user", "create", &user, "--tenant", self.marker];
                let output = self
                    .server
                    .cli(&[&create[..], &["--group", &group, "--operator"]].concat());
                assert!(output.status.success(), "{output:?}");
            }
            "self" => {}
            _ => panic!("{word} is no target"),
        }
        target.user = match word {
            "self" => actor.login.clone().unwrap(),
            _ => user,
        };
        target.group = if word == "self" {
            self.named("team")
        } else {
            group
        };
        target.new = self.fresh("n");
        if row.operation() == ("DELETE", "/cloud/users/{}/subadmins") {
            self.appoint(&target.user, &target.group);
        }
        target
    }
}
