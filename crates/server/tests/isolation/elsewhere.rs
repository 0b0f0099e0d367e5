//! What exists in another tenant is answered as what exists nowhere.

use crate::{
    answers::written,
    dialects::operations,
    requests::{Target, Way, request},
    world::{Actor, NOBODYS, OURS, THEIRS, Tenant, World},
};
use provost_testkit::Request;

/// Every actor asks every operation for things of the other tenant and for things of none: the answers are the same, byte for byte.
pub(crate) fn is_answered_as_nowhere(world: &World) {
    for operation in operations() {
        for actor in &world.ours.actors {
            for version in [1, 2] {
                let theirs = Target::of(THEIRS);
                let nobodys = Target::of(NOBODYS);
                compare(world, actor, (operation, version), &theirs, &nobodys);
                compare(
                    world,
                    actor,
                    (operation, version),
                    &theirs.by_address(),
                    &nobodys.by_address(),
                );
            }
        }
    }
    a_new_user_may_be_called_as_theirs(world);
}

fn compare(
    world: &World,
    actor: &Actor,
    (operation, version): ((&str, &str), u8),
    theirs: &Target,
    nobodys: &Target,
) {
    let [theirs, nobodys] = [(theirs, THEIRS), (nobodys, NOBODYS)].map(|(target, marker)| {
        let asked = request(operation, target, (Way::Path, OURS, version)).unwrap();
        let actor = world.ours.spared(actor, operation);
        let answer = actor.signed(asked.ocs()).send(&world.ours.server);
        clear_away(world, marker);
        // what was asked for comes back in some refusals
        let text = written(&answer).replace(marker, "{asked}");
        // a secret is never the same
        match text
            .split_once("apppassword\":\"")
            .or(text.split_once("<apppassword>"))
        {
            Some((before, _)) => before.to_owned(),
            None => text,
        }
    });
    assert_eq!(
        theirs, nobodys,
        "{operation:?} as {} in version {version}: something shows",
        actor.name
    );
    assert!(!theirs.contains(THEIRS), "{theirs}");
}

/// Making a user, the most telling of all: the login, the address and the e-mail of another tenant's user are as free as any.
fn a_new_user_may_be_called_as_theirs(world: &World) {
    let admin = world.ours.actor("administrator");
    let [theirs, nobodys] = [THEIRS, NOBODYS].map(|marker| {
        let user = format!("{marker}-user");
        let email = format!("{user}@{marker}.example");
        let manager = format!("{marker}-head");
        let fields = [("userid", &user), ("email", &email), ("manager", &manager)];
        let fields = fields.map(|(name, value)| (name, value.as_str()));
        let path = |path: &str| Way::Path.target(OURS, 2, path, "");
        let asked = [
            Request::post(&path("/cloud/users")).form(&fields),
            Request::get(&path(&format!("/cloud/users/{user}"))),
            Request::get(&path(&format!("/cloud/users/{email}"))),
            Request::get(&path(&format!("/cloud/users/{user}/groups"))),
            Request::put(&path(&format!("/cloud/users/{user}")))
                .form(&[("key", "email"), ("value", &format!("x-{email}"))]),
            Request::put(&path(&format!("/cloud/users/{user}")))
                .form(&[("key", "email"), ("value", &email)]),
            Request::get(&path(&format!("/cloud/users/{email}"))),
            Request::delete(&path(&format!("/cloud/users/{email}"))),
            Request::get(&path(&format!("/cloud/users/{user}"))),
        ];
        asked.map(|request| {
            let answer = admin.signed(request.ocs()).send(&world.ours.server);
            written(&answer).replace(marker, "{asked}")
        })
    });
    assert_eq!(theirs, nobodys);
    assert!(theirs[0].contains("\"statuscode\":200"), "{}", theirs[0]);
    assert!(theirs[8].contains("\"statuscode\":404"), "{}", theirs[8]);
}

/// Takes out of our tenant what an actor could make there under another's name.
fn clear_away(world: &World, marker: &'static str) {
    let admin = world.ours.actor("administrator");
    let new = Target::of(marker).new;
    let setting = format!("{marker}-app/{marker}-key");
    for path in [
        format!("/cloud/users/{new}"),
        format!("/cloud/groups/{new}"),
        format!("/apps/provisioning_api/api/v1/config/apps/{setting}"),
    ] {
        let request = Request::delete(&Way::Path.target(OURS, 2, &path, ""));
        admin.signed(request.ocs()).send(&world.ours.server);
    }
}

/// All that a tenant's administrator sees.
pub(crate) fn everything_of(tenant: &Tenant) -> Vec<String> {
    let admin = tenant.actor("administrator");
    let (team, crew) = (tenant.named("team"), tenant.named("crew"));
    let setting = format!("{}/{}", tenant.named("app"), tenant.named("key"));
    [
        "/cloud/users/details".to_owned(),
        "/cloud/users/disabled".to_owned(),
        "/cloud/groups/details".to_owned(),
        format!("/cloud/users/{}", tenant.named("user")),
        format!("/cloud/groups/{team}/users/details"),
        format!("/cloud/groups/{team}/subadmins"),
        format!("/cloud/groups/{crew}/users"),
        "/apps/provisioning_api/api/v1/config/apps".to_owned(),
        format!("/apps/provisioning_api/api/v1/config/apps/{setting}"),
    ]
    .map(|path| {
        let request = Request::get(&Way::Path.target(tenant.marker, 2, &path, ""));
        let answer = tenant.ask(admin, request);
        assert_eq!(answer.ocs_code(), 200, "{path}");
        assert!(
            answer.text().contains(tenant.marker) || path.contains("users"),
            "{path}"
        );
        written(&answer)
    })
    .into()
}
