import assert from "node:assert/strict";
import { LongarmError, type RunId } from "@longarm/shared";
import { suite } from "../../../../../test/support/suite.ts";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { MemoryBlobStore } from "../../memory/memory-blob-store.ts";
import { MemoryRunHistory } from "../../memory/memory-run-history.ts";
import type { BlobStore } from "../../ports/blob-store.ts";
import { type Carrying, respond, withCarrying } from "../carrying.fixture.ts";
import { Runs } from "./runs.ts";

const test = suite("secret outputs of runs");
const canary = "canary-7f31";

function runsOf({ deps, ended }: Carrying, blobs: BlobStore = deps.blobs): Runs {
  return new Runs({ ...deps, blobs, history: new MemoryRunHistory(), ended, keepKeysMs: 60_000 });
}

/** A run of ada's that has minted a token. */
function minted(world: Carrying, token = canary): Promise<RunId> {
  world.answer = async () => respond(200, { token });
  return world.carry("test.thing.mint", { name: "ada" }, { principal: "ada" });
}

function refusedWith(code: string, sentence: RegExp) {
  return (reason: unknown): boolean => {
    const error = LongarmError.from(reason);
    assert.match(error.message, sentence);
    return error.code === code;
  };
}

test("are given to the submitter once, and a second reader is told by whom and when they were read", () =>
  withCarrying(async (world) => {
    const [run, runs] = [await minted(world), runsOf(world)];
    const before = await runs.get(run);
    assert.deepEqual([before.output, before.secrets?.for, before.secrets?.readAt], [{ token: { $secret: "sealed" } }, "ada", null]);
    assert.equal(Date.parse(before.secrets?.readableUntil ?? "") - Date.parse(before.endedAt ?? ""), 900_000);
    const { secrets } = await runs.secrets(run, "ada");
    assert.deepEqual(secrets, { "/token": canary });
    const after = await runs.get(run);
    assert.ok(after.secrets?.readAt);
    await assert.rejects(runs.secrets(run, "ada"), refusedWith("secrets_gone", /read by "ada" at \d{4}-.*Z; they are given once/));
    const log = await runs.log(run);
    assert.deepEqual([log.at(-1)?.kind, log.at(-1)?.facts], ["secretsRead", { principal: "ada" }]);
    assert.ok(!JSON.stringify([before, after, log]).includes(canary));
  }));

test("are given to one of a hundred who read at once, on two controllers", () =>
  withCarrying(async (world) => {
    const run = await minted(world);
    const controllers = [runsOf(world), runsOf(world)] as const;
    const reads = Array.from({ length: 100 }, (_, n) => controllers[n % 2 === 0 ? 0 : 1].secrets(run, "ada"));
    const ends = await Promise.allSettled(reads);
    assert.equal(ends.filter(({ status }) => status === "fulfilled").length, 1);
    const refused = ends.flatMap((end) => (end.status === "rejected" ? [LongarmError.from(end.reason).code] : []));
    assert.deepEqual(new Set(refused), new Set(["secrets_gone"]));
  }));

test("are refused to everybody but the submitter, and are not used up by the refusal", () =>
  withCarrying(async (world) => {
    const [run, runs] = [await minted(world), runsOf(world)];
    await assert.rejects(runs.secrets(run, "bob"), refusedWith("not_allowed", /^Only "ada", who submitted the run/));
    assert.equal((await runs.get(run)).secrets?.readAt, null);
    assert.deepEqual((await runs.secrets(run, "ada")).secrets, { "/token": canary });
  }));

test("cannot be read later than fifteen minutes after the end", () => {
  const clock = new ManualClock();
  return withCarrying(async (world) => {
    const [run, late] = [await minted(world), await minted(world)];
    await clock.advance(900_000, 900_000);
    assert.deepEqual((await runsOf(world).secrets(run, "ada")).secrets, { "/token": canary });
    await clock.advance(1);
    await assert.rejects(runsOf(world).secrets(late, "ada"), refusedWith("secrets_gone", /until .*, 15 minutes after its end; nobody did/));
  }, clock);
});

test("are not there before the end, in a run without any, and in a dry run", () =>
  withCarrying(async (world) => {
    const runs = runsOf(world);
    const queued = await world.submit("test.thing.mint", { name: "ada" }, { principal: "ada" });
    await assert.rejects(runs.secrets(queued, "ada"), refusedWith("invalid_state", /not finished/));
    const plain = await world.carry("test.thing.create", { name: "ada" }, { principal: "ada" });
    const dry = await world.carry("test.thing.mint", { name: "ada" }, { principal: "ada", dryRun: true });
    for (const run of [plain, dry]) {
      assert.equal((await runs.get(run)).secrets, undefined);
      await assert.rejects(runs.secrets(run, "ada"), refusedWith("invalid_state", /no secret outputs/));
    }
  }));

test("that cannot be opened are not used up", () =>
  withCarrying(async (world) => {
    const run = await minted(world, "x".repeat(100_000));
    await assert.rejects(runsOf(world, new MemoryBlobStore()).secrets(run, "ada"), refusedWith("sealed_record_rejected", /./));
    assert.equal((await runsOf(world).secrets(run, "ada")).secrets["/token"], "x".repeat(100_000));
  }));

test.run();
