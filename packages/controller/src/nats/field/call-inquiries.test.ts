import assert from "node:assert/strict";
import { type AgentId, field, newId } from "@longarm/shared";
import { decodeAsk, decodeDelivered, encodeTold, type ToldMessage } from "@longarm/shared/wire";
import { ManualClock } from "../../../../../test/support/manual-clock.ts";
import { suite } from "../../../../../test/support/suite.ts";
import { CallInquiries } from "./call-inquiries.ts";

const test = suite("questions about calls");

const controllerId = newId("controller");
const agentId = newId("agent");
const call = { agentId, callId: newId("call"), attempt: 2, notAfterMs: 5_000 };

/** Inquiries whose agents are the test. */
class Desk {
  readonly clock = new ManualClock();
  readonly published: { readonly subject: string; readonly payload: Uint8Array }[] = [];
  canHear = true;
  isClosed = false;
  readonly inquiries = new CallInquiries({
    ...{ controllerId, clock: this.clock, canHear: () => this.canHear },
    publish: (subject, payload) => {
      if (this.isClosed) throw new Error("closed");
      this.published.push({ subject, payload });
    },
  });
  readonly heard: string[] = [];

  ask(): () => void {
    return this.inquiries.ask(call, ({ journalId, answer }) => this.heard.push(`${journalId} ${answer.kind}`));
  }

  tell(over: Partial<ToldMessage> = {}, by: AgentId = agentId): void {
    const { nonce } = decodeAsk(this.published[0]!.payload);
    const { callId, attempt } = call;
    const told = encodeTold({ callId, attempt, nonce, journalId: "j", answer: { kind: "underWay" }, ...over });
    this.inquiries.deliver(field.told(controllerId, by), told);
  }

  async sweep(afterMs: number): Promise<void> {
    await this.clock.advance(afterMs, afterMs);
    this.inquiries.sweep();
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("are asked at once, say which call is meant, and every answer is heard until they are over", () => {
  const desk = new Desk();
  const stop = desk.ask();
  const [{ subject, payload } = assert.fail("nothing was asked")] = desk.published;
  const { nonce, ...asked } = decodeAsk(payload);
  assert.deepEqual([subject, asked], [field.ask(agentId), { controllerId, callId: call.callId, attempt: 2, notAfterMs: 5_000 }]);
  desk.tell();
  desk.tell({ answer: { kind: "begun" } });
  stop();
  desk.tell();
  assert.deepEqual(desk.heard, ["j underWay", "j begun"]);
  assert.ok(nonce.length > 0);
});

test("are asked again each second, but not of an agent that cannot hear, and at once when it can again", async () => {
  const desk = new Desk();
  const stop = desk.ask();
  await desk.sweep(500);
  assert.equal(desk.published.length, 1);
  await desk.sweep(500);
  assert.equal(desk.published.length, 2);
  desk.canHear = false;
  await desk.sweep(5_000);
  assert.equal(desk.published.length, 2);
  desk.canHear = true;
  await desk.sweep(1);
  assert.equal(desk.published.length, 3);
  stop();
  await desk.sweep(5_000);
  assert.equal(desk.published.length, 3);
});

test("take no answer of another agent, to another question, or about another call", () => {
  const desk = new Desk();
  desk.ask();
  desk.tell({}, newId("agent"));
  desk.tell({ nonce: "another" });
  desk.tell({ attempt: 1 });
  desk.tell({ callId: newId("call") });
  assert.deepEqual(desk.heard, []);
});

test("and words that something is stored survive a connection that is closed", async () => {
  const desk = new Desk();
  desk.isClosed = true;
  desk.ask();
  desk.inquiries.stored(agentId, call);
  await turn();
  desk.isClosed = false;
  await desk.sweep(1_000);
  assert.equal(desk.published.length, 1, "the question is asked again");
});

test("are followed by one word for all that is stored in one turn", async () => {
  const desk = new Desk();
  const keys = Array.from({ length: 700 }, () => ({ callId: newId("call"), attempt: 1 }));
  for (const key of keys) desk.inquiries.stored(agentId, key);
  await turn();
  const words = desk.published.map(({ payload }) => decodeDelivered(payload).calls);
  assert.deepEqual(
    words.map(({ length }) => length),
    [500, 200],
  );
  assert.deepEqual(words.flat(), keys);
  assert.ok(desk.published.every(({ subject }) => subject === field.delivered(agentId)));
});

test.run();
