"use strict";
// What both of ownCloud's JavaScript clients offer, from the first user to the last. They send forms to version 1 and read XML.

const assert = require("node:assert/strict");
const { describe, test } = require("node:test");

const PASSWORD = "Correct-Horse-77";

/** The environment's variable of this name, without which nothing runs. */
function environment(name) {
  assert.ok(process.env[name], `${name} is not set`);
  return process.env[name];
}

const URL = environment("SERVER_URL");
const ADMIN_PASSWORD = environment("ADMIN_PASSWORD");

/** The code with which the server refuses; the clients reject with its message, or with the whole answer where it has none. */
async function refused(promise, expected) {
  await assert.rejects(Promise.resolve(promise), (reason) => {
    const seen = reason?.ocs ? Number(reason.ocs.meta.statuscode) : String(reason);
    assert.equal(seen, expected);
    return true;
  });
}

/**
 * Declares the tests of the client of this name. `connect` logs in and gives a client; ids begin with `prefix`, so that the clients
 * can share a server. The older client keeps the login for the whole process, so a test that was another user logs in again.
 */
function lives(client, prefix, connect) {
  describe(client, () => declare(prefix, connect));
}

function declare(prefix, connect) {
  const id = (name) => `${prefix}-${name}`;
  const asAdmin = () => connect("admin", ADMIN_PASSWORD);

  test("the login, the version and the capabilities", async () => {
    const admin = await asAdmin();
    const config = await admin.getConfig();
    assert.equal(config.version, "1.7");
    const answer = await admin.getCapabilities();
    const capabilities = answer.capabilities ?? answer;
    assert.equal(Number(capabilities.core.pollinterval), 60);
    assert.ok("provisioning_api" in capabilities);
    assert.ok(!("files" in capabilities), "no client may look for files here");
  });

  test("a wrong password is no login", async () => {
    await assert.rejects(Promise.resolve(connect("admin", "wrong")));
    await asAdmin();
  });

  test("a user is made, found, read and deleted", async () => {
    const admin = await asAdmin();
    const ada = id("ada");
    assert.equal(await admin.users.createUser(ada, PASSWORD), true);
    assert.deepEqual(await admin.users.searchUsers(ada), [ada]);
    assert.ok((await admin.users.getUsers()).includes(ada));
    assert.equal(await admin.users.userExists(ada), true);
    assert.equal(await admin.users.userExists(id("nobody")), false);
    assert.deepEqual(await admin.users.searchUsers(id("nobody")), []);
    const record = await admin.users.getUser(ada);
    assert.equal(record.id, ada);
    assert.equal(record.displayname, ada);
    assert.equal(record.enabled, "1");
    await connect(ada, PASSWORD);
    const again = await asAdmin();
    assert.equal(await again.users.deleteUser(ada), true);
    assert.equal(await again.users.userExists(ada), false);
  });

  test("refusals have their reasons", async () => {
    const admin = await asAdmin();
    await refused(admin.users.createUser("admin", PASSWORD), "User already exists");
    await refused(admin.users.createUser(id("weak"), "Odd-7"), "Password needs to be at least 10 characters long.");
    await refused(admin.users.getUser(id("nobody")), "User does not exist");
    await refused(admin.users.deleteUser(id("nobody")), 998);
    await refused(admin.users.setUserAttribute("admin", "no-such-field", "x"), 113);
    await refused(admin.groups.createGroup("admin"), "group exists");
    await refused(admin.groups.deleteGroup("admin"), 102);
    await refused(admin.users.addUserToGroup("admin", id("no-group")), 102);
    await refused(admin.users.addUserToSubadminGroup("admin", id("no-group")), "Group does not exist");
  });

  test("attributes of a user change", async () => {
    const admin = await asAdmin();
    const grace = id("grace");
    await admin.users.createUser(grace, PASSWORD);
    const attributes = [
      ["display", "displayname", "Grace & <H>"],
      ["email", "email", `${grace}@example.org`],
      ["phone", "phone", "+4971125242829"],
      ["website", "website", "https://example.org"],
      ["organisation", "organisation", "Example"],
      ["language", "language", "de"],
    ];
    for (const [key, element, value] of attributes) {
      assert.equal(await admin.users.setUserAttribute(grace, key, value), true);
      assert.equal((await admin.users.getUser(grace))[element], value);
    }
    await admin.users.setUserAttribute(grace, "quota", "1 GB");
    assert.equal((await admin.users.getUser(grace)).quota.quota, String(1024 ** 3));
    await admin.users.setUserAttribute(grace, "password", "Another-Horse-78");
    await connect(grace, "Another-Horse-78");
    await assert.rejects(Promise.resolve(connect(grace, PASSWORD)));
    await (await asAdmin()).users.deleteUser(grace);
  });

  test("a group is made, filled, emptied and deleted", async () => {
    const admin = await asAdmin();
    const [group, first, second] = [id("group"), id("first"), id("second")];
    assert.equal(await admin.groups.createGroup(group), true);
    assert.ok((await admin.groups.getGroups()).includes(group));
    assert.equal(await admin.groups.groupExists(group), true);
    assert.deepEqual(await admin.groups.getGroupMembers(group), []);
    for (const user of [first, second]) {
      await admin.users.createUser(user, PASSWORD);
      assert.deepEqual(await admin.users.getUserGroups(user), []);
      assert.equal(await admin.users.addUserToGroup(user, group), true);
      assert.equal(await admin.users.userIsInGroup(user, group), true);
      assert.deepEqual(await admin.users.getUserGroups(user), [group]);
    }
    assert.deepEqual(await admin.groups.getGroupMembers(group), [first, second]);
    assert.equal(await admin.users.removeUserFromGroup(first, group), true);
    assert.equal(await admin.users.userIsInGroup(first, group), false);
    assert.deepEqual(await admin.groups.getGroupMembers(group), [second]);
    assert.equal(await admin.groups.deleteGroup(group), true);
    assert.equal(await admin.groups.groupExists(group), false);
    assert.deepEqual(await admin.users.getUserGroups(second), []);
    for (const user of [first, second]) {
      await admin.users.deleteUser(user);
    }
  });

  test("a group administrator is appointed and rules", async () => {
    const admin = await asAdmin();
    const [group, ruler, ruled] = [id("ruled-group"), id("ruler"), id("ruled")];
    await admin.groups.createGroup(group);
    await admin.users.createUser(ruler, PASSWORD);
    await admin.users.createUser(ruled, PASSWORD);
    await admin.users.addUserToGroup(ruled, group);
    assert.deepEqual(await admin.users.getUserSubadminGroups(ruler), []);
    assert.equal(await admin.users.addUserToSubadminGroup(ruler, group), true);
    assert.deepEqual(await admin.users.getUserSubadminGroups(ruler), [group]);
    assert.equal(await admin.users.userIsInSubadminGroup(ruler, group), true);

    const own = await connect(ruler, PASSWORD);
    assert.deepEqual(await own.users.getUsers(), [ruled]);
    assert.equal(await own.users.setUserAttribute(ruled, "display", "Ruled one"), true);

    const again = await asAdmin();
    assert.equal((await again.users.getUser(ruled)).displayname, "Ruled one");
    await again.groups.deleteGroup(group);
    for (const user of [ruler, ruled]) {
      await again.users.deleteUser(user);
    }
  });

  test("apps are listed and switched", async () => {
    const admin = await asAdmin();
    const before = await admin.apps.getApps();
    assert.equal(before.files_external, false);
    assert.equal(before.provisioning_api, true);
    assert.equal(await admin.apps.enableApp("files_external"), true);
    assert.equal((await admin.apps.getApps()).files_external, true);
    assert.equal(await admin.apps.disableApp("files_external"), true);
    assert.equal((await admin.apps.getApps()).files_external, false);
  });
}

module.exports = { ADMIN_PASSWORD, PASSWORD, URL, lives };
