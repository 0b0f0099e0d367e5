//! Every table that a copy moves, with its columns: the list that a new migration has to be entered in.

/// A table. Its first columns are its primary key, by which it is walked.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) key: &'static [Column],
    pub(crate) others: &'static [Column],
}

impl Table {
    /// The columns, those of the key first.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &'static Column> {
        self.key.iter().chain(self.others)
    }

    /// How many columns there are.
    pub(crate) const fn width(&self) -> usize {
        self.key.len() + self.others.len()
    }

    /// Where a column stands.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.columns().position(|column| column.name == name)
    }
}

/// A column.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

/// What a column holds, apart from NULL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A BIGINT.
    Int,
    /// A TEXT.
    Text,
    /// A BYTEA.
    Bytes,
}

/// What a copy leaves out, and why.
#[cfg(test)]
pub(crate) const LEFT_OUT: &[(&str, &str)] = &[
    ("schema_migrations", "each engine has its own history"),
    ("unfinished_copies", "the copy's own mark"),
    ("user_search", "made anew from the users"),
    ("leases", "their holders stay behind with the source"),
];

/// Declares tables: the columns of the key in brackets, then the others.
macro_rules! tables {
    ($($name:ident [$($key:ident: $key_kind:ident),+] $($other:ident: $kind:ident),*;)+) => {
        /// The tables, in the order in which they are copied.
        pub(crate) static TABLES: &[Table] = &[$(Table {
            name: stringify!($name),
            key: &[$(Column { name: stringify!($key), kind: Kind::$key_kind }),+],
            others: &[$(Column { name: stringify!($other), kind: Kind::$kind }),*],
        }),+];
    };
}

tables! {
    counters [tenant: Int, kind: Text] next: Int;
    tenants [id: Int] slug: Text, name: Text, context_id: Int, suspended: Int, settings: Text, created_at: Int;
    tenant_slugs [slug_key: Text] tenant: Int;
    tenant_contexts [context_id: Int] tenant: Int;
    tenant_hosts [host: Text] tenant: Int;
    domains [domain: Text] tenant: Int, created_at: Int;
    addresses [domain: Text, local_part: Text] tenant: Int, user_number: Int, follows_email: Int, quota: Int;
    users [tenant: Int, number: Int]
        id: Bytes, login: Text, login_key: Text, display_name: Text, display_key: Text, email: Text, email_key: Text, address: Text,
        address_follows_email: Int, aliases: Text, notify_email: Text, password_hash: Text, phone: Text, quota: Int, language: Text,
        locale: Text, timezone: Text, first_day_of_week: Int, manager: Text, enabled: Int, operator: Int, profile: Text,
        first_login_at: Int, last_login_at: Int, created_at: Int, changed_at: Int;
    names [tenant: Int, name_key: Text] user_number: Int;
    user_groups [tenant: Int, number: Int]
        group_id: Text, group_id_key: Text, display_name: Text, display_key: Text, created_at: Int;
    memberships [tenant: Int, group_number: Int, login_key: Text] user_number: Int, position: Int;
    group_counts [tenant: Int, group_number: Int, shard: Int] members: Int, disabled: Int;
    group_administrators [tenant: Int, group_number: Int, user_number: Int] position: Int;
    tokens [secret_hash: Bytes]
        id: Bytes, tenant: Int, user_number: Int, name: Text, scope: Text, former: Int, created_at: Int, wiped_at: Int;
    preferences [tenant: Int, user_number: Int, app: Text, name: Text] content: Text;
    app_settings [tenant: Int, app: Text, name: Text] content: Text;
    apps [tenant: Int, app: Text] enabled: Int;
    resellers [id: Int] name: Text, password_hash: Text, created_at: Int;
    reseller_tenants [reseller: Int, tenant: Int];
    account_names [name_key: Text] reseller: Int, tenant: Int, user_number: Int;
    password_links [secret_hash: Bytes] tenant: Int, user_number: Int, expires_at: Int, created_at: Int;
    welcome_mails [tenant: Int, user_number: Int] attempts: Int, due_at: Int, created_at: Int;
    mail_services [tenant: Int, user_number: Int]
        classes: Text, msisdn: Text, msisdn_digits: Text, delivery_status: Text, delivery_status_key: Text, anti_phishing: Int,
        spam_level: Text;
    msisdns [digits: Text] tenant: Int, user_number: Int;
    external_ids [tenant: Int, user_number: Int, kind: Text, position: Int] external_id: Text, id_key: Text;
    shared_mail_domains [domain: Text] reseller: Int, tenant: Int, created_at: Int;
    context_forwards [tenant: Int, domain: Text, local_part: Text] alias: Text, targets: Text, created_at: Int;
    mailbox_counts [domain: Text, shard: Int] mailboxes: Int, defaults: Int, quota_mb: Int;
    webmail_accounts [tenant: Int, user_number: Int]
        domain: Text, kind: Text, allow_upgrade: Int, reset_password: Int, theme: Text, created_at: Int;
    webmail_counts [domain: Text, kind: Text] accounts: Int;
    mailboxes [tenant: Int, user_number: Int]
        master: Int, usage_bytes: Int, subject: Text, body: Text, responding: Int, senders: Text, forwards: Text;
    server_keys [name: Text] secret: Bytes, created_at: Int;
    spent_auth_tokens [tenant: Int, nonce: Bytes] expires_at: Int;
    dialect_values [tenant: Int, user_number: Int, dialect: Text] content: Text;
    customers [partner: Int, remote_id: Text] tenant: Int, created_at: Int;
    orders [partner: Int, remote_id: Text]
        number: Int, customer: Int, customer_id: Text, parent: Text, product: Text, licenses: Int, term: Text, created_at: Int;
    audit_entries [tenant: Int, id: Bytes]
        at: Int, actor: Text, action: Text, subject: Text, subject_number: Int, details: Text, request: Text, noted: Int;
    events [tenant: Int, id: Bytes] at: Int, action: Text, subject: Text, subject_number: Int, details: Text;
    audit_unsealed [tenant: Int, id: Bytes];
    audit_seals [tenant: Int, first_entry: Int] entries: Int, newest_at: Int, content: Bytes, hash: Bytes;
    unfinished_imports [source: Bytes] line: Int, created: Int, changed: Int, unchanged: Int, refused: Int,
        window_end: Int, window_done: Int;
}
