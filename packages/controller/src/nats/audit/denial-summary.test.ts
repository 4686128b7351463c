import assert from "node:assert/strict";
import type { AuditAct } from "@longarm/shared/audit";
import { silentLogger } from "@longarm/shared/logger";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { DenialSummary } from "./denial-summary.ts";

const test = suite("denials in the audit");
const denial = { principal: "ci", operation: "listAudit", on: [], code: "forbidden" };

test("are one record at once, and one of counts for those that follow, however many kinds there are", async () => {
  const acts: AuditAct[] = [];
  const clock = new ManualClock();
  const summary = new DenialSummary({ record: async (act) => acts.push(act), clock, logger: silentLogger });
  summary.note(denial);
  assert.equal(acts.length, 1);
  for (let n = 0; n < 100; n += 1) {
    summary.note(denial);
    summary.note({ ...denial, principal: `p${n}` });
  }
  await summary.flush();
  assert.equal(acts.length, 2);
  const { denials, others } = (acts[1] as AuditAct).details as { denials: { principal: string; count: number }[]; others: number };
  assert.deepEqual([denials.find(({ principal }) => principal === "ci")?.count, denials.length + others], [100, 101]);
  assert(denials.length <= 50);
});

test.run();
