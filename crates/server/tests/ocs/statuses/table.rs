//! What is refused, to whom, and how. A line is a caller, a request, its form, and the code and message of the answer.

use super::By::{self, Admin, Disabled, GroupAdmin, Impostor, Nobody, Plain, Second};

/// A request that is refused with an envelope.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refusal {
    pub(super) by: By,
    /// The method and the path.
    pub(super) what: &'static str,
    /// `{password}` stands for a good password, `{65}`, `{470}` and `{2049}` for texts of that length.
    pub(super) form: &'static str,
    pub(super) code: i64,
    pub(super) message: &'static str,
}

/// A request that is refused with an HTTP status and nothing else.
#[derive(Clone, Copy, Debug)]
pub(super) struct BareRefusal {
    pub(super) by: By,
    pub(super) what: &'static str,
    pub(super) form: &'static str,
    pub(super) status: u16,
}

macro_rules! refusals {
    ($name:ident: $($by:ident $what:literal $form:literal => $code:literal, $message:expr;)*) => {
        pub(super) const $name: &[Refusal] = &[$(Refusal {
            by: $by,
            what: $what,
            form: $form,
            code: $code,
            message: $message,
        },)*];
    };
}

macro_rules! bare_refusals {
    ($name:ident: $($by:ident $what:literal $form:literal => $status:literal;)*) => {
        pub(super) const $name: &[BareRefusal] = &[$(BareRefusal {
            by: $by,
            what: $what,
            form: $form,
            status: $status,
        },)*];
    };
}

const SUB_ADMIN: &str = "Logged in account must be at least a sub admin";
const DELEGABLE: &str = "Logged in account must be an admin, a sub admin or gotten special right to access this setting";
const CHARACTERS: &str = "Only the following characters are allowed in an Login: \"a-z\", \"A-Z\", \"0-9\", spaces and \"_.@-'\"";
pub(super) const COMMON: &str =
    "Password is among the 1,000,000 most common ones. Please make it unique.";
pub(super) const SHORT: &str = "Password needs to be at least 10 characters long.";
const NO_GROUP: &str = "The requested group could not be found";
const SYNTAX: &str = "Invalid query, please check the syntax. API specifications are here: \
                      http://www.freedesktop.org/wiki/Specifications/open-collaboration-services.\n";

