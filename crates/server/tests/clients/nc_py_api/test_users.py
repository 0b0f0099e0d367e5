"""The life of users."""

import datetime

import pytest
from conftest import ADMIN_PASSWORD, NOT_FOUND, USER_PASSWORD, client, refusal
from nc_py_api import NextcloudExceptionNotFound


def test_a_user_lives_and_dies(admin):
    admin.users.create("ada", display_name="Ada L.", password=USER_PASSWORD)
    assert "ada" in admin.users.get_list()
    assert client("ada", USER_PASSWORD).user == "ada"
    admin.users.delete("ada")
    assert "ada" not in admin.users.get_list()
    with pytest.raises(NextcloudExceptionNotFound):
        admin.users.get_user("ada")


def test_creation_takes_all_that_the_client_offers(admin, group):
    admin.users.create(
        "grace",
        display_name="Grace Höpper <&>",
        password=USER_PASSWORD,
        email="grace@example.org",
        groups=[group],
        subadmin=[group],
        quota="2 GB",
        language="de",
    )
    grace = admin.users.get_user("grace")
    assert grace.user_id == "grace"
    assert grace.display_name == "Grace Höpper <&>"
    assert grace.email == "grace@example.org"
    assert grace.groups == [group]
    assert grace.subadmin == [group]
    assert grace.quota["quota"] == 2 * 1024**3
    assert grace.language == "de"


def test_creation_without_a_password_needs_an_address(admin):
    admin.users.create("invited", email="invited@example.org")
    assert admin.users.get_user("invited").email == "invited@example.org"


@pytest.mark.parametrize(
    ("code", "user_id", "given"),
    [
        (101, "no/slash", {"password": USER_PASSWORD}),
        (102, "ADMIN", {"password": USER_PASSWORD}),
        (104, "stray", {"password": USER_PASSWORD, "groups": ["no-such-group"]}),
        (107, "weak", {"password": "short"}),
    ],
)
def test_refused_creation_makes_nothing(admin, code, user_id, given):
    assert refusal(admin.users.create, user_id, **given) == code
    assert user_id not in admin.users.get_list()


def test_a_fresh_user_has_every_field_that_the_client_reads(admin, user):
    fresh = admin.users.get_user(user)
    assert fresh.enabled is True
    assert fresh.last_login == datetime.datetime.fromtimestamp(0, datetime.timezone.utc)
    assert fresh.display_name == user
    texts = (fresh.email, fresh.phone, fresh.address, fresh.website, fresh.twitter, fresh.fediverse, fresh.manager)
    assert texts == ("",) * 7
    texts = (fresh.organisation, fresh.role, fresh.headline, fresh.biography, fresh.locale, fresh.notify_email)
    assert texts == ("",) * 6
    assert (fresh.subadmin, fresh.additional_mail, fresh.groups) == ([], [], [])
    assert fresh.quota["used"] == 0
    assert fresh.language == "en"
    assert fresh.profile_enabled is True
    assert isinstance(fresh.backend, str) and isinstance(fresh.storage_location, str)
    assert fresh.backend_capabilities == {"setDisplayName": True, "setPassword": True}
    assert user in repr(fresh)


def test_lists_are_searched_and_paged(admin):
    for user_id in ("page-c", "page-a", "page-b"):
        admin.users.create(user_id, password=USER_PASSWORD)
    assert admin.users.get_list("page-") == ["page-a", "page-b", "page-c"]
    assert admin.users.get_list("page-", limit=2) == ["page-a", "page-b"]
    assert admin.users.get_list("page-", limit=2, offset=2) == ["page-c"]
    assert not admin.users.get_list("nobody-is-called-so")
    assert set(admin.users.get_list()) >= {"admin", "page-a", "page-b", "page-c"}


@pytest.mark.parametrize(
    ("attribute", "key", "value", "read"),
    [
        ("display_name", "displayname", "Ünï 'quoted' & \"more\"", None),
        ("email", "email", "edited@example.org", None),
        ("phone", "phone", "+49 711 25242829", "+4971125242829"),
        ("address", "address", "Königstraße 1\n70173 Stuttgart", None),
        ("website", "website", "https://example.org", None),
        ("twitter", "twitter", "@example", "example"),
        ("fediverse", "fediverse", "@example@example.org", "example@example.org"),
        ("organisation", "organisation", "Example & Sons", None),
        ("role", "role", "Engineer", None),
        ("headline", "headline", "Hello", None),
        ("biography", "biography", "Born, and still here.", None),
        ("manager", "manager", "admin", None),
        ("language", "language", "de", None),
        ("locale", "locale", "de_DE", None),
    ],
)
def test_a_field_reads_back_as_edited(admin, user, attribute, key, value, read):
    admin.users.edit(user, **{key: value})
    assert getattr(admin.users.get_user(user), attribute) == (value if read is None else read)


def test_the_quota_reads_back_in_bytes(admin, user):
    admin.users.edit(user, quota="5 GB")
    assert admin.users.get_user(user).quota["quota"] == 5 * 1024**3
    admin.users.edit(user, quota="none")
    assert admin.users.get_user(user).quota["quota"] == -3


def test_several_fields_go_in_one_call(admin, user):
    admin.users.edit(user, displayname="First", email="both@example.org", additional_mail="second@example.org")
    edited = admin.users.get_user(user)
    assert (edited.display_name, edited.email) == ("First", "both@example.org")
    assert edited.additional_mail == ["second@example.org"]


def test_the_password_changes(admin, user):
    admin.users.edit(user, password="Another-Horse-78")
    assert client(user, "Another-Horse-78").user == user
    assert not client(user, USER_PASSWORD).perform_login()


def test_a_field_that_does_not_exist_is_refused(admin, user):
    assert refusal(admin.users.edit, user, no_such_field="x") == 113


def test_users_edit_themselves(admin, user):
    own = client(user, USER_PASSWORD)
    fields = own.users.editable_fields()
    assert {"displayname", "email", "phone", "additional_mail"} <= set(fields)
    own.users.edit(user, displayname="My own name")
    assert own.users.get_user().display_name == "My own name"
    assert own.users.get_user(user).display_name == "My own name"
    assert refusal(own.users.get_list) == 403
    assert refusal(own.users.edit, "admin", displayname="Not mine") == NOT_FOUND


def test_disabled_users_stay_out_until_enabled(admin, user):
    admin.users.disable(user)
    assert admin.users.get_user(user).enabled is False
    assert not client(user, USER_PASSWORD).perform_login()
    admin.users.enable(user)
    assert admin.users.get_user(user).enabled is True
    assert client(user, USER_PASSWORD).user == user


def test_who_is_unknown_is_not_found(admin):
    for call in (admin.users.get_user, admin.users.delete, admin.users.wipe, admin.users.resend_welcome_email):
        assert refusal(call, "nobody") == NOT_FOUND
    assert refusal(admin.users.enable, "nobody") == 101
    assert refusal(admin.users.delete, "admin") == 101


def test_the_welcome_message_is_refused_without_mail(admin, user):
    assert refusal(admin.users.resend_welcome_email, user) == 101
    admin.users.edit(user, email="welcome@example.org")
    assert refusal(admin.users.resend_welcome_email, user) == 102


def test_the_administrators_own_record_is_whole(admin):
    own = admin.users.get_user()
    assert (own.user_id, own.groups) == ("admin", ["admin"])
    assert own.last_login > datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
    assert client("Admin", ADMIN_PASSWORD).user == "admin"
