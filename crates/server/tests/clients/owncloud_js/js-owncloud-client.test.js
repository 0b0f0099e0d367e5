"use strict";
// js-owncloud-client, the older of the two: https://www.npmjs.com/package/js-owncloud-client

const OwnCloud = require("js-owncloud-client");

const { URL, lives } = require("./life.js");

lives("js-owncloud-client", "older", async (login, password) => {
  const client = new OwnCloud(URL);
  await client.login(login, password);
  return client;
});
