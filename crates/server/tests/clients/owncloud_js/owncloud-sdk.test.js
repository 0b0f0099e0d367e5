"use strict";
// owncloud-sdk, its successor, which knows more and also speaks version 2 in JSON: https://www.npmjs.com/package/owncloud-sdk

const assert = require("node:assert/strict");
const test = require("node:test");

const OwnCloud = require("owncloud-sdk");

const { ADMIN_PASSWORD, PASSWORD, URL, lives } = require("./life.js");

async function connect(username, password) {
  const client = new OwnCloud({ baseUrl: URL, auth: { basic: { username, password } } });
  await client.login();
  return client;
}

lives("owncloud-sdk", "sdk", connect);

/** Asks in version 2 and JSON, and gives the data of a success. */
async function ask(client, request) {
  const response = await client.requests.ocs(request);
  const { ocs } = await response.json();
  assert.equal(response.status, 200, JSON.stringify(ocs));
  assert.equal(ocs.meta.statuscode, 200);
  return ocs.data;
}

test("the login knows who it is", async () => {
  const admin = await connect("Admin", ADMIN_PASSWORD);
  const user = await admin.getCurrentUser();
  assert.equal(user.id, "admin");
  assert.equal((await admin.getCapabilities()).version.string, "34.0.1");
});

test("a user is made into groups, disabled and enabled", async () => {
  const admin = await connect("admin", ADMIN_PASSWORD);
  await admin.groups.createGroup("sdk-one");
  await admin.groups.createGroup("sdk-two");
  await admin.users.createUser("sdk-member", PASSWORD, ["sdk-one", "sdk-two"]);
  assert.deepEqual(await admin.users.getUserGroups("sdk-member"), ["sdk-one", "sdk-two"]);
  assert.equal(await admin.users.disableUser("sdk-member"), true);
  await assert.rejects(connect("sdk-member", PASSWORD));
  assert.equal(await admin.users.enableUser("sdk-member"), true);
  await connect("sdk-member", PASSWORD);
});

test("a group administrator is dismissed through the client's open door", async () => {
  const admin = await connect("admin", ADMIN_PASSWORD);
  await admin.users.addUserToSubadminGroup("sdk-member", "sdk-one");
  await ask(admin, { method: "DELETE", action: "users/sdk-member/subadmins", data: { groupid: "sdk-one" } });
  assert.deepEqual(await admin.users.getUserSubadminGroups("sdk-member"), []);
});

test("names beyond ASCII and preferences in JSON", async () => {
  const admin = await connect("admin", ADMIN_PASSWORD);
  await ask(admin, { method: "PUT", action: "users/sdk-member", data: { key: "display", value: "Zoë Groß" } });
  assert.equal((await ask(admin, { action: "users/sdk-member" })).displayname, "Zoë Groß");
  const preference = { service: "apps", action: "provisioning_api/api/v1/config/users/theming/shortcuts_disabled" };
  await ask(admin, { ...preference, method: "POST", data: { configValue: "yes" } });
  await ask(admin, { ...preference, method: "DELETE" });
});

test("an app password works as password and as bearer token, and ends", async () => {
  const member = await connect("sdk-member", PASSWORD);
  const { apppassword } = await ask(member, { service: "core", action: "getapppassword" });
  const device = await connect("sdk-member", apppassword);
  const bearer = new OwnCloud({ baseUrl: URL, auth: { bearer: apppassword } });
  await bearer.login();
  assert.equal((await bearer.getCurrentUser()).id, "sdk-member");
  await ask(device, { method: "DELETE", service: "core", action: "apppassword" });
  await assert.rejects(connect("sdk-member", apppassword));
});

test("what was made is deleted", async () => {
  const admin = await connect("admin", ADMIN_PASSWORD);
  await admin.users.deleteUser("sdk-member");
  await admin.groups.deleteGroup("sdk-one");
  await admin.groups.deleteGroup("sdk-two");
  assert.deepEqual(await admin.users.searchUsers("sdk-"), []);
});
