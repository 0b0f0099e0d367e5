//! What surrounds a call: `{"method": …, "params": {…}}`. Other keys are ignored, as the vendor's page shows some.

use crate::{answer::Answer, params::Params};
use serde_json::Value;

/// A call's name and parameters.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) method: String,
    pub(crate) params: Params,
}

impl Envelope {
    /// Reads a body, whatever it calls itself.
    pub(crate) fn read(body: &[u8]) -> Result<Self, Answer> {
        let value = serde_json::from_slice(body).map_err(|error| {
            tracing::debug!(%error, "broken JSON");
            Answer::refused("the body is not JSON")
        })?;
        let Value::Object(mut envelope) = value else {
            return Err(Answer::refused("the body is not an object"));
        };
        let method = match envelope.remove("method") {
            Some(Value::String(method)) => method,
            Some(_) => return Err(Answer::refused("method must be a string")),
            None => return Err(Answer::refused("method is missing")),
        };
        let params = match envelope.remove("params") {
            Some(Value::Object(params)) => params,
            Some(_) => return Err(Answer::refused("params must be an object")),
            None => serde_json::Map::new(),
        };
        Ok(Self {
            method,
            params: Params::new("", params),
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_body_makes_it_panic(body in any::<Vec<u8>>(), json in "[\\[\\]{}\":,a-z0-9. ]{0,60}") {
            let _ = Envelope::read(&body);
            let _ = Envelope::read(json.as_bytes());
        }

        #[test]
        fn any_method_is_read_as_it_is_written(method in any::<String>()) {
            let body = serde_json::json!({ "method": method, "params": { "email": method } });
            let envelope = Envelope::read(body.to_string().as_bytes()).unwrap();
            prop_assert_eq!(&envelope.method, &method);
            prop_assert_eq!(envelope.params.required("email").unwrap(), &method);
        }
    }

    #[test]
    fn other_keys_are_ignored_and_params_may_be_left_out() {
        let envelope = Envelope::read(br#"{"id":1,"method":"listUsers","jsonrpc":"2.0"}"#).unwrap();
        assert_eq!(envelope.method, "listUsers");
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (body, why) in [
            ("", "the body is not JSON"),
            ("{", "the body is not JSON"),
            (r#"{"method":"x"} {}"#, "the body is not JSON"),
            ("[1]", "the body is not an object"),
            ("{}", "method is missing"),
            (r#"{"method":1}"#, "method must be a string"),
            (r#"{"method":"x","params":[]}"#, "params must be an object"),
            (
                r#"{"method":"x","params":null}"#,
                "params must be an object",
            ),
        ] {
            let read = Envelope::read(body.as_bytes());
            assert_eq!(read.unwrap_err(), Answer::refused(why), "{body}");
        }
    }
}
