"""The life of groups, their members and their administrators."""

import pytest
from conftest import NOT_FOUND, USER_PASSWORD, client, refusal
from nc_py_api import NextcloudExceptionNotFound


def test_a_group_lives_and_dies(admin):
    admin.users_groups.create("staff", display_name="All staff")
    assert "staff" in admin.users_groups.get_list()
    admin.users_groups.edit("staff", display_name="Everybody & all")
    details = {group.group_id: group for group in admin.users_groups.get_details()}
    assert details["staff"].display_name == "Everybody & all"
    admin.users_groups.delete("staff")
    assert "staff" not in admin.users_groups.get_list()
    with pytest.raises(NextcloudExceptionNotFound):
        admin.users_groups.get_members("staff")


def test_lists_are_searched_and_paged(admin):
    for group_id in ("list-b", "list-a", "list-c"):
        admin.users_groups.create(group_id)
    assert admin.users_groups.get_list("list-") == ["list-a", "list-b", "list-c"]
    assert admin.users_groups.get_list("list-", limit=1, offset=1) == ["list-b"]
    assert [group.group_id for group in admin.users_groups.get_details("list-", limit=2)] == ["list-a", "list-b"]
    assert admin.users_groups.get_list("no-such-group") == []
    assert admin.users_groups.get_details("no-such-group") == []


def test_details_tell_what_may_be_done(admin, group):
    [details] = admin.users_groups.get_details(group)
    assert (details.user_count, details.disabled, details.can_add, details.can_remove) == (0, False, True, True)


def test_refusals_have_their_codes(admin, group):
    assert refusal(admin.users_groups.create, group) == 102
    assert refusal(admin.users_groups.create, "") == 101
    assert refusal(admin.users_groups.delete, "no-such-group") == 101
    assert refusal(admin.users_groups.delete, "admin") == 102
    assert refusal(admin.users_groups.edit, "no-such-group", "Name") == NOT_FOUND


def test_members_come_and_go(admin, user, group):
    assert admin.users_groups.get_members(group) == []
    admin.users.add_to_group(user, group)
    assert admin.users_groups.get_members(group) == [user]
    assert admin.users.get_user(user).groups == [group]
    assert admin.users_groups.get_details(group)[0].user_count == 1
    admin.users.remove_from_group(user, group)
    assert admin.users_groups.get_members(group) == []
    assert refusal(admin.users.add_to_group, user, "no-such-group") == 102
    assert refusal(admin.users.add_to_group, "nobody", group) == 103


def test_group_administrators_rule_their_group_alone(admin, user, group):
    admin.users.promote_to_subadmin(user, group)
    assert admin.users_groups.get_subadmins(group) == [user]
    assert admin.users.get_user(user).subadmin == [group]

    ruler = client(user, USER_PASSWORD)
    ruler.users.create("ruled", password=USER_PASSWORD, groups=[group])
    assert ruler.users.get_list() == ["ruled"]
    ruler.users.disable("ruled")
    ruler.users.edit("ruled", displayname="Ruled one")
    assert admin.users.get_user("ruled").display_name == "Ruled one"
    assert refusal(ruler.users.disable, "admin") == NOT_FOUND
    assert refusal(ruler.users_groups.create, "not-mine") == 403
    assert refusal(ruler.users.promote_to_subadmin, user, group) == 403
    ruler.users.delete("ruled")

    admin.users.demote_from_subadmin(user, group)
    assert admin.users_groups.get_subadmins(group) == []
    assert refusal(ruler.users.get_list) == 403
    assert refusal(admin.users.demote_from_subadmin, user, group) == 102
    assert refusal(admin.users.promote_to_subadmin, user, "admin") == 103


@pytest.mark.parametrize("group_id", ["with space", "ümläut", "a+b", "dot.dash-_", "1234"])
def test_ids_of_groups_survive_the_clients_paths(admin, user, group_id):
    admin.users_groups.create(group_id)
    admin.users.add_to_group(user, group_id)
    assert admin.users_groups.get_members(group_id) == [user]
    assert group_id in admin.users_groups.get_list()
    admin.users_groups.delete(group_id)
    assert admin.users.get_user(user).groups == []
