import assert from "node:assert/strict";
import { unknownName } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import type { ApiClient } from "./api-client.ts";
import { readRunnable } from "./runnable.ts";

const test = suite("what can be run");

const greet = { name: "okta.flow.greet", kind: "flow" };

/** A controller that knows one action and one flow. */
const api = {
  async get(path: string): Promise<unknown> {
    const name = path.split("/").at(-1) ?? "";
    if (path.startsWith("/v1/flows/")) {
      if (name === greet.name) return greet;
      throw unknownName("flow", name, [greet.name]);
    }
    if (name === "okta.user.get") return { name, kind: "action" };
    throw unknownName("action", name, ["okta.user.get"]);
  },
} as ApiClient;

test("finds actions and flows by their names", async () => {
  assert.equal((await readRunnable(api, "okta.user.get")).kind, "action");
  assert.equal((await readRunnable(api, "okta.flow.greet")).kind, "flow");
});

test("offers what was likely meant, be it an action or a flow", async () => {
  await assert.rejects(readRunnable(api, "okta.user.gte"), { code: "unknown_action", message: /did you mean okta\.user\.get/ });
  await assert.rejects(readRunnable(api, "okta.flow.greed"), { code: "unknown_flow", message: /did you mean okta\.flow\.greet/ });
});

test.run();
