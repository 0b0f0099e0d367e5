//! The apps that are known here.

/// An app by whose id clients ask whether something is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct App {
    /// Its id.
    pub(super) id: &'static str,
    /// Its name.
    pub(super) name: &'static str,
    /// What stands behind it.
    pub(super) kind: Kind,
}

/// What stands behind an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Provost itself does it; it cannot be switched off.
    BuiltIn,
    /// Services that take their users from here do it; Provost keeps whether the tenant wants it.
    Elsewhere {
        /// Whether it is enabled as long as nobody chose.
        enabled: bool,
    },
}

impl App {
    /// The app with this id.
    pub(super) fn find(id: &str) -> Option<Self> {
        APPS.into_iter().find(|app| app.id == id)
    }

    /// Whether it cannot be switched off.
    pub(super) fn always_on(self) -> bool {
        self.kind == Kind::BuiltIn
    }

    /// Whether it is enabled, after what the tenant chose, if it did.
    pub(super) fn enabled(self, chosen: Option<bool>) -> bool {
        match self.kind {
            Kind::BuiltIn => true,
            Kind::Elsewhere { enabled } => chosen.unwrap_or(enabled),
        }
    }

    /// What it is for, in a sentence.
    pub(super) fn summary(self) -> &'static str {
        match self.kind {
            Kind::BuiltIn => "A part of Provost, always on.",
            Kind::Elsewhere { .. } => {
                "A service beside Provost, which keeps here whether the tenant wants it."
            }
        }
    }
}

const fn built_in(id: &'static str, name: &'static str) -> App {
    App {
        id,
        name,
        kind: Kind::BuiltIn,
    }
}

const fn elsewhere(id: &'static str, name: &'static str, enabled: bool) -> App {
    App {
        id,
        name,
        kind: Kind::Elsewhere { enabled },
    }
}

/// All of them, in the order of their ids; those elsewhere are enabled or not as on a fresh real server.
pub(super) const APPS: [App; 22] = [
    elsewhere("activity", "Activity", true),
    built_in("admin_audit", "Audit"),
    elsewhere("comments", "Comments", true),
    elsewhere("dashboard", "Dashboard", true),
    elsewhere("encryption", "Default encryption module", false),
    elsewhere("files", "Files", true),
    elsewhere("files_external", "External storage support", false),
    elsewhere("files_sharing", "File sharing", true),
    elsewhere("files_trashbin", "Deleted files", true),
    elsewhere("files_versions", "Versions", true),
    elsewhere("notifications", "Notifications", true),
    built_in("password_policy", "Password policy"),
    elsewhere("photos", "Photos", true),
    built_in("provisioning_api", "Provisioning API"),
    built_in("settings", "Settings"),
    elsewhere("suspicious_login", "Suspicious login", false),
    elsewhere("systemtags", "Collaborative tags", true),
    elsewhere("text", "Text", true),
    elsewhere(
        "twofactor_nextcloud_notification",
        "Two-factor authentication by notification",
        false,
    ),
    elsewhere("twofactor_totp", "Two-factor authentication by codes", true),
    elsewhere("user_ldap", "LDAP user and group backend", false),
    elsewhere("user_status", "User status", true),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apps_stand_in_the_order_of_their_ids() {
        assert!(APPS.is_sorted_by(|one, other| one.id < other.id));
    }

    #[test]
    fn a_choice_decides_but_for_what_is_built_in() {
        let external =
            App::find("files_external").map(|app| (app.enabled(None), app.enabled(Some(true))));
        assert_eq!(external, Some((false, true)));
        let api = App::find("provisioning_api").map(|app| app.enabled(Some(false)));
        assert_eq!(api, Some(true));
    }
}
