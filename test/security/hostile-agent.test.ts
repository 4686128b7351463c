import assert from "node:assert/strict";
import { field as subjects, newId } from "@longarm/shared";
import { type Logger, silentLogger } from "@longarm/shared/logger";
import { AgentLine, freshBytes } from "@longarm/shared/seal";
import { encodeBeat, encodeFrame, encodeTold, type FramePart } from "@longarm/shared/wire";
import { executorOf, type Field, never, pagesOf, requestTo, type TestAgent, until, withField, withTarget } from "../support/field.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { until as settled } from "../support/until.ts";
import { suite } from "../support/suite.ts";
import { mutations, numbersFrom } from "./hostile-broker.fixture.ts";
import { type Answering, Traitor } from "./insider.fixture.ts";

const test = suite("an agent that is an enemy");
const patient = { timeoutMs: 50_000 };
const nothing = { status: 200, headMs: 1, totalMs: 2, oktaRequestId: null, rateLimit: null };
const record = { ...nothing, method: "GET", path: "/", sentAt: 1, requestBytes: 0, responseBytes: 0 } as const;
const head = { status: 200, headers: {} };
const last = { record, next: null, last: true };
const whole: FramePart = { kind: "whole", head, body: Buffer.from("lies"), end: last };

interface Battle extends Field {
  readonly clock: ManualClock;
  readonly traitor: Traitor;
  readonly honest: TestAgent;
  /** What the controller logged at `warn` or above. */
  readonly lines: readonly string[];
  /** A call through the honest agent still works, and nothing is left open. */
  stillWorks(): Promise<void>;
}

function withTraitor(body: (battle: Battle) => Promise<void>): Promise<void> {
  const clock = new ManualClock();
  const lines: string[] = [];
  const note = (facts: object, sentence: string): void => void lines.push(`${sentence} ${JSON.stringify(facts)}`);
  const logger: Logger = { ...silentLogger, debug() {}, info() {}, warn: note, error: note };
  return withField(
    async (field) => {
      const { directory } = field;
      const honest = await field.agent();
      const traitor = await Traitor.enter(field);
      const stillWorks = (): Promise<void> =>
        withTarget(
          (_, response) => response.end("truth"),
          async (baseUrl) => {
            await until(directory, () => directory.find(honest.id)?.state === "up");
            const answer = await executorOf(directory, honest.id).send(requestTo(baseUrl), never);
            assert(answer.kind === "response");
            assert.equal(Buffer.concat(await Array.fromAsync(answer.body)).toString(), "truth");
            assert.equal(directory.openCalls, 0);
          },
        );
      try {
        await body({ ...field, clock, traitor, honest, lines, stillWorks });
      } finally {
        await traitor.connection.close();
      }
    },
    { clock, logger },
  );
}

/** Frames of these parts, numbered from 0, each sealed as it says. */
function saying(parts: readonly FramePart[], over: { closing?: boolean; callId?: string; from?: number } = {}): Answering {
  return async ({ call, sealFrame }, say) => {
    for (const [at, part] of parts.entries()) {
      const callId = (over.callId ?? call.work.request.callId) as ReturnType<typeof newId<"call">>;
      const isLast = part.kind === "failure" || part.kind === "refused" || ("end" in part && part.end.last);
      const frame = encodeFrame({ channel: call.channel, callId, seq: at + (over.from ?? 0), part });
      say(await sealFrame(frame, over.closing ?? isLast));
    }
  };
}

const wrongHand: Answering = async ({ call }, say) => {
  const { channel, address, work } = call;
  const line = new AgentLine(Buffer.from("another call"), { channel, replyKey: address.replyKey, sign: () => freshBytes(64) });
  say(await line.sealFrame(encodeFrame({ channel, callId: work.request.callId, seq: 0, part: whole }), true));
};

const garbage: Answering = async ({ sealFrame }, say) => {
  for (let n = 0; n < 500; n += 1) say(await sealFrame(freshBytes(1 + (n % 300)), n % 2 === 0));
};

