import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { targetOf } from "./place-target.ts";

const test = suite("the target of a connection");

test("is its host, with the address where the host is one", () => {
  assert.deepEqual(targetOf("https://acme.okta.com/base"), { host: "acme.okta.com", addresses: [] });
  assert.deepEqual(targetOf("http://127.0.0.1:8080"), { host: "127.0.0.1", addresses: ["127.0.0.1"] });
  assert.deepEqual(targetOf("http://[fd00::1]:8080"), { host: "fd00::1", addresses: ["fd00::1"] });
  assert.deepEqual(targetOf("not a URL"), { host: "", addresses: [] });
});

test.run();
