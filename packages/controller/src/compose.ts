// Over 300 lines: the one place that names every part, each in a line or a function of its own.
import "reflect-metadata";
import { join } from "node:path";
import { systemClock, type Clock, type ControllerId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { createRestExecutor, type RestExecutor } from "@longarm/shared/rest";
import type { KeyRing } from "@longarm/shared/seal";
import { okta } from "@longarm/okta";
import { configuredSinks, createSyncEngine } from "@longarm/sync";
import { createCatalogue, type Catalogue } from "@longarm/spoke";
import { container, instancePerContainerCachingFactory, type DependencyContainer, type InjectionToken } from "tsyringe";
import { authenticator } from "./access/authenticator.ts";
import { HashedApiKeyStore } from "./access/hashed-api-key-store.ts";
import { LoginCodes } from "./access/login-codes.ts";
import { OidcIssuer } from "./access/oidc/oidc-issuer.ts";
import { StoredCredentialReceipts } from "./access/stored-credential-receipts.ts";
import type { ControllerConfiguration } from "./configuration.ts";
import { SqliteRecordHistory } from "./history/records/sqlite-record-history.ts";
import { createHttpServer, type HttpServer } from "./http/index.ts";
import { LiveFeed } from "./live/live-feed.ts";
import { WebSocketDoor } from "./live/websocket-door.ts";
import { IndexedAgentSelection } from "./memory/agent-selection.ts";
import { SharedBudgets } from "./memory/budget/shared-budgets.ts";
import { bucketMatcher } from "./decide/budget/match-bucket.ts";
import type { OpenAudit } from "./nats/audit/open-audit.ts";
import { openHooks, type Hooks } from "./hooks/open-hooks.ts";
import { HookCounters } from "./metrics/hook-counters.ts";
import { ControllerMetrics } from "./metrics/controller-metrics.ts";
import { RunCounters } from "./metrics/run-counters.ts";
import { TriggerCounters } from "./metrics/trigger-counters.ts";
import { FieldAgentDirectory, FieldDoor } from "./nats/field/index.ts";
import { BrokerFieldIdentities } from "./nats/identities/index.ts";
import type { Stores } from "./nats/open-stores.ts";
import type { CredentialReceipts } from "./ports/credential-receipts.ts";
import { auditedSettling } from "./enrol/audited-settling.ts";
import { Gate } from "./enrol/gate.ts";
import { JoinTokens } from "./enrol/join-tokens.ts";
import { TokenDesk } from "./enrol/token-desk.ts";
import type { JoinDesk } from "./ports/join-desk.ts";
import type { ChildRuns } from "./ports/child-runs.ts";
import type { EventWaits } from "./ports/event-waits.ts";
import type { ApiKeyStore } from "./ports/api-key-store.ts";
import type { InstallationTrust } from "./ports/installation-trust.ts";
import type { OwnFlows } from "./ports/own-flows.ts";
import type { LoginDesk } from "./ports/login-desk.ts";
import type { RunRows } from "./ports/live.ts";
import type { UnfinishedRuns } from "./ports/metrics.ts";
import type { RecordHistory } from "./ports/record-history.ts";
import type { RunHistory } from "./ports/run-history.ts";
import type { SweepList } from "./ports/sweep-list.ts";
import type { Opened } from "./open-installation.ts";
import { readinessOf } from "./readiness.ts";
import type { Syncs } from "./ports/sync-store.ts";
import { KeyPlaces } from "./run/place/key-places.ts";
import { LaneSlots } from "./run/place/lane-slots.ts";
import { OwnerLease } from "./run/owner-lease.ts";
import { SubmittedChildRuns } from "./run/flow/child-runs.ts";
import { IndexedEventWaits } from "./run/flow/indexed-event-waits.ts";
import { RunCarrier } from "./run/run-carrier.ts";
import { Checks } from "./run/call/checks.ts";
import { RunSignals } from "./run/run-signals.ts";
import { roomyEvents } from "./run/start/roomy-events.ts";
import { StorageRoom } from "./run/steer/storage-room.ts";
import { ownActorsAsker } from "./run/ask/ask-own-actors.ts";
import { Runs } from "./run/steer/runs.ts";
import { checkRequest } from "./run/steer/submit-run.ts";
import { choicesTeller } from "./run/ask/tell-choices.ts";
import { connectionTester } from "./run/ask/test-connection.ts";
import { version } from "./version.ts";

/** A part of the controller, by the type that it has. */
function token<T>(name: string): InjectionToken<T> {
  return Symbol.for(`longarm.controller.${name}`);
}

/** The parts that `main.ts` starts and stops. */
export const parts = {
  controllerId: token<ControllerId>("ControllerId"),
  clock: token<Clock>("Clock"),
  logger: token<Logger>("Logger"),
  stores: token<Stores>("Stores"),
  history: token<RunHistory & SweepList & UnfinishedRuns & RunRows>("RunHistory"),
  recordHistory: token<RecordHistory>("RecordHistory"),
  audit: token<OpenAudit>("Audit"),
  signals: token<RunSignals>("RunSignals"),
  slots: token<LaneSlots>("LaneSlots"),
  lease: token<OwnerLease>("OwnerLease"),
  places: token<KeyPlaces>("KeyPlaces"),
  counters: token<RunCounters>("RunCounters"),
  triggerCounters: token<TriggerCounters>("TriggerCounters"),
  hooks: token<Hooks & { readonly counters: HookCounters }>("Hooks"),
  carrier: token<RunCarrier>("RunCarrier"),
  room: token<StorageRoom>("StorageRoom"),
  runs: token<Runs>("Runs"),
  children: token<ChildRuns>("ChildRuns"),
  eventWaits: token<EventWaits>("EventWaits"),
  feed: token<LiveFeed>("LiveFeed"),
  directory: token<FieldAgentDirectory>("FieldAgentDirectory"),
  selection: token<IndexedAgentSelection>("IndexedAgentSelection"),
  budgets: token<SharedBudgets>("SharedBudgets"),
  catalogue: token<Catalogue>("Catalogue"),
  ring: token<KeyRing>("KeyRing"),
  trust: token<InstallationTrust>("InstallationTrust"),
  local: token<RestExecutor>("RestExecutor"),
  syncs: token<Syncs>("Syncs"),
  receipts: token<CredentialReceipts>("CredentialReceipts"),
  apiKeys: token<ApiKeyStore>("ApiKeyStore"),
  logins: token<LoginDesk>("LoginDesk"),
  identities: token<BrokerFieldIdentities>("FieldIdentities"),
  joinTokens: token<JoinTokens>("JoinTokens"),
  joinDesk: token<JoinDesk>("JoinDesk"),
  door: token<FieldDoor>("FieldDoor"),
} as const;

/** What the spokes hold, without flows of one's own. */
export function spokesCatalogue(): Catalogue {
  return createCatalogue([okta]);
}

/** Registers every part in a container of its own. */
export function compose(configuration: ControllerConfiguration, opened: Opened, ownFlows?: OwnFlows): DependencyContainer {
  const scope = container.createChildContainer();
  const make = <T>(of: InjectionToken<T>, factory: (get: <U>(part: InjectionToken<U>) => U) => T): void => {
    scope.register(of, { useFactory: instancePerContainerCachingFactory((own) => factory((part) => own.resolve(part))) });
  };
  make(parts.controllerId, () => opened.controllerId);
  make(parts.clock, () => systemClock);
  make(parts.logger, () => opened.logger);
  make(parts.stores, () => opened.stores);
  make(parts.history, () => opened.history);
  make(parts.recordHistory, (get) => openRecordHistory(get, opened, configuration));
  make(parts.audit, () => opened.audit);
  make(parts.ring, () => opened.stores.ring);
  make(parts.trust, () => opened.trust);
  make(parts.signals, () => new RunSignals());
  make(parts.slots, () => new LaneSlots(configuration.lanes, systemClock));
  make(parts.lease, (get) => new OwnerLease({ clock: get(parts.clock) }));
  make(parts.places, (get) => createPlaces(get, opened));
  make(parts.catalogue, () => createCatalogue([okta], ownFlows?.flows));
  make(parts.room, () => new StorageRoom());
  make(parts.budgets, createBudgets);
  make(parts.selection, (get) => new IndexedAgentSelection({ clock: get(parts.clock) }));
  make(parts.apiKeys, () => new HashedApiKeyStore({ records: opened.stores.apiKeys, clock: systemClock }));
  make(parts.logins, (get) => new LoginCodes({ records: opened.stores.logins, keys: get(parts.apiKeys), clock: systemClock }));
  make(parts.receipts, () => new StoredCredentialReceipts({ records: opened.stores.credentialReceipts, clock: systemClock }));
  make(parts.local, () => {
    const executor = createRestExecutor({ clock: systemClock, logger: opened.logger });
    opened.lifecycle.add("local executor", () => executor.close());
    return executor;
  });
  make(parts.syncs, () => createSyncs(opened, configuration));
  make(parts.identities, (get) => {
    const { keys, claims: desk } = opened.broker;
    const { revocations } = opened.stores;
    return new BrokerFieldIdentities({ keys, desk, revocations, clock: get(parts.clock), logger: get(parts.logger) });
  });
  make(parts.joinTokens, (get) => new JoinTokens({ store: opened.stores.joinTokens, clock: get(parts.clock) }));
  make(parts.door, (get) => createDoor(get, opened));
  make(parts.joinDesk, (get) => {
    const { trust, broker } = opened;
    return new TokenDesk({ tokens: get(parts.joinTokens), identities: get(parts.identities), trust, urls: broker.agentUrls });
  });
  make(parts.directory, (get) => createDirectory(get, opened));
  make(parts.counters, () => new RunCounters());
  make(parts.triggerCounters, () => new TriggerCounters(() => opened.stores.events.countWaiting()));
  make(parts.hooks, (get) => createHooks(get, opened, configuration));
  make(parts.carrier, (get) => new RunCarrier({ ...carrierDeps(get, configuration), ...(ownFlows && { ownFlows }) }));
  make(parts.runs, (get) => {
    const kept = { history: get(parts.history), ended: opened.stores.ended, keepKeysMs: configuration.retention.keys };
    return new Runs({ ...carrierDeps(get, configuration), ...kept, room: get(parts.room) });
  });
  make(parts.children, createChildren);
  make(parts.eventWaits, createEventWaits);
  make(parts.feed, createFeed);
  return scope;
}

/** Gives a part of the controller. */
export type Get = <U>(part: InjectionToken<U>) => U;

function createDirectory(get: Get, { broker, stores, trust, logger, controllerId, lifecycle }: Opened): FieldAgentDirectory {
  const selection = get(parts.selection);
  const { connections } = broker;
  const identities = get(parts.identities);
  const directory = new FieldAgentDirectory({
    connection: connections.field,
    controllerId,
    store: stores.agentGrants,
    trust,
    revoke: (key) => identities.revoke(key),
    clock: systemClock,
    logger,
  });
  lifecycle.add("agent directory", () => directory.close());
  directory.onView((view) => selection.upsert(view));
  return directory;
}

/** Where agents come in, beside the directory that knows them. */
function createDoor(get: Get, { broker, stores, trust, logger, lifecycle }: Opened): FieldDoor {
  const [directory, clock, store] = [get(parts.directory), get(parts.clock), stores.agentGrants];
  const gate = new Gate({
    ...{ tokens: get(parts.joinTokens), store, identities: get(parts.identities), clock, logger },
    namesake: (name, than) => directory.namesake(name, than),
    waiting: (token) => directory.waitingUnder(token),
    onGrant: (grant) => directory.granted(grant),
  });
  const door = new FieldDoor({
    ...{ connection: broker.connections.field, trust, clock, logger },
    settle: auditedSettling((ticket, knocking) => gate.settle(ticket, knocking), get(parts.audit).trail),
    renew: async (agent) => {
      const grant = (await store.get(agent))?.value;
      return grant && gate.renew(grant);
    },
    say: (subject, payload) => directory.say(subject, payload),
    up: () => directory.list().flatMap(({ id, lastBeatAt, state }) => (lastBeatAt === null || state === "lost" ? [] : [id])),
  });
  lifecycle.add("door", () => door.close());
  return door;
}

function createChildren(get: Get): SubmittedChildRuns {
  const { log, blobs, connections, credentials } = get(parts.stores);
  return new SubmittedChildRuns({
    ...{ log, blobs, connections, credentials },
    ...{ catalogue: get(parts.catalogue), syncs: get(parts.syncs), ring: get(parts.ring) },
    ...{ clock: get(parts.clock), room: get(parts.room), signals: get(parts.signals) },
    runs: () => get(parts.runs),
  });
}

function createEventWaits(get: Get): EventWaits {
  return new IndexedEventWaits({ feed: get(parts.stores).eventFeed, clock: get(parts.clock), logger: get(parts.logger) });
}

function createFeed(get: Get): LiveFeed {
  const { connections } = get(parts.stores);
  const [clock, logger, history] = [get(parts.clock), get(parts.logger), get(parts.history)];
  return new LiveFeed({
    ...{ clock, logger, connections, rows: history, hooks: get(parts.stores).webhooks.states },
    runs: get(parts.runs),
    agents: get(parts.directory),
    budgets: get(parts.budgets),
  });
}

/** What records are kept of is what the spokes say. */
function openRecordHistory(get: Get, { lifecycle }: Opened, { data }: ControllerConfiguration): RecordHistory {
  const history = new SqliteRecordHistory(join(data, "records.db"), get(parts.catalogue).recordKinds());
  lifecycle.add("record history", () => history.close());
  return history;
}

function createHooks(get: Get, { stores, lifecycle }: Opened, configuration: ControllerConfiguration) {
  const deps = carrierDeps(get, configuration);
  const counters = new HookCounters();
  const events = roomyEvents(stores.events, get(parts.room));
  const { webhooks } = stores;
  const spokes = deps.catalogue.spokes();
  return { counters, ...openHooks({ ...deps, webhooks, events, spokes, lookUp: ownActorsAsker(deps), meter: counters, lifecycle }) };
}

function createBudgets(get: Get): SharedBudgets {
  const spokes = get(parts.catalogue).spokes();
  const tables = spokes.flatMap(({ limits }) => limits ?? []);
  return new SharedBudgets({ bucketOf: bucketMatcher(tables), clock: get(parts.clock) });
}

function createPlaces(get: Get, { stores, controllerId, logger }: Opened): KeyPlaces {
  return new KeyPlaces({ store: stores.holds, controllerId, ring: stores.ring, clock: get(parts.clock), logger });
}

/** Syncs write by an executor of their own: what its webhooks meet is no matter of the targets'. */
function createSyncs({ stores, lifecycle }: Opened, { data, sinks }: ControllerConfiguration): Syncs {
  const executor = createRestExecutor({ clock: systemClock });
  lifecycle.add("sinks", () => executor.close());
  const settings = { sqlite: { kind: "sqlite", directory: join(data, "sinks") } as const, ...sinks };
  const engine = createSyncEngine(configuredSinks(settings, { executor, clock: systemClock }), systemClock);
  return { definitions: stores.syncs, marks: stores.syncMarks, engine };
}

function carrierDeps(get: Get, { publicUrl }: ControllerConfiguration) {
  const { log, items, blobs, connections, credentials, webhooks } = get(parts.stores);
  return {
    ...{ log, items, blobs, connections, credentials },
    controllerId: get(parts.controllerId),
    catalogue: get(parts.catalogue),
    directory: get(parts.directory),
    inquiry: get(parts.directory).inquiry,
    selection: get(parts.selection),
    budgets: get(parts.budgets),
    local: get(parts.local),
    receipts: get(parts.receipts),
    slots: get(parts.slots),
    lease: get(parts.lease),
    places: get(parts.places),
    signals: get(parts.signals),
    checks: new Checks(),
    syncs: get(parts.syncs),
    records: get(parts.stores).records,
    children: get(parts.children),
    events: get(parts.eventWaits),
    trail: get(parts.audit).trail,
    tally: get(parts.counters),
    ring: get(parts.ring),
    clock: get(parts.clock),
    logger: get(parts.logger),
    ...(publicUrl !== undefined && { publicUrl: publicUrl.replace(/\/+$/, "") }),
    hookSecret: async (name: string) => (await webhooks.definitions.get(name))?.value.secrets[0]?.secret ?? null,
    random: Math.random,
    afterTurn: setImmediate,
  };
}

function accessOf(get: Get, { access, listen }: ControllerConfiguration) {
  const { oidc, rateLimit, corsOrigins, longestKeyLife: longestKeyLifeMs } = access;
  const issuers = oidc.map((settings) => new OidcIssuer(settings, get(parts.clock)));
  return {
    ...{ rateLimit, corsOrigins },
    authenticate: authenticator({ keys: get(parts.apiKeys), issuers }),
    ...(longestKeyLifeMs !== undefined && { longestKeyLifeMs }),
    ...(listen.tls && { tls: listen.tls }),
  };
}

/** The HTTP server over the composed parts. */
export function composeHttp(scope: DependencyContainer, configuration: ControllerConfiguration): Promise<HttpServer> {
  const get: Get = (part) => scope.resolve(part);
  const deps = carrierDeps(get, configuration);
  const readiness = readinessOf({
    log: deps.log,
    history: get(parts.history),
    room: get(parts.room),
    trust: get(parts.trust),
    clock: deps.clock,
  });
  const { connections, budgets, directory: agents } = deps;
  const sources = { version, runs: get(parts.history), agents, connections, budgets, readiness };
  return createHttpServer({
    ...deps,
    records: { store: get(parts.stores).records.store, history: get(parts.recordHistory), kinds: deps.catalogue.recordKinds() },
    schedules: get(parts.stores).schedules,
    events: roomyEvents(get(parts.stores).events, get(parts.room)),
    webhooks: get(parts.stores).webhooks,
    hookDoor: get(parts.hooks).door,
    triggers: get(parts.stores).triggers,
    runLogEnd: async () => (await deps.log.identity()).lastSequence,
    checkRun: (request) => checkRequest(deps, request),
    runs: get(parts.runs),
    agents: deps.directory,
    joinDesk: get(parts.joinDesk),
    apiKeys: get(parts.apiKeys),
    dataKeys: get(parts.stores).dataKeys,
    audit: get(parts.audit),
    logins: get(parts.logins),
    ...accessOf(get, configuration),
    readiness,
    live: new WebSocketDoor({ feed: get(parts.feed), clock: deps.clock, logger: deps.logger }),
    metrics: new ControllerMetrics({
      ...sources,
      counters: { runs: get(parts.counters), hooks: get(parts.hooks).counters, triggers: get(parts.triggerCounters) },
    }),
    testConnection: connectionTester(deps),
    tellChoices: choicesTeller(deps),
    version,
    ...(configuration.publicUrl !== undefined && { publicUrl: configuration.publicUrl }),
  });
}
