import assert from "node:assert/strict";
import { newId, type AgentId } from "@longarm/shared";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import type { AgentReceipts } from "../ports/credential-receipts.ts";
import { receiptsCodec } from "../ports/definition-codec.ts";
import { StoredCredentialReceipts } from "./stored-credential-receipts.ts";

const test = suite("the record of who was given a credential");

const version = { credential: "acme", revision: 1, setAt: 10 };
const hq: { id: AgentId; name: string } = { id: newId("agent"), name: "hq-1" };

function fresh() {
  const records = new MemoryDefinitionStore<AgentReceipts>(receiptsCodec);
  const clock = new ManualClock();
  return { records, clock, receipts: new StoredCredentialReceipts({ records, clock }) };
}

test("names each version once, with the first time that an agent was given it", async () => {
  const { receipts, clock } = fresh();
  const firstAt = clock.nowMs();
  await receipts.note(version, hq);
  await receipts.note(version, hq);
  await receipts.note({ ...version, revision: 2, setAt: 20 }, hq);
  const found = await receipts.list();
  assert.deepEqual(
    found.map(({ agentName, credential, revision }) => [agentName, credential, revision]),
    [
      ["hq-1", "acme", 1],
      ["hq-1", "acme", 2],
    ],
  );
  assert.equal(found[0]?.firstAt, firstAt);
});

test("tells a credential that was removed and set again from the one before", async () => {
  const { receipts } = fresh();
  await receipts.note(version, hq);
  await receipts.note({ ...version, setAt: 99 }, hq);
  assert.equal((await receipts.list()).length, 2);
});

test("loses nothing when two controllers write it at the same time", async () => {
  const { records, clock } = fresh();
  const controllers = [0, 1].map(() => new StoredCredentialReceipts({ records, clock }));
  await Promise.all(controllers.flatMap((one, index) => [1, 2, 3].map((n) => one.note({ ...version, credential: `c${index}${n}` }, hq))));
  const reader = new StoredCredentialReceipts({ records, clock });
  assert.equal((await reader.list()).length, 6);
});

test("is asked of the store no second time", async () => {
  const { receipts, records } = fresh();
  await receipts.note(version, hq);
  await records.remove(hq.id);
  await receipts.note(version, hq);
  assert.equal((await receipts.list()).length, 0);
});

test.run();