/** A lie about its own call, and the code that the call ends with. */
const lies: Readonly<Record<string, { readonly answering: Answering; readonly code: string }>> = {
  "no word at all": { answering: async () => undefined, code: "agent_lost" },
  "no end": { answering: saying([{ kind: "accepted" }]), code: "agent_lost" },
  "another call's id": { answering: saying([whole], { callId: newId("call") }), code: "agent_lost" },
  "a number that is not next": { answering: saying([whole], { from: 5 }), code: "agent_lost" },
  "an end that is not signed": { answering: saying([whole], { closing: false }), code: "agent_lost" },
  "a signature where nothing ends": { answering: saying([{ kind: "accepted" }], { closing: true }), code: "agent_lost" },
  "a signature of another transcript": { answering: wrongHand, code: "agent_lost" },
  "garbage under the right key": { answering: garbage, code: "agent_lost" },
  "an end without a beginning": { answering: saying([{ kind: "end", end: last }]), code: "invalid_wire_message" },
  "an end that is not the last": { answering: saying([{ ...whole, end: { ...last, last: false } }]), code: "invalid_wire_message" },
  "a body without a head": { answering: saying([{ kind: "chunk", bytes: Buffer.alloc(9) }]), code: "invalid_wire_message" },
  "two heads": {
    answering: saying([
      { kind: "head", head },
      { kind: "head", head },
    ]),
    code: "invalid_wire_message",
  },
  "more than its window": {
    answering: saying([
      { kind: "head", head },
      ...Array.from({ length: 20 }, (): FramePart => ({ kind: "chunk", bytes: Buffer.alloc(500_000) })),
    ]),
    code: "invalid_wire_message",
  },
};

/** The code that a call through the traitor ends with. */
async function codeOf({ directory, traitor }: Battle, answering: Answering): Promise<string> {
  traitor.answering = answering;
  const answer = await executorOf(directory, traitor.id).send(requestTo("http://127.0.0.1:1", { timeoutMs: 1_000 }), never);
  if (answer.kind === "failure") return answer.error.code;
  // What comes is not taken meanwhile.
  await settled("the call is over for the controller", () => directory.openCalls === 0);
  return Array.fromAsync(answer.body).then(
    () => "believed",
    (reason: { code: string }) => reason.code,
  );
}

test(
  "gets no lie about its own calls believed: each ends with a code that says so",
  () =>
    withTraitor(async (battle) => {
      const { clock, directory, traitor, lines } = battle;
      for (const [name, { answering, code }] of Object.entries(lies)) {
        traitor.enrol();
        await until(directory, () => directory.find(traitor.id)?.state === "up");
        const over = { isOver: code !== "agent_lost" };
        const ended = codeOf(battle, answering).finally(() => (over.isOver = true));
        // The controller waits for five seconds, and three for the end of what has begun.
        while (!over.isOver) await clock.advance(250, 250).then(() => traitor.connection.flush());
        assert.equal(await ended, code, name);
      }
      assert.ok(lines.length < 15, lines.join("\n"));
      await battle.stillWorks();
    }),
  patient,
);

test(
  "sends no more pages than it was permitted, however small they are",
  () =>
    withTraitor(async (battle) => {
      const { directory, traitor } = battle;
      const page: FramePart = { kind: "whole", head, body: Buffer.alloc(0), end: { record, next: "http://127.0.0.1:1/", last: false } };
      traitor.answering = saying(Array.from({ length: 1_000 }, () => page));
      const pages = executorOf(directory, traitor.id).pages(pagesOf("http://127.0.0.1:1"), never)[Symbol.asyncIterator]();
      const first = await pages.next();
      assert.equal(first.value?.kind, "page");
      await traitor.connection.flush();
      const rest = [];
      for (let next = await pages.next(); !next.done; next = await pages.next()) rest.push(next.value);
      const end = rest.at(-1);
      assert.equal(end?.kind === "failure" && end.error.code, "invalid_wire_message");
      assert.ok(rest.length < 10, `${rest.length} pages were kept`);
      await battle.stillWorks();
    }),
  patient,
);

