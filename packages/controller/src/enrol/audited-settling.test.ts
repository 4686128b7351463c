import assert from "node:assert/strict";
import { LongarmError, newId, returnTicketOf } from "@longarm/shared";
import type { KnockingMessage, KnockVerdict } from "@longarm/shared/wire";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryAudit } from "../memory/memory-audit.ts";
import { auditedSettling } from "./audited-settling.ts";

const test = suite("agents that ask to come in, in the audit");
const agentId = newId("agent");
const knocking = { agentId, name: "hq-1", keys: { signing: new Uint8Array(32) } } as KnockingMessage;
const admitted: KnockVerdict = { kind: "admitted", generation: 1, labels: { site: "hq" }, jwt: "jwt", returnJwt: "jwt" };

test("who is let in by a join token is on record before it is told, and nobody is let in that cannot be", async () => {
  const audit = new MemoryAudit(new ManualClock());
  const settle = auditedSettling(async () => admitted, audit);
  assert.equal(await settle("jt_1", knocking), admitted);
  const [act] = audit.acts.map(({ record: { body } }) => body);
  assert.deepEqual([act?.principal, act?.what, act?.on], ["jt_1", "joinAsAgent", [agentId, "hq-1", "jt_1"]]);
  assert.equal(JSON.stringify(act).includes("jwt"), false);
  audit.fault = new LongarmError("broker_unavailable");
  await assert.rejects(settle("jt_1", knocking), { code: "broker_unavailable" });
});

test("who is held or refused is among the denials, and an agent that comes back is no news", async () => {
  const audit = new MemoryAudit(new ManualClock());
  const held: KnockVerdict = { kind: "held", reason: "quarantined", sentence: "It runs twice." };
  const refused: KnockVerdict = { kind: "refused", error: new LongarmError("enrolment_refused").toBody() };
  for (const verdict of [held, refused]) await auditedSettling(async () => verdict, audit)("jt_2", knocking);
  await auditedSettling(async () => admitted, audit)(returnTicketOf(agentId), knocking);
  assert.deepEqual(
    audit.denials.map(({ code }) => code),
    ["quarantined", "enrolment_refused"],
  );
  assert.deepEqual(audit.acts, []);
});

test.run();
