"""Apps, their settings and preferences."""

import pytest
from conftest import USER_PASSWORD, client, refusal
from nc_py_api import NextcloudExceptionNotFound


def test_apps_are_switched(admin):
    assert admin.apps.is_disabled("files_external")
    admin.apps.enable("files_external")
    assert admin.apps.is_enabled("files_external")
    admin.apps.disable("files_external")
    assert not admin.apps.is_enabled("files_external")


def test_apps_are_listed(admin):
    every, on, off = (admin.apps.get_list(enabled) for enabled in (None, True, False))
    assert "provisioning_api" in on
    assert not set(on) & set(off)
    assert set(every) <= set(on) | set(off)
    assert admin.apps.is_installed("files_external")
    assert not admin.apps.is_installed("no_such_app")


def test_what_cannot_be_switched_is_refused(admin):
    assert refusal(admin.apps.disable, "provisioning_api") == 403
    with pytest.raises(NextcloudExceptionNotFound):
        admin.apps.enable("no_such_app")


def test_users_switch_no_apps(user):
    assert refusal(client(user, USER_PASSWORD).apps.enable, "files_external") == 403


def test_the_preferences_that_the_interface_opens(user):
    own = client(user, USER_PASSWORD)
    own.preferences.set_value("theming", "shortcuts_disabled", "yes")
    own.preferences.delete("theming", "shortcuts_disabled")
    assert refusal(own.preferences.set_value, "no_such_app", "key", "value") == 400
    assert refusal(own.preferences.delete, "no_such_app", "key") == 400


def test_settings_of_apps_through_the_clients_open_door(admin):
    path = "/ocs/v1.php/apps/provisioning_api/api/v1/config/apps"
    admin.ocs("POST", f"{path}/files/greeting", params={"value": "hello ü"})
    assert admin.ocs("GET", f"{path}/files/greeting")["data"] == "hello ü"
    assert "greeting" in admin.ocs("GET", f"{path}/files")["data"]
    assert "files" in admin.ocs("GET", path)["data"]
    admin.ocs("DELETE", f"{path}/files/greeting")
    assert admin.ocs("GET", f"{path}/files/greeting")["data"] == ""
