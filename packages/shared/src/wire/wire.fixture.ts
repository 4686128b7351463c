// Over 300 lines: all messages are made of the same few members. Random messages for the round-trip tests: every optional member is sometimes there and sometimes not.
import fc from "fast-check";
import { effectClasses } from "../effect.ts";
import { newId } from "../ids.ts";
import { httpMethods, type CallRecord, type RestRequest } from "../rest/contract.ts";
import { Secret } from "../secret.ts";
import type { AskMessage, ClockToldMessage, DeliveredMessage, JournalEntry, JournalHeader, ToldMessage } from "./inquiry-messages.ts";
import {
  beatStates,
  desiredStates,
  journalStates,
  type BeatMessage,
  type CallMessage,
  type ControlMessage,
  type DesiredMessage,
  type EnrolledMessage,
  type EnrolMessage,
  type FrameMessage,
  type FramePart,
  type StableFacts,
} from "./messages.ts";
import type { InstallationKeys } from "./trust-messages.ts";

const text = fc.string({ unit: "grapheme", maxLength: 20 });
const name = fc.string({ minLength: 1, maxLength: 12 }).filter((value) => value !== "__proto__");
const bytes = fc.uint8Array({ maxLength: 64 }).map((array) => Buffer.from(array));
const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const positive = fc.integer({ min: 1, max: 0x7fff_ffff });
const measure = fc.double({ min: 0, max: 1e15, noNaN: true }).map((value) => value + 0);
const count = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const headers = fc.dictionary(name, text, { noNullPrototype: true });
const callId = fc.constant(newId("call"));
const controllerId = fc.constant(newId("controller"));

const facts: fc.Arbitrary<StableFacts> = fc.record({
  os: text,
  arch: text,
  version: text,
  hostname: text,
  addresses: fc.array(text),
  credentials: fc.array(text),
});
const labels = fc.dictionary(name, fc.oneof(text, fc.array(text)), { noNullPrototype: true });
const error = fc.record(
  {
    code: fc.constantFrom("agent_lost", "target_reset", "rate_limited"),
    message: text,
    retryable: fc.boolean(),
    details: fc.constant({ a: [1, { b: null }] }),
  },
  { requiredKeys: ["code", "message", "retryable"] },
);

const auth = fc.oneof(
  fc.constant({ scheme: "none" } as const),
  text.map((token) => ({ scheme: "ssws", token: new Secret(token) }) as const),
  fc
    .record(
      {
        clientId: name,
        privateKey: text.map((key) => new Secret(key)),
        keyId: text,
        scopes: fc.array(text),
        tokenPath: fc.constant("/oauth2/v1/token"),
      },
      { noNullPrototype: true, requiredKeys: ["clientId", "privateKey", "scopes", "tokenPath"] },
    )
    .map((client) => ({ scheme: "oauth", client }) as const),
  fc
    .record({ name, scopes: fc.array(text), tokenPath: fc.constant("/oauth2/v1/token") }, { noNullPrototype: true })
    .map((reference) => ({ scheme: "reference", reference }) as const),
);

const request: fc.Arbitrary<RestRequest> = fc.record(
  {
    runId: fc.constant(newId("run")),
    callId,
    attempt: positive,
    effect: fc.constantFrom(...effectClasses),
    method: fc.constantFrom(...httpMethods),
    baseUrl: fc.constantFrom("https://acme.example", "http://127.0.0.1:8080/prefix"),
    path: fc.webPath().map((path) => `/api${path}`),
    query: fc.array(fc.tuple(text, text)),
    headers,
    body: bytes,
    auth,
    timeoutMs: positive,
    maxResponseBytes: count,
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      "runId",
      "callId",
      "attempt",
      "effect",
      "method",
      "baseUrl",
      "path",
      "query",
      "headers",
      "auth",
      "timeoutMs",
      "maxResponseBytes",
    ],
  },
);

const follow = fc.record(
  {
    resumeAt: text,
    pagesAhead: positive,
    windowBytes: positive,
    repeats: fc.array(text, { minLength: 1, maxLength: 3 }),
    pollMs: positive,
  },
  { noNullPrototype: true, requiredKeys: ["pagesAhead", "windowBytes"] },
);
const work = fc.oneof(
  request.map((value) => ({ kind: "send", request: value }) as const),
  fc.tuple(request, follow).map(([value, more]) => ({ kind: "pages", request: { ...value, ...more } }) as const),
);
const target = fc.record({ host: text, addresses: fc.array(text) }, { noNullPrototype: true });
const condition = fc.record({ selector: text, facts }, { noNullPrototype: true });
const check = fc.record({ connection: text, target, condition }, { noNullPrototype: true, requiredKeys: ["connection", "target"] });
const credit = fc.record({ bytes: uint32, pages: uint32 }, { noNullPrototype: true });