refusals! {
    USERS:
    // creating
    Admin "POST /cloud/users" "userid=a/b&password={password}" => 101, CHARACTERS;
    Admin "POST /cloud/users" "userid=jürgen&password={password}" => 101, CHARACTERS;
    Admin "POST /cloud/users" "userid=&password={password}" => 101, "A valid Login must be provided";
    Admin "POST /cloud/users" "userid=+++&password={password}" => 101, "A valid Login must be provided";
    Admin "POST /cloud/users" "userid=new+&password={password}" => 101, "Login contains whitespace at the beginning or at the end";
    Admin "POST /cloud/users" "userid=..&password={password}" => 101, "Login must not consist of dots only";
    Admin "POST /cloud/users" "userid={65}&password={password}" => 101, "Username is too long";
    Admin "POST /cloud/users" "userid=.htaccess&password={password}" => 101, "Login is invalid because files already exist for this user";
    Admin "POST /cloud/users" "userid=new&password=+++++" => 101, "A valid password must be provided";
    Admin "POST /cloud/users" "userid=new&password={470}" => 101, "Invalid password value";
    Admin "POST /cloud/users" "userid=new&password={password}&quota=lots" => 101, "Invalid quota value: lots";
    Admin "POST /cloud/users" "userid=new&password={password}&language=xx" => 101, "Invalid language";
    Admin "POST /cloud/users" "userid=new&password={password}&displayName={65}" => 101, "Invalid displayname";
    Admin "POST /cloud/users" "userid=new&password={password}&manager={470}" => 101, "";
    Admin "POST /cloud/users" "userid=DAVE&password={password}" => 102, "User already exists";
    Admin "POST /cloud/users" "userid=new&password={password}&subadmin[]=admin" => 103, "Cannot create sub-admins for admin group";
    Admin "POST /cloud/users" "userid=new&password={password}&groups[]=nope" => 104, "Group nope does not exist";
    GroupAdmin "POST /cloud/users" "userid=new&password={password}&groups[]=dev" => 105, "Insufficient privileges for group dev";
    GroupAdmin "POST /cloud/users" "userid=new&password={password}" => 106, "No group specified (required for sub-admins)";
    Admin "POST /cloud/users" "userid=new&password=administrator" => 107, COMMON;
    Admin "POST /cloud/users" "userid=new&password=xQ9-zk" => 107, SHORT;
    Admin "POST /cloud/users" "userid=new" => 108, "An email address is required, to send a password link to the user.";
    Admin "POST /cloud/users" "userid=new&password={password}&subadmin[]=nope" => 109, "Sub-admin group does not exist";
    GroupAdmin "POST /cloud/users" "userid=new&password={password}&groups[]=staff&subadmin[]=dev" => 403, "No permissions to promote sub-admins";
    Plain "POST /cloud/users" "userid=new&password={password}" => 403, SUB_ADMIN;
    // lists
    Plain "GET /cloud/users" "" => 403, SUB_ADMIN;
    Plain "GET /cloud/users/details" "" => 403, SUB_ADMIN;
    Plain "GET /cloud/users/disabled" "" => 403, SUB_ADMIN;
    // showing
    Admin "GET /cloud/users/nobody" "" => 404, "User does not exist";
    Plain "GET /cloud/users/nobody" "" => 404, "User does not exist";
    Plain "GET /cloud/users/dave" "" => 998, "";
    GroupAdmin "GET /cloud/users/bob" "" => 998, "";
    GroupAdmin "GET /cloud/users/admin" "" => 998, "";
    Plain "GET /cloud/user/fields/dave" "" => 998, "";
    // editing one field
    Admin "PUT /cloud/users/dave" "key=email&value=nope" => 101, "";
    Admin "PUT /cloud/users/dave" "key=quota&value=" => 101, "Invalid quota value: ";
    Admin "PUT /cloud/users/dave" "key=language&value=xx" => 101, "Invalid language";
    Admin "PUT /cloud/users/dave" "key=locale&value=xx_YY" => 101, "Invalid locale";
    Admin "PUT /cloud/users/dave" "key=timezone&value=Mars/Base" => 101, "Invalid timezone";
    Admin "PUT /cloud/users/dave" "key=first_day_of_week&value=7" => 101, "Invalid first day of week";
    Admin "PUT /cloud/users/dave" "key=phone&value=not+a+phone" => 101, "Invalid phone";
    Admin "PUT /cloud/users/dave" "key=website&value=ftp://x.org" => 101, "Invalid website";
    Admin "PUT /cloud/users/dave" "key=display&value={65}" => 101, "Invalid displayname";
    Admin "PUT /cloud/users/dave" "key=notify_email&value=other@example.org" => 101, "";
    Admin "PUT /cloud/users/dave" "key=additional_mail&value=nope" => 101, "";
    Admin "PUT /cloud/users/dave" "key=manager&value={470}" => 101, "";
    Admin "PUT /cloud/users/dave" "key=password&value={470}" => 101, "Invalid password value";
    Plain "PUT /cloud/users/bob" "key=phoneScope&value=bogus" => 101, "Invalid Invalid scope";
    Admin "PUT /cloud/users/dave" "key=password&value=" => 107, SHORT;
    Admin "PUT /cloud/users/dave" "key=foo&value=x" => 113, "";
    Admin "PUT /cloud/users/dave" "key=displayName&value=x" => 113, "";
    Admin "PUT /cloud/users/dave" "key=phoneScope&value=v2-local" => 113, "";
    GroupAdmin "PUT /cloud/users/dave" "key=phoneScope&value=v2-local" => 113, "";
    Plain "PUT /cloud/users/bob" "key=quota&value=1+GB" => 113, "";
    Plain "PUT /cloud/users/bob" "key=manager&value=admin" => 113, "";
    Admin "PUT /cloud/users/nobody" "key=email&value=a@b.org" => 998, "";
    Plain "PUT /cloud/users/dave" "key=email&value=a@b.org" => 998, "";
    GroupAdmin "PUT /cloud/users/bob" "key=email&value=a@b.org" => 998, "";
    // editing one of many
    Plain "PUT /cloud/users/bob/additional_mailScope" "key=nothere@example.org&value=v2-local" => 102, "";
    Plain "PUT /cloud/users/bob/additional_mailScope" "key=bob2@example.org&value=bogus" => 102, "";
    Admin "PUT /cloud/users/bob/additional_mailScope" "key=bob2@example.org&value=v2-local" => 103, "";
    Plain "PUT /cloud/users/bob/additional_mail" "key=bob2@example.org&value={2049}" => 102, "";
    Admin "PUT /cloud/users/bob/phone" "key=a&value=b" => 103, "";
    Admin "PUT /cloud/users/nobody/additional_mail" "key=a@b.org&value=a@b.org" => 998, "";
    Plain "PUT /cloud/users/dave/additional_mail" "key=a@b.org&value=a@b.org" => 998, "";
    // editing many fields
    GroupAdmin "PATCH /cloud/users/bob" "displayName=x" => 403, "Insufficient permissions to edit this user";
    Plain "PATCH /cloud/users/bob" "displayName=x" => 403, SUB_ADMIN;
    Admin "PATCH /cloud/users/dave" "email=nope&displayName=x" => 422, "";
    Admin "PATCH /cloud/users/dave" "password=short&displayName=x" => 422, "";
    Admin "PATCH /cloud/users/dave" "groups[]=nope&quota=1+GB" => 422, "";
    Admin "PATCH /cloud/users/dave" "manager={470}&displayName=x" => 422, "";
    Admin "PATCH /cloud/users/nobody" "displayName=x" => 998, "";
    // deleting
    Admin "DELETE /cloud/users/admin" "" => 101, "";
    Admin "DELETE /cloud/users/nobody" "" => 998, "";
    GroupAdmin "DELETE /cloud/users/bob" "" => 998, "";
    GroupAdmin "DELETE /cloud/users/admin" "" => 998, "";
    Plain "DELETE /cloud/users/dave" "" => 403, SUB_ADMIN;
    // enabling and disabling
    Admin "PUT /cloud/users/nobody/enable" "" => 101, "";
    Admin "PUT /cloud/users/nobody/disable" "" => 101, "";
    Admin "PUT /cloud/users/admin/enable" "" => 101, "";
    Admin "PUT /cloud/users/admin/disable" "" => 101, "";
    GroupAdmin "PUT /cloud/users/admin/disable" "" => 998, "";
    GroupAdmin "PUT /cloud/users/bob/enable" "" => 998, "";
    Plain "PUT /cloud/users/bob/disable" "" => 403, SUB_ADMIN;
    Plain "PUT /cloud/users/dave/enable" "" => 403, SUB_ADMIN;
}

