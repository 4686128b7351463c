// An agent that is an enemy, as a process of its own: it is started with where a stolen host's data directory and its broker are, and does
// what it is told, a JSON command a line. It prints `did <number>` once the broker has what the command made it send, `said <number>` after
// each answer to a call.
import assert from "node:assert/strict";
import { createInterface } from "node:readline";
import { type AgentId, type CallId, field as subjects } from "@longarm/shared";
import { freshBytes } from "@longarm/shared/seal";
import { encodeBeat, encodeTold } from "@longarm/shared/wire";
import { mutations, numbersFrom } from "./hostile-broker.fixture.ts";
import { type StolenHost, Traitor } from "./insider.fixture.ts";
import { answers, lies } from "./lies.fixture.ts";

/** What it can be told. */
export type Command =
  | { readonly do: "answer"; readonly with: string }
  | { readonly do: "enrol" }
  | { readonly do: "flush" }
  | { readonly do: "speakFor"; readonly agent: AgentId; readonly asked: { callId: CallId; attempt: number; notAfterMs: number } }
  | { readonly do: "flood" };

/** Under others' subjects, of others' calls, and with what it sent before. */
function speakFor(
  { id, connection, words, controllerId, sent }: Traitor,
  agent: AgentId,
  asked: (Command & { do: "speakFor" })["asked"],
): void {
  const forged = encodeTold({ ...asked, nonce: "guess", journalId: "forged", answer: { kind: "neverSeen" } });
  const beat = encodeBeat({
    ...{ bootId: "traitor-0", seq: 9, slots: { total: 1, free: 0 }, load: 0, loopLagMs: 0, reach: {} },
    ...{ state: "leaving", openCalls: 0 },
  });
  const toldBy = words.seal(subjects.told(controllerId, agent), forged, true);
  const beatBy = words.seal(subjects.beat(agent), beat, false);
  for (const [subject, payload] of [
    [subjects.beat(agent), beatBy],
    [subjects.told(controllerId, agent), toldBy],
    [subjects.told(controllerId, id), words.seal(subjects.told(controllerId, id), forged, true)],
    [subjects.told(controllerId, id), toldBy],
    [subjects.beat(id), beatBy],
    [subjects.frame(controllerId, agent), sent[0]],
    [subjects.enrol(agent), freshBytes(100)],
  ] as const)
    connection.publish(subject, payload ?? assert.fail());
  // The channels of calls are numbered one after the other: that of another agent's call is near.
  const own = Buffer.from(sent[0] ?? assert.fail());
  for (let near = 0; near < 50; near += 1) {
    const moved = Buffer.from(own);
    moved.writeUInt32BE((own.readUInt32BE(1) + near) >>> 0, 1);
    connection.publish(subjects.frame(controllerId, id), moved);
  }
}

/** 10,000 messages under every subject that it may publish to, and 500 processes that want to be it. */
async function flood(traitor: Traitor): Promise<void> {
  const { id, connection, words, controllerId } = traitor;
  const below = numbersFrom(17);
  const kinds = Object.values(mutations);
  const ways = [
    subjects.beat(id),
    subjects.enrol(id),
    ...["frame", "told", "clock", "x"].map((kind) => `ctl.${controllerId}.from.${id}.${kind}`),
  ];
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
}

async function obey(traitor: Traitor, command: Command): Promise<void> {
  if (command.do === "answer") traitor.answering = answers[command.with] ?? lies[command.with]?.answering ?? assert.fail(command.with);
  if (command.do === "enrol") traitor.enrol();
  if (command.do === "speakFor") speakFor(traitor, command.agent, command.asked);
  if (command.do === "flood") await flood(traitor);
  await traitor.connection.flush();
}

async function main(host: StolenHost): Promise<void> {
  const traitor = await Traitor.enter(host);
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  let [said, did] = [0, 0];
  traitor.onSaid = () => print(`said ${(said += 1)}`);
  print("entered");
  for await (const line of createInterface({ input: process.stdin })) {
    await obey(traitor, JSON.parse(line) as Command);
    print(`did ${(did += 1)}`);
  }
  await traitor.connection.close();
}

if (import.meta.main) await main(JSON.parse(process.argv[2] ?? "") as StolenHost);
