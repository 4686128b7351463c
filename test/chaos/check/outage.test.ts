import assert from "node:assert/strict";
import { suite } from "../../support/suite.ts";
import { caseOf, evidenceOf, fault, found, record, startMs } from "./evidence.fixture.ts";
import { limitsOfOutage } from "./limits.ts";
import { outageOf } from "./outage.ts";

const test = suite("the figures of an outage of the broker");

const away = fault("broker.kill", "broker", [20_000, 320_000]);
const mebibyte = 1_024 * 1_024;
const sample = (atMs: number, mebibytes: number, pid = 7) => ({
  ...{ member: "controller-1", pid, atMs: startMs + atMs, bytes: mebibytes * mebibyte },
});
const memory = [sample(10_000, 150), sample(100_000, 170), sample(330_000, 160)];

/** A run that was accepted before the broker went; its outcome was to be stored right afterwards, and was after the return. */
const open = caseOf({
  run: found("succeeded", {
    log: [
      record("claimed", 19_900, { facts: { controllerId: "ctl-a" } }),
      record("intent", 19_950),
      { ...record("outcome", 20_100), sequence: 500_000 },
      { ...record("completed", 20_100, { facts: { status: "succeeded" } }), sequence: 500_000 },
    ],
  }),
});
const accepted = (atMs: number) =>
  ({ kind: "accepted", key: "k", runId: "r", tries: 3, firstMs: startMs + atMs - 900, lastMs: startMs + atMs }) as const;
const later = caseOf({
  submitted: accepted(321_500),
  run: found("succeeded", {
    log: [
      { ...record("claimed", 321_600), sequence: 500_001 },
      { ...record("completed", 321_700), sequence: 500_002 },
    ],
  }),
});
const refused = caseOf({
  run: undefined,
  runIds: [],
  submitted: {
    ...{ kind: "unanswered", key: "k", tries: 5, firstMs: startMs + 60_000, lastMs: startMs + 65_000 },
    ...{ reason: "503 broker_unavailable: The broker is away.", slowestMs: 12, unheard: 1 },
  },
});

test("tell what submissions were told, what was open, and when it ended and was accepted again", () => {
  const outage = outageOf(evidenceOf([open, later, refused], [away], { memory }));
  assert.deepEqual(outage, {
    awaySeconds: 300,
    refused: { count: 1, slowest: { count: 1, p50: 12, p99: 12, max: 12 }, unheard: 1 },
    reasons: { "503 broker_unavailable": 1 },
    ...{ openAtTheCut: 1, changingAtTheCut: 1, acceptedAgainMs: 1_500 },
    endedMs: { count: 1, p50: 1_600, p99: 1_600, max: 1_600 },
    restarted: [],
    memory: [{ member: "controller-1", beforeMiB: 150, mostMiB: 170, lastMiB: 160 }],
  });
  assert.ok(limitsOfOutage(outage).every(({ verdict }) => verdict === "kept"));
});

test("exceed their limits where a process ended, or grew, or took nothing for long", () => {
  const worse = [...memory, sample(200_000, 400, 8)];
  const slow = { ...later, submitted: accepted(340_000) };
  const limits = limitsOfOutage(outageOf(evidenceOf([open, slow], [away], { memory: worse })));
  assert.deepEqual(new Set(limits.map(({ verdict }) => verdict)), new Set(["exceeded"]));
});

test("are none where no memory was watched", () => {
  assert.equal(outageOf(evidenceOf([open], [away])), null);
  assert.deepEqual(limitsOfOutage(null), []);
});

test.run();
