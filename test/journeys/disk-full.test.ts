import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { ApiClient } from "../../packages/cli/src/api/api-client.ts";
import { connect, type JourneyController, withJourney } from "../support/journey.ts";
import { createUser, delay, effectsOf, finished, readSomeone, submit } from "../support/journey-runs.ts";
import { canMount, fillDisk, noSmallDisk, withSmallDisk } from "../support/small-disk.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("a store that is full");
const mib = 1024 * 1024;

/** What a submission comes to, and after how many milliseconds. */
async function tryOut(api: ApiClient, body: object): Promise<{ status: number; code: string | undefined; id: string; tookMs: number }> {
  const beganMs = performance.now();
  const { status, body: answer } = await api.ask<{ id: string; code?: string }>("POST", "/v1/runs", { body, accept: [507, 503] });
  return { status, code: answer.code, id: answer.id, tookMs: performance.now() - beganMs };
}

/** A run that is stored with much input, and fails at once: the org has no such attribute. */
function large(n: number): object {
  const profile = { firstName: "No", lastName: "Body", email: `${n}@example.com`, login: `${n}@example.com`, noSuch: "x".repeat(400_000) };
  return { action: "okta.user.create", connection: "sandbox", lane: "bulk", input: { profile } };
}

async function readiness({ api }: JourneyController) {
  const { status, body } = await api.ask<{ checks: { storage: { ok: boolean; sentence: string } } }>("GET", "/readyz", { accept: [503] });
  return { status, ...body.checks.storage };
}

test(
  "refuses new runs before the quota is reached, finishes those that it took, and takes more once some are removed",
  async () => {
    await withJourney(async (journey) => {
      const more = { storage: { reserve: "48MB" } };
      const [controller, org] = await Promise.all([journey.controller({ maxStoreBytes: 64 * mib, more }), journey.sandbox()]);
      const { api } = controller;
      await connect(api, org);
      await delay(org, { method: "POST", path: "/api/v1/users" }, 4_000);
      const keep = (n: number) => submit(api, createUser(`kept${n}@example.com`), { wait: 0, key: `kept-${n}` });
      const accepted = await Promise.all(Array.from({ length: 5 }, (_, n) => keep(n)));

      const filling: string[] = [];
      let refused: Awaited<ReturnType<typeof tryOut>> | undefined;
      for (let n = 0; refused === undefined && n < 400; n += 1) {
        const tried = await tryOut(api, large(n));
        if (tried.status === 507) refused = tried;
        else filling.push(tried.id);
      }
      assert.deepEqual([refused?.code, (refused?.tookMs ?? 9_999) < 1_000], ["storage_full", true]);
      assert.equal((await keep(0)).id, accepted[0]?.id, "a key that made a run is answered with it in a full store, too");
      const low = await readiness(controller);
      assert.deepEqual([low.status, low.ok], [503, false]);
      assert.match(low.sentence, /Only \d+ MB are left of the broker's quota, and 48 MB are kept .*longarm runs rm/);
      const doctor = await controller.longarm("doctor");
      assert.deepEqual([doctor.code, /fault +storage +Only/.test(doctor.stdout)], [3, true], doctor.stdout);

      const ends = await Promise.all(accepted.map(({ id }) => finished(api, id)));
      assert.deepEqual(new Set(ends.map(({ status }) => status)), new Set(["succeeded"]));
      assert.equal((await effectsOf(org, "user.created")).length, 5);
      await Promise.all(filling.map((id) => finished(api, id)));
      const removed = await controller.longarm("runs", "rm", ...filling);
      assert.equal(removed.code, 0, removed.stderr);
      await until("a run is taken again", async () => (await tryOut(api, readSomeone)).status === 202);
      assert.equal((await readiness(controller)).status, 200);
    });
  },
  { timeoutMs: 60_000 },
);

const onFullDisk = "a disk that others fill to the brim costs no accepted run: the embedded broker is started again when there is room";
if (canMount()) {
  test(onFullDisk, () => withSmallDisk("160m", (disk) => withJourney((journey) => fillAndFree(journey, disk))), { timeoutMs: 60_000 });
} else test.skip(onFullDisk, noSmallDisk);

test.run();

async function fillAndFree(journey: Parameters<Parameters<typeof withJourney>[0]>[0], disk: string): Promise<void> {
  const data = join(disk, "controller");
  await mkdir(data);
  const options = { maxStoreBytes: 2_000 * mib, more: { data, storage: { reserve: "16MB" } } };
  const [controller, org] = await Promise.all([journey.controller(options), journey.sandbox()]);
  const { api } = controller;
  await connect(api, org);
  await delay(org, { method: "POST", path: "/api/v1/users" }, 3_000);
  const accepted = await Promise.all(Array.from({ length: 10 }, (_, n) => submit(api, createUser(`kept${n}@example.com`), { wait: 0 })));
  await until("the calls are on their way", async () => (await Promise.all(accepted.map(({ id }) => hasIntent(api, id)))).every(Boolean));
  const filler = join(disk, "filler");
  fillDisk(filler, disk);
  await until("it is noticed", async () => (await readiness(controller)).status === 503);
  const refused = await tryOut(api, readSomeone);
  assert.deepEqual([refused.status, refused.code, refused.tookMs < 1_000], [507, "storage_full", true]);
  assert.match((await readiness(controller)).sentence, /left on the broker's disk.*free space there/);
  // Their answers come while nothing can be written.
  await until("the users are created", async () => (await effectsOf(org, "user.created")).length === 10);
  rmSync(filler);
  const taken = await until(
    "a run is taken again",
    async () => {
      const tried = await tryOut(api, readSomeone);
      return tried.status === 202 && tried;
    },
    30_000,
  );
  const ends = await Promise.all([...accepted, taken].map(({ id }) => finished(api, id, 30)));
  assert.deepEqual(new Set(ends.map(({ status }) => status)), new Set(["succeeded"]));
  assert.equal((await effectsOf(org, "user.created")).length, 10);
}

async function hasIntent(api: ApiClient, id: string): Promise<boolean> {
  const { entries } = await api.get<{ entries: readonly { kind: string }[] }>(`/v1/runs/${id}/log`);
  return entries.some(({ kind }) => kind === "intent");
}
