//! The site's products, in tables of the settings file:
//!
//! ```toml
//! classes_of_service = ["cloud_pim", "cloud_productivity"]
//!
//! [webmail.standard]                       # the types of webmail accounts
//! title = "Webmail"
//! class_of_service = "cloud_pim"
//! quota_mb = 5000                          # none, or 0: no limit
//! limit = 100                              # accounts in a domain; none, or 0: no limit
//!
//! [domain."example.org".webmail.premium]   # a domain with types of its own has these alone
//! title = "Webmail Plus"
//! ```

use crate::failure::Failure;
use provost_model::{ClassOfService, DomainName, Products, WebmailType, WebmailTypeName};
use serde::Deserialize;
use std::collections::HashMap;

/// The keys of the settings file that describe products.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ProductTables {
    classes_of_service: Option<Vec<String>>,
    webmail: Option<toml::map::Map<String, toml::Value>>,
    domain: HashMap<String, DomainTables>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DomainTables {
    webmail: toml::map::Map<String, toml::Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct TypeTable {
    title: Option<String>,
    class_of_service: Option<String>,
    quota_mb: u64,
    limit: u32,
}

const BYTES_PER_MB: u64 = 1_048_576;

impl ProductTables {
    /// The keys that stand at the top of the settings file.
    pub(super) const KEYS: [&str; 3] = ["classes_of_service", "webmail", "domain"];

    /// The products that the tables describe; the usual ones where they are silent.
    ///
    /// # Errors
    /// A name that is none, a type with a class of service that is not among the site's.
    pub(super) fn products(&self) -> Result<Products, Failure> {
        let mut products = Products::default();
        if let Some(names) = &self.classes_of_service {
            products.classes = names
                .iter()
                .map(|name| ClassOfService::parse(name))
                .collect::<Result<_, _>>()
                .map_err(|violation| wrong("classes_of_service", &violation))?;
        }
        if let Some(tables) = &self.webmail {
            products.webmail_types = types("webmail", tables, &products)?;
        } else {
            let Products {
                classes,
                webmail_types,
                ..
            } = &mut products;
            // the usual types go without those classes that the site does not have
            for kind in webmail_types {
                kind.class_of_service = kind
                    .class_of_service
                    .take_if(|class| classes.contains(class));
            }
        }
        for (domain, tables) in &self.domain {
            let place = format!("domain.{domain:?}.webmail");
            let domain =
                DomainName::parse(domain).map_err(|violation| wrong(&place, &violation))?;
            let types = types(&place, &tables.webmail, &products)?;
            products.webmail_types_of_domains.insert(domain, types);
        }
        Ok(products)
    }
}

fn types(
    place: &str,
    tables: &toml::map::Map<String, toml::Value>,
    products: &Products,
) -> Result<Vec<WebmailType>, Failure> {
    tables
        .iter()
        .map(|(name, table)| {
            let place = format!("{place}.{name}");
            let table: TypeTable = table
                .clone()
                .try_into()
                .map_err(|error: toml::de::Error| wrong(&place, &error.message()))?;
            let name =
                WebmailTypeName::parse(name).map_err(|violation| wrong(&place, &violation))?;
            let class_of_service = table
                .class_of_service
                .map(|class| products.class(&class).cloned())
                .transpose()
                .map_err(|violation| wrong(&place, &violation))?;
            Ok(WebmailType {
                title: table.title.unwrap_or_else(|| name.as_str().to_owned()),
                name,
                class_of_service,
                quota: (table.quota_mb > 0).then(|| table.quota_mb.saturating_mul(BYTES_PER_MB)),
                limit: (table.limit > 0).then_some(table.limit),
            })
        })
        .collect()
}

fn wrong(place: &str, what: &dyn std::fmt::Display) -> Failure {
    Failure::refused(format_args!("the settings file, `{place}`: {what}"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn products(text: &str) -> Result<Products, String> {
        toml::from_str::<ProductTables>(text)
            .map_err(|error| error.message().to_owned())?
            .products()
            .map_err(|failure| failure.to_string())
    }

    fn names(types: &[WebmailType]) -> Vec<&str> {
        types.iter().map(|kind| kind.name.as_str()).collect()
    }

    #[test]
    fn without_settings_there_are_the_usual_products() {
        let products = products("").unwrap();
        assert_eq!(
            names(&products.webmail_types),
            ["standard", "premium", "activesync"]
        );
        assert_eq!(products.class("cloud_pim").unwrap().as_str(), "cloud_pim");
        assert!(products.class("cloud_x").is_err());
    }

    #[test]
    fn types_stand_in_the_order_of_the_file_and_domains_may_have_their_own() {
        let products = products(
            "classes_of_service = ['gold']
             [webmail.b]
             class_of_service = 'gold'
             quota_mb = 2
             limit = 3
             [webmail.a]
             [domain.'example.org'.webmail.only]
             title = 'The only one'",
        )
        .unwrap();
        let usual = DomainName::parse("other.org").unwrap();
        let own = DomainName::parse("Example.org").unwrap();
        assert_eq!(names(products.webmail_types_of(&usual)), ["b", "a"]);
        let b = products.webmail_type(&usual, "b").unwrap();
        assert_eq!((b.quota, b.limit), (Some(2_097_152), Some(3)));
        assert_eq!(products.webmail_types_of(&own)[0].title, "The only one");
        assert!(products.webmail_type(&own, "b").is_err());
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        for (text, message) in [
            (
                "[webmail.a]\nclass_of_service = 'gold'",
                "the settings file, `webmail.a`: class of service is not known",
            ),
            (
                "[webmail.'a b']",
                "the settings file, `webmail.a b`: webmail type holds characters that are not allowed",
            ),
            ("[webmail.a]\nquota = 1", "unknown field `quota`"),
        ] {
            let error = products(text).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
    }
}
