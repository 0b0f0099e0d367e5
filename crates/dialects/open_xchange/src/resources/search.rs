//! Finding users by whole values.

use crate::{
    answer::Answer,
    call::{Call, Outcome},
    record::Record,
    refusal::refuse,
};
use provost_directory::queries::{MOST_HITS, SearchedField};
use provost_http::Param;
use provost_model::{Error, Field};

/// GET: one user as an object, several as an array.
pub(crate) async fn search(call: &Call) -> Outcome {
    let field = match call.query.get("field") {
        None => SearchedField::Any,
        Some(Param::Text(name)) => field(name)?,
        Some(_) => return Err(unknown_field()),
    };
    let text = match call.query.get("search") {
        Some(Param::Text(text)) if !text.trim().is_empty() => text,
        Some(_) | None => return Err(Answer::bad_request("The parameter search is missing")),
    };
    let hits = call
        .directory
        .search_exactly(&call.context.actor, field, text)
        .await
        .map_err(refuse_search)?;
    let records: Vec<Record<'_>> = hits.iter().map(Record::of_hit).collect();
    match records.as_slice() {
        [] => Err(Answer::not_found("No such user")),
        [one] if !call.settings.search_always_array => Ok(Answer::ok(one).into()),
        some => Ok(Answer::ok(&some).into()),
    }
}

fn field(name: &str) -> Outcome<SearchedField> {
    match name {
        "UIDNAME" => Ok(SearchedField::Name),
        "MSISDN" => Ok(SearchedField::Msisdn),
        "OXDELIVERYSTATUS" => Ok(SearchedField::DeliveryStatus),
        "CUSTOM" => Ok(SearchedField::Custom),
        "ANY" => Ok(SearchedField::Any),
        _ => Err(unknown_field()),
    }
}

fn unknown_field() -> Answer {
    Answer::bad_request("The field has to be UIDNAME, MSISDN, OXDELIVERYSTATUS, CUSTOM or ANY")
}

fn refuse_search(error: Error) -> Answer {
    match error {
        Error::Invalid(violation) if violation.field == Field::Limit => {
            Answer::bad_request(&format!("More than {MOST_HITS} users were found"))
        }
        other => refuse(other),
    }
}
