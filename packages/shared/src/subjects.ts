import { LongarmError } from "./errors.ts";
import type { AgentId, ControllerId, RunId } from "./ids.ts";
import type { RecordKindName } from "./records.ts";
import type { Lane } from "./run.ts";

/** Names of streams and key-value buckets. */
export const streams = { runs: "RUNS", items: "ITEMS", blobs: "BLOBS", audit: "AUDIT", events: "EVENTS" } as const;
export const buckets = {
  controllers: "controllers",
  connections: "connections",
  credentials: "credentials",
  agents: "agents",
  apiKeys: "api_keys",
  joinTokens: "join_tokens",
  logins: "logins",
  holds: "holds",
  credentialReceipts: "credential_receipts",
  revocations: "revocations",
  syncs: "syncs",
  checkpoints: "checkpoints",
  schedules: "schedules",
  scheduleStates: "schedule_states",
  recordsApplications: "records_applications",
  recordsGroups: "records_groups",
  recordsUsers: "records_users",
  recordMarks: "record_marks",
  webhooks: "webhooks",
  webhookStates: "webhook_states",
  triggers: "triggers",
  triggerStates: "trigger_states",
  gatheredEvents: "gathered_events",
  runEnds: "run_ends",
  selfTest: "self_test",
} as const;

/** The bucket that holds the records of each kind. */
export const recordBuckets = {
  applications: buckets.recordsApplications,
  groups: buckets.recordsGroups,
  users: buckets.recordsUsers,
} as const satisfies Readonly<Record<RecordKindName, string>>;

const tokenPattern = /^[A-Za-z0-9_-]{1,128}$/;

/** `text` as one token of a subject: letters, digits, `_` and `-`. Anything else throws, so that no value can widen a subject. */
export function subjectToken(text: string): string {
  if (tokenPattern.test(text)) return text;
  throw new LongarmError("invalid_request", `"${text.slice(0, 80)}" cannot stand in a subject: use 1 to 128 letters, digits, "_" or "-".`);
}

