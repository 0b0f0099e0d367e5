//! Everything that can be asked of the directory, and who may ask for it: one table.

pub(crate) mod mailboxes;
mod prepared;
mod world;

pub(crate) use prepared::customer;
pub(crate) use world::World;

use provost_model::{Action, Denial, Error, Noun, Result};

macro_rules! deeds {
    ($($(#[$doc:meta])* $deed:ident: $command:literal, $action:ident, $cells:literal;)+) => {
        /// Something that somebody may want done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Deed { $($(#[$doc])* $deed,)+ }

        impl Deed {
            pub(crate) const ALL: &[Self] = &[$(Self::$deed),+];

            /// The name of its command.
            pub(crate) const fn command(self) -> &'static str {
                match self { $(Self::$deed => $command,)+ }
            }

            /// What is written down of it.
            pub(crate) const fn action(self) -> Action {
                match self { $(Self::$deed => Action::$action,)+ }
            }

            /// What each of [`World::actors`] is answered, as [`answer`] spells it.
            pub(crate) fn answers(self) -> Vec<&'static str> {
                match self { $(Self::$deed => $cells,)+ }.split_whitespace().collect()
            }
        }
    };
}

// The columns: the command line, an operator, a reseller of the tenant, its administrator, an administrator of the group `team`, a
// user, another tenant's administrator, and keys that may read, provision, administer, operate, and do a partner's work.
deeds! {
    //                                                             shell opr res adm lead user frgn read prov adm opr part
    CreateMember: "CreateUser", UserCreated,                      "ok    ok  ok  ok  ok   ga   ga   sc   ok   ok  ok  sc";
    CreateOutsideGroups: "CreateUser", UserCreated,               "ok    ok  ok  ok  req  ga   ga   sc   ok   ok  ok  sc";
    CreateWithValues: "CreateUserWithValues", UserCreated,        "ok    ok  ok  ok  ok   ga   ga   sc   ok   ok  ok  sc";
    CreateInOtherGroup: "CreateUser", UserCreated,                "ok    ok  ok  ok  grp  ga   ga   sc   ok   ok  ok  sc";
    CreateAdministrator: "CreateUser", UserCreated,               "ok    ok  ok  ok  grp  ga   ga   sc   sc   ok  ok  sc";
    CreateGroupAdministrator: "CreateUser", UserCreated,          "ok    ok  ok  ok  ok   ga   ga   sc   ok   ok  ok  sc";
    CreateAdministratorOfOtherGroup: "CreateUser", UserCreated,   "ok    ok  ok  ok  app  ga   ga   sc   ok   ok  ok  sc";
    CreateOperator: "CreateUser", UserCreated,                    "ok    opr opr opr opr  ga   ga   sc   opr  opr opr sc";
    // hashes and administrators come along
    Import: "ImportUsers", UserCreated,                           "ok    ok  ok  ok  adm  adm  adm  sc   sc   ok  ok  sc";
    EditName: "EditUser", UserChanged,                            "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    EditPassword: "EditUser", UserPasswordChanged,                "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    EditNameOfStranger: "EditUser", UserChanged,                  "ok    ok  ok  ok  out  out  out  sc   ok   ok  ok  sc";
    EditNameOfAdministrator: "EditUser", UserChanged,             "ok    ok  ok  ok  out  out  out  sc   ok   ok  ok  sc";
    EditQuota: "EditUser", UserChanged,                           "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    EditGroups: "EditUser", UserChanged,                          "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    EditGroupsToOther: "EditUser", UserChanged,                   "ok    ok  ok  ok  grp  out  out  sc   ok   ok  ok  sc";
    EditGroupsToAdministrators: "EditUser", UserChanged,          "ok    ok  ok  ok  grp  out  out  sc   sc   ok  ok  sc";
    EditAdministered: "EditUser", UserChanged,                    "ok    ok  ok  ok  fld  out  out  sc   ok   ok  ok  sc";
    EditScopes: "EditUser", UserChanged,                          "fld   fld fld fld fld  out  out  sc   fld  fld fld sc";
    EditNameOfOperator: "EditUser", UserChanged,                  "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    EditPasswordOfOperator: "EditUser", UserPasswordChanged,      "ok    ok  opa opa opa  out  out  sc   opa  opa ok  sc";
    EditEmailOfOperator: "EditUser", UserChanged,                 "ok    ok  opa opa opa  out  out  sc   opa  opa ok  sc";
    IssueLink: "IssuePasswordLink", PasswordLinkIssued,           "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    IssueLinkOfStranger: "IssuePasswordLink", PasswordLinkIssued, "ok    ok  ok  ok  out  out  out  sc   ok   ok  ok  sc";
    IssueLinkOfAdministrator: "IssuePasswordLink", PasswordLinkIssued, "ok ok ok ok out  out  out  sc   sc   ok  ok  sc";
    IssueLinkOfOperator: "IssuePasswordLink", PasswordLinkIssued, "ok    ok  opa opa opa  out  out  sc   opa  opa ok  sc";
    // the link's secret is the credential, whoever shows it
    RedeemLink: "RedeemPasswordLink", UserPasswordChanged,        "ok    ok  ok  ok  ok   ok   ok   ok   ok   ok  ok  ok";
    RedeemNoLink: "RedeemPasswordLink", UserPasswordChanged,      "tok   tok tok tok tok  tok  tok  tok  tok  tok tok tok";
    Disable: "SetUserEnabled", UserDisabled,                      "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    Enable: "SetUserEnabled", UserEnabled,                        "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    DisableStranger: "SetUserEnabled", UserDisabled,              "ok    ok  ok  ok  out  out  out  sc   ok   ok  ok  sc";
    DisableOperator: "SetUserEnabled", UserDisabled,              "ok    ok  opa opa opa  out  out  sc   opa  opa ok  sc";
    Wipe: "WipeUser", UserWiped,                                  "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    WipeStranger: "WipeUser", UserWiped,                          "ok    ok  ok  ok  out  out  out  sc   ok   ok  ok  sc";
    WipeOperator: "WipeUser", UserWiped,                          "ok    ok  opa opa opa  out  out  sc   opa  opa ok  sc";
    Delete: "DeleteUser", UserDeleted,                            "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    DeleteStranger: "DeleteUser", UserDeleted,                    "ok    ok  ok  ok  out  out  out  sc   ok   ok  ok  sc";
    DeleteOperator: "DeleteUser", UserDeleted,                    "ok    ok  opa opa opa  out  out  sc   opa  opa ok  sc";
    MakeMailbox: "CreateMailbox", UserCreated,                    "ok    ok  ok  ok  adm  adm  adm  sc   ok   ok  ok  sc";
    EditTheMailbox: "EditMailbox", MailboxChanged,                "ok    ok  ok  ok  adm  adm  adm  sc   ok   ok  ok  sc";
    SetTheMailbox: "SetMailbox", MailboxChanged,                  "ok    ok  ok  ok  adm  out  out  sc   ok   ok  ok  sc";
    MakeWebmail: "CreateWebmail", WebmailCreated,                 "ok    ok  ok  ok  adm  out  out  sc   ok   ok  ok  sc";
    EditTheWebmail: "EditWebmail", WebmailChanged,                "ok    ok  ok  ok  adm  out  out  sc   ok   ok  ok  sc";
    DeleteTheWebmail: "DeleteWebmail", WebmailDeleted,            "ok    ok  ok  ok  adm  out  out  sc   ok   ok  ok  sc";
    SetPreference: "ChangePreferences", PreferenceChanged,        "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    SetValues: "ChangeDialectValues", UserChanged,                "ok    ok  ok  ok  ok   out  out  sc   ok   ok  ok  sc";
    SetValuesOfStranger: "ChangeDialectValues", UserChanged,      "ok    ok  ok  ok  out  out  out  sc   ok   ok  ok  sc";
    EditServices: "EditMailServices", UserChanged,                "ok    ok  ok  ok  adm  out  out  sc   ok   ok  ok  sc";
    EditServicesOfStranger: "EditMailServices", UserChanged,      "ok    ok  ok  ok  out  out  out  sc   ok   ok  ok  sc";
    SetMsisdnOfOperator: "EditMailServices", UserChanged,         "ok    ok  opa opa adm  out  out  sc   opa  opa ok  sc";
    SetIds: "SetExternalIds", UserChanged,                        "ok    ok  ok  ok  adm  out  out  sc   ok   ok  ok  sc";
    Forward: "SetForward", ForwardSet,                            "ok    ok  ok  ok  adm  adm  adm  sc   ok   ok  ok  sc";
    EndForward: "DeleteForward", ForwardRemoved,                  "ok    ok  ok  ok  adm  adm  adm  sc   ok   ok  ok  sc";
    ShareTheDomain: "ShareDomain", DomainShared,                  "ok    ok  ok  opr opr  opr  opr  opr  opr  opr ok  opr";
    // a reseller learns nothing of what others share
    UnshareTheDomain: "UnshareDomain", DomainUnshared, "ok ok Unknown(SharedDomain) opr opr opr opr opr opr opr ok opr";
    MakeOperator: "SetOperator", OperatorChanged,                 "ok    opr opr opr opr  opr  opr  opr  opr  opr opr opr";
    MakeGroup: "CreateGroup", GroupCreated,                       "ok    ok  ok  ok  adm  adm  adm  sc   ok   ok  ok  sc";
    RenameTheGroup: "RenameGroup", GroupChanged,                  "ok    ok  ok  ok  adm  adm  adm  sc   ok   ok  ok  sc";
    DeleteTheGroup: "DeleteGroup", GroupDeleted,                  "ok    ok  ok  ok  adm  adm  adm  sc   ok   ok  ok  sc";
    Join: "AddMember", MemberAdded,                               "ok    ok  ok  ok  ok   ga   ga   sc   ok   ok  ok  sc";
    JoinOther: "AddMember", MemberAdded,                          "ok    ok  ok  ok  grp  ga   ga   sc   ok   ok  ok  sc";
    JoinAdministrators: "AddMember", MemberAdded,                 "ok    ok  ok  ok  grp  ga   ga   sc   sc   ok  ok  sc";
    Leave: "RemoveMember", MemberRemoved,                         "ok    ok  ok  ok  ok   ga   ga   sc   ok   ok  ok  sc";
    LeaveLast: "RemoveMember", MemberRemoved,                     "ok    ok  ok  ok  last ga   ga   sc   ok   ok  ok  sc";
    LeaveAdministrators: "RemoveMember", MemberRemoved,           "ok    ok  ok  ok  grp  ga   ga   sc   sc   ok  ok  sc";
    Appoint: "AppointGroupAdministrator", GroupAdministratorAdded,    "ok ok ok  ok  adm  adm  adm  sc   ok   ok  ok  sc";
    Dismiss: "DismissGroupAdministrator", GroupAdministratorRemoved,  "ok ok ok  ok  adm  adm  adm  sc   ok   ok  ok  sc";
    MakeKey: "CreateToken", TokenCreated,                         "ok    ok  ok  ok  adm  adm  adm  sc   sc   sc  sc  sc";
    MakeOperatorsKey: "CreateToken", TokenCreated,                "ok    ok  opr opr opr  opr  opr  sc   sc   sc  sc  sc";
    MakePartnersKey: "CreateToken", TokenCreated,                 "ok    ok  opr opr opr  opr  opr  sc   sc   sc  sc  sc";
    MakeAppPassword: "CreateToken", TokenCreated,                 "ok    ok  out out out  out  out  sc   sc   sc  sc  sc";
    RotateNone: "RotateAppPassword", TokenRotated,                "tok   tok tok tok tok  tok  tok  tok  tok  tok tok tok";
    RevokeAppPassword: "RevokeToken", TokenRevoked,               "ok    ok  ok  ok  ok   tok  tok  sc   ok   ok  ok  sc";
    RevokeOperatorsAppPassword: "RevokeToken", TokenRevoked,      "ok    ok  opa opa opa  tok  tok  sc   opa  opa ok  sc";
    RevokeKey: "RevokeToken", TokenRevoked,                       "ok    ok  ok  ok  adm  adm  adm  sc   sc   ok  ok  sc";
    SetSetting: "ChangeSetting", SettingChanged,                  "ok    ok  ok  ok  adm  adm  adm  sc   sc   ok  ok  sc";
    EnableApp: "SetApp", AppChanged,                              "ok    ok  ok  ok  adm  adm  adm  sc   sc   ok  ok  sc";
    MakeTenant: "CreateTenant", TenantCreated,                    "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    RenameTheTenant: "RenameTenant", TenantChanged,               "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    SetTheSettings: "SetTenantSettings", TenantChanged,           "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    Suspend: "SetTenantSuspended", TenantSuspended,               "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    Resume: "SetTenantSuspended", TenantResumed,                  "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    DeleteTheTenant: "DeleteTenant", TenantDeleted,               "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    AddTheDomain: "AddDomain", DomainAdded,                       "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    RemoveTheDomain: "RemoveDomain", DomainRemoved,               "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    // no account does a partner's work, whatever it may do else
    MakeCustomer: "CreateCustomer", CustomerCreated,              "sc    sc  sc  sc  sc   sc   sc   sc   sc   sc  sc  ok";
    OrderLicences: "CreateOrder", OrderCreated,                   "sc    sc  sc  sc  sc   sc   sc   sc   sc   sc  sc  ok";
    MakeReseller: "CreateReseller", ResellerCreated,              "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    Assign: "AssignTenant", ResellerAssigned,                     "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    Unassign: "AssignTenant", ResellerAssigned,                   "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
    SetPasswordOfReseller: "SetResellerPassword", ResellerPasswordChanged, "ok ok opr opr opr opr opr opr opr opr ok opr";
    NoteBlock: "RecordBlock", ThrottleBlockBegan,                 "opr   opr opr opr opr  opr  opr  opr  opr  opr opr opr";
    DeleteTheReseller: "DeleteReseller", ResellerDeleted,         "ok    ok  opr opr opr  opr  opr  opr  opr  opr ok  opr";
}

