import assert from "node:assert/strict";
import { type AgentId, newId, returnTicketOf } from "@longarm/shared";
import { createLogger } from "@longarm/shared/logger";
import { keyFingerprint, newSeed, SealingKey, signedByKnocker, SigningKey } from "@longarm/shared/seal";
import type { KnockingMessage } from "@longarm/shared/wire";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { suite } from "../../../../test/support/suite.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import type { Approval } from "../ports/agent-directory.ts";
import type { AgentGrant, AgentStore } from "../ports/agent-store.ts";
import { agentGrantCodec, joinTokenCodec } from "../ports/definition-codec.ts";
import { approved, changeGrant } from "../nats/field/grant-changes.ts";
import { Gate, mostWaiting } from "./gate.ts";
import { JoinTokens } from "./join-tokens.ts";

const test = suite("the gate");

function open() {
  const clock = new ManualClock();
  const store = new MemoryDefinitionStore(agentGrantCodec);
  const tokens = new JoinTokens({ store: new MemoryDefinitionStore(joinTokenCodec), clock });
  const identities = {
    mintAgent: async (agent: AgentId, key: string) => ({ jwt: `work ${agent} ${key}`, expiresAtMs: 0 }),
    mintBootstrap: async (ticket: string, key: string) => ({ jwt: `ask ${ticket} ${key}`, expiresAtMs: 0 }),
    revoke: async () => undefined,
  };
  const namesakes = new Map<string, AgentId>();
  const logger = createLogger("test", "silent");
  const namesake = (name: string, than: AgentId): AgentId | undefined => (namesakes.get(name) === than ? undefined : namesakes.get(name));
  const known = new Map<AgentId, AgentGrant>();
  const onGrant = (grant: AgentGrant): void => {
    namesakes.set(grant.name, grant.id);
    known.set(grant.id, grant);
  };
  const waiting = (of: string): number =>
    [...known.values()].filter(({ desired, token: its }) => desired === "pending" && its === of).length;
  const newGate = (): Gate => new Gate({ tokens, store, identities, namesake, waiting, onGrant, clock, logger });
  const token = (kind: "once" | "ask" = "once") =>
    tokens.issue({ kind, labels: { site: "hq" }, sources: [], ttlMs: 60_000, createdBy: "administrator" });
  return { clock, store, gate: newGate(), newGate, token };
}

function approve(store: AgentStore, approval: Approval): Promise<unknown> {
  return changeGrant(store, approval.agent, (before) => approved(before, approval));
}

interface Asked {
  readonly nonce: string;
  readonly generation?: number;
  readonly secret?: string;
  readonly agentId?: AgentId;
  readonly challenge?: string;
}

/** Knocks, and once more where it is challenged, as an agent does. */
async function knockedOn(gate: Gate, { asks, ticket }: Pick<ReturnType<typeof newAgent>, "asks" | "ticket">, asked: Asked) {
  const answer = await gate.settle(ticket, asks(asked));
  if (answer.kind !== "held" || answer.challenge === undefined) return answer;
  return gate.settle(ticket, asks({ ...asked, challenge: answer.challenge }));
}

function newAgent(name: string) {
  const [signing, identity, sealing] = [new SigningKey(newSeed()), new SigningKey(newSeed()), new SealingKey(newSeed())];
  const keys = { identity: identity.public.raw, signing: signing.public.raw, sealing: sealing.public.raw };
  const agentId = newId("agent");
  const asks = (more: Asked): KnockingMessage => {
    const { nonce, generation = 0, secret, challenge } = more;
    const challenged = challenge !== undefined && { challenge };
    const proof = signing.sign("enrolment", signedByKnocker({ agentId: more.agentId ?? agentId, nonce, keys, ...challenged }));
    const facts = { os: "linux", arch: "x64", version: "1", hostname: "host", addresses: [] };
    const own = {
      agentId: more.agentId ?? agentId,
      name,
      nonce,
      generation,
      protocol: 2,
      labels: { rack: "7" },
      facts,
      keys,
      proof,
      ...challenged,
    };
    return secret === undefined ? own : { ...own, secret };
  };
  return { agentId, asks, fingerprint: keyFingerprint(keys.signing), ticket: returnTicketOf(agentId) };
}

