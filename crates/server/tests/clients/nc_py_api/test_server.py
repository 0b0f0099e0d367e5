"""What nc-py-api asks before anything else, and what it concludes from that."""

from conftest import client

PROVISIONING = ["provisioning_api", "password_policy", "core"]
# Of a server that keeps files. The client must see that it cannot use them here.
ELSEWHERE = ["files", "dav", "user_status", "notifications", "spreed", "weather_status", "app_api"]


def test_the_version_is_the_recorded_servers(admin):
    version = admin.srv_version
    assert (version["major"], version["minor"], version["micro"]) == (34, 0, 1)
    assert version["string"] == "34.0.1"
    assert version["extended_support"] is False


def test_the_login_works_without_asking_for_it(admin):
    assert admin.perform_login()
    assert admin.user == "admin"


def test_a_wrong_password_is_no_login():
    assert not client("admin", "wrong").perform_login()


def test_capabilities_are_those_of_a_server_that_provisions(admin):
    admin.update_server_info()
    assert admin.check_capabilities(PROVISIONING) == []
    assert admin.check_capabilities(ELSEWHERE) == ELSEWHERE
    assert admin.capabilities["password_policy"]["minLength"] == 10


def test_what_is_not_here_counts_as_unavailable(admin):
    assert admin.preferences.available
    assert not admin.notifications.available
    assert not admin.talk.available
    assert admin.theme is None


def test_every_answer_has_headers_for_the_client(admin):
    admin.users.get_list()
    assert admin.response_headers["content-type"] == "application/json; charset=utf-8"
