import assert from "node:assert/strict";
import fc from "fast-check";
import { newId, type Intent, type LogEntry } from "@longarm/shared";
import { MemoryRunLog } from "../../packages/controller/src/memory/memory-run-log.ts";
import { firstDoubted } from "../../packages/controller/src/decide/first-doubted.ts";
import { storedAt } from "../../packages/controller/src/run/wait/stored-at.ts";
import { isMadeSince } from "../../packages/okta/src/read-back.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { anySubmission } from "../support/run-stores.ts";
import { skewedClock } from "../support/skewed-clock.ts";
import { suite } from "../support/suite.ts";

const test = suite("whether what stands in the org is a run's own");
const hourMs = 3_600_000;
const never = new AbortController().signal;
const anySkewMs = fc.integer({ min: -hourMs, max: hourMs });

interface Story {
  /** By how much the clocks are ahead: of the controller that sent the create, of the one that asks, of the broker, and of the org. */
  readonly skews: { readonly sender: number; readonly asker: number; readonly broker: number; readonly org: number };
  /** How long before the intent was stored what stands there was made; negative: afterwards. */
  readonly madeBeforeMs: number;
  /** How long after the intent it is looked at. */
  readonly lookedAtMs: number;
}

/** What the next owner of the run takes it for. */
async function judged({ skews, madeBeforeMs, lookedAtMs }: Story): Promise<boolean | undefined> {
  const world = new ManualClock(1_000 * hourMs);
  const log = new MemoryRunLog({ clock: skewedClock(world, skews.broker) });
  const submission = anySubmission();
  await log.submit(submission);
  const callId = newId("call");
  const call = { callId, branch: "", ordinal: 0, method: "POST", target: "/api/v1/users", bodyHash: new Uint8Array() };
  const notAfterMs = skewedClock(world, skews.sender).nowMs() + 10_000;
  const executor = { kind: "local", why: "" } as const;
  const intent: Intent = { kind: "intent", call, attempt: 1, effect: "create", executor, notAfterMs, resumeAt: null };
  const entries: readonly LogEntry[] = [{ kind: "claimed", controllerId: newId("controller") }, intent];
  await log.append(submission.runId, { at: { sequence: 0, hash: new Uint8Array(), epoch: 0 }, epoch: 1, entries }, never);
  const org = skewedClock(world, skews.org);
  const created = new Date(org.nowMs() - madeBeforeMs).toISOString();
  await world.advance(lookedAtMs, lookedAtMs);
  const clock = skewedClock(world, skews.asker);
  const sentAtMs = await storedAt({ deps: { clock, log }, submission, signal: never }, (records) => firstDoubted(records, callId));
  assert.ok(sentAtMs !== undefined);
  const answer = { status: 200, headers: { date: new Date(org.nowMs()).toUTCString() }, body: null };
  return isMadeSince(created, answer, clock.monotonicMs() - sentAtMs);
}

const skews = fc.record({ sender: anySkewMs, asker: anySkewMs, broker: anySkewMs, org: anySkewMs });

test("is told rightly of what it has made itself, whatever the clocks of controllers, broker and org show", () =>
  fc.assert(
    fc.asyncProperty(skews, fc.nat(hourMs), fc.nat(hourMs), async (of, madeMs, thenMs) => {
      assert.equal(await judged({ skews: of, madeBeforeMs: -Math.min(madeMs, thenMs), lookedAtMs: Math.max(1, thenMs) }), true);
    }),
  ));

test("is told rightly of what somebody else made some seconds before or earlier, whatever those clocks show", () =>
  fc.assert(
    fc.asyncProperty(skews, fc.integer({ min: 3_001, max: hourMs }), fc.nat(hourMs), async (of, madeBeforeMs, thenMs) => {
      assert.equal(await judged({ skews: of, madeBeforeMs, lookedAtMs: Math.max(1, thenMs) }), false);
    }),
  ));

test.run();
