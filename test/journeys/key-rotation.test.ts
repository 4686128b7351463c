import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type Journey, type JourneyController, withJourney } from "../support/journey.ts";
import { readSomeone, type RunShown } from "../support/journey-runs.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("the data key of an installation");
const slow = { timeoutMs: 60_000 };

interface Key {
  readonly id: number;
  readonly state: string;
  readonly values: number;
  readonly runs: boolean;
}

async function keysOf({ api }: JourneyController): Promise<readonly Key[]> {
  return (await api.get<{ keys: readonly Key[] }>("/v1/keys")).keys;
}

async function read({ api }: JourneyController, key?: string): Promise<RunShown> {
  const headers = { prefer: "wait=20", ...(key !== undefined && { "idempotency-key": key }) };
  return (await api.ask<RunShown>("POST", "/v1/runs", { body: readSomeone, headers })).body;
}

/** Two controllers, each with a ring of its own; `bring` copies the first one's to the second. */
async function twoRings(journey: Journey) {
  const broker = await journey.broker();
  const [one, two] = ["one.json", "two.json"].map((name) => join(journey.directory, name)) as [string, string];
  const bring = (): void => copyFileSync(one, two);
  const first = await journey.controller({ name: "first", broker, keyRing: one });
  bring();
  const second = await journey.controller({ name: "second", broker, keyRing: two, token: first.token, logLevel: "silent" });
  return { first, second, bring };
}

test(
  "is rotated while two controllers work: all values are under the new key, and both go on",
  () =>
    withJourney(async (journey) => {
      const [broker, org] = await Promise.all([journey.broker(), journey.sandbox()]);
      const keyRing = join(journey.directory, "shared-ring.json");
      const first = await journey.controller({ name: "first", broker, keyRing });
      const second = await journey.controller({ name: "second", broker, keyRing, token: first.token });
      await connect(first.api, org);
      const run = await read(first, "same");
      const [old] = await keysOf(first);
      assert.ok(old && old.values > 3 && old.runs);

      const rotated = await first.longarm("keys", "rotate", "--json");
      assert.equal(rotated.code, 0, rotated.stderr);
      const [retired, active] = await keysOf(second);
      assert.deepEqual([retired?.id, retired?.state, active?.state], [old.id, "retired", "active"]);
      assert.deepEqual([retired?.values, JSON.parse(rotated.stdout)], [0, { active: active?.id, resealed: active?.values, left: 0 }]);

      for (const controller of [first, second]) assert.equal((await read(controller)).status, "succeeded");
      assert.equal((await read(second, "same")).id, run.id);
      assert.equal((await second.api.get<RunShown>(`/v1/runs/${run.id}`)).status, "succeeded");
      await second.api.ask("PUT", "/v1/credentials/other", { body: { scheme: "ssws", token: "t" } });
      assert.equal((await keysOf(first)).find(({ id }) => id === old.id)?.values, 0);

      const tooEarly = await first.longarm("keys", "rm", String(old.id));
      assert.notEqual(tooEarly.code, 0);
      assert.match(tooEarly.stderr, /Records of runs may be sealed under key \d+; of those that have finished, the last are removed by/);
    }),
  slow,
);

test(
  "that nothing is sealed under is dropped, and what was sealed after it opens as before",
  () =>
    withJourney(async (journey) => {
      const controller = await journey.controller();
      await controller.api.ask("PUT", "/v1/credentials/acme", { body: { scheme: "ssws", token: "t" } });
      const [old] = await keysOf(controller);
      // No run was submitted yet.
      await controller.longarm("keys", "rotate");
      const removed = await controller.longarm("keys", "rm", String(old?.id));
      assert.equal(removed.stderr + removed.stdout, `Key ${old?.id} removed\n`);
      assert.deepEqual(
        (await keysOf(controller)).map(({ state }) => state),
        ["active"],
      );
      const shown = await controller.api.get<{ scheme: string }>("/v1/credentials/acme");
      assert.equal(shown.scheme, "ssws");
      const active = (await keysOf(controller))[0]?.id;
      const refused = await controller.longarm("keys", "rm", String(active));
      assert.match(refused.stderr, /is the active one/);
    }),
  slow,
);

test(
  "is prepared, brought to controllers with a ring of their own, and then used",
  () =>
    withJourney(async (journey) => {
      const { first, second, bring } = await twoRings(journey);
      const prepared = await first.longarm("keys", "rotate", "--prepare");
      assert.match(prepared.stdout, /^A key was added and seals nothing yet\./);
      bring();
      await first.longarm("keys", "rotate");
      await first.api.ask("PUT", "/v1/credentials/acme", { body: { scheme: "ssws", token: "t" } });
      assert.equal((await second.api.get<{ scheme: string }>("/v1/credentials/acme")).scheme, "ssws");
    }),
  slow,
);

test(
  "that a controller lacks is met by it as soon as it is brought there",
  () =>
    withJourney(async (journey) => {
      const { first, second, bring } = await twoRings(journey);
      await first.api.ask("PUT", "/v1/credentials/acme", { body: { scheme: "ssws", token: "t" } });
      await first.longarm("keys", "rotate");
      const lacking = await second.api.ask("GET", "/v1/credentials/acme").catch((reason: { code: string }) => reason.code);
      assert.ok(lacking === "unauthorized" || lacking === "sealed_record_rejected");
      bring();
      const again = await until("it can be read", () => second.api.get<{ scheme: string }>("/v1/credentials/acme").catch(() => undefined));
      assert.equal(again.scheme, "ssws");
    }),
  slow,
);

test(
  "comes from a command, and one that fails shows nothing of what it wrote",
  () =>
    withJourney(async (journey) => {
      const made = await journey.controller({ name: "made" });
      const ring = join(made.data, "keyring.json");
      const script = join(journey.directory, "give.sh");
      writeFileSync(script, `#!/bin/sh\ncat "$1"\n`, { mode: 0o700 });
      const broker = await journey.broker();
      const more = { keyRing: { command: [script, ring] } };
      const controller = await journey.controller({ name: "other", broker, more });
      const [key] = await keysOf(controller);
      assert.equal(key?.id, (JSON.parse(readFileSync(ring, "utf8")) as { active: number }).active);
      const refused = await controller.longarm("keys", "rotate");
      assert.match(refused.stderr, /comes from the command .*give\.sh, which Longarm does not write/);
      writeFileSync(script, `#!/bin/sh\necho canary; echo canary >&2; exit 3\n`, { mode: 0o700 });
      const failed = await controller.longarm("keys", "reseal");
      assert.match(failed.stderr, /gave no key ring \(exit 3\)/);
      assert.ok(!failed.stderr.includes("canary"));
    }),
  slow,
);

test.run();