/** Account CONTROL: streams and what stands in them. */
export const control = {
  /** `runs.submit.<lane>.<runId>` */
  submit: (lane: Lane, run: RunId) => `runs.submit.${lane}.${subjectToken(run)}`,
  /** `runs.submit.<lane>.*` */
  submitLane: (lane: Lane) => `runs.submit.${lane}.*`,
  /** `runs.submit.*.<runId>` */
  submitOf: (run: RunId) => `runs.submit.*.${subjectToken(run)}`,
  /** `runs.submit.ended.<runId>`: what is kept of a removed run, where a second run of the same id would have to be submitted. */
  submitEnded: (run: RunId) => `runs.submit.ended.${subjectToken(run)}`,
  /** `runs.log.<runId>` */
  log: (run: RunId) => `runs.log.${subjectToken(run)}`,
  /** `runs.submit.*.*` */
  allSubmits: () => "runs.submit.*.*",
  /** `runs.log.*` */
  allLogs: () => "runs.log.*",
  /** `runs.>` */
  allRuns: () => "runs.>",
  /** `items.<runId>` */
  items: (run: RunId) => `items.${subjectToken(run)}`,
  /** `items.*` */
  allItems: () => "items.*",
  /** `blobs.<runId>.<callId, or page, input, output>.<epoch>.<attempt>.<n>` */
  blob: (run: RunId, part: { part: string; epoch: number; attempt: number; n: number }) =>
    `blobs.${subjectToken(run)}.${subjectToken(part.part)}.${part.epoch}.${part.attempt}.${part.n}`,
  /** `blobs.<runId>.>` */
  blobsOf: (run: RunId) => `blobs.${subjectToken(run)}.>`,
  /** `blobs.>` */
  allBlobs: () => "blobs.>",
  /** `audit.<controllerId>.<kind of record>` */
  audit: (controller: ControllerId, kind: string) => `audit.${subjectToken(controller)}.${subjectToken(kind)}`,
  /** `audit.<controllerId>.*`: one chain. */
  auditOf: (controller: ControllerId) => `audit.${subjectToken(controller)}.*`,
  /** `audit.*.<kind of record>` */
  allAuditOf: (kind: string) => `audit.*.${subjectToken(kind)}`,
  /** `audit.*.*` */
  allAudit: () => "audit.*.*",
  /** `events.<keyed hash of source and id>` */
  event: (hash: string) => `events.${subjectToken(hash)}`,
  /** `events.*` */
  allEvents: () => "events.*",
  /** `events.settled.<keyed hash of source and id>.<trigger>`: what a trigger made of the event. */
  eventSettled: (hash: string, trigger: string) => `events.settled.${subjectToken(hash)}.${subjectToken(trigger)}`,
  /** `events.settled.<keyed hash of source and id>.*` */
  eventSettledBy: (hash: string) => `events.settled.${subjectToken(hash)}.*`,
  /** `events.settled.*.*` */
  allEventsSettled: () => "events.settled.*.*",
  /** `events.>` */
  allOfEvents: () => "events.>",
  /** `budget.<controllerId>`: what this controller knows of its targets' rate limits. Core NATS, not stored. */
  budget: (controller: ControllerId) => `budget.${subjectToken(controller)}`,
  /** `budget.*` */
  allBudgets: () => "budget.*",
  /** `$KV.<bucket>.` comes before each key of a bucket. */
  keyPrefix: (bucket: string) => `$KV.${subjectToken(bucket)}.`,
  /** `<connection>.<id>`: a record's key in the bucket of its kind. */
  recordKey: (connection: string, id: string) => `${subjectToken(connection)}.${subjectToken(id)}`,
  /** `$KV.<bucket>.<connection>.*`: the records of one connection. */
  recordsOf: (bucket: string, connection: string) => `$KV.${subjectToken(bucket)}.${subjectToken(connection)}.*`,
  /** `$KV.<bucket>.>` */
  allKeys: (bucket: string) => `$KV.${subjectToken(bucket)}.>`,
  /** `$SYS.REQ.SERVER.PING.JSZ`: asks every server how it stores, where its operator lets CONTROL ask. */
  everyServersJetStream: () => "$SYS.REQ.SERVER.PING.JSZ",
  /** `$JS.API.>`: what manages and reads streams. */
  streamApi: () => "$JS.API.>",
  /** `$JS.ACK.>`: acknowledgements of what a consumer delivered. */
  acknowledgements: () => "$JS.ACK.>",
  /** `$JS.FC.>`: answers to a push consumer's flow control. */
  flowControl: () => "$JS.FC.>",
} as const;

/** Account SYS: where account claims are read and replaced. */
export const system = {
  /** `$SYS.REQ.CLAIMS.UPDATE`: every server keeps the account JWT that it carries. */
  updateClaims: () => "$SYS.REQ.CLAIMS.UPDATE",
  /** `$SYS.REQ.ACCOUNT.<accountId>.CLAIMS.LOOKUP` */
  lookUpClaims: (account: string) => `$SYS.REQ.ACCOUNT.${subjectToken(account)}.CLAIMS.LOOKUP`,
  /** `$SYS.REQ.SERVER.PING.JSZ`: asks every server how it stores. */
  everyServersJetStream: () => "$SYS.REQ.SERVER.PING.JSZ",
} as const;

/** A private prefix of inboxes: nobody else may subscribe below it. */
export const inbox = {
  /** `_INBOX.<name>` */
  prefix: (name: string) => `_INBOX.${subjectToken(name)}`,
  /** `_INBOX.<name>.>` */
  all: (name: string) => `_INBOX.${subjectToken(name)}.>`,
} as const;

