import { JoinTokens } from "../../packages/controller/src/enrol/join-tokens.ts";
import { TokenDesk } from "../../packages/controller/src/enrol/token-desk.ts";
import { embeddedTrust, newTrustSeeds } from "../../packages/controller/src/trust/trust-keys.ts";
import { type Clock, systemClock } from "@longarm/shared";
import { type Logger, silentLogger } from "@longarm/shared/logger";
import { newApiToken } from "../../packages/controller/src/access/api-token.ts";
import { authenticator, type TokenIssuer } from "../../packages/controller/src/access/authenticator.ts";
import { HashedApiKeyStore } from "../../packages/controller/src/access/hashed-api-key-store.ts";
import { LoginCodes } from "../../packages/controller/src/access/login-codes.ts";
import { createHttpServer } from "../../packages/controller/src/http/index.ts";
import { bucketMatcher } from "../../packages/controller/src/decide/budget/match-bucket.ts";
import { SharedBudgets } from "../../packages/controller/src/memory/budget/shared-budgets.ts";
import { IndexedAgentSelection } from "../../packages/controller/src/memory/agent-selection.ts";
import { MemoryAudit } from "../../packages/controller/src/memory/memory-audit.ts";
import { LiveFeed } from "../../packages/controller/src/live/live-feed.ts";
import { WebSocketDoor } from "../../packages/controller/src/live/websocket-door.ts";
import { MemoryEventStore } from "../../packages/controller/src/memory/memory-event-store.ts";
import { MemoryRunHistory } from "../../packages/controller/src/memory/memory-run-history.ts";
import { MemoryDefinitionStore } from "../../packages/controller/src/memory/memory-definition-store.ts";
import type { ConnectionTestResult } from "../../packages/controller/src/ports/connection-test.ts";
import {
  apiKeyCodec,
  connectionCodec,
  scheduleCodec,
  scheduleStateCodec,
  credentialCodec,
  loginCodeCodec,
  joinTokenCodec,
} from "../../packages/controller/src/ports/definition-codec.ts";
import type { Readiness } from "../../packages/controller/src/ports/readiness.ts";
import { ScriptedAgents } from "./scripted/agents.ts";
import { scriptedHooks } from "./scripted/hook-door.ts";
import { scriptedCatalogue } from "./scripted/catalogue.ts";
import { scriptedRecords, type ScriptedRecords } from "./scripted/records.ts";
import { ScriptedRuns } from "./scripted/runs.ts";
import { triggersInMemory } from "./triggers.ts";
import { syncsInMemory } from "./syncs.ts";

/** The real HTTP server over ports that a test scripts. */
export interface ScriptedController {
  readonly url: string;
  readonly port: number;
  /** The administrator's token. */
  readonly token: string;
  readonly runs: ScriptedRuns;
  readonly agents: ScriptedAgents;
  readonly connections: MemoryDefinitionStore<Parameters<(typeof connectionCodec)["encode"]>[0]>;
  readonly credentials: MemoryDefinitionStore<Parameters<(typeof credentialCodec)["encode"]>[0]>;
  readonly apiKeys: HashedApiKeyStore;
  readonly events: MemoryEventStore;
  readonly triggers: ReturnType<typeof triggersInMemory>;
  readonly audit: MemoryAudit;
  /** What the live feed reads of runs, and the feed. */
  readonly history: MemoryRunHistory;
  readonly feed: LiveFeed;
  readonly records: ScriptedRecords;
  /** What readiness and a connection test answer; a test may change them. */
  readonly answers: { readiness: Readiness; connectionTest: (name: string, on: string | undefined) => ConnectionTestResult };
  /** A request with the administrator's key; `body` is sent as JSON. */
  ask(
    method: string,
    path: string,
    options?: { body?: unknown; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<Response>;
}

export interface ScriptedOptions {
  readonly clock?: Clock;
  readonly logger?: Logger;
  readonly publicUrl?: string;
  readonly issuers?: readonly TokenIssuer[];
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly corsOrigins?: readonly string[];
  readonly rateLimit?: { readonly perSecond: number; readonly burst: number };
  /** Default 0: whichever is free. */
  readonly port?: number;
}

function passedTest(name: string): ConnectionTestResult {
  const call = {
    executor: { kind: "local" } as const,
    why: "placed locally",
    method: "GET",
    path: "/api/v1/users",
    status: 200,
    queuedMs: 0,
    sentMs: 3,
  };
  const told = { org: null, principal: null, scopes: null, clockAheadMs: 0 };
  return { ok: true, connection: name, ...call, ...told, oktaRequestId: "req1", error: null };
}

const unchanged = async () => ({ active: 1, resealed: 0, left: 0 });
const scriptedDataKeys = { list: async () => [], rotate: unchanged, reseal: unchanged, drop: async () => undefined };

function chosen({ rateLimit, tls, corsOrigins }: ScriptedOptions): Pick<ScriptedOptions, "rateLimit" | "tls" | "corsOrigins"> {
  return { ...(rateLimit && { rateLimit }), ...(tls && { tls }), ...(corsOrigins && { corsOrigins }) };
}

function schedulesInMemory(clock: Clock) {
  return {
    definitions: new MemoryDefinitionStore(scheduleCodec, clock),
    states: new MemoryDefinitionStore(scheduleStateCodec, clock),
  };
}

/** Tokens of an installation whose broker lets nobody in. */
function joinDeskFor(clock: Clock): TokenDesk {
  const tokens = new JoinTokens({ store: new MemoryDefinitionStore(joinTokenCodec), clock });
  const identities = { mintBootstrap: async (id: string) => ({ jwt: `jwt of ${id}`, expiresAtMs: 0 }) };
  return new TokenDesk({ tokens, identities, trust: embeddedTrust(newTrustSeeds()), urls: ["nats://127.0.0.1:4222"] });
}

/** Asks with that token. */
function askerOf(url: string, token: string): ScriptedController["ask"] {
  return (method, path, { body: sent, headers = {}, signal } = {}) => {
    const content = sent === undefined ? {} : { body: JSON.stringify(sent) };
    const type = sent === undefined ? {} : { "content-type": "application/json" };
    return fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...type, ...headers },
      ...content,
      ...(signal && { signal }),
    });
  };
}