refusals! {
    GROUPS:
    Admin "POST /cloud/groups" "groupid=" => 101, "Invalid group name";
    Admin "POST /cloud/groups" "groupid=0" => 101, "Invalid group name";
    Admin "POST /cloud/groups" "groupid=staff" => 102, "group exists";
    GroupAdmin "POST /cloud/groups" "groupid=new" => 403, DELEGABLE;
    Plain "POST /cloud/groups" "groupid=new" => 403, DELEGABLE;
    Plain "GET /cloud/groups" "" => 403, SUB_ADMIN;
    GroupAdmin "GET /cloud/groups/details" "" => 403, DELEGABLE;
    Admin "GET /cloud/groups/nope" "" => 404, NO_GROUP;
    GroupAdmin "GET /cloud/groups/dev" "" => 403, "";
    Plain "GET /cloud/groups/staff" "" => 403, SUB_ADMIN;
    Admin "GET /cloud/groups/nope/users" "" => 404, NO_GROUP;
    Plain "GET /cloud/groups/nope/users" "" => 404, NO_GROUP;
    GroupAdmin "GET /cloud/groups/dev/users" "" => 403, "";
    Plain "GET /cloud/groups/staff/users" "" => 403, "";
    Admin "GET /cloud/groups/nope/users/details" "" => 998, NO_GROUP;
    GroupAdmin "GET /cloud/groups/dev/users/details" "" => 998, NO_GROUP;
    Plain "GET /cloud/groups/staff/users/details" "" => 403, SUB_ADMIN;
    Admin "GET /cloud/groups/nope/subadmins" "" => 101, "Group does not exist";
    GroupAdmin "GET /cloud/groups/staff/subadmins" "" => 403, DELEGABLE;
    GroupAdmin "PUT /cloud/groups/staff" "key=displayname&value=x" => 403, DELEGABLE;
    Admin "PUT /cloud/groups/nope" "key=displayname&value=x" => 998, "Group does not exist";
    Admin "PUT /cloud/groups/staff" "key=displayname&value=+" => 101, "Not supported by backend";
    Admin "DELETE /cloud/groups/nope" "" => 101, "";
    Admin "DELETE /cloud/groups/STAFF" "" => 101, "";
    Admin "DELETE /cloud/groups/admin" "" => 102, "";
    GroupAdmin "DELETE /cloud/groups/staff" "" => 403, DELEGABLE;
}