test(
  "speaks for nobody else: not under others' subjects, nor of others' calls, nor by what it sent before",
  () =>
    withTraitor(async (battle) => {
      const { directory, traitor, honest, clock } = battle;
      const { id, connection, words } = traitor;
      await codeOf(battle, saying([whole]));
      const { controllerId } = traitor;
      await withTarget(
        (_, response) => void setTimeout(() => response.end("truth"), 1_000),
        async (baseUrl) => {
          const answer = executorOf(directory, honest.id).send(requestTo(baseUrl), never);
          const told: string[] = [];
          const asked = { callId: newId("call"), attempt: 1, notAfterMs: clock.nowMs() };
          const stop = directory.inquiry.ask({ ...asked, agentId: honest.id }, ({ journalId }) => void told.push(journalId));
          const forged = encodeTold({ ...asked, nonce: "guess", journalId: "forged", answer: { kind: "neverSeen" } });
          const beat = encodeBeat({
            ...{ bootId: "traitor-0", seq: 9, slots: { total: 1, free: 0 }, load: 0, loopLagMs: 0, reach: {} },
            ...{ state: "leaving", openCalls: 0 },
          });
          const toldBy = words.seal(subjects.told(controllerId, honest.id), forged, true);
          const beatBy = words.seal(subjects.beat(honest.id), beat, false);
          for (const [subject, payload] of [
            [subjects.beat(honest.id), beatBy],
            [subjects.told(controllerId, honest.id), toldBy],
            [subjects.told(controllerId, id), words.seal(subjects.told(controllerId, id), forged, true)],
            [subjects.told(controllerId, id), toldBy],
            [subjects.beat(id), beatBy],
            [subjects.frame(controllerId, honest.id), traitor.sent[0]],
            [subjects.enrol(honest.id), freshBytes(100)],
          ] as const)
            connection.publish(subject, payload ?? assert.fail());
          // The channels of calls are numbered one after the other: that of the honest agent's call is near.
          const own = Buffer.from(traitor.sent[0] ?? assert.fail());
          for (let near = 0; near < 50; near += 1) {
            const moved = Buffer.from(own);
            moved.writeUInt32BE((own.readUInt32BE(1) + near) >>> 0, 1);
            connection.publish(subjects.frame(controllerId, id), moved);
          }
          await connection.flush();
          const got = await answer;
          assert(got.kind === "response");
          assert.equal(Buffer.concat(await Array.fromAsync(got.body)).toString(), "truth");
          assert.ok(!told.includes("forged"));
          stop();
        },
      );
      assert.equal(directory.find(honest.id)?.state, "up");
      await battle.stillWorks();
    }),
  patient,
);

test(
  "brings nothing down with 10,000 messages under every subject that it may publish to, and fills no log",
  () =>
    withTraitor(async (battle) => {
      const { directory, traitor, lines } = battle;
      const { id, connection, words } = traitor;
      await codeOf(battle, saying([whole]));
      const { controllerId } = traitor;
      const below = numbersFrom(17);
      const kinds = Object.values(mutations);
      const ways = [
        subjects.beat(id),
        subjects.enrol(id),
        ...["frame", "told", "clock", "x"].map((kind) => `ctl.${controllerId}.from.${id}.${kind}`),
      ];
      const before = lines.length;
      for (let made = 0; made < 10_000; made += 1) {
        const subject = ways[made % ways.length]!;
        const sealed = words.seal(subject, freshBytes(1 + below(200)), made % 2 === 0) ?? assert.fail();
        const old = traitor.sent[0] ?? assert.fail();
        const random = kinds[below(kinds.length)]!(below(2) === 0 ? sealed : old, sealed, below);
        connection.publish(subject, made % 3 === 0 ? sealed : random);
        if (made % 1_000 === 0) connection.publish(subject, Buffer.alloc(1_000_000, made));
        if (made % 500 === 0) await connection.flush();
      }
      for (let n = 0; n < 500; n += 1) traitor.enrol(`boot-${n}`);
      await connection.flush();
      await battle.stillWorks();
      assert.ok(directory.rejections.total > 5_000, `${directory.rejections.total} were counted`);
      assert.ok(lines.length - before <= 5, lines.slice(before).join("\n"));
      assert.equal(directory.list().length, 2);
    }),
  patient,
);

test.run();
