//! `/core/getapppassword` and `/core/apppassword`: the app password that a client makes for itself.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use provost_directory::{
    Secret, Via,
    commands::tokens::{CreateToken, RevokeToken, RotateAppPassword},
};
use provost_http::Authorization;
use provost_model::{TokenId, TokenScope};

/// Makes an app password of the caller, named after the client. It may read, as on the real server, unless another scope is asked for.
pub(crate) async fn create(call: &Call) -> Outcome {
    let name = if call.client.is_empty() {
        "app password".to_owned()
    } else {
        call.client.clone()
    };
    let command = CreateToken {
        user: Some(call.own_number()?),
        name,
        scope: asked_scope(call)?,
    };
    let created = call
        .directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refuse)?;
    Ok(shown(&created.secret).into())
}

/// The scope that is asked for; the real server knows none.
fn asked_scope(call: &Call) -> Outcome<TokenScope> {
    match call.text("scope")?.unwrap_or_default() {
        "" => Ok(TokenScope::Read),
        name => TokenScope::from_name(name).ok_or_else(|| {
            Answer::failure(400, "The scope must be read, provision, admin or operator")
        }),
    }
}

/// Revokes the app password that the caller shows.
pub(crate) async fn delete(call: &Call) -> Outcome {
    let command = RevokeToken { id: in_use(call)? };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refuse)?;
    Ok(Answer::ok(Data::EMPTY).into())
}

/// Gives the app password that the caller shows another secret; the one in use holds on for a while, as on the real server.
pub(crate) async fn rotate(call: &Call) -> Outcome {
    in_use(call)?;
    let shown_secret = match &call.authorization {
        Authorization::Basic {
            password: secret, ..
        }
        | Authorization::Bearer(secret) => secret.expose(),
        Authorization::None | Authorization::Unusable => return Err(Answer::not_logged_in()),
    };
    let secret = call
        .directory
        .execute(call.context.clone(), RotateAppPassword::of(shown_secret))
        .await
        .map_err(refuse)?;
    Ok(shown(&secret).into())
}

fn in_use(call: &Call) -> Outcome<TokenId> {
    match call.context.actor.via {
        Via::AppPassword(id) => Ok(id),
        Via::Shell | Via::Nothing | Via::Password | Via::ApiKey(_) => {
            Err(Answer::failure(403, "no app password in use"))
        }
    }
}

fn shown(secret: &Secret) -> Answer {
    Answer::ok(Data::map([("apppassword", secret.expose().to_owned())]))
}