refusals! {
    MEMBERSHIPS:
    Admin "GET /cloud/users/nobody/groups" "" => 998, "";
    Plain "GET /cloud/users/dave/groups" "" => 998, "";
    Admin "GET /cloud/users/nobody/groups/details" "" => 998, "";
    GroupAdmin "GET /cloud/users/bob/groups/details" "" => 998, "";
    Admin "POST /cloud/users/dave/groups" "groupid=" => 101, "";
    Admin "POST /cloud/users/dave/groups" "" => 101, "";
    Admin "POST /cloud/users/dave/groups" "groupid=nope" => 102, "";
    Admin "POST /cloud/users/nobody/groups" "groupid=nope" => 102, "";
    Admin "POST /cloud/users/nobody/groups" "groupid=staff" => 103, "";
    GroupAdmin "POST /cloud/users/dave/groups" "groupid=dev" => 104, "";
    GroupAdmin "POST /cloud/users/dave/groups" "groupid=admin" => 104, "";
    Plain "POST /cloud/users/bob/groups" "groupid=admin" => 403, SUB_ADMIN;
    Admin "DELETE /cloud/users/dave/groups" "" => 101, "";
    Admin "DELETE /cloud/users/dave/groups" "groupid=nope" => 102, "";
    Admin "DELETE /cloud/users/nobody/groups" "groupid=staff" => 103, "";
    GroupAdmin "DELETE /cloud/users/dave/groups" "groupid=dev" => 104, "";
    GroupAdmin "DELETE /cloud/users/dave/groups" "groupid=staff" => 105, "Not viable to remove user from the last group you are sub-admin of";
    GroupAdmin "DELETE /cloud/users/carol/groups" "groupid=staff" => 105, "Cannot remove yourself from this group as you are a sub-admin";
    Admin "DELETE /cloud/users/admin/groups" "groupid=admin" => 105, "Cannot remove yourself from the admin group";
    Plain "DELETE /cloud/users/bob/groups" "groupid=staff" => 403, SUB_ADMIN;
}

refusals! {
    GROUP_ADMINISTRATORS:
    Admin "GET /cloud/users/nobody/subadmins" "" => 404, "User does not exist";
    GroupAdmin "GET /cloud/users/carol/subadmins" "" => 403, DELEGABLE;
    Admin "GET /cloud/users/nobody/subadmins/details" "" => 998, "";
    GroupAdmin "GET /cloud/users/dave/subadmins/details" "" => 998, "";
    Admin "POST /cloud/users/nobody/subadmins" "groupid=staff" => 101, "User does not exist";
    Admin "POST /cloud/users/dave/subadmins" "groupid=nope" => 102, "Group does not exist";
    Admin "POST /cloud/users/dave/subadmins" "groupid=admin" => 103, "Cannot create sub-admins for admin group";
    GroupAdmin "POST /cloud/users/dave/subadmins" "groupid=staff" => 403, DELEGABLE;
    Admin "DELETE /cloud/users/nobody/subadmins" "groupid=staff" => 101, "User does not exist";
    Admin "DELETE /cloud/users/dave/subadmins" "groupid=nope" => 101, "Group does not exist";
    Admin "DELETE /cloud/users/dave/subadmins" "groupid=staff" => 102, "User is not a sub-admin of this group";
    Plain "DELETE /cloud/users/carol/subadmins" "groupid=staff" => 403, DELEGABLE;
}

