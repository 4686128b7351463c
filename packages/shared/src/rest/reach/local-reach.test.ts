import assert from "node:assert/strict";
import { suite } from "../../../../../test/support/suite.ts";
import { localReach } from "./local-reach.ts";

const test = suite("what an address reaches from here");

test("reach public addresses where the base URL is a name, and else the one that it names", () => {
  assert.deepEqual(localReach("https://acme.okta.com/x"), ["public"]);
  assert.deepEqual(localReach("http://10.1.2.3:80"), ["10.1.2.3"]);
  assert.deepEqual(localReach("http://[::1]:80"), ["::1"]);
  assert.deepEqual(localReach("http://org.localhost"), ["127.0.0.0/8", "::1"]);
});

test.run();