/** Account FIELD: agents and controllers, core NATS only, no reply subjects. */
export const field = {
  /** `enrol.<agentId>`: an agent asks to be known. */
  enrol: (agent: AgentId) => `enrol.${subjectToken(agent)}`,
  /** `enrol.*` */
  allEnrol: () => "enrol.*",
  /** `beat.<agentId>` */
  beat: (agent: AgentId) => `beat.${subjectToken(agent)}`,
  /** `beat.*` */
  allBeats: () => "beat.*",
  /** `agent.<agentId>.enrolled`: the answer to `enrol`. */
  enrolled: (agent: AgentId) => `agent.${subjectToken(agent)}.enrolled`,
  /** `agent.<agentId>.call` */
  call: (agent: AgentId) => `agent.${subjectToken(agent)}.call`,
  /** `agent.<agentId>.control`: credit and cancellation of an open call. */
  callControl: (agent: AgentId) => `agent.${subjectToken(agent)}.control`,
  /** `agent.<agentId>.desired`: paused, draining, enrol again. */
  desired: (agent: AgentId) => `agent.${subjectToken(agent)}.desired`,
  /** `agent.<agentId>.ask`: what became of a call? */
  ask: (agent: AgentId) => `agent.${subjectToken(agent)}.ask`,
  /** `agent.<agentId>.delivered`: how these calls ended is stored. */
  delivered: (agent: AgentId) => `agent.${subjectToken(agent)}.delivered`,
  /** `agent.<agentId>.clock`: the answer to a question for the time. */
  clockTold: (agent: AgentId) => `agent.${subjectToken(agent)}.clock`,
  /** `agent.<agentId>.jwt`: the agent's next user JWT, before the present one ends. */
  jwt: (agent: AgentId) => `agent.${subjectToken(agent)}.jwt`,
  /** `agent.<agentId>.keys`: the installation's public keys, signed by its root. */
  keys: (agent: AgentId) => `agent.${subjectToken(agent)}.keys`,
  /** `agent.<agentId>.>` */
  allOfAgent: (agent: AgentId) => `agent.${subjectToken(agent)}.>`,
  /** `agent.*.>`: what agents may subscribe to. */
  allAgents: () => "agent.*.>",
  /** `ctl.<controllerId>.from.<agentId>.frame` */
  frame: (controller: ControllerId, agent: AgentId) => `ctl.${subjectToken(controller)}.from.${subjectToken(agent)}.frame`,
  /** `ctl.<controllerId>.from.<agentId>.told`: what became of a call. */
  told: (controller: ControllerId, agent: AgentId) => `ctl.${subjectToken(controller)}.from.${subjectToken(agent)}.told`,
  /** `ctl.<controllerId>.from.<agentId>.clock`: what time is it there? */
  clockAsked: (controller: ControllerId, agent: AgentId) => `ctl.${subjectToken(controller)}.from.${subjectToken(agent)}.clock`,
  /** `ctl.<controllerId>.from.*.>` */
  allFrom: (controller: ControllerId) => `ctl.${subjectToken(controller)}.from.*.>`,
  /** `ctl.*.from.<agentId>.>`: what this agent may publish to controllers. */
  allReportsOf: (agent: AgentId) => `ctl.*.from.${subjectToken(agent)}.>`,
  /** `enrol.<tokenId>`: somebody who holds a join token asks to become an agent. */
  join: (token: string) => `enrol.${subjectToken(token)}`,
  /** `enrolled.<tokenId>.<fingerprint>`: the answer to `join`, for the one whose keys have this fingerprint. */
  joined: (token: string, fingerprint: string) => `enrolled.${subjectToken(token)}.${subjectToken(fingerprint)}`,
  /** `enrolled.<tokenId>.*` */
  allJoinedBy: (token: string) => `enrolled.${subjectToken(token)}.*`,
  /** `enrolled.*.*` */
  allJoined: () => "enrolled.*.*",
  /** `ctl.*.from.*.>`: what agents may publish to controllers. */
  allReports: () => "ctl.*.from.*.>",
} as const;

/** The agent id that stands in a `beat.*`, `enrol.*` or `ctl.*.from.*` subject: the broker vouches for it, the payload does not. */
export function agentOfSubject(subject: string): string | undefined {
  const tokens = subject.split(".");
  if (tokens[0] === "beat" || tokens[0] === "enrol") return tokens[1];
  return tokens[0] === "ctl" && tokens[2] === "from" ? tokens[3] : undefined;
}

/** The agent id that stands in an `agent.*` subject. */
export function agentAddressed(subject: string): string | undefined {
  const tokens = subject.split(".");
  return tokens[0] === "agent" ? tokens[1] : undefined;
}

/** The last token of a `ctl.*.from.*` or `agent.*` subject: what kind of message it is. */
export function reportOfSubject(subject: string): string {
  return subject.slice(subject.lastIndexOf(".") + 1);
}
