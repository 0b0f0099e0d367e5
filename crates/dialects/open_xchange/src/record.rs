//! How users are shown.

use provost_directory::queries::{Hit, UserServices};
use provost_model::{ClassOfService, ContextId, DeliveryStatus, Msisdn};
use serde::Serialize;

/// A user as most operations show it. What is not set is left out.
#[derive(Serialize)]
pub(crate) struct Record<'a> {
    #[serde(flatten)]
    identity: Identity<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    msisdn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oxdeliverystatus: Option<&'a str>,
}

/// Who a user is.
#[derive(Serialize)]
pub(crate) struct Identity<'a> {
    #[serde(rename = "context-id")]
    context: i64,
    #[serde(rename = "user-id")]
    user: i64,
    uidname: &'a str,
}

impl<'a> Identity<'a> {
    pub(crate) fn of(context: ContextId, user: &'a UserServices) -> Self {
        Self {
            context: context.get(),
            user: user.user.number.0,
            uidname: user.uidname(),
        }
    }
}

impl<'a> Record<'a> {
    pub(crate) fn of(context: ContextId, user: &'a UserServices) -> Self {
        Self {
            identity: Identity::of(context, user),
            msisdn: user.services.msisdn.as_ref().map(Msisdn::as_str),
            oxdeliverystatus: user
                .services
                .delivery_status
                .as_ref()
                .map(DeliveryStatus::as_str),
        }
    }

    pub(crate) fn of_hit(hit: &'a Hit) -> Self {
        Self {
            identity: Identity {
                context: hit.context.get(),
                user: hit.number.0,
                uidname: &hit.uidname,
            },
            msisdn: hit.msisdn.as_ref().map(Msisdn::as_str),
            oxdeliverystatus: hit.delivery_status.as_ref().map(DeliveryStatus::as_str),
        }
    }
}

/// A user with one thing besides.
#[derive(Serialize)]
pub(crate) struct With<'a> {
    #[serde(flatten)]
    pub(crate) identity: Identity<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) classofservice: Option<OneOrMore>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) oxlegacyref: Option<&'a str>,
}

/// One text as it is, several as an array.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum OneOrMore {
    /// One.
    One(String),
    /// Several, or one where arrays are wanted.
    More(Vec<String>),
}

impl OneOrMore {
    /// Classes of service on the wire; nothing if there are none.
    pub(crate) fn classes(classes: &[ClassOfService], always_array: bool) -> Option<Self> {
        match classes {
            [] => None,
            [one] if !always_array => Some(Self::One(one.as_str().to_owned())),
            some => Some(Self::More(
                some.iter().map(|class| class.as_str().to_owned()).collect(),
            )),
        }
    }
}
