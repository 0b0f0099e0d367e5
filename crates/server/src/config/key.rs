//! What can be set, and what each setting is called where.

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// Where to listen.
    Listen,
    /// Where metrics are told.
    MetricsListen,
    /// Where traces are sent.
    OtlpEndpoint,
    /// The file of the server's own certificate.
    TlsCertificate,
    /// The file of its key.
    TlsKeyFile,
    /// Where the database is.
    Database,
    /// Where its standbys are, for lists.
    DatabaseReplica,
    /// How long the server serves on after it was asked to end.
    Drain,
    /// Whether an older schema is brought up to date.
    Migrate,
    /// The first administrator's login.
    AdminUser,
    /// The first administrator's password.
    AdminPassword,
    /// The first administrator's contact e-mail.
    AdminEmail,
    /// The URL under which clients reach the server.
    PublicUrl,
    /// How many days the audit is kept.
    AuditDays,
    /// Whether failed logins slow down further ones.
    Throttle,
    /// The proxies that are believed.
    TrustedProxies,
    /// The mail server, a host and perhaps a port.
    MailServer,
    /// How the connection to it is encrypted.
    MailTls,
    /// A file of a certificate that is believed beside the system's.
    MailCa,
    /// The account at it.
    MailUser,
    /// That account's password.
    MailPassword,
    /// The file that holds it.
    MailPasswordFile,
    /// Who sends.
    MailFrom,
    /// How many seconds sending one mail may take.
    MailTimeout,
    /// How many days a link to set a password holds.
    PasswordLinkDays,
    /// Whether links of the Hostway dialect have a `location` beside their `href`.
    HostwayLocation,
    /// Whether operators pass where the Open-Xchange dialect wants a context's administrator or a reseller.
    MasterOverride,
    /// Whether it shows one class of service as an array too.
    OpenXchangeClassesArray,
    /// Whether its search shows one user as an array too.
    OpenXchangeSearchArray,
    /// Its credentials of tenants.
    OpenXchangeTenantCredentials,
    /// The file that holds them.
    OpenXchangeTenantCredentialsFile,
    /// Its monitoring credential.
    OpenXchangeMonitoring,
    /// The file that holds it.
    OpenXchangeMonitoringFile,
    /// What is logged.
    Log,
    /// How it is written.
    LogFormat,
}

impl Key {
    /// All of them.
    pub(crate) const ALL: [Self; 35] = [
        Self::Listen,
        Self::MetricsListen,
        Self::OtlpEndpoint,
        Self::TlsCertificate,
        Self::TlsKeyFile,
        Self::Database,
        Self::DatabaseReplica,
        Self::Drain,
        Self::Migrate,
        Self::AdminUser,
        Self::AdminPassword,
        Self::AdminEmail,
        Self::PublicUrl,
        Self::AuditDays,
        Self::Throttle,
        Self::TrustedProxies,
        Self::MailServer,
        Self::MailTls,
        Self::MailCa,
        Self::MailUser,
        Self::MailPassword,
        Self::MailPasswordFile,
        Self::MailFrom,
        Self::MailTimeout,
        Self::PasswordLinkDays,
        Self::HostwayLocation,
        Self::MasterOverride,
        Self::OpenXchangeClassesArray,
        Self::OpenXchangeSearchArray,
        Self::OpenXchangeTenantCredentials,
        Self::OpenXchangeTenantCredentialsFile,
        Self::OpenXchangeMonitoring,
        Self::OpenXchangeMonitoringFile,
        Self::Log,
        Self::LogFormat,
    ];

    /// The key in the settings file.
    pub(crate) const fn in_file(self) -> &'static str {
        match self {
            Self::Listen => "listen",
            Self::MetricsListen => "metrics_listen",
            Self::OtlpEndpoint => "otlp_endpoint",
            Self::TlsCertificate => "tls_certificate",
            Self::TlsKeyFile => "tls_key",
            Self::Database => "database",
            Self::DatabaseReplica => "database_replica",
            Self::Drain => "drain",
            Self::Migrate => "migrate",
            Self::AdminUser => "admin_user",
            Self::AdminPassword => "admin_password",
            Self::AdminEmail => "admin_email",
            Self::PublicUrl => "public_url",
            Self::AuditDays => "audit_days",
            Self::Throttle => "throttle",
            Self::TrustedProxies => "trusted_proxies",
            Self::MailServer => "mail_server",
            Self::MailTls => "mail_tls",
            Self::MailCa => "mail_ca",
            Self::MailUser => "mail_user",
            Self::MailPassword => "mail_password",
            Self::MailPasswordFile => "mail_password_file",
            Self::MailFrom => "mail_from",
            Self::MailTimeout => "mail_timeout",
            Self::PasswordLinkDays => "password_link_days",
            Self::HostwayLocation => "hostway_location",
            Self::MasterOverride => "master_override",
            Self::OpenXchangeClassesArray => "open_xchange_classes_array",
            Self::OpenXchangeSearchArray => "open_xchange_search_array",
            Self::OpenXchangeTenantCredentials => "open_xchange_tenant_credentials",
            Self::OpenXchangeTenantCredentialsFile => "open_xchange_tenant_credentials_file",
            Self::OpenXchangeMonitoring => "open_xchange_monitoring",
            Self::OpenXchangeMonitoringFile => "open_xchange_monitoring_file",
            Self::Log => "log",
            Self::LogFormat => "log_format",
        }
    }

    /// The variable in the environment: `PROVOST_` and the key in capitals.
    pub(crate) fn variable(self) -> String {
        format!("PROVOST_{}", self.in_file().to_uppercase())
    }

    /// The flag, for messages.
    pub(crate) fn flag(self) -> String {
        match self {
            // it is given once for each
            Self::TrustedProxies => "--trusted-proxy".to_owned(),
            _ => format!("--{}", self.in_file().replace('_', "-")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_on_the_page_for_operators() {
        let page = include_str!("../../../../docs/operations.md");
        for key in Key::ALL {
            let name = format!("`{}`", key.variable());
            assert!(page.contains(&name), "{name} is not in docs/operations.md");
        }
    }
}
