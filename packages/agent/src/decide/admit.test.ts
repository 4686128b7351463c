import assert from "node:assert/strict";
import { newId, Secret } from "@longarm/shared";
import type { CallMessage } from "@longarm/shared/wire";
import { suite } from "../../../../test/support/suite.ts";
import { admit, certainClockMs, type ChangeSituation, farAheadMs, maxRequestBytes, type Situation } from "./admit.ts";

const test = suite("whether a call may begin here");
const nowMs = 1_000_000;

const request: CallMessage["work"]["request"] = {
  ...{
    runId: newId("run"),
    callId: newId("call"),
    attempt: 1,
    effect: "create",
    method: "POST",
    baseUrl: "https://acme.okta.com",
    path: "/",
  },
  ...{ query: [], headers: {}, auth: { scheme: "none" }, timeoutMs: 1_000, maxResponseBytes: 1_000 },
};
const facts = { os: "linux", arch: "x64", version: "1.2.3", hostname: "h", addresses: [] };
const call: CallMessage = {
  ...{ protocol: 2, controllerId: newId("controller"), channel: 1, work: { kind: "send", request }, bodyBytes: 0, notAfterMs: nowMs + 1 },
  ...{ credit: { bytes: 1, pages: 0 }, check: { connection: "acme", target: { host: "acme.okta.com", addresses: ["192.0.2.7"] } } },
  address: { audience: newId("agent"), bootId: "boot-1", epoch: 1, replyKey: new Uint8Array(32) },
};
const situation: Situation = {
  ...{ agent: { id: newId("agent"), name: "hq-1", bootId: "boot-1" }, grant: { labels: { site: "hq" }, desired: "up" }, isLeaving: false },
  ...{ freeSlots: 1, controllerNowMs: nowMs },
};
const change: ChangeSituation = { isKnown: false, journal: { id: "own", state: "open", horizonMs: 0 }, clockUncertaintyMs: 5 };
const changing = (over: Partial<ChangeSituation> = {}, journal: Partial<ChangeSituation["journal"]> = {}): Partial<Situation> => ({
  change: { ...change, journal: { ...change.journal, ...journal }, ...over },
});
const pages: CallMessage["work"] = { kind: "pages", request: { ...request, pagesAhead: 1, windowBytes: 1 } };
const selecting = (selector: string): CallMessage => ({ ...call, check: { ...call.check, condition: { selector, facts } } });
const withToken: CallMessage = {
  ...call,
  work: { kind: "send", request: { ...request, auth: { scheme: "ssws", token: new Secret("t") } } },
};

const refusals: readonly [title: string, reason: string, call: CallMessage, over: Partial<Situation>][] = [
  ["from a controller that did not enrol this agent", "not_enrolled", call, { grant: undefined }],
  ["while the agent is paused", "paused", call, { grant: { labels: {}, desired: "paused" } }],
  ["after the agent was revoked", "revoked", call, { grant: { labels: {}, desired: "revoked" } }],
  ["while the process is stopping", "draining", call, { isLeaving: true }],
  ["without a free slot", "no_free_slot", call, { freeSlots: 0 }],
  ["that was begun here before", "already_seen", call, changing({ isKnown: true })],
  ["that changes something while the journal cannot be written", "journal_failed", call, changing({}, { state: "failed" })],
  ["that changes something while the journal is full", "journal_full", call, changing({}, { state: "full" })],
  ["for another journal", "journal_differs", { ...call, journalId: "another" }, changing()],
  ["that changes something while the clock is uncertain", "clock_uncertain", call, changing({ clockUncertaintyMs: certainClockMs + 1 })],
  ["that changes something while the clock is unknown", "clock_uncertain", call, changing({ clockUncertaintyMs: Number.NaN })],
  ["that may have been forgotten", "too_late", call, changing({}, { horizonMs: nowMs + 1 })],
  ["that may begin for more than a minute yet", "too_far_ahead", { ...call, notAfterMs: nowMs + farAheadMs + 1 }, changing()],
  ["that changes something page by page", "pages_change_nothing", { ...call, work: pages }, changing()],
  ["that arrives after it might last begin", "too_late", call, { controllerNowMs: nowMs + 2 }],
  ["made for another process of the agent", "restarted", { ...call, address: { ...call.address, bootId: "boot-0" } }, {}],
  ["whose body is too large", "body_too_large", { ...call, bodyBytes: maxRequestBytes + 1 }, {}],
  ["whose selector asks for another label", "selector_not_matched", selecting("labels.site == 'branch'"), {}],
  ["whose selector asks for a label that it lacks", "selector_not_matched", selecting("labels.tier == 'prod'"), {}],
  ["whose selector asks for another fact", "selector_not_matched", selecting("facts.os == 'win32'"), {}],
  ["whose selector does not parse", "selector_not_understood", selecting("labels.site =="), {}],
];

for (const [title, reason, refusedCall, over] of refusals) {
  test(`a call ${title} is refused as ${reason}`, () => {
    const admission = admit(refusedCall, { ...situation, ...over });
    assert(admission.kind === "refused");
    assert.equal(admission.error.code, "agent_refused");
    assert.equal(admission.error.details?.["reason"], reason);
  });
}

test("a call of another protocol is refused with both versions", () => {
  const admission = admit({ ...call, protocol: 9 }, situation);
  assert(admission.kind === "refused");
  assert.equal(admission.error.code, "agent_protocol_unsupported");
  assert.match(admission.error.message, /protocol 9; this agent speaks 2/);
});

const admissions: readonly [title: string, call: CallMessage, over: Partial<Situation>][] = [
  ["that nothing speaks against", call, {}],
  ["that changes something, for this journal", { ...call, journalId: "own" }, changing()],
  ["that changes something, of a controller that knows of no journal", call, changing()],
  ["that reads, whatever the journal and the clock", { ...call, journalId: "another" }, {}],
  ["with a credential over a private way", withToken, {}],
  ["that carries a credential", withToken, {}],
  [
    "whose selector matches labels, facts, connection and target",
    selecting("labels.site == 'hq' && facts.os == 'linux' && connection.name == 'acme' && target.host == 'acme.okta.com'"),
    {},
  ],
  [
    "whose selector asks what changes from beat to beat, which the controller judged",
    selecting("labels.site == 'hq' && facts.load < 0.0 && facts.freeSlots > 99"),
    {},
  ],
];

for (const [title, admittedCall, over] of admissions) {
  test(`a call ${title} is admitted`, () => assert.deepEqual(admit(admittedCall, { ...situation, ...over }), { kind: "admitted" }));
}

test.run();
