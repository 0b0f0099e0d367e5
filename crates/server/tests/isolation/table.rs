//! What each kind of actor is answered, in the tenant where it has business.

/// The kinds of actors, in the order of the columns.
pub(crate) const ACTORS: [&str; 12] = [
    "operator",
    "reseller",
    "administrator",
    "group-admin",
    "user",
    "key:read",
    "key:provision",
    "key:admin",
    "key:partner",
    "app:read",
    "app:provision",
    "app:partner",
];

/// `ok`, or the code of the refusal in version 2; `-` where there is nobody. The app passwords are the administrator's.
///
/// The target's words: `ours` is a user or group under the group administrator, `others` one that is not, `boss` a tenant administrator
/// in a group of the group administrator's, `operator` an operator in such a group, `self` the actor.
const TABLE: &str = "
#                                                         target   operator reseller admin head user k:read k:prov k:admin k:partner a:read a:prov a:partner
GET    /cloud/user                                       ours     ok       404      ok    ok   ok   404    404    404     403       ok     ok     403
GET    /cloud/user/fields                                ours     ok       ok       ok    ok   ok   ok     ok     ok      403       ok     ok     403
GET    /cloud/user/fields/{}                             ours     ok       ok       ok    ok   998  ok     ok     ok      403       ok     ok     403
GET    /cloud/user/fields/{}                             others   ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/user/fields/{}                             boss     ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/user/fields/{}                             self     -        -        ok    ok   ok   -      -      -       -         ok     ok     403
GET    /cloud/users                                      ours     ok       ok       ok    ok   403  ok     ok     ok      403       ok     ok     403
POST   /cloud/users                                      ours     ok       ok       ok    ok   403  403    ok     ok      403       403    ok     403
POST   /cloud/users                                      others   ok       ok       ok    105  403  403    ok     ok      403       403    ok     403
GET    /cloud/users/details                              ours     ok       ok       ok    ok   403  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/disabled                             ours     ok       ok       ok    ok   403  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}                                   ours     ok       ok       ok    ok   998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}                                   others   ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}                                   boss     ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}                                   self     -        -        ok    ok   ok   -      -      -       -         ok     ok     403
PUT    /cloud/users/{}                                   ours     ok       ok       ok    ok   998  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}                                   others   ok       ok       ok    998  998  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}                                   boss     ok       ok       ok    998  998  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}                                   operator ok       ok       ok    ok   998  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}                                   self     -        -        ok    ok   ok   -      -      -       -         403    ok     403
PATCH  /cloud/users/{}                                   ours     ok       ok       ok    ok   403  403    ok     ok      403       403    ok     403
PATCH  /cloud/users/{}                                   others   ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
PATCH  /cloud/users/{}                                   boss     ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
PATCH  /cloud/users/{}                                   operator ok       ok       ok    ok   403  403    ok     ok      403       403    ok     403
PATCH  /cloud/users/{}                                   self     -        -        ok    ok   403  -      -      -       -         403    ok     403
DELETE /cloud/users/{}                                   ours     ok       ok       ok    ok   403  403    ok     ok      403       403    ok     403
DELETE /cloud/users/{}                                   others   ok       ok       ok    998  403  403    ok     ok      403       403    ok     403
DELETE /cloud/users/{}                                   boss     ok       ok       ok    998  403  403    ok     ok      403       403    ok     403
DELETE /cloud/users/{}                                   operator ok       403      403   403  403  403    403    403     403       403    403    403
DELETE /cloud/users/{}                                   self     -        -        101   101  403  -      -      -       -         403    101    403
PUT    /cloud/users/{}/enable                            ours     ok       ok       ok    ok   403  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}/enable                            others   ok       ok       ok    998  403  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}/enable                            boss     ok       ok       ok    998  403  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}/enable                            operator ok       403      403   403  403  403    403    403     403       403    403    403
PUT    /cloud/users/{}/enable                            self     -        -        101   101  403  -      -      -       -         403    101    403
PUT    /cloud/users/{}/disable                           ours     ok       ok       ok    ok   403  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}/disable                           others   ok       ok       ok    998  403  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}/disable                           boss     ok       ok       ok    998  403  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}/disable                           operator ok       403      403   403  403  403    403    403     403       403    403    403
PUT    /cloud/users/{}/disable                           self     -        -        101   101  403  -      -      -       -         403    101    403
GET    /cloud/users/{}/groups                            ours     ok       ok       ok    ok   998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/groups                            others   ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/groups                            boss     ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/groups                            self     -        -        ok    ok   ok   -      -      -       -         ok     ok     403
GET    /cloud/users/{}/groups/details                    ours     ok       ok       ok    ok   998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/groups/details                    others   ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/groups/details                    boss     ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/groups/details                    self     -        -        ok    ok   ok   -      -      -       -         ok     ok     403
POST   /cloud/users/{}/groups                            ours     ok       ok       ok    ok   403  403    ok     ok      403       403    ok     403
POST   /cloud/users/{}/groups                            others   ok       ok       ok    104  403  403    ok     ok      403       403    ok     403
POST   /cloud/users/{}/groups                            boss     ok       ok       ok    ok   403  403    ok     ok      403       403    ok     403
POST   /cloud/users/{}/groups                            self     -        -        ok    ok   403  -      -      -       -         403    ok     403
DELETE /cloud/users/{}/groups                            ours     ok       ok       ok    105  403  403    ok     ok      403       403    ok     403
DELETE /cloud/users/{}/groups                            others   ok       ok       ok    104  403  403    ok     ok      403       403    ok     403
DELETE /cloud/users/{}/groups                            boss     ok       ok       ok    105  403  403    ok     ok      403       403    ok     403
DELETE /cloud/users/{}/groups                            self     -        -        ok    105  403  -      -      -       -         403    ok     403
GET    /cloud/users/{}/subadmins                         ours     ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/subadmins                         others   ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/subadmins                         boss     ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/subadmins                         self     -        -        ok    403  403  -      -      -       -         ok     ok     403
GET    /cloud/users/{}/subadmins/details                 ours     ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/subadmins/details                 others   ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/subadmins/details                 boss     ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/users/{}/subadmins/details                 self     -        -        ok    ok   ok   -      -      -       -         ok     ok     403
POST   /cloud/users/{}/subadmins                         ours     ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
POST   /cloud/users/{}/subadmins                         others   ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
POST   /cloud/users/{}/subadmins                         boss     ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
POST   /cloud/users/{}/subadmins                         self     -        -        ok    403  403  -      -      -       -         403    ok     403
DELETE /cloud/users/{}/subadmins                         ours     ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
DELETE /cloud/users/{}/subadmins                         others   ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
DELETE /cloud/users/{}/subadmins                         boss     ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
DELETE /cloud/users/{}/subadmins                         self     -        -        ok    403  403  -      -      -       -         403    ok     403
PUT    /cloud/users/{}/{}                                ours     ok       ok       ok    ok   998  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}/{}                                others   ok       ok       ok    998  998  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}/{}                                boss     ok       ok       ok    998  998  403    ok     ok      403       403    ok     403
PUT    /cloud/users/{}/{}                                self     -        -        ok    ok   ok   -      -      -       -         403    ok     403
GET    /cloud/groups                                     ours     ok       ok       ok    ok   ok   ok     ok     ok      403       ok     ok     403
POST   /cloud/groups                                     ours     ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
GET    /cloud/groups/details                             ours     ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
GET    /cloud/groups/{+}/users/details                   ours     ok       ok       ok    ok   998  ok     ok     ok      403       ok     ok     403
GET    /cloud/groups/{+}/users/details                   others   ok       ok       ok    998  998  ok     ok     ok      403       ok     ok     403
GET    /cloud/groups/{+}/users                           ours     ok       ok       ok    ok   403  ok     ok     ok      403       ok     ok     403
GET    /cloud/groups/{+}/users                           others   ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
GET    /cloud/groups/{+}/subadmins                       ours     ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
GET    /cloud/groups/{+}/subadmins                       others   ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
GET    /cloud/groups/{+}                                 ours     ok       ok       ok    ok   403  ok     ok     ok      403       ok     ok     403
GET    /cloud/groups/{+}                                 others   ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
PUT    /cloud/groups/{+}                                 ours     ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
PUT    /cloud/groups/{+}                                 others   ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
DELETE /cloud/groups/{+}                                 ours     ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
DELETE /cloud/groups/{+}                                 others   ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
GET    /apps/provisioning_api/api/v1/config/apps         ours     ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
GET    /apps/provisioning_api/api/v1/config/apps/{}      ours     ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
GET    /apps/provisioning_api/api/v1/config/apps/{}/{}   ours     ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
POST   /apps/provisioning_api/api/v1/config/apps/{}/{}   ours     ok       ok       ok    403  403  403    403    ok      403       403    403    403
DELETE /apps/provisioning_api/api/v1/config/apps/{}/{}   ours     ok       ok       ok    403  403  403    403    ok      403       403    403    403
GET    /config                                           ours     ok       ok       ok    ok   ok   ok     ok     ok      ok        ok     ok     ok
GET    /cloud/capabilities                               ours     ok       ok       ok    ok   ok   ok     ok     ok      ok        ok     ok     ok
GET    /cloud/user/apps                                  ours     ok       ok       ok    ok   ok   ok     ok     ok      403       ok     ok     403
GET    /cloud/users/recent                               ours     ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
POST   /cloud/users/search/by-phone                      ours     ok       ok       ok    ok   ok   ok     ok     ok      403       ok     ok     403
POST   /cloud/users/{}/wipe                              ours     ok       ok       ok    ok   998  403    ok     ok      403       403    ok     403
POST   /cloud/users/{}/wipe                              others   ok       ok       ok    998  998  403    ok     ok      403       403    ok     403
POST   /cloud/users/{}/wipe                              boss     ok       ok       ok    998  998  403    ok     ok      403       403    ok     403
POST   /cloud/users/{}/wipe                              operator ok       403      403   403  998  403    403    403     403       403    403    403
POST   /cloud/users/{}/welcome                           ours     102      102      102   102  998  403    102    102     403       403    102    403
POST   /cloud/users/{}/welcome                           others   102      102      102   998  998  403    102    102     403       403    102    403
POST   /cloud/users/{}/welcome                           boss     102      102      102   998  998  403    102    102     403       403    102    403
GET    /cloud/apps                                       ours     ok       ok       ok    403  403  ok     ok     ok      403       ok     ok     403
GET    /cloud/apps/{}                                    ours     998      998      998   403  403  998    998    998     403       998    998    403
POST   /cloud/apps/{}                                    ours     998      998      998   403  403  403    998    998     403       403    998    403
DELETE /cloud/apps/{}                                    ours     ok       ok       ok    403  403  403    ok     ok      403       403    ok     403
GET    /core/getapppassword                              ours     404      404      ok    ok   ok   403    404    404     403       403    403    403
DELETE /core/apppassword                                 ours     403      403      403   403  403  403    403    403     403       ok     ok     403
POST   /core/apppassword/rotate                          ours     403      403      403   403  403  403    403    403     403       ok     ok     403
POST   /apps/provisioning_api/api/v1/config/users/{}     ours     404      404      ok    ok   ok   403    404    404     403       403    ok     403
DELETE /apps/provisioning_api/api/v1/config/users/{}     ours     404      404      ok    ok   ok   403    404    404     403       403    ok     403
POST   /apps/provisioning_api/api/v1/config/users/{}/{}  ours     404      404      ok    ok   ok   403    404    404     403       403    ok     403
DELETE /apps/provisioning_api/api/v1/config/users/{}/{}  ours     404      404      ok    ok   ok   403    404    404     403       403    ok     403
";

/// One operation on one kind of target.
pub(crate) struct Row {
    pub(crate) method: &'static str,
    pub(crate) pattern: &'static str,
    pub(crate) target: &'static str,
    pub(crate) answers: Vec<&'static str>,
}

impl Row {
    /// The operation's method and pattern.
    pub(crate) fn operation(&self) -> (&'static str, &'static str) {
        (self.method, self.pattern)
    }
}

/// The rows of the table.
pub(crate) fn rows() -> Vec<Row> {
    TABLE
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut words = line.split_whitespace();
            let mut next = || words.next().unwrap_or_else(|| panic!("too short: {line}"));
            Row {
                method: next(),
                pattern: next(),
                target: next(),
                answers: words.collect(),
            }
        })
        .collect()
}
