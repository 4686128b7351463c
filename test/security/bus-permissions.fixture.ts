// Who may reach what on the broker, decided here by hand, so that the broker's own decision is held against another one.
import { type AgentId, buckets, type ControllerId, field, inbox } from "@longarm/shared";

export const own = "agt_own" as AgentId;
export const other = "agt_other" as AgentId;
export const controller = "ctl_one" as ControllerId;

/** What an attacker would try first, for publishing and for subscribing. */
export const wanted: readonly string[] = [
  ...[field.call(other), field.callControl(other), field.desired(other), field.ask(other), field.delivered(other), field.jwt(other)],
  ...[field.enrolled(other), field.clockTold(other), field.allOfAgent(other), field.beat(other), field.enrol(other), field.join("tok_1")],
  ...[field.joined("tok_1", "print"), field.frame(controller, other), field.told(controller, other), field.clockAsked(controller, other)],
  ...[field.allFrom(controller), field.allReports(), field.allAgents(), field.allBeats(), field.allEnrol(), field.allJoined()],
  ...[inbox.all("ctl_one"), inbox.all("x"), "_INBOX.>", "_INBOX.ctl_one.1", "_INBOX.ctl_one.*"],
  ...[
    "$JS.>",
    "$JS.API.>",
    "$JS.API.INFO",
    "$JS.API.STREAM.PURGE.RUNS",
    "$JS.API.STREAM.DELETE.RUNS",
    "$JS.ACK.RUNS.x.1.1.1.1.1",
    "$JS.FC.x",
  ],
  ...Object.values(buckets).flatMap((bucket) => [`$KV.${bucket}.acme`, `$KV.${bucket}.>`]),
  ...[
    "$SYS.>",
    "$SYS.REQ.SERVER.PING",
    "$SYS.REQ.CLAIMS.UPDATE",
    "$SYS.REQ.USER.INFO",
    "$SYS.REQ.ACCOUNT.PING.CONNZ",
    "$SYS.ACCOUNT.*.CONNECT",
  ],
  ...["runs.>", "runs.log.run_1", "runs.submit.standard.run_1", "items.run_1", "blobs.run_1.a.1.1.1", "$NRG.>", "$SRV.PING", "$O.x.y"],
  ...[
    ">",
    "*",
    "*.*",
    "*.*.*",
    "*.>",
    "agent.>",
    "agent.*",
    "ctl.>",
    "beat.>",
    "enrol.>",
    "enrolled.>",
    "agent",
    "beat",
    "ctl.ctl_one.from",
  ],
];

const pieces = [
  ...[
    "agent",
    "beat",
    "enrol",
    "enrolled",
    "ctl",
    "from",
    "frame",
    "told",
    "call",
    "clock",
    "jwt",
    "desired",
    "control",
    "ask",
    "runs",
    "log",
  ],
  ...["$JS", "API", "$KV", "$SYS", "REQ", "_INBOX", "STREAM", "PURGE", "RUNS", "connections", "$G", "$NRG", "ctl_one", "tok_1", "tok_own"],
  ...["*", ">", own, other, `${own}x`, own.toUpperCase(), "agt_own\u0000", "ägt_own", "x", "-", "**", ">>", "a*", "%2e", "$", "0"],
] as const;

/** A stream of numbers from nought to below one, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A subject near those that matter: made of the same pieces, or one of those wanted with a piece changed, added or left out. */
export function fuzzedSubject(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  if (random() < 0.5) return Array.from({ length: 1 + Math.floor(random() * 6) }, () => pick(pieces)).join(".");
  const tokens = pick(wanted).split(".");
  const at = Math.floor(random() * tokens.length);
  const change = random();
  if (change < 0.5) tokens[at] = pick(pieces);
  else if (change < 0.8) tokens.splice(at, 0, pick(pieces));
  else if (tokens.length > 1) tokens.splice(at, 1);
  return tokens.join(".");
}
