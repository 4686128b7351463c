import assert from "node:assert/strict";
import { suite } from "../../../test/support/suite.ts";
import type { AnyDefinition } from "./definition.ts";
import { missingScopes, neededScopes } from "./scopes.ts";

const test = suite("the scopes that actions need");

const needing = (...scopes: string[]): AnyDefinition => ({ scopes }) as unknown as AnyDefinition;

test("names each once, and no reading scope beside the managing one that covers it", () => {
  const needed = neededScopes([needing("x.users.read"), needing("x.users.manage", "x.logs.read"), needing("x.logs.read")]);
  assert.deepEqual(needed, ["x.logs.read", "x.users.manage"]);
});

test("misses what is not granted, but no reading scope that a managing one covers", () => {
  assert.deepEqual(missingScopes(["x.users.manage"], ["x.groups.manage", "x.users.manage", "x.users.read"]), ["x.groups.manage"]);
  assert.deepEqual(missingScopes(["x.users.read"], ["x.users.manage"]), ["x.users.manage"]);
});

test.run();