test("lets an agent in with the labels of its token, and back in by what it was given", async () => {
  const { gate, token } = open();
  const { agentId, asks, ticket } = newAgent("hq-1");
  const { token: made, secret } = await token();
  const first = await gate.settle(made.id, asks({ nonce: "a", secret: secret.reveal() }));
  assert.ok(first.kind === "admitted" && first.generation === 1);
  assert.deepEqual(first.labels, { site: "hq" });
  assert.match(first.jwt, new RegExp(`^work ${agentId} U[A-Z2-7]{55}$`));
  assert.match(first.returnJwt, new RegExp(`^ask ${ticket} U`));
  const second = await gate.settle(ticket, asks({ nonce: "b", generation: 1 }));
  assert.ok(second.kind === "admitted" && second.generation === 2 && second.labels["site"] === "hq");
});

test("answers one asking alike on every controller", async () => {
  const { gate, newGate, token } = open();
  const { asks } = newAgent("hq-1");
  const { token: made, secret } = await token();
  const knock = asks({ nonce: "a", secret: secret.reveal() });
  const answers = await Promise.all([gate, newGate(), newGate()].map((one) => one.settle(made.id, knock)));
  assert.deepEqual(
    answers.map((answer) => answer.kind === "admitted" && answer.generation),
    [1, 1, 1],
  );
});

test("lets one of a hundred agents in that show one token at once", async () => {
  const { newGate, token } = open();
  const { token: made, secret } = await token();
  const knocks = Array.from({ length: 100 }, (_, index) => newAgent(`a-${index}`).asks({ nonce: "a", secret: secret.reveal() }));
  const answers = await Promise.all(knocks.map((knock) => newGate().settle(made.id, knock)));
  assert.equal(answers.filter((answer) => answer.kind === "admitted").length, 1);
});

test("holds who may only ask until an administrator approves it by its fingerprint", async () => {
  const { gate, store, token } = open();
  const { agentId, asks, fingerprint, ticket } = newAgent("hq-1");
  const { token: made, secret } = await token("ask");
  const knock = asks({ nonce: "a", secret: secret.reveal() });
  const held = await gate.settle(made.id, knock);
  assert.ok(held.kind === "held" && held.reason === "pending" && held.sentence.includes(fingerprint));
  await assert.rejects(approve(store, { agent: agentId, fingerprint: "sha256:00", by: "ada" }), { code: "conflict" });
  await approve(store, { agent: agentId, fingerprint, by: "ada" });
  const admitted = await gate.settle(made.id, knock);
  assert.ok(admitted.kind === "admitted" && admitted.generation === 1);
  assert.deepEqual(admitted.labels, { site: "hq", rack: "7" });
  assert.equal((await gate.settle(ticket, asks({ nonce: "b", generation: 1 }))).kind, "admitted");
  await assert.rejects(approve(store, { agent: agentId, by: "ada" }), { code: "invalid_state" });
});

test("refuses who asks under another agent's id, or proves nothing", async () => {
  const { gate, token } = open();
  const [real, thief] = [newAgent("hq-1"), newAgent("hq-1")];
  const [one, two] = [await token(), await token()];
  await gate.settle(one.token.id, real.asks({ nonce: "a", secret: one.secret.reveal() }));
  const stolen = thief.asks({ nonce: "a", agentId: real.agentId, secret: two.secret.reveal() });
  const refused = await gate.settle(two.token.id, stolen);
  assert.ok(refused.kind === "refused" && /known by other keys/.test(refused.error.message));
  const unproven = await gate.settle(real.ticket, { ...real.asks({ nonce: "b", generation: 1 }), nonce: "c" });
  assert.ok(unproven.kind === "refused" && /does not prove/.test(unproven.error.message));
  assert.equal((await gate.settle(thief.ticket, real.asks({ nonce: "d", generation: 1 }))).kind, "refused");
});

