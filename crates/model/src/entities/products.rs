//! What a site sells: classes of service, and types of webmail accounts.

use crate::{ClassOfService, DomainName, Field, Rule, Violation, WebmailTypeName};
use std::collections::HashMap;

/// A type of webmail account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebmailType {
    /// Its name in requests.
    pub name: WebmailTypeName,
    /// The name that people see.
    pub title: String,
    /// The class of service that goes with it: each fills the other where that is unset when it is first set.
    pub class_of_service: Option<ClassOfService>,
    /// How many bytes a mailbox with such an account may hold; none means no limit.
    pub quota: Option<u64>,
    /// How many such accounts a domain may have; none means no limit.
    pub limit: Option<u32>,
}

/// The products of a site, from its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Products {
    /// The classes of service that there are.
    pub classes: Vec<ClassOfService>,
    /// The types of webmail accounts, in the order that clients are shown them.
    pub webmail_types: Vec<WebmailType>,
    /// Other types for the domains that have their own.
    pub webmail_types_of_domains: HashMap<DomainName, Vec<WebmailType>>,
}

/// The classes of service that are commonly sold.
const CLASSES: [&str; 4] = [
    "cloud_pim",
    "cloud_productivity",
    "cloud_security",
    "cloud_productivity_security",
];

/// The usual types of webmail accounts: name, title, class of service.
const TYPES: [(&str, &str, &str); 3] = [
    ("standard", "Standard Webmail", "cloud_pim"),
    ("premium", "Premium Webmail", "cloud_productivity"),
    ("activesync", "ActiveSync", "cloud_productivity"),
];

impl Default for Products {
    fn default() -> Self {
        let types = TYPES.map(|(name, title, class)| WebmailType {
            name: WebmailTypeName::known(name),
            title: title.to_owned(),
            class_of_service: Some(ClassOfService::known(class)),
            quota: None,
            limit: None,
        });
        Self {
            classes: CLASSES.map(ClassOfService::known).to_vec(),
            webmail_types: types.to_vec(),
            webmail_types_of_domains: HashMap::new(),
        }
    }
}

impl Products {
    /// The types of webmail accounts that a domain has.
    #[must_use]
    pub fn webmail_types_of(&self, domain: &DomainName) -> &[WebmailType] {
        self.webmail_types_of_domains
            .get(domain)
            .unwrap_or(&self.webmail_types)
    }

    /// The type with this name in a domain.
    ///
    /// # Errors
    /// [`Rule::Unknown`] if the domain has none such.
    pub fn webmail_type(&self, domain: &DomainName, name: &str) -> Result<&WebmailType, Violation> {
        self.webmail_types_of(domain)
            .iter()
            .find(|kind| kind.name.as_str() == name)
            .ok_or(Violation::new(Field::WebmailType, Rule::Unknown))
    }

    /// The class of service with this name.
    ///
    /// # Errors
    /// [`Rule::Unknown`] if the site has none such.
    pub fn class(&self, name: &str) -> Result<&ClassOfService, Violation> {
        self.classes
            .iter()
            .find(|class| class.as_str() == name)
            .ok_or(Violation::new(Field::ClassOfService, Rule::Unknown))
    }
}
