import assert from "node:assert/strict";
import { suite } from "../../../../test/support/suite.ts";
import { newId } from "../ids.ts";
import type { LogEntry, Submission } from "../run-record.ts";
import { decodeEntries, decodeSubmission, encodeEntries, encodeSubmission } from "./run-codec.ts";

const test = suite("records of a flow's steps");

const begun = { kind: "stepBegun", path: "3.0/1", step: "run", name: "okta.user.get", inputHash: Buffer.from([1, 2]) } as const;
const entries: readonly LogEntry[] = [
  { ...begun, input: '{"user":"ada"}', child: newId("run"), untilMs: null },
  { ...begun, path: "0", step: "sleep", name: "", input: null, child: null, untilMs: 1_790_000_000_000 },
  { ...begun, step: "event", name: "user.approved", input: "{}", child: null, untilMs: null, afterSequence: 0 },
  { kind: "stepEnded", path: "0", output: { kind: "inline", bytes: Buffer.from("null") }, error: null, atMs: 1_790_000_000_000 },
  { kind: "stepEnded", path: "1", output: null, error: { code: "conflict", message: "No.", retryable: false }, atMs: 1 },
];

test("survive being stored, each as it was", () => {
  assert.deepEqual(decodeEntries(encodeEntries(entries)), entries);
});

test("are held to the connections that the submission tells, none where it tells of none", () => {
  const submission: Submission = {
    ...{ runId: newId("run"), action: "acme.user.welcome", actionVersion: 1, connection: "acme", input: {}, lane: "standard" },
    ...{ deadlineMs: null, narrowedTo: null, principal: "ada", fingerprint: Buffer.from([1]), submittedAtMs: 1, dryRun: false },
  };
  assert.deepEqual(decodeSubmission(encodeSubmission(submission)), submission);
  const granted = { ...submission, connections: ["acme*", "globex"] };
  assert.deepEqual(decodeSubmission(encodeSubmission(granted)), granted);
});

test("tell who had a hand in what an event started, and how many events lie behind it", () => {
  const submission: Submission = {
    ...{ runId: newId("run"), action: "acme.user.welcome", actionVersion: 1, connection: "acme", input: {}, lane: "standard" },
    ...{ deadlineMs: null, narrowedTo: null, principal: "trigger:welcome", fingerprint: Buffer.from([1]), submittedAtMs: 1, dryRun: false },
  };
  for (const chain of [
    { depth: 0, behind: [] },
    { depth: 3, behind: ["hr", "ada"] },
  ])
    assert.deepEqual(decodeSubmission(encodeSubmission({ ...submission, chain })), { ...submission, chain });
});

test("are not acted on where they are of a kind that this version does not know", () => {
  const [first] = entries;
  const stored = encodeEntries([{ ...first, step: "dance" } as unknown as LogEntry]);
  assert.throws(() => decodeEntries(stored), { code: "sealed_record_rejected", message: /"dance"/ });
});

test.run();
