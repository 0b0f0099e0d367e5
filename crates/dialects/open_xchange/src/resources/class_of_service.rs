//! The products that a user has.

use super::user;
use crate::{
    answer::Answer,
    call::{Call, Outcome},
    record::{Identity, OneOrMore, With},
};
use provost_directory::commands::mail_services::MailServicesPatch;
use provost_model::{ClassOfService, Patch};

/// GET: one class as a string, several as an array.
pub(crate) async fn show(call: &Call) -> Outcome {
    let classes = call.user().await?.services.classes;
    match OneOrMore::classes(&classes, call.settings.classes_always_array) {
        Some(classes) => Ok(Answer::ok(&serde_json::json!({ "classofservice": classes })).into()),
        None => Err(user::unset(call, "classofservice")),
    }
}

/// PUT: one class, or an array of them, in the place of those before.
pub(crate) async fn set(call: &Call) -> Outcome {
    let mut classes: Vec<ClassOfService> = Vec::new();
    for name in call.given.texts("classofservice")? {
        let products = call.directory.products();
        let class = products.class(name).map_err(user::invalid)?;
        if !classes.contains(class) {
            classes.push(class.clone());
        }
    }
    change(call, Patch::Set(classes)).await
}

/// DELETE: all of them; fine if there are none.
pub(crate) async fn delete(call: &Call) -> Outcome {
    change(call, Patch::Clear).await
}

async fn change(call: &Call, classes: Patch<Vec<ClassOfService>>) -> Outcome {
    let patch = MailServicesPatch {
        classes,
        ..MailServicesPatch::default()
    };
    user::edit(call, patch).await?;
    let user = call.user().await?;
    let record = With {
        identity: Identity::of(call.context.tenant.context_id, &user),
        classofservice: OneOrMore::classes(
            &user.services.classes,
            call.settings.classes_always_array,
        ),
        oxlegacyref: None,
    };
    Ok(Answer::ok(&record).into())
}
