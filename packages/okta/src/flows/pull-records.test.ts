import assert from "node:assert/strict";
import { LongarmError } from "@longarm/shared";
import { tryFlow, type FakeFlowWorld, type TriedFlow } from "@longarm/spoke/testing";
import { suite } from "../../../../test/support/suite.ts";
import { pullApplications, pullGroups } from "./pull-records.ts";
import { upsertApplicationRecord, upsertGroupRecord, upsertUserRecord } from "./upsert-records.ts";

const test = suite("records of an org");

type Answers = NonNullable<FakeFlowWorld["answers"]>;
const submittedAtMs = Date.UTC(2026, 10, 27, 12);
const submittedAt = new Date(submittedAtMs).toISOString();
const group = (n: number) => ({ id: `00g${n}`, name: `Group ${n}` });
const changes = (groups: readonly object[], watermark: string | null = "2026-11-27T11:59:00.000Z", truncated = false) => ({
  groups,
  watermark,
  truncated,
});
const marked = (sweptAt: string | null, watermark = "2026-11-27T08:00:00.000Z") => ({ "records.mark": { watermark, sweptAt } });

function pull(input: object, answers: Answers): Promise<TriedFlow> {
  return tryFlow(pullGroups, { mode: "auto", ...input }, { answers, submittedAtMs });
}

function inputOf({ steps }: TriedFlow, name: string): Readonly<Record<string, unknown>> | undefined {
  return steps.find((step) => step.name === name)?.input as Readonly<Record<string, unknown>> | undefined;
}

test("are read whole the first time: every group, then what is gone, and at last how far that reaches", async () => {
  const groups = Array.from({ length: 201 }, (_, n) => group(n));
  const tried = await pull({}, { "okta.group.getChanged": changes([]), "okta.group.stream": groups, "records.markMissing": { marked: 2 } });
  assert.deepEqual(tried.asked, [
    ...["records.mark", "okta.group.getChanged", "okta.group.stream", "records.upsert", "records.upsert"],
    ...["records.markMissing", "records.moveMark"],
  ]);
  assert.deepEqual(tried.output, { mode: "full", read: 201, written: 201, markedDeleted: 2, watermark: "2026-11-27T11:59:00.000Z" });
  assert.deepEqual(inputOf(tried, "markMissing"), { kind: "groups", seenSince: submittedAtMs });
  assert.deepEqual(inputOf(tried, "moveMark"), { kind: "groups", sweptAt: submittedAt, watermark: "2026-11-27T11:59:00.000Z" });
});

test("are read by what has changed since the last time, and moved on from there", async () => {
  const tried = await pull({}, { ...marked("2026-11-27T08:00:00.000Z"), "okta.group.getChanged": changes([group(1), group(2)]) });
  assert.deepEqual(tried.asked, ["records.mark", "okta.group.getChanged", "records.upsert", "records.moveMark"]);
  assert.deepEqual(inputOf(tried, "okta.group.getChanged"), { since: "2026-11-27T08:00:00.000Z" });
  assert.deepEqual(tried.output, { mode: "changes", read: 2, written: 2, markedDeleted: 0, watermark: "2026-11-27T11:59:00.000Z" });
});

const sweeps = [
  ["the last listing is a day old", {}, marked("2026-11-26T12:00:00.000Z")],
  ["there was none", {}, marked(null)],
  ["that is asked for", { mode: "full" }, marked("2026-11-27T11:00:00.000Z")],
  ["it is due earlier", { sweepEvery: "1h" }, marked("2026-11-27T10:59:00.000Z")],
] as const;

for (const [why, input, mark] of sweeps)
  test(`are read whole when ${why}`, async () => {
    const tried = await pull(input, { ...mark, "okta.group.getChanged": changes([]), "okta.group.stream": [group(1)] });
    assert.equal((tried.output as { readonly mode: string }).mode, "full");
  });

test("are read by what has changed, however old the listing, when that alone is asked for", async () => {
  const tried = await pull({ mode: "changes" }, { ...marked(null), "okta.group.getChanged": changes([]) });
  assert.equal((tried.output as { readonly mode: string }).mode, "changes");
});

test("are read whole when more has changed than one answer holds", async () => {
  const tried = await pull(
    {},
    { ...marked(submittedAt), "okta.group.getChanged": changes([group(9)], null, true), "okta.group.stream": [group(1)] },
  );
  assert.equal((tried.output as { readonly mode: string }).mode, "full");
  assert.deepEqual(inputOf(tried, "moveMark"), { kind: "groups", sweptAt: submittedAt });
});

