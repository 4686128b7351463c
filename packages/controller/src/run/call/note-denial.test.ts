import assert from "node:assert/strict";
import { type LogEntry, newId } from "@longarm/shared";
import { anySubmission } from "../../../../../test/support/run-stores.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { MemoryAudit } from "../../memory/memory-audit.ts";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { noteDenial } from "./note-denial.ts";

const test = suite("calls that an agent's site denied");
const agentId = newId("agent");
const policy = { code: "policy_denied", message: "The site denies it.", retryable: false } as const;

function outcome(error: object | null, kind: "agent" | "local" = "agent"): LogEntry {
  const executor = kind === "agent" ? { kind, agentId, name: "hq-1", why: "" } : { kind, why: "" };
  return { kind: "outcome", executor, error } as unknown as LogEntry;
}

test("are noted with the submitter, the run, its connection and the agent; others are not", () => {
  const audit = new MemoryAudit(new ManualClock());
  const of = anySubmission({ principal: "ci" });
  noteDenial(audit, of, outcome(policy));
  assert.deepEqual(audit.denials, [{ principal: "ci", operation: of.action, on: [of.runId, "acme", agentId], code: policy.code }]);
  for (const entry of [
    outcome(null),
    outcome({ ...policy, retryable: true }),
    outcome(policy, "local"),
    outcome({ ...policy, code: "agent_lost" }),
  ])
    noteDenial(audit, of, entry);
  assert.equal(audit.denials.length, 1);
});

test.run();
