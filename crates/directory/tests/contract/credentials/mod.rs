//! Credentials: passwords, app passwords, keys, resellers and operators; and what each of them costs.

use provost_directory::queries::AddressedTenant;
use provost_directory::{
    Actor, ActorKind, Authentication, Credentials, Directory, DirectorySettings,
    FirstAdministrator, Source, Via,
    commands::{
        resellers::{AssignTenant, CreateReseller, DeleteReseller, SetResellerPassword},
        tenants::{DeleteTenant, SetTenantSuspended},
        tokens::{CreateToken, RevokeToken, RotateAppPassword},
        users::{DeleteUser, EditUser, SetOperator, SetUserEnabled, UserPatch, WipeUser},
    },
};
use provost_model::{Error, Tenant, TokenScope, UserNumber};
use provost_testkit::{
    PASSWORD, Seat, TestDatabase, TestDirectory, at_once, group_id, login, on_every_engine,
    password,
};
use std::{sync::Arc, time::Duration};

mod findings;
mod passwords;
mod realms;
mod tokens;

const OTHER_PASSWORD: &str = "Battery-Staple-88";

/// The actor's label and the tenant's slug, if the credentials are good.
async fn show(seat: &Seat, credentials: Credentials<'_>) -> Option<(String, String)> {
    show_at(seat, Some(&seat.tenant), true, credentials).await
}

async fn show_at(
    seat: &Seat,
    tenant: Option<&Arc<Tenant>>,
    named: bool,
    credentials: Credentials<'_>,
) -> Option<(String, String)> {
    // as a server does, the tenant is read for each request
    let queries = &seat.directory.directory;
    let tenant = match tenant {
        Some(tenant) => queries.tenant_by_id(tenant.id).await.unwrap().map(Arc::new),
        None => None,
    };
    match queries
        .authenticate(
            Source::NONE,
            &AddressedTenant::new(tenant, named),
            credentials,
        )
        .await
        .unwrap()
    {
        Authentication::Accepted { actor, tenant, .. } => {
            Some((actor.label(&tenant), tenant.slug.as_str().to_owned()))
        }
        Authentication::Refused | Authentication::Throttled { .. } => None,
    }
}

const fn basic<'a>(login: &'a str, password: &'a str) -> Credentials<'a> {
    Credentials::Password { login, password }
}

fn accepted(label: &str, slug: &str) -> Option<(String, String)> {
    Some((label.to_owned(), slug.to_owned()))
}

/// How many hashes this costs.
async fn cost<T>(seat: &Seat, of: impl Future<Output = T>) -> (T, u64) {
    let before = seat.directory.directory.passwords_hashed();
    let answer = of.await;
    (answer, seat.directory.directory.passwords_hashed() - before)
}

async fn set_password(seat: &Seat, user: UserNumber, text: &str) {
    let patch = UserPatch {
        password: Some(password(text)),
        ..UserPatch::default()
    };
    seat.run(EditUser { user, patch }).await.unwrap();
}

async fn app_password(
    seat: &Seat,
    user: UserNumber,
    scope: TokenScope,
) -> (provost_model::TokenId, String) {
    let command = CreateToken {
        user: Some(user),
        name: "phone".to_owned(),
        scope,
    };
    let token = seat.by_user(user).await.run(command).await.unwrap();
    (token.id, token.secret.expose().to_owned())
}

async fn key(seat: &Seat, scope: TokenScope) -> (provost_model::TokenId, String) {
    let token = seat
        .run(CreateToken {
            user: None,
            name: "shop".to_owned(),
            scope,
        })
        .await
        .unwrap();
    (token.id, token.secret.expose().to_owned())
}
