import assert from "node:assert/strict";
import { field, newId } from "@longarm/shared";
import {
  freshBytes,
  newSeed,
  openCall,
  passingKeyOf,
  sealCall,
  SealingKey,
  SealingPublicKey,
  sealWord,
  SigningKey,
} from "@longarm/shared/seal";
import { encodeDesired } from "@longarm/shared/wire";
import { suite } from "../support/suite.ts";
import { Dispatcher, Installation, mutations, numbersFrom, type Sent, Victim } from "./hostile-broker.fixture.ts";

const test = suite("a broker that is an enemy");
// In a couple of seconds where the processor is free.
const patient = { timeoutMs: 60_000 };
const calls = 64;

/** Calls that were delivered and carried once, and what went over the wire for them. */
async function carried(): Promise<{ victim: Victim; dispatcher: Dispatcher; installation: Installation; envelopes: Uint8Array[] }> {
  const installation = new Installation();
  const victim = await Victim.start(installation);
  const dispatcher = new Dispatcher(installation);
  const envelopes: Uint8Array[] = [];
  for (let n = 0; n < calls; n += 1) {
    const effect = n % 2 === 0 ? "read" : "create";
    const { envelope, answer } = await dispatcher.call(victim.id, { effect, method: effect === "read" ? "GET" : "POST" });
    victim.desk.takeCall(envelope);
    await victim.desk.idle();
    for (const { subject, payload } of victim.frames.splice(0)) dispatcher.switchboard.deliver(subject, payload);
    assert.equal((await answer).kind, "response");
    envelopes.push(envelope);
  }
  assert.equal(victim.executed.length, calls);
  return { victim, dispatcher, installation, envelopes };
}

test(
  "of 100,000 calls that it changed, cut, spliced, replayed or made up, none is carried",
  async () => {
    const { victim, envelopes } = await carried();
    const below = numbersFrom(7);
    const kinds = Object.values(mutations);
    let made = 0;
    for (; made < 90_000; made += 1) {
      const [one, other] = [envelopes[below(calls)]!, envelopes[below(calls)]!];
      victim.desk.takeCall(kinds[made % kinds.length]!(one, other, below));
    }
    for (; made < 100_000; made += 1) victim.desk.takeCall(envelopes[made % calls]!);
    await victim.desk.idle();
    assert.equal(victim.executed.length, calls);
    assert.equal(victim.frames.length, 0, "not one was answered");
    // A splice of two equal heads, and a cut of nothing, are the call itself: refused as a replay.
    assert.equal(victim.rejections.total, 100_000);
    assert((victim.rejections.counts["replayed"] ?? 0) >= 10_000);
  },
  patient,
);

test(
  "calls to another agent, opened by that agent and sealed to this one again, are not carried",
  async () => {
    const { victim, dispatcher, installation } = await carried();
    const traitor = await Victim.start(installation);
    const own = new SealingKey(newSeed());
    const key = own.agree(new SealingPublicKey(victim.keys.public.sealing), "call", { isFrom: true });
    for (let n = 0; n < 500; n += 1) {
      const { envelope } = await dispatcher.call(traitor.id);
      victim.desk.takeCall(envelope);
      const passing = new SealingPublicKey(passingKeyOf(envelope) ?? new Uint8Array());
      const opened = openCall(envelope, traitor.keys.sealing.agree(passing, "call", { isFrom: false }), field.call(traitor.id));
      assert(opened);
      victim.desk.takeCall(sealCall(opened.call, opened, { key, passing: own.public.raw, subject: field.call(victim.id) }));
    }
    assert.equal(victim.executed.length, calls);
    assert.deepEqual(victim.rejections.counts, { does_not_open: 500, for_another_agent: 500 });
  },
  patient,
);

test(
  "calls that somebody else signed, or nobody, are not carried",
  async () => {
    const { victim, dispatcher, installation } = await carried();
    const traitor = await Victim.start(installation);
    const own = new SealingKey(newSeed());
    const key = own.agree(new SealingPublicKey(victim.keys.public.sealing), "call", { isFrom: true });
    const way = { key, passing: own.public.raw, subject: field.call(victim.id) };
    const forger = new SigningKey(newSeed());
    const { keyId } = installation.trust.signer;
    for (let n = 0; n < 500; n += 1) {
      const { envelope } = await dispatcher.call(traitor.id);
      const passing = new SealingPublicKey(passingKeyOf(envelope) ?? new Uint8Array());
      const { call } =
        openCall(envelope, traitor.keys.sealing.agree(passing, "call", { isFrom: false }), field.call(traitor.id)) ?? assert.fail();
      // What the installation signed for another purpose is no signature of a call.
      const elsewhere = await installation.trust.signer.sign("word", call);
      for (const signed of [
        { keyId: forger.id, signature: forger.sign("call", call) },
        { keyId, signature: forger.sign("call", call) },
        { keyId, signature: elsewhere },
        { keyId, signature: freshBytes(64) },
      ])
        victim.desk.takeCall(sealCall(call, signed, way));
    }
    assert.equal(victim.executed.length, calls);
    assert.deepEqual(victim.rejections.counts, { unknown_signing_key: 500, not_signed_by_the_installation: 1_500 });
  },
  patient,
);