test("holds so many strangers under one token and stores no more, until an administrator decides", async () => {
  const { gate, store, token } = open();
  const { token: made, secret } = await token("ask");
  const knock = (at: number) => newAgent(`a-${at}`).asks({ nonce: "a", secret: secret.reveal() });
  for (let at = 0; at < mostWaiting + 20; at += 1) assert.equal((await gate.settle(made.id, knock(at))).kind, "held");
  const stored = await store.list();
  assert.equal(stored.length, mostWaiting);
  const { token: other, secret: its } = await token("ask");
  const elsewhere = newAgent("b").asks({ nonce: "a", secret: its.reveal() });
  await gate.settle(other.id, elsewhere);
  assert.equal((await store.list()).length, mostWaiting + 1);
});

test("stores nothing of an asking that proposes more than may be granted", async () => {
  const { gate, store, token } = open();
  const { token: made, secret } = await token("ask");
  const knock = newAgent("hq-1").asks({ nonce: "a", secret: secret.reveal() });
  const many = Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`l${at}`, "x"]));
  const large: readonly Partial<KnockingMessage>[] = [
    ...[many, { a: "x".repeat(257) }, { a: Array.from({ length: 101 }, () => "x") }, { "site\u202e": "hq" }].map((labels) => ({ labels })),
    { facts: { ...knock.facts, hostname: "h".repeat(256) } },
  ];
  for (const over of large) assert.equal((await gate.settle(made.id, { ...knock, ...over })).kind, "refused");
  assert.deepEqual(await store.list(), []);
});

test("quarantines a copy and its original in each of a hundred trials, and lets one back in when an administrator says so", async () => {
  for (let trial = 0; trial < 100; trial += 1) {
    const { gate, store, token } = open();
    const { agentId, asks, ticket } = newAgent("hq-1");
    const { token: made, secret } = await token();
    await gate.settle(made.id, asks({ nonce: "a", secret: secret.reveal() }));
    // Both remember the generation 1 and the nonce "b"; whoever comes first is let in, and the other one's next memory is wrong.
    await gate.settle(ticket, asks({ nonce: "b", generation: 1 }));
    await gate.settle(ticket, asks({ nonce: `original ${trial}`, generation: 2 }));
    const copy = await knockedOn(gate, { asks, ticket }, { nonce: "b", generation: 1 });
    assert.ok(copy.kind === "held" && copy.reason === "quarantined");
    const original = await gate.settle(ticket, asks({ nonce: "c", generation: 3 }));
    assert.ok(original.kind === "held" && original.reason === "quarantined");
    await approve(store, { agent: agentId, by: "ada" });
    assert.equal((await knockedOn(gate, { asks, ticket }, { nonce: "d", generation: 3 })).kind, "admitted");
  }
});

test("does nothing to an agent for an old knock that somebody sends again", async () => {
  const { clock, gate, newGate, store, token } = open();
  const { agentId, asks, ticket } = newAgent("hq-1");
  const { token: made, secret } = await token();
  await gate.settle(made.id, asks({ nonce: "a", secret: secret.reveal() }));
  const old = asks({ nonce: "b", generation: 1 });
  await gate.settle(ticket, old);
  await gate.settle(ticket, asks({ nonce: "c", generation: 2 }));
  const again = await gate.settle(ticket, old);
  assert.ok(again.kind === "held" && again.reason === "again" && again.challenge !== undefined);
  // Nobody else can answer it; and neither another controller nor a later day takes the answer.
  const forged = { ...old, challenge: again.challenge };
  assert.equal((await gate.settle(ticket, forged)).kind, "refused");
  const answered = asks({ nonce: "b", generation: 1, challenge: again.challenge });
  assert.ok((await newGate().settle(ticket, answered)).kind === "held");
  await clock.advance(120_000);
  await gate.settle(ticket, answered);
  assert.equal((await store.get(agentId))?.value.desired, "up");
  assert.equal((await gate.settle(ticket, asks({ nonce: "d", generation: 3 }))).kind, "admitted");
});

test.run();
