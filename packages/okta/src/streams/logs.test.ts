import assert from "node:assert/strict";
import { createCatalogue } from "@longarm/spoke";
import { fakeContext } from "@longarm/spoke/testing";
import { suite } from "../../../../test/support/suite.ts";
import { okta } from "../index.ts";
import { streamLogs } from "./logs.ts";

const test = suite("okta.log.stream");
const catalogue = createCatalogue([okta]);
type Wish = Parameters<typeof streamLogs.start>[0];

async function asked(wish: object) {
  const submittedAt = Date.UTC(2026, 0, 31);
  const input = catalogue.checkInput(streamLogs, wish) as Wish;
  const prepared = (await streamLogs.prepare?.(fakeContext({}, { submittedAt }), input)) ?? input;
  const { query = {}, pollMs } = streamLogs.start(prepared);
  return { query: Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)), pollMs };
}

test("is bounded by the run's submission, so that it ends", async () =>
  assert.deepEqual(await asked({ q: "suspend" }), {
    query: { until: "2026-01-31T00:00:00.000Z", q: "suspend", sortOrder: "ASCENDING", limit: 1_000 },
    pollMs: undefined,
  }));

test("has no end and is polled when it is followed", async () => {
  const { query, pollMs } = await asked({ follow: true, since: "2026-01-01T00:00:00Z", pageSize: 5_000 });
  assert.deepEqual([query, pollMs], [{ since: "2026-01-01T00:00:00Z", sortOrder: "ASCENDING", limit: 1_000 }, 5_000]);
});

for (const [wish, place] of [
  [{ follow: true, until: "2026-01-01T00:00:00Z" }, /\/until/],
  [{ since: "2026-02-01T00:00:00Z", until: "2026-01-01T00:00:00Z" }, /\/since/],
  [{ since: "yesterday" }, /\/since/],
] as const) {
  test(`refuses ${JSON.stringify(wish)}`, () => assert.rejects(() => asked(wish), { code: "invalid_request", message: place }));
}

test("survives every null, and keeps the debug context", () => {
  const bare = { uuid: "1", actor: null, client: null, target: null, outcome: null, debugContext: null, published: null };
  const full = { uuid: "2", target: [{ id: "00u1" }, null], debugContext: { debugData: { url: "/x" } } };
  const { items } = streamLogs.page({ status: 200, headers: {}, body: [bare, full] }, { follow: false });
  assert.deepEqual(
    items.map(({ uuid, target, debugContext }) => [uuid, target, debugContext]),
    [
      ["1", [], null],
      ["2", [{ id: "00u1" }], { debugData: { url: "/x" } }],
    ],
  );
  assert.throws(() => streamLogs.page({ status: 200, headers: {}, body: [{}] }, { follow: false }), { code: "unexpected_response" });
});

test.run();