// Where the real server breaks down (996, HTTP 500) or answers with nothing, Provost refuses.
refusals! {
    BREAKDOWNS:
    Admin "GET /cloud/users?limit=0" "" => 400, "The limit is out of range";
    Admin "GET /cloud/users?limit=501" "" => 400, "The limit is out of range";
    Admin "GET /cloud/users?limit=-1" "" => 400, "The limit is out of range";
    Admin "GET /cloud/users?limit=" "" => 400, "The limit is malformed";
    Admin "GET /cloud/users?offset=-1" "" => 400, "The offset is out of range";
    Admin "GET /cloud/groups?limit=abc" "" => 400, "The limit is malformed";
    Admin "GET /cloud/groups?limit=501" "" => 400, "The limit is out of range";
    Admin "PUT /cloud/users/dave" "key=quota&value=-1" => 101, "Invalid quota value: -1";
    Admin "PUT /cloud/users/dave" "key=quota&value=-1+GB" => 101, "Invalid quota value: -1 GB";
}

// Accounts that others than themselves and operators may not touch; the real server has no operators.
refusals! {
    OPERATORS:
    Second "DELETE /cloud/users/admin" "" => 403, "only an operator may change an operator's account";
    Second "PUT /cloud/users/admin/disable" "" => 403, "only an operator may change an operator's account";
    Second "PUT /cloud/users/admin" "key=password&value=Another-Horse-78" => 403, "only an operator may change an operator's account";
    Second "PUT /cloud/users/admin" "key=email&value=second@example.org" => 403, "only an operator may change an operator's account";
}

// Settings of apps have rights of their own.
refusals! {
    SETTINGS:
    Plain "GET /apps/provisioning_api/api/v1/config/apps" "" => 403, "Logged in account must be an admin";
    GroupAdmin "POST /apps/provisioning_api/api/v1/config/apps/core/foo" "value=x" => 403, "Logged in account must be an admin or have authorization to edit this setting.";
}

// Nobody in particular.
refusals! {
    LOGINS:
    Nobody "GET /cloud/users" "" => 997, "Current user is not logged in";
    Nobody "GET /cloud/user" "" => 997, "Current user is not logged in";
    Nobody "POST /cloud/users" "userid=new&password={password}" => 997, "Current user is not logged in";
    Nobody "DELETE /cloud/groups/staff" "" => 997, "Current user is not logged in";
}

// What no operation answers: XML has another content type there.
refusals! {
    OUTSIDE:
    Impostor "GET /cloud/users" "" => 997, "Unauthorised";
    Disabled "GET /cloud/user" "" => 997, "Unauthorised";
    Impostor "GET /cloud/nope" "" => 997, "Unauthorised";
    Admin "GET /cloud/nope" "" => 998, SYNTAX;
    Nobody "GET /cloud/nope" "" => 998, SYNTAX;
    Admin "PUT /cloud/users/dave/a-b" "key=a&value=b" => 998, SYNTAX;
}

// Answered with a status alone, the same in both versions.
bare_refusals! {
    BARE:
    Admin "POST /cloud/users" "password={password}" => 400;
    Admin "POST /cloud/users" "" => 400;
    Admin "POST /cloud/users" "userid[]=new&password={password}" => 400;
    Admin "POST /cloud/users" "userid=new&password={password}&groups=staff" => 400;
    Admin "PUT /cloud/users/dave" "value=x" => 400;
    Admin "PUT /cloud/users/dave" "key=email" => 400;
    Admin "PUT /cloud/users/bob/additional_mail" "key=x" => 400;
    Admin "PATCH /cloud/users/dave" "displayName[]=x" => 400;
    Admin "POST /cloud/groups" "" => 400;
    Admin "PUT /cloud/groups/staff" "value=x" => 400;
    Admin "POST /cloud/users/dave/groups" "groupid[]=staff" => 400;
    Admin "POST /cloud/users/dave/subadmins" "" => 400;
    Admin "DELETE /cloud/users/dave/subadmins" "" => 400;
    Admin "GET /cloud/users?search[]=a" "" => 400;
    Admin "DELETE /cloud/users" "" => 405;
    Admin "PATCH /cloud/users" "" => 405;
    Admin "POST /cloud/users/dave" "" => 405;
    Admin "POST /cloud/users/dave/enable" "" => 405;
    Admin "OPTIONS /cloud/groups" "" => 405;
    Nobody "PATCH /cloud/users" "" => 405;
}

/// All tables of refusals by operations.
pub(super) const BY_OPERATIONS: [&[Refusal]; 8] = [
    USERS,
    GROUPS,
    MEMBERSHIPS,
    GROUP_ADMINISTRATORS,
    BREAKDOWNS,
    OPERATORS,
    SETTINGS,
    LOGINS,
];