const key32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array));
const address = fc.record(
  { audience: fc.constant(newId("agent")), bootId: name, epoch: uint32, replyKey: key32 },
  { noNullPrototype: true },
);

export const calls: fc.Arbitrary<CallMessage> = fc
  .record(
    {
      protocol: positive,
      controllerId,
      channel: uint32,
      work,
      notAfterMs: measure,
      credit,
      check,
      journalId: name,
      address,
      bodySha256: key32,
    },
    {
      noNullPrototype: true,
      requiredKeys: ["protocol", "controllerId", "channel", "work", "notAfterMs", "credit", "check", "address"],
    },
  )
  .map((call) => ({ ...call, bodyBytes: (call.work.request.body?.length ?? 0) + 3 }));

const frameHash = fc.stringMatching(/^[0-9a-f]{32}$/);
const plainRecord: fc.Arbitrary<CallRecord> = fc.record(
  {
    method: fc.constantFrom(...httpMethods),
    path: text,
    status: fc.option(uint32),
    sentAt: measure,
    headMs: fc.option(measure),
    totalMs: fc.option(measure),
    requestBytes: count,
    responseBytes: count,
    oktaRequestId: fc.option(text),
    rateLimit: fc.option(
      fc.record({ limit: measure, remaining: measure, reset: measure, date: fc.option(measure) }, { noNullPrototype: true }),
    ),
    policyHash: text,
    policyRule: text,
  },
  {
    noNullPrototype: true,
    requiredKeys: [
      ...([
        "method",
        "path",
        "status",
        "sentAt",
        "headMs",
        "totalMs",
        "requestBytes",
        "responseBytes",
        "oktaRequestId",
        "rateLimit",
      ] as const),
    ],
  },
);

// Both or neither.
const standing = fc.option(fc.record({ journalId: name, journalHash: frameHash }, { noNullPrototype: true }), { nil: {} });
const record: fc.Arbitrary<CallRecord> = fc.tuple(plainRecord, standing).map(([one, two]) => ({ ...one, ...two }));

const head = fc.record({ status: fc.integer({ min: 100, max: 599 }), headers }, { noNullPrototype: true });
const end = fc.record({ record, next: fc.option(text), last: fc.boolean() }, { noNullPrototype: true });
const part = fc.oneof(
  fc.constant({ kind: "accepted" }),
  head.map((value) => ({ kind: "head", head: value })),
  bytes.map((value) => ({ kind: "chunk", bytes: value })),
  end.map((value) => ({ kind: "end", end: value })),
  fc.tuple(head, bytes, end).map(([one, body, two]) => ({ kind: "whole", head: one, body, end: two })),
  fc
    .tuple(error, record, fc.constantFrom("not_sent", "unknown"))
    .map(([one, two, delivery]) => ({ kind: "failure", delivery, error: one, record: two })),
  error.map((value) => ({ kind: "refused", error: value })),
  uint32.map((value) => ({ kind: "bodyCredit", bytes: value })),
) as fc.Arbitrary<FramePart>;

export const frames: fc.Arbitrary<FrameMessage> = fc.record({ channel: uint32, callId, seq: uint32, part }, { noNullPrototype: true });

const controlPart = fc.oneof(
  credit.map((value) => ({ kind: "credit", credit: value }) as const),
  name.map((code) => ({ kind: "cancel", code }) as const),
  bytes.map((value) => ({ kind: "bodyChunk", bytes: value }) as const),
);
export const controls: fc.Arbitrary<ControlMessage> = fc.record(
  { controllerId, channel: uint32, callId, part: controlPart },
  { noNullPrototype: true },
);

const agentKeys = fc.record({ identity: key32, signing: key32, sealing: key32 }, { noNullPrototype: true });
const someKeys = fc.array(key32, { minLength: 1, maxLength: 4 });
export const installations: fc.Arbitrary<InstallationKeys> = fc.record(
  { root: key32, serial: count, signing: someKeys, sealing: someKeys },
  { noNullPrototype: true },
);

export const enrols: fc.Arbitrary<EnrolMessage> = fc.record(
  {
    protocol: uint32,
    name: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/),
    facts,
    slots: positive,
    bootId: name,
    nonce: name,
    journalId: name,
    keys: agentKeys,
    proof: bytes,
  },
  {
    noNullPrototype: true,
    requiredKeys: ["protocol", "name", "facts", "slots", "bootId", "nonce", "keys", "proof"],
  },
);

const answer = fc.oneof(
  fc.record({ kind: fc.constant("granted" as const), labels, desired: fc.constantFrom(...desiredStates) }, { noNullPrototype: true }),
  error.map((value) => ({ kind: "refused", error: value })),
) as fc.Arbitrary<EnrolledMessage["answer"]>;
const installation = fc.record({ keys: bytes, signature: bytes }, { noNullPrototype: true });
export const answers: fc.Arbitrary<EnrolledMessage> = fc.record(
  { controllerId, nonce: name, protocolMin: uint32, protocolMax: uint32, nowMs: measure, answer, installation },
  { noNullPrototype: true },
);

