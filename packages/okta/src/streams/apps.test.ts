import assert from "node:assert/strict";
import { createCatalogue } from "@longarm/spoke";
import { suite } from "../../../../test/support/suite.ts";
import { okta } from "../index.ts";
import { streamAppGroups } from "./app-groups.ts";
import { streamAppUsers } from "./app-users.ts";
import { streamApps } from "./apps.ts";
import { streamLauncher } from "./launcher.ts";

const test = suite("streams of applications");
const catalogue = createCatalogue([okta]);
const app = "0oa1234567890ABCDEFG";

function response(body: unknown, status = 200) {
  return { status, headers: {}, body };
}

test("users of an application are asked for on every page with what they are to be expanded by", () => {
  const { query, repeats } = streamAppUsers.start({ app, expand: "user", pageSize: 9_999 });
  assert.deepEqual([query?.["expand"], query?.["limit"], repeats], ["user", 500, ["expand"]]);
});

test("an assignment tells its scope, and its user where it was asked for", () => {
  const user = { id: "00u1", profile: { login: "ada" } };
  const { items } = streamAppUsers.page(
    response([
      { id: "00u1", scope: "GROUP", credentials: { userName: "ada" }, externalId: null, _embedded: { user } },
      { id: "00u2", scope: null, profile: null },
    ]),
    { app },
  );
  assert.deepEqual(
    items.map((item) => [item.id, item.scope, item.userName, item.user?.profile]),
    [
      ["00u1", "GROUP", "ada", { login: "ada" }],
      ["00u2", null, null, undefined],
    ],
  );
});

test("groups of an application come with their names unless only metadata is asked for", () => {
  const wish = catalogue.checkInput(streamAppGroups, { app, pageSize: 3 }) as Parameters<typeof streamAppGroups.start>[0];
  assert.deepEqual(streamAppGroups.start(wish).query, { expand: "group", limit: 20 });
  const group = { id: "00g1", type: "OKTA_GROUP", profile: { name: "Sales" } };
  const { items } = streamAppGroups.page(response([{ id: "00g1", priority: 0, _embedded: { group } }, { id: "00g2" }]), wish);
  assert.deepEqual(
    items.map(({ id, groupName, priority }) => [id, groupName, priority]),
    [
      ["00g1", "Sales", 0],
      ["00g2", null, null],
    ],
  );
});

test("an application is given without its credentials, and survives every null", () => {
  const bare = { id: app, name: null, label: null, status: null, signOnMode: null, features: null, profile: null, settings: null };
  const { items } = streamApps.page(response([{ ...bare, credentials: { oauthClient: { client_secret: "s3cret" } } }]), {});
  assert.deepEqual([items[0]?.id, items[0]?.features], [app, []]);
  assert.doesNotMatch(JSON.stringify(items), /s3cret/);
});

test("applications of a user are asked for with its assignment, and of one who is not there say so", () => {
  const user = "00u1234567890ABCDEFG";
  const { query } = streamApps.start({ user });
  assert.deepEqual([query?.["filter"], query?.["expand"]], [`user.id eq "${user}"`, `user/${user}`]);
  assert.throws(() => streamApps.start({ user, filter: 'status eq "ACTIVE"' }), { code: "invalid_request" });
  const invalid = response({ errorCode: "E0000001" }, 400);
  assert.equal(streamApps.refused?.(invalid, { user })?.code, "user_not_found");
  assert.deepEqual(
    [streamApps.refused?.(invalid, {}), streamApps.refused?.(response({ errorCode: "E0000029" }, 400), { user })],
    [undefined, undefined],
  );
});

test("a launcher shows an active application once for each of its links", () => {
  const links = { appLinks: [{ href: "https://a" }, { href: "https://b" }], logo: [{ href: "https://logo" }] };
  const { items } = streamLauncher.page(
    response([
      { id: app, name: "mail", label: "Mail", _links: links },
      { id: "0oa2", _links: null },
    ]),
    {},
  );
  assert.deepEqual(
    items.map(({ appId, linkUrl, logoUrl }) => [appId, linkUrl, logoUrl]),
    [
      [app, "https://a", "https://logo"],
      [app, "https://b", "https://logo"],
      ["0oa2", null, null],
    ],
  );
  assert.equal(new Set(items.map((item) => streamLauncher.identify(item))).size, 3);
  assert.deepEqual(streamLauncher.start({}).query, { filter: 'status eq "ACTIVE"', limit: 200 });
});

test("a user's launcher is one list", () => {
  const { items, last } = streamLauncher.page(
    response([{ appInstanceId: app, appName: "mail", label: "Mail", linkUrl: "https://a", logoUrl: null }]),
    {
      user: "00u1",
    },
  );
  assert.deepEqual([items[0]?.appId, last], [app, true]);
  assert.equal(streamLauncher.refused?.(response({}, 404), { user: "00u1" })?.code, "user_not_found");
});

for (const stream of [streamAppUsers, streamAppGroups]) {
  test(`${stream.name} says that the application is not there`, () =>
    assert.equal(stream.refused?.(response({}, 404), { app, expand: "group" } as never)?.code, "app_not_found"));
}

test.run();