/// How an outcome is spelt in the table.
pub(crate) fn answer<T>(outcome: &Result<T>) -> String {
    let short = match outcome {
        Ok(_) => "ok",
        Err(Error::OutOfReach(Noun::User)) => "out",
        Err(Error::Unknown(Noun::Token)) => "tok",
        Err(Error::Forbidden(Denial::NotAdministrator)) => "adm",
        Err(Error::Forbidden(Denial::NotOperator)) => "opr",
        Err(Error::Forbidden(Denial::NotGroupAdministrator)) => "ga",
        Err(Error::Forbidden(Denial::GroupNotAdministered)) => "grp",
        Err(Error::Forbidden(Denial::GroupRequired)) => "req",
        Err(Error::Forbidden(Denial::MayNotAppoint)) => "app",
        Err(Error::Forbidden(Denial::LastAdministeredGroup)) => "last",
        Err(Error::Forbidden(Denial::Field)) => "fld",
        Err(Error::Forbidden(Denial::OperatorAccount)) => "opa",
        Err(Error::Forbidden(Denial::Scope)) => "sc",
        Err(Error::About { error, .. })
            if matches!(**error, Error::Forbidden(Denial::GroupNotAdministered)) =>
        {
            "grp"
        }
        Err(other) => return format!("{other:?}"),
    };
    short.to_owned()
}