test(
  "calls that were kept back until the agent was started again are refused, and not carried",
  async () => {
    const { victim, dispatcher, envelopes } = await carried();
    const kept = await Array.fromAsync({ length: 200 }, async () => (await dispatcher.call(victim.id)).envelope);
    await victim.restart();
    for (const envelope of [...envelopes, ...kept]) victim.desk.takeCall(envelope);
    await victim.desk.idle();
    assert.equal(victim.executed.length, calls);
  },
  patient,
);

test(
  "of 100,000 frames that it changed, cut, spliced, replayed or sent elsewhere, none is believed",
  async () => {
    const { victim, dispatcher } = await carried();
    const below = numbersFrom(11);
    const open = await Array.fromAsync({ length: 64 }, () => dispatcher.call(victim.id));
    const frames: Sent[] = [];
    for (const { envelope } of open) victim.desk.takeCall(envelope);
    await victim.desk.idle();
    frames.push(...victim.frames.splice(0));
    assert.equal(frames.length, 64);
    const kinds = Object.values(mutations);
    const { switchboard } = dispatcher;
    for (let made = 0; made < 90_000; made += 1) {
      const [one, other] = [frames[below(64)]!, frames[below(64)]!];
      const changed = kinds[made % kinds.length]!(one.payload, other.payload, below);
      if (!frames.some(({ payload }) => Buffer.compare(payload, changed) === 0)) switchboard.deliver(one.subject, changed);
    }
    // To the channel of another call, and from another agent.
    for (let made = 0; made < 5_000; made += 1) {
      const moved = Buffer.from(frames[made % 64]!.payload);
      moved.set(frames[(made + 1) % 64]!.payload.subarray(1, 5), 1);
      switchboard.deliver(frames[made % 64]!.subject, moved);
      switchboard.deliver(field.frame(newId("controller"), newId("agent")), frames[made % 64]!.payload);
    }
    assert.equal(switchboard.openCalls, 64, "not one call was ended by any of it");
    for (const { subject, payload } of [...frames, ...frames, ...frames]) switchboard.deliver(subject, payload);
    for (const { answer } of open) assert.equal((await answer).kind, "response");
    assert.equal(switchboard.openCalls, 0);
  },
  patient,
);

test(
  "words that it changed, replayed, sent under another subject or to another process say nothing",
  async () => {
    const { victim, dispatcher, installation } = await carried();
    const { controllerId } = installation;
    const below = numbersFrom(13);
    const subject = field.desired(victim.id);
    const payload = encodeDesired({ controllerId, state: "revoked", enrol: false });
    const word = await dispatcher.seals.sealWord(victim.id, { subject, payload });
    const other = await dispatcher.seals.sealWord(victim.id, { subject, payload });
    assert(word && other);
    const kinds = Object.values(mutations);
    for (let made = 0; made < 10_000; made += 1) {
      const changed = kinds[made % kinds.length]!(word, other, below);
      if (Buffer.compare(changed, word) !== 0 && Buffer.compare(changed, other) !== 0)
        assert.equal(victim.words.open(subject, changed, true), undefined);
    }
    assert.equal(victim.words.open(field.ask(victim.id), word, true), undefined, "under another subject");
    assert(victim.words.open(subject, other, true), "the newer one is heard");
    assert.equal(victim.words.open(subject, other, true), undefined, "once");
    assert.equal(victim.words.open(subject, word, true), undefined, "and none from before it");
    const late = await dispatcher.seals.sealWord(victim.id, { subject, payload });
    await victim.restart();
    assert.equal(victim.words.open(subject, late ?? word, true), undefined, "to a process that is gone");
  },
  patient,
);

test(
  "a question or a state that it held back for more than a minute is not acted on, and a fresh one is",
  async () => {
    const { victim, dispatcher, installation } = await carried();
    const { controllerId } = installation;
    for (const subject of [field.desired(victim.id), field.ask(victim.id)]) {
      const seal = async () => (await dispatcher.seals.sealWord(victim.id, { subject, payload: new Uint8Array([1]) })) ?? assert.fail();
      const [inTime, held] = [await seal(), await seal()];
      victim.aheadMs = 59_000;
      assert(victim.words.open(subject, inTime, true), "not a minute old");
      victim.aheadMs = 61_000;
      assert.equal(victim.words.open(subject, held, true), undefined);
      victim.aheadMs = 0;
      assert(victim.words.open(subject, await seal(), true), "a fresh one");
    }
    assert.deepEqual(victim.late, [controllerId, controllerId], "its clock is read again");
    assert.equal(victim.rejections.counts["held_back"], 2);
  },
  patient,
);

test(
  "a word that asks for something and is not signed says nothing, even under the right key",
  async () => {
    const { victim, installation } = await carried();
    const own = installation.trust.sealing() ?? assert.fail();
    const key = own.agree(new SealingPublicKey(victim.keys.public.sealing), "to-agent", { isFrom: true });
    const subject = field.desired(victim.id);
    const head = { sequence: 1, sentAtMs: Date.now(), sender: installation.controllerId };
    const unsigned = sealWord(head, new Uint8Array(), { key, subject, bound: "boot-1", sealingKeyId: own.id });
    assert.equal(victim.words.open(subject, unsigned, true), undefined);
    assert.deepEqual(victim.rejections.counts, { not_signed_by_the_installation: 1 });
  },
  patient,
);

test.run();
