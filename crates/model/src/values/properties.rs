//! What holds for every parser: it never panics, and what it keeps it reads again as the same.

use super::*;
use crate::{ProfileField, Violation};
use proptest::prelude::*;
use std::fmt::Display;

fn reads_again<T: Display>(parse: impl Fn(&str) -> Result<T, Violation>, text: &str) {
    if let Ok(value) = parse(text) {
        let kept = value.to_string();
        let again = parse(&kept).map(|value| value.to_string());
        assert_eq!(again.as_ref(), Ok(&kept), "from {text:?}");
    }
}

/// Any text, and text of the characters that the forms are made of, so that some of it parses.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[-a-zA-Z0-9.@+_ :/()\\[\\]ü]{0,40}",
        "@?[a-z]{1,9}@?[a-z]{1,9}\\.[a-z]{2,3}",
        "(https?://)?[a-z]{1,9}\\.[a-z]{2}(:[0-9]{1,5})?(/[a-z?]{0,5})?",
        "\\+[0-9 ()-]{3,16}",
    ]
}

proptest! {
    #[test]
    fn parsers_read_what_they_keep(text in text()) {
        reads_again(Login::parse, &text);
        reads_again(GroupId::parse, &text);
        reads_again(DisplayName::parse, &text);
        reads_again(ContactEmail::parse, &text);
        reads_again(Address::parse, &text);
        reads_again(DomainName::parse, &text);
        reads_again(HostName::parse, &text);
        reads_again(Slug::parse, &text);
        reads_again(ContextId::parse, &text);
        reads_again(Language::parse, &text);
        reads_again(Locale::parse, &text);
        reads_again(Timezone::parse, &text);
        reads_again(Msisdn::parse, &text);
        reads_again(AppId::parse, &text);
        reads_again(SettingKey::parse, &text);
        for field in ProfileField::ALL {
            reads_again(|text| ProfileValue::parse(field, text), &text);
        }
    }

    #[test]
    fn phone_numbers_read_what_they_keep(text in text(), region in "[A-Z]{2}") {
        reads_again(|text| Phone::parse(text, None), &text);
        reads_again(|text| Phone::parse(text, Some(&region)), &text);
    }

    #[test]
    fn an_address_is_an_email(text in text()) {
        prop_assert!(Address::parse(&text).is_err() || is_email(&text));
    }

    #[test]
    fn the_rest_takes_any_text(text in text(), other in text()) {
        let _ = FirstDayOfWeek::parse(&text);
        let _ = split_language_and_locale(&text);
        let context = PasswordContext { login: Some(&other), domain: Some(&other) };
        let _ = PasswordPolicy::OCS.check(&text, &context);
    }
}
