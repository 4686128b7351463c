import assert from "node:assert/strict";
import { LongarmError, Secret } from "@longarm/shared";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import type { DefinitionStore } from "../../ports/connection-store.ts";
import { withCarrying } from "../carrying.fixture.ts";
import { patiently } from "./patiently.ts";

const test = suite("what a run reads while the broker is away");
const away = () => Promise.reject(new LongarmError("broker_unavailable"));

test("waits for the broker and gives what is read then", async () => {
  const clock = new ManualClock();
  const reads = [away, away, () => Promise.resolve("there")];
  const read = patiently({ clock, signal: new AbortController().signal }, () => reads.shift()!());
  await clock.advance(10_000);
  assert.equal(await read, "there");
});

test("throws any other fault at once", async () => {
  const rejected = () => Promise.reject(new LongarmError("sealed_record_rejected"));
  const read = patiently({ clock: new ManualClock(), signal: new AbortController().signal }, rejected);
  await assert.rejects(read, { code: "sealed_record_rejected" });
});

test("ends with the run, for the run's own reason", async () => {
  const ending = new AbortController();
  const read = patiently({ clock: new ManualClock(), signal: ending.signal }, away);
  ending.abort(new LongarmError("deadline_exceeded"));
  await assert.rejects(read, { code: "deadline_exceeded" });
});

test("a run whose connection and credential cannot be read for a while goes on afterwards", () =>
  withCarrying(async (world) => {
    const { connections, credentials } = world.deps;
    const acme = await connections.get("acme");
    assert.ok(acme);
    await connections.put("acme", { ...acme.value, credential: "token" });
    await credentials.put("token", { name: "token", scheme: "ssws", token: new Secret("secret") });
    failAtFirst(connections, 2);
    failAtFirst(credentials, 2);
    const run = await world.carry("test.thing.read");
    const end = (await world.records(run)).at(-1)?.at(-1);
    assert.deepEqual(end?.kind === "completed" && [end.status, end.error], ["succeeded", null]);
  }));

/** The first reads of a store fail, as they do while the broker is away. */
function failAtFirst<T>(store: DefinitionStore<T>, times: number): void {
  const get = store.get.bind(store);
  let left = times;
  store.get = (name) => {
    left -= 1;
    return left >= 0 ? away() : get(name);
  };
}

test.run();