const breaks = [
  ["the listing breaks off", { "okta.group.stream": new LongarmError("target_error") }],
  ["a page cannot be stored", { "okta.group.stream": [group(1)], "records.upsert": new LongarmError("input_too_large") }],
  ["too much is missing", { "okta.group.stream": [group(1)], "records.markMissing": new LongarmError("too_many_deletions") }],
] as const;

for (const [why, answers] of breaks)
  test(`stay where they were when ${why}: the next pull reads it again`, async () => {
    const tried = await pull({ mode: "full" }, { "okta.group.getChanged": changes([]), ...answers });
    assert.ok(tried.error);
    assert.ok(!tried.asked.includes("records.moveMark"));
  });

test("are not moved on by an answer that tells no time", async () => {
  const tried = await pull({}, { ...marked(submittedAt), "okta.group.getChanged": changes([group(1)], null) });
  assert.deepEqual(tried.asked, ["records.mark", "okta.group.getChanged", "records.upsert"]);
});

test("may miss as many as somebody allows", async () => {
  const answers = { "okta.group.getChanged": changes([]), "okta.group.stream": [group(1)] };
  assert.equal(inputOf(await pull({ mode: "full", maxDeleted: 7 }, answers), "markMissing")?.["most"], 7);
});

test("of applications are always read whole", async () => {
  const tried = await tryFlow(pullApplications, { mode: "auto" }, { answers: { "okta.app.stream": [{ id: "0oa1" }] }, submittedAtMs });
  assert.deepEqual(tried.asked, ["okta.app.stream", "records.upsert", "records.markMissing", "records.moveMark"]);
});

const app = "0oaqQqYK1r4RI50tJT5S";

test("of an application are kept as it is read, with where that came from", async () => {
  const tried = await tryFlow(
    upsertApplicationRecord,
    { app, source: "hook" },
    { answers: { "okta.app.get": { app: { id: app, label: "Mail" } } }, submittedAtMs },
  );
  assert.deepEqual(tried.output, { id: app, found: true, changed: true });
  assert.deepEqual(inputOf(tried, "upsert"), {
    kind: "applications",
    objects: [{ id: app, label: "Mail" }],
    seenAt: submittedAtMs,
    source: "hook",
  });
});

test("of what is gone are marked, as of when it was asked for", async () => {
  const answers = { "okta.app.get": new LongarmError("app_not_found") };
  const tried = await tryFlow(upsertApplicationRecord, { app, source: "hook" }, { answers, submittedAtMs });
  assert.deepEqual(tried.output, { id: app, found: false, changed: true });
  assert.deepEqual(inputOf(tried, "markDeleted"), { kind: "applications", id: app, goneAt: submittedAtMs });
});

test("of what cannot be read stay as they are", async () => {
  const answers = { "okta.app.get": new LongarmError("permission_missing") };
  const tried = await tryFlow(upsertApplicationRecord, { app, source: "hook" }, { answers });
  assert.deepEqual([tried.error?.code, tried.asked], ["permission_missing", ["okta.app.get"]]);
});

test("of what was named, not found and never known are told as not found", async () => {
  const byName = await tryFlow(
    upsertGroupRecord,
    { group: "name:Sales", source: "flow" },
    { answers: { "okta.group.get": new LongarmError("group_not_found") } },
  );
  const byLogin = await tryFlow(
    upsertUserRecord,
    { user: "ada", source: "live" },
    { answers: { "okta.user.get": new LongarmError("user_not_found") } },
  );
  assert.deepEqual([byName.error?.code, byLogin.error?.code], ["group_not_found", "user_not_found"]);
});

test("of a user hold the account and the profile of that very user", async () => {
  const answers = {
    "okta.user.get": { id: "00u1", status: "ACTIVE", login: "ada@example.com", etag: "W/1" },
    "okta.user.getProfile": { profile: { login: "ada@example.com" }, etag: "W/1" },
  };
  const tried = await tryFlow(upsertUserRecord, { user: "ada", source: "live" }, { answers });
  assert.deepEqual(inputOf(tried, "okta.user.getProfile"), { user: "00u1" });
  assert.deepEqual(inputOf(tried, "upsert")?.["objects"], [{ id: "00u1", status: "ACTIVE", profile: { login: "ada@example.com" } }]);
});

test.run();
