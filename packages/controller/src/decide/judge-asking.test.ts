import assert from "node:assert/strict";
import fc from "fast-check";
import { newId } from "@longarm/shared";
import { suite } from "../../../../test/support/suite.ts";
import { type Asking, type AskingGround, judgeAsking, type KnownAgent } from "./judge-asking.ts";

const test = suite("an asking for enrolment");

const asking: Asking = { agent: newId("agent"), name: "hq-1", fingerprint: "sha256:a", generation: 0, nonce: "n1" };
const stranger: AskingGround = { known: undefined, token: undefined, namesake: undefined };
const admitted: KnownAgent = { fingerprint: "sha256:a", name: "hq-1", standing: "admitted", generation: 3, nonce: "n3" };

const returning = (change: Partial<Asking>, known: Partial<KnownAgent> = {}) =>
  judgeAsking({ ...asking, generation: 3, nonce: "n4", ...change }, { ...stranger, known: { ...admitted, ...known } });

test("is granted to a stranger for a token that is used once, held for one that may only ask, and refused without", () => {
  assert.deepEqual(judgeAsking(asking, { ...stranger, token: { allows: "entry" } }), { kind: "admit", generation: 1 });
  assert.deepEqual(judgeAsking(asking, { ...stranger, token: { allows: "asking" } }), { kind: "hold" });
  const refused = judgeAsking(asking, stranger);
  assert.ok(refused.kind === "refuse" && refused.code === "enrolment_refused" && /longarm agents token/.test(refused.sentence));
  const used = { allows: "nothing", sentence: "It was used." } as const;
  assert.deepEqual(judgeAsking(asking, { ...stranger, token: used }), {
    kind: "refuse",
    code: "enrolment_refused",
    sentence: "It was used.",
  });
});

test("is held on while an administrator has not decided", () => {
  assert.equal(returning({ generation: 0 }, { standing: "pending", generation: 0 }).kind, "hold");
});

test("is granted again to an agent that remembers how often it was let in", () => {
  assert.deepEqual(returning({}), { kind: "admit", generation: 4 });
});

test("is answered alike when it is repeated, since its answer may have been lost", () => {
  assert.deepEqual(returning({ generation: 2, nonce: "n3" }), { kind: "admit", generation: 3 });
});

test("brings an agent whose state was copied into quarantine", () => {
  assert.equal(returning({ generation: 2, nonce: "other" }).kind, "quarantine");
  assert.equal(returning({ generation: 9 }).kind, "quarantine");
  assert.equal(returning({}, { standing: "quarantined" }).kind, "quarantine");
});

test("is granted once more, whatever the agent remembers, after an administrator has let it in again", () => {
  assert.deepEqual(returning({ generation: 1 }, { generation: undefined, nonce: undefined }), { kind: "admit", generation: 2 });
});

test("is refused to an agent that calls itself by another name than it was let in with, and not while nobody has decided", () => {
  const renamed = returning({ name: "prod-1" });
  assert.ok(renamed.kind === "refuse" && /was let in as "hq-1"/.test(renamed.sentence));
  assert.equal(returning({ name: "prod-1", generation: 0 }, { standing: "pending", generation: 0 }).kind, "hold");
});

test("is refused under other keys, by one that was revoked, and where the name is taken", () => {
  assert.equal(returning({ fingerprint: "sha256:b" }).kind, "refuse");
  assert.equal(returning({}, { standing: "revoked" }).kind, "refuse");
  const taken = judgeAsking(asking, { ...stranger, token: { allows: "entry" }, namesake: newId("agent") });
  assert.ok(taken.kind === "refuse" && taken.code === "agent_name_taken");
});

test("is noticed as a copy's at the latest when both have asked twice, whoever asks when", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 20 }), (turns) => {
      let known: KnownAgent = admitted;
      // A copy knows what the original knew; from then on each makes nonces of its own.
      const memories = { original: { generation: 3, nonce: "n4" }, copy: { generation: 3, nonce: "n4" } };
      for (const [turn, isCopy] of turns.entries()) {
        const who = isCopy ? "copy" : "original";
        const verdict = judgeAsking({ ...asking, ...memories[who] }, { ...stranger, known });
        if (verdict.kind === "quarantine") return;
        assert.equal(verdict.kind, "admit");
        if (verdict.kind !== "admit") return;
        if (verdict.generation > (known.generation ?? 0))
          known = { ...admitted, generation: verdict.generation, nonce: memories[who].nonce };
        memories[who] = { generation: verdict.generation, nonce: `${who}${turn}` };
      }
      const [originals, copies] = [turns.filter((isCopy) => !isCopy).length, turns.filter(Boolean).length];
      assert.ok(originals <= 1 || copies <= 1, "both went on asking and nobody noticed");
    }),
  );
});

test.run();