/** Runs `body` against a listening server, and closes it. */
export async function withScriptedController(
  body: (controller: ScriptedController) => Promise<void>,
  options: ScriptedOptions = {},
): Promise<void> {
  const [runs, agents] = [new ScriptedRuns(), new ScriptedAgents()];
  const [connections, credentials] = [new MemoryDefinitionStore(connectionCodec), new MemoryDefinitionStore(credentialCodec)];
  const clock = options.clock ?? systemClock;
  const apiKeys = new HashedApiKeyStore({ records: new MemoryDefinitionStore(apiKeyCodec), clock });
  const logger = options.logger ?? silentLogger;
  const budgets = new SharedBudgets({ bucketOf: bucketMatcher([]), clock });
  const history = new MemoryRunHistory();
  const [records, events, triggers] = [scriptedRecords(clock), new MemoryEventStore(), triggersInMemory(clock)];
  const hooks = scriptedHooks({ connections, events, clock });
  const feed = new LiveFeed({ rows: history, runs, agents, connections, budgets, hooks: hooks.webhooks.states, clock, logger });
  const [audit, token] = [new MemoryAudit(clock), newApiToken()];
  await apiKeys.add(token, { principal: "tester", scopes: ["*"] });
  const answers: ScriptedController["answers"] = {
    readiness: { ready: true, checks: { broker: { ok: true, sentence: "Connected." } } },
    connectionTest: passedTest,
  };
  const server = await createHttpServer({
    runs,
    agents,
    joinDesk: joinDeskFor(clock),
    ...{ connections, credentials, budgets },
    syncs: syncsInMemory(),
    schedules: schedulesInMemory(clock),
    events,
    records,
    ...hooks,
    ...{ triggers, runLogEnd: async () => 0 },
    checkRun: async ({ connection = "acme" }) => ({ connection }),
    dataKeys: scriptedDataKeys,
    audit: { trail: audit, log: audit },
    receipts: { list: async () => [] },
    apiKeys,
    logins: new LoginCodes({ records: new MemoryDefinitionStore(loginCodeCodec), keys: apiKeys, clock }),
    authenticate: authenticator({ keys: apiKeys, issuers: options.issuers ?? [] }),
    ...chosen(options),
    clock,
    selection: selectionOver(agents),
    catalogue: scriptedCatalogue,
    readiness: async () => answers.readiness,
    live: new WebSocketDoor({ feed, clock, logger }),
    metrics: { contentType: "text/plain; version=0.0.4; charset=utf-8", render: async () => "longarm_info 1\n" },
    testConnection: async (name, on) => answers.connectionTest(name, on),
    tellChoices: async ({ action }) => ({ gives: "choices", from: action, choices: [], fields: null, next: null, truncated: false }),
    logger,
    version: "0.1.0",
    ...(options.publicUrl !== undefined && { publicUrl: options.publicUrl }),
  });
  const { url, port } = await server.listen({ host: "127.0.0.1", port: options.port ?? 0 });
  const ask = askerOf(url, token.reveal());
  try {
    const asked = { url, port, token: token.reveal(), ask };
    await body({ ...asked, runs, agents, connections, credentials, apiKeys, events, triggers, audit, history, records, feed, answers });
  } finally {
    await server.close();
  }
}

/** The real selection over whoever stands in the directory when it is asked. */
function selectionOver(agents: ScriptedAgents): Pick<IndexedAgentSelection, "choose" | "explain"> {
  const filled = (): IndexedAgentSelection => {
    const selection = new IndexedAgentSelection({ clock: systemClock });
    for (const agent of agents.list()) selection.upsert(agent);
    return selection;
  };
  return { choose: (rule, at) => filled().choose(rule, at), explain: (selector, connection) => filled().explain(selector, connection) };
}
