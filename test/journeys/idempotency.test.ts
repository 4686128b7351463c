import assert from "node:assert/strict";
import { join } from "node:path";
import { lanes } from "@longarm/shared";
import { suite } from "../support/suite.ts";
import { connect, withJourney } from "../support/journey.ts";
import { createUser, effectsOf, readSomeone, submit } from "../support/journey-runs.ts";

const test = suite("idempotency keys");

test(
  "the same key means one run, however often and however concurrently it is used",
  async () => {
    await withJourney(async (journey) => {
      const [{ api }, org] = await Promise.all([journey.controller(), journey.sandbox()]);
      await connect(api, org);
      const body = createUser("ada@example.com");
      const runs = await Promise.all(Array.from({ length: 20 }, () => submit(api, body, { key: "order-1" })));
      assert.equal(new Set(runs.map(({ id }) => id)).size, 1);
      assert.deepEqual(new Set(runs.map(({ status }) => status)), new Set(["succeeded"]));
      assert.equal((await effectsOf(org, "user.created")).length, 1);

      const explicit = await submit(api, { ...body, lane: "standard" }, { key: "order-1" });
      assert.equal(explicit.id, runs[0]?.id);
      const other = await submit(api, readSomeone, { key: "order-2" });
      assert.notEqual(other.id, runs[0]?.id);

      const bodies = [
        { ...body, lane: "bulk" },
        { ...body, deadline: "1h" },
        readSomeone,
        createUser("bea@example.com"),
        createUser("ada@example.com", { password: "Changed-1-meanwhile" }),
      ];
      for (const changed of bodies) {
        const refused = await api.ask<{ code: string; details: { runId: string } }>("POST", "/v1/runs", {
          body: changed,
          headers: { "idempotency-key": "order-1" },
          accept: [422],
        });
        assert.deepEqual([refused.status, refused.body.code], [422, "idempotency_conflict"]);
      }
      assert.equal((await effectsOf(org, "user.created")).length, 1);
    });
  },
  { timeoutMs: 60_000 },
);

test(
  "a hundred submissions of one key at once, over two controllers and three lanes, are one run",
  async () => {
    await withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const keyRing = join(journey.directory, "keyring.json");
      const one = await journey.controller({ name: "one", broker, keyRing });
      const two = await journey.controller({ name: "two", broker, keyRing, token: one.token });
      await connect(one.api, org);
      const body = createUser("ada@example.com");
      const submitted = Array.from({ length: 100 }, (_, n) =>
        submit(n % 2 === 0 ? one.api : two.api, body, { key: "order-1", lane: lanes[n % 3] ?? "bulk" }),
      );
      const runs = await Promise.all(submitted);
      assert.deepEqual([new Set(runs.map(({ id }) => id)).size, new Set(runs.map(({ status }) => status))], [1, new Set(["succeeded"])]);
      assert.equal((await effectsOf(org, "user.created")).length, 1);
    });
  },
  { timeoutMs: 60_000 },
);

test("means the same run whether the command waits for it or not", async () => {
  await withJourney(async (journey) => {
    const [controller, org] = await Promise.all([journey.controller(), journey.sandbox()]);
    await connect(controller.api, org);
    const words = ["run", "okta.user.get", "--set", "user=user000007@example.com", "--key", "order-1"];
    const waited = await controller.longarm(...words, "--json");
    const left = await controller.longarm(...words, "--no-wait");
    assert.deepEqual([waited.code, left.code, left.stdout.trim()], [0, 0, (JSON.parse(waited.stdout) as { id: string }).id], left.stderr);
  });
});

test.run();
