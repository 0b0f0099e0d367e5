//! The API key of a request.

use crate::{answer::Answer, refusal::refuse};
use axum::http::HeaderMap;
use provost_directory::{
    Actor, ActorKind, Authentication, Credentials, Directory, Source, queries::AddressedTenant,
};
use provost_http::Authorization;
use provost_model::Tenant;
use std::sync::Arc;

/// Who shows the key, and the key's tenant. Whether the key or the tenant is not there, or they do not belong together, is not told. A
/// key is found by its SHA-256: nothing is hashed at length for a wrong one.
pub(crate) async fn authenticate(
    directory: &Directory,
    source: Source,
    addressed: AddressedTenant,
    headers: &HeaderMap,
) -> Result<(Arc<Actor>, Arc<Tenant>), Answer> {
    let refused = || Answer::unauthorised("missing or wrong API key");
    let key = shown(headers).ok_or_else(refused)?;
    let outcome = directory
        .authenticate(source, &addressed, Credentials::Token(&key))
        .await
        .map_err(refuse)?;
    match outcome {
        Authentication::Accepted { actor, tenant, .. } => match actor.kind {
            ActorKind::Key { .. } => Ok((actor, tenant)),
            // an account's app password is no key
            _ => Err(refused()),
        },
        Authentication::Refused | Authentication::Throttled { .. } => Err(refused()),
    }
}

/// The key of the header `x-api-key`, which goes first, or the bearer token. A header that is there twice could be read differently
/// here and in a proxy before us, so it shows none.
fn shown(headers: &HeaderMap) -> Option<String> {
    let mut keys = headers.get_all("x-api-key").iter();
    match (keys.next(), keys.next()) {
        (None, _) => match Authorization::parse(headers) {
            Authorization::Bearer(token) => Some(token.expose().to_owned()),
            Authorization::None | Authorization::Basic { .. } | Authorization::Unusable => None,
        },
        (Some(key), None) => key
            .to_str()
            .ok()
            .map(str::trim)
            .filter(|key| !key.is_empty())
            .map(str::to_owned),
        (Some(_), Some(_)) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::shown;
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            );
        }
        headers
    }

    #[test]
    fn the_key_is_in_either_header() {
        for (given, key) in [
            (&[][..], None),
            (&[("x-api-key", "k")], Some("k")),
            (&[("x-api-key", " k ")], Some("k")),
            (&[("authorization", "Bearer k")], Some("k")),
            (&[("authorization", "bearer k")], Some("k")),
            (
                &[("x-api-key", "k"), ("authorization", "Bearer b")],
                Some("k"),
            ),
            (
                &[("x-api-key", "k"), ("authorization", "Basic !")],
                Some("k"),
            ),
            (&[("x-api-key", ""), ("authorization", "Bearer b")], None),
            (&[("x-api-key", "k"), ("x-api-key", "k")], None),
            (&[("authorization", "Basic azpr")], None),
            (&[("authorization", "k")], None),
        ] {
            assert_eq!(shown(&headers(given)).as_deref(), key, "{given:?}");
        }
    }
}
