"""The running server as nc-py-api sees it. Its place and the administrator's password come from the environment."""

import itertools
import os
import warnings

import pytest
from nc_py_api import Nextcloud, NextcloudException

URL = os.environ["SERVER_URL"]
ADMIN_PASSWORD = os.environ["ADMIN_PASSWORD"]
USER_PASSWORD = "Correct-Horse-77"
# What the client makes of the codes 404 and 998.
NOT_FOUND = 404


def client(login, password):
    """A client of nc-py-api, logged in as this user."""
    with warnings.catch_warnings():
        # The blocking class is the one that most programs use; that it will go one day is of no interest here.
        warnings.simplefilter("ignore", DeprecationWarning)
        return Nextcloud(nextcloud_url=URL, nc_auth_user=login, nc_auth_pass=password)


def refusal(call, *arguments, **named):
    """The code with which the server refuses this call."""
    with pytest.raises(NextcloudException) as caught:
        call(*arguments, **named)
    return caught.value.status_code


@pytest.fixture(scope="session")
def admin():
    return client("admin", ADMIN_PASSWORD)


numbers = itertools.count(1)


@pytest.fixture
def user(admin):
    """The id of a user of the test's own."""
    user_id = f"user{next(numbers)}"
    admin.users.create(user_id, password=USER_PASSWORD)
    return user_id


@pytest.fixture
def group(admin):
    """The id of a group of the test's own."""
    group_id = f"group{next(numbers)}"
    admin.users_groups.create(group_id)
    return group_id
