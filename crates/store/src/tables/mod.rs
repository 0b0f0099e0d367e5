//! The tables: reads take a [`Tx`](crate::Tx), writes take a [`Change`](crate::Change), which only [`Store::write`](crate::Store::write) makes.

pub mod account_names;
pub mod addresses;
pub mod app_settings;
pub mod apps;
pub mod audit;
pub mod audit_seals;
pub mod audit_unnoted;
pub mod audit_unsealed;
pub mod context_forwards;
pub mod counters;
pub mod customers;
pub mod dialect_values;
pub(crate) mod documents;
pub mod domains;
pub mod exact_search;
pub mod external_ids;
pub mod grams;
pub mod group_administrators;
pub mod group_counts;
pub mod groups;
pub(crate) mod id_list;
pub mod leases;
pub mod mail_services;
pub mod mailbox_counts;
pub mod mailbox_details;
pub mod mailbox_walks;
pub mod mailboxes;
pub mod memberships;
pub mod msisdns;
pub mod names;
pub mod orders;
pub mod password_links;
pub(crate) mod places;
pub mod preferences;
pub mod registrations;
pub mod resellers;
pub mod search;
pub mod search_page;
pub mod server_keys;
pub mod shared_mail_domains;
pub mod spent_auth_tokens;
pub mod sweep;
pub(crate) mod telling;
pub mod tenants;
pub mod tokens;
pub mod unfinished_copies;
pub mod unfinished_imports;
pub mod user_details;
pub mod user_lists;
pub mod users;
pub mod webmail_accounts;
pub mod webmail_counts;
pub mod welcome_mails;

/// Every statement of the program, so that a test can prepare each on each engine.
pub fn statements() -> impl Iterator<Item = &'static crate::Sql> {
    [
        account_names::ALL,
        addresses::ALL,
        app_settings::ALL,
        apps::ALL,
        audit::ALL,
        audit_seals::ALL,
        audit_unnoted::ALL,
        audit_unsealed::ALL,
        counters::ALL,
        customers::ALL,
        dialect_values::ALL,
        documents::ALL,
        context_forwards::ALL,
        domains::ALL,
        exact_search::ALL,
        external_ids::ALL,
        group_administrators::ALL,
        group_counts::ALL,
        groups::ALL,
        leases::ALL,
        mail_services::ALL,
        mailbox_counts::ALL,
        mailbox_details::ALL,
        mailbox_walks::ALL,
        mailboxes::ALL,
        memberships::ALL,
        msisdns::ALL,
        names::ALL,
        orders::ALL,
        password_links::ALL,
        places::ALL,
        preferences::ALL,
        resellers::ALL,
        search::ALL,
        search_page::ALL,
        shared_mail_domains::ALL,
        server_keys::ALL,
        spent_auth_tokens::ALL,
        sweep::ALL,
        telling::ALL,
        tenants::ALL,
        tokens::ALL,
        unfinished_copies::ALL,
        unfinished_imports::ALL,
        user_details::ALL,
        user_lists::ALL,
        users::ALL,
        webmail_accounts::ALL,
        webmail_counts::ALL,
        welcome_mails::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
    .chain(crate::savepoints::ALL.iter().copied())
    .chain(crate::soundness::statements())
}
