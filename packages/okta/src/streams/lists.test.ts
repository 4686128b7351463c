import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { streamEventHooks } from "./event-hooks.ts";
import { streamUserTypes } from "./user-types.ts";

const test = suite("streams of what Okta gives as one list");

function response(body: unknown) {
  return { status: 200, headers: {}, body };
}

test("user types survive every null, and end with their one page", () => {
  const { items, last } = streamUserTypes.page(
    response([
      { id: "oty1", default: true, name: "user" },
      { id: "oty2", name: null },
    ]),
    {},
  );
  assert.deepEqual(
    items.map(({ id, isDefault, name }) => [id, isDefault, name]),
    [
      ["oty1", true, "user"],
      ["oty2", null, null],
    ],
  );
  assert.equal(last, true);
  assert.throws(() => streamUserTypes.page(response([{ id: 7 }]), {}), { code: "unexpected_response" });
});

test("event hooks come without the secret that goes with them", () => {
  const config = { uri: "https://a", authScheme: { key: "Authorization", value: "canary" } };
  const { items, last } = streamEventHooks.page(response([{ id: "who1", channel: { config } }]), {});
  assert.deepEqual([items[0]?.uri, items[0]?.authKey, last], ["https://a", "Authorization", true]);
  assert.doesNotMatch(JSON.stringify(items), /canary/);
});

test.run();
