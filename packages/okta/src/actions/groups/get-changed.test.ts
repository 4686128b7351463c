import assert from "node:assert/strict";
import { fakeContext, type Answer } from "@longarm/spoke/testing";
import { suite } from "../../../../../test/support/suite.ts";
import { getChangedGroups } from "./get-changed.ts";
import { next, oktaGroup } from "./group.fixture.ts";

const test = suite("okta.group.getChanged");
const list = "GET /api/v1/groups";
const date = "Sat, 31 Jan 2026 08:00:00 GMT";

function pull(answer: Answer, input: { since?: string } = {}) {
  const context = fakeContext({ [list]: answer });
  return { context, output: getChangedGroups.run(context, input) };
}

test("reads all pages and gives a watermark a minute before the first", async () => {
  const pages = [
    { status: 200, headers: { ...next("/api/v1/groups?after=1"), date }, body: [oktaGroup({ name: "A" })] },
    { status: 200, headers: { date: "Sat, 31 Jan 2026 09:00:00 GMT" }, body: [oktaGroup({ name: "B" }, { id: "00g2" })] },
  ];
  const { groups, watermark, truncated } = await pull(pages).output;
  assert.deepEqual([groups.map(({ name }) => name), watermark, truncated], [["A", "B"], "2026-01-31T07:59:00.000Z", false]);
});

test("asks for changes of the profile and of the members since then", async () => {
  const { context, output } = pull({ status: 200, headers: { date }, body: [] }, { since: "2026-01-01T00:00:00Z" });
  await output;
  assert.equal(
    context.requests[0]?.query["filter"],
    'lastUpdated gt "2026-01-01T00:00:00Z" or lastMembershipUpdated gt "2026-01-01T00:00:00Z"',
  );
});

test("gives no watermark when a later page fails: the pull fails as a whole", () =>
  assert.rejects(
    pull([
      { status: 200, headers: { ...next("/api/v1/groups?after=1"), date }, body: [oktaGroup({})] },
      { status: 500, body: {} },
    ]).output,
    { code: "target_error" },
  ));

test("gives no watermark when not every group could be given", async () => {
  const many = Array.from({ length: 6_000 }, (_, n) => oktaGroup({}, { id: `00g${n}` }));
  let page = 0;
  const endless: Answer = () => ({ status: 200, headers: { ...next(`/api/v1/groups?after=${(page += 1)}`), date }, body: many });
  const { groups, watermark, truncated } = await pull(endless).output;
  assert.deepEqual([groups.length, watermark, truncated], [10_000, null, true]);
});

test("gives none when the org does not tell its time", async () =>
  assert.equal((await pull({ status: 200, body: [] }).output).watermark, null));

test.run();
