"""What Schemathesis is told beyond the published document.

Known values: most made-up ids exist nowhere, and a refusal has no schema. So requests mostly name users and groups that are there; what
a request may have deleted is made again before the next.

Exceptions: where the recorded server itself does not keep its document, the schema is widened here, with the reason. Nothing else is.
"""

import atexit
import base64
import os
import urllib.error
import urllib.parse
import urllib.request
import zlib

import schemathesis

URL = os.environ["SERVER_URL"]
ADMIN = "Basic " + base64.b64encode(f"admin:{os.environ['ADMIN_PASSWORD']}".encode()).decode()
# A deliberately wrong schema, with which the run has to fail.
BROKEN = os.environ.get("BREAK_SCHEMA") == "1"

USERS = ["alice", "bob", "12345", "with space"]
GROUPS = ["staff", "678", "a+b"]
# The real server's own preference and app, so that some requests succeed; all others are refused.
KNOWN = {
    "userId": USERS,
    "groupId": GROUPS,
    "app": ["files", "core"],
    "key": ["greeting"],
    "appId": ["theming"],
    "configKey": ["shortcuts_disabled"],
    "collectionName": ["additional_mail", "additional_mailScope"],
}
# The same for what stands in a query or body.
GIVEN = {
    "groupid": GROUPS,
    "userid": [f"made{number}" for number in range(20)],
    "password": ["Correct-Horse-77"],
    "displayName": ["Some One"],
    "groups": [[], ["staff"]],
    "subadmin": [[]],
    "quota": ["none", "1 GB"],
    "language": ["en"],
    "manager": [""],
    "email": ["someone@example.org"],
    "key": ["displayname", "website"],
    "value": ["https://example.org"],
    "location": ["DE"],
    "search": [{"someone": ["+49 711 25242829"]}],
    "configs": [{"shortcuts_disabled": "yes"}],
    "configKeys": [["shortcuts_disabled"]],
    "configKeys[]": [["shortcuts_disabled"]],
    "configValue": ["yes"],
    "configKey": ["shortcuts_disabled"],
    "limit": [1, 500],
    "offset": [0, 1],
}


def ask(method, path, form=()):
    """Sends a request of our own; that what it makes is there already is as good."""
    request = urllib.request.Request(f"{URL}/ocs/v2.php/cloud/{path}", urllib.parse.urlencode(form).encode(), method=method)
    request.add_header("Authorization", ADMIN)
    request.add_header("OCS-APIRequest", "true")
    try:
        urllib.request.urlopen(request).close()
    except urllib.error.HTTPError as refusal:
        if refusal.code >= 500:
            raise


def make_user(user):
    ask("POST", "users", [("userid", user), ("password", "Correct-Horse-77"), ("groups[]", "staff")])


for group in GROUPS:
    ask("POST", "groups", [("groupid", group)])
for user in USERS:
    make_user(user)


def known(made_up, values):
    """Three times of four with known values where there are some, chosen by what was made up, so that a run repeats."""
    number = zlib.crc32(repr(made_up).encode())
    if not isinstance(made_up, dict) or number % 4 == 0:
        return made_up
    return {name: values[name][number // 4 % len(values[name])] if name in values else given for name, given in made_up.items()}


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    return known(path_parameters, KNOWN)


@schemathesis.hook
def map_query(context, query):
    return known(query, GIVEN)


@schemathesis.hook
def map_body(context, body):
    filled = known(body, GIVEN)
    # nobody is created with neither password nor address, which the document does not say
    return filled | {"password": GIVEN["password"][0]} if filled is not body and "userid" in filled else filled


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes again what an earlier request has deleted or disabled."""
    named = case.path_parameters or {}
    if named.get("groupId") in GROUPS:
        ask("POST", "groups", [("groupid", named["groupId"])])
    if named.get("userId") in USERS:
        make_user(named["userId"])


refused = set()
successful = set()


@schemathesis.hook
def after_call(context, case, response):
    (successful if response.status_code == 200 else refused).add(case.operation.label)


@atexit.register
def tell():
    """An operation that is only ever refused would prove little."""
    print(f"operations with a success: {len(successful)}; without: {sorted(refused - successful)}")


def or_empty_list(schema):
    """An empty map is `[]`, as PHP writes it: recorded with lists of users with details, and telephone numbers (exchange 1405)."""
    return {"anyOf": [schema, {"type": "array", "maxItems": 0}]}


def or_integer(schema):
    """An id of digits alone is an integer in the list of users, as PHP makes of such keys (recorded)."""
    return {"anyOf": [schema, {"type": "integer"}]}


def answer_of(raw, path, method):
    """What the document promises for a success: the properties of the envelope."""
    response = raw["paths"][f"/ocs/v2.php/{path}"][method]["responses"]["200"]
    return response["content"]["application/json"]["schema"]["properties"]["ocs"]["properties"]


@schemathesis.hook
def before_load_schema(context, raw_schema):
    for path in ("cloud/users/details", "cloud/users/disabled", "cloud/groups/{groupId}/users/details"):
        users = answer_of(raw_schema, path, "get")["data"]["properties"]
        users["users"] = or_empty_list(users["users"])
    by_phone = answer_of(raw_schema, "cloud/users/search/by-phone", "post")
    by_phone["data"] = or_empty_list(by_phone["data"])
    users = answer_of(raw_schema, "cloud/users", "get")["data"]["properties"]["users"]
    users["items"] = or_integer(users["items"])
    if BROKEN:
        raw_schema["components"]["schemas"]["UserDetails"]["required"].append("no_such_field")
