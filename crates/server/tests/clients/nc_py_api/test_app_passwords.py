"""App passwords: a client trades its password for one, and works with it."""

from conftest import USER_PASSWORD, client, refusal

GET = "/ocs/v2.php/core/getapppassword"
CURRENT = "/ocs/v2.php/core/apppassword"


def test_an_app_password_reads_rotates_and_ends(user):
    own = client(user, USER_PASSWORD)
    device = client(user, own.ocs("GET", GET)["apppassword"])
    assert device.user == user
    assert device.users.get_user().user_id == user
    # An app password gets no other, and changes nothing that asks for the password.
    assert refusal(device.ocs, "GET", GET) == 403
    assert refusal(device.users.edit, user, displayname="Other") == 403

    rotated = client(user, device.ocs("POST", f"{CURRENT}/rotate")["apppassword"])
    assert rotated.user == user
    rotated.ocs("DELETE", CURRENT)
    assert not rotated.perform_login()
    assert own.perform_login()


def test_a_wiped_users_app_passwords_end(admin, user):
    own = client(user, USER_PASSWORD)
    device = client(user, own.ocs("GET", GET)["apppassword"])
    assert device.perform_login()
    admin.users.wipe(user)
    assert own.perform_login()