const slots = fc.tuple(uint32, uint32).map(([one, two]) => ({ total: Math.max(one, two), free: Math.min(one, two) }));
const reach = fc.dictionary(name, measure, { noNullPrototype: true });
const load = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const journal = fc.record({ id: name, state: fc.constantFrom(...journalStates) }, { noNullPrototype: true });
const state = fc.constantFrom(...beatStates);
const heldPolicy = fc.record({ hash: text, isStale: fc.boolean() }, { noNullPrototype: true });
export const beats: fc.Arbitrary<BeatMessage> = fc.record(
  { bootId: name, seq: count, slots, load, loopLagMs: measure, reach, facts, state, openCalls: uint32, journal, policy: heldPolicy },
  { noNullPrototype: true, requiredKeys: ["bootId", "seq", "slots", "load", "loopLagMs", "reach", "state", "openCalls"] },
);

export const desires: fc.Arbitrary<DesiredMessage> = fc.record(
  { controllerId, state: fc.constantFrom(...desiredStates), enrol: fc.boolean() },
  { noNullPrototype: true, requiredKeys: ["controllerId", "enrol"] },
);

const key = { callId, attempt: positive };
const body = fc.oneof(
  bytes.map((value) => ({ kind: "whole", bytes: value }) as const),
  fc.record({ kind: fc.constant("dropped" as const), length: count, sha256: bytes }, { noNullPrototype: true }),
);
const failure = fc
  .tuple(error, record, fc.constantFrom("not_sent" as const, "unknown" as const))
  .map(([one, two, delivery]) => ({ kind: "failure", delivery, error: one, record: two }) as const);
const callEnd = fc.oneof(fc.record({ kind: fc.constant("response" as const), head, body, record }, { noNullPrototype: true }), failure);
const entryKind = fc.oneof(
  fc.record(
    {
      ...{ kind: fc.constant("begun" as const), controllerId, runId: fc.constant(newId("run")) },
      ...{ effect: fc.constantFrom(...effectClasses), method: text, path: text },
    },
    { noNullPrototype: true },
  ),
  callEnd.map((end) => ({ kind: "ended", end }) as const),
  fc.tuple(callEnd, frameHash).map(([end, endHash]) => ({ kind: "ended", end, endHash }) as const),
  text.map((reason) => ({ kind: "refused", reason }) as const),
  fc.constant({ kind: "delivered" } as const),
);

const keptKeys = ["callId", "attempt", "notAfterMs"] as const;

export const journalEntries: fc.Arbitrary<JournalEntry> = fc
  .tuple(fc.record({ ...key, notAfterMs: measure, controllerId }, { noNullPrototype: true, requiredKeys: [...keptKeys] }), entryKind)
  .map(([one, two]) => ({ ...one, ...two }));
export const journalHeaders: fc.Arbitrary<JournalHeader> = fc.record(
  {
    ...{ journalId: name, number: positive, capacityBytes: positive, file: text, horizonMs: measure },
    horizons: fc.array(fc.record({ controllerId, horizonMs: measure }, { noNullPrototype: true })),
    settled: fc.array(
      fc.record(
        { ...key, notAfterMs: measure, controllerId, isRefused: fc.boolean(), endHash: frameHash },
        { noNullPrototype: true, requiredKeys: [...keptKeys, "isRefused"] },
      ),
    ),
    follows: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((array) => Buffer.from(array)),
  },
  { noNullPrototype: true, requiredKeys: ["journalId", "number", "capacityBytes", "file", "horizonMs", "horizons", "settled"] },
);
export const asks: fc.Arbitrary<AskMessage> = fc.record(
  { ...key, controllerId, nonce: name, notAfterMs: measure },
  { noNullPrototype: true },
);
const told = fc.oneof(
  callEnd.map((end) => ({ kind: "ended", end }) as const),
  fc.constantFrom("underWay", "begun", "neverSeen", "unreadable").map((kind) => ({ kind }) as const),
) as fc.Arbitrary<ToldMessage["answer"]>;
export const answersTold: fc.Arbitrary<ToldMessage> = fc.record(
  { ...key, nonce: name, journalId: name, answer: told },
  { noNullPrototype: true },
);
export const deliveries: fc.Arbitrary<DeliveredMessage> = fc.record(
  { controllerId, calls: fc.array(fc.record(key, { noNullPrototype: true })) },
  { noNullPrototype: true },
);
export const clocksTold: fc.Arbitrary<ClockToldMessage> = fc.record(
  { controllerId, nonce: name, nowMs: measure },
  { noNullPrototype: true },
);
