"""The same through nc-py-api's other class, which does not block."""

import asyncio

from conftest import ADMIN_PASSWORD, URL, USER_PASSWORD
from nc_py_api import AsyncNextcloud


async def life():
    admin = AsyncNextcloud(nextcloud_url=URL, nc_auth_user="admin", nc_auth_pass=ADMIN_PASSWORD)
    assert (await admin.srv_version)["major"] == 34
    assert await admin.user == "admin"

    await admin.users_groups.create("async-group", display_name="Async")
    await admin.users.create("async-user", password=USER_PASSWORD, groups=["async-group"])
    # Many at once, as such programs do.
    await asyncio.gather(*(admin.users.create(f"async-{n}", password=USER_PASSWORD) for n in range(8)))
    assert len(await admin.users.get_list("async-")) == 9

    await admin.users.edit("async-user", displayname="Async user", email="async@example.org")
    await admin.users.promote_to_subadmin("async-user", "async-group")
    record = await admin.users.get_user("async-user")
    assert (record.display_name, record.groups, record.subadmin) == ("Async user", ["async-group"], ["async-group"])
    assert await admin.users_groups.get_subadmins("async-group") == ["async-user"]
    assert [group.user_count for group in await admin.users_groups.get_details("async-group")] == [1]

    await admin.users.demote_from_subadmin("async-user", "async-group")
    await admin.users.disable("async-user")
    assert (await admin.users.get_user("async-user")).enabled is False
    await admin.users.enable("async-user")
    await admin.users.remove_from_group("async-user", "async-group")
    assert await admin.users_groups.get_members("async-group") == []
    await asyncio.gather(*(admin.users.delete(user_id) for user_id in await admin.users.get_list("async-")))
    await admin.users_groups.delete("async-group")
    assert "async-group" not in await admin.users_groups.get_list()


def test_users_and_groups_live_through_the_async_client():
    asyncio.run(life())
