import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Lifecycle, LongarmError, readId, systemClock, type ControllerId, type Secret, everyScope } from "@longarm/shared";
import { createLogger } from "@longarm/shared/logger";
import { asStorageFault } from "@longarm/shared/config";
import { administratorPrincipal, ensureAdministratorKey } from "./access/administrator-key.ts";
import { compose, composeHttp, type Get, parts, spokesCatalogue } from "./compose.ts";
import { schedulerDeps, triggersDeps } from "./compose-loops.ts";
import { open, type Opened } from "./open-installation.ts";
import { readSize, type ControllerConfiguration } from "./configuration.ts";
import { openOwnFlows } from "./flows/open-own-flows.ts";
import type { LoginDesk } from "./ports/login-desk.ts";
import { assertMayListen } from "./http/index.ts";
import { gossipBudgets } from "./nats/budget-gossip.ts";
import { anchorRegularly } from "./nats/audit/open-audit.ts";
import { dispatch } from "./loops/dispatcher.ts";
import { enforceRevocations } from "./loops/revocations.ts";
import { expire } from "./loops/expirer.ts";
import { projectRecords } from "./loops/record-projector.ts";
import { project } from "./loops/projector.ts";
import { reconcileHooks } from "./loops/reconciler.ts";
import { rescue } from "./loops/rescuer.ts";
import { tellRunEnds } from "./loops/run-ends.ts";
import { runSchedules } from "./loops/scheduler.ts";
import { watchStorage } from "./loops/storage-watch.ts";
import { runTriggers } from "./loops/triggers.ts";
import { sweep } from "./loops/sweeper.ts";

/** A controller that serves. */
export interface RunningController {
  readonly id: ControllerId;
  readonly url: string;
  /** Where agents connect to. */
  readonly agentUrls: readonly string[];
  /** The file with the administrator's API key. */
  readonly administratorKeyFile: string;
  /** Only at the first start: a one-time login for the administrator, good for 15 minutes, to be shown once. */
  readonly loginCode?: Secret;
  /** Resolves with a sentence when it cannot go on; the caller stops it then. */
  readonly failed: Promise<string>;
  /** Stops taking runs, lets open calls end, closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts a controller and resolves once it serves. Throws `data_directory_in_use`, `broker_not_found`, `broker_too_old`,
 * `broker_unsafe`, `port_in_use`, `key_ring_missing`, and, where the data directory cannot be used, `invalid_configuration` or
 * `storage_full`; what had been opened by then is closed again.
 */
export async function startController(configuration: ControllerConfiguration, signal: AbortSignal): Promise<RunningController> {
  const lifecycle = new Lifecycle();
  try {
    return await start(configuration, lifecycle, signal);
  } catch (reason) {
    await lifecycle.close().catch(() => undefined);
    throw asStorageFault(reason, resolve(configuration.data));
  }
}

async function start(configuration: ControllerConfiguration, lifecycle: Lifecycle, signal: AbortSignal): Promise<RunningController> {
  assertMayListen(configuration.listen);
  const logger = createLogger("controller", configuration.logLevel);
  const ownFlows = await openOwnFlows(configuration.flows, { catalogue: spokesCatalogue(), logger, lifecycle });
  const opened = await open(configuration, lifecycle, signal);
  anchorRegularly(opened.audit, { clock: systemClock, logger: opened.logger, lifecycle });
  const scope = compose(configuration, opened, ownFlows);
  const administrator = await ensureAdministratorKey(scope.resolve(parts.apiKeys), configuration.data);
  await takePlace(configuration.data, opened);
  await scope.resolve(parts.directory).start();
  scope.resolve(parts.door).start();
  const http = await composeHttp(scope, configuration);
  lifecycle.add("http", () => http.close());
  const { url } = await http.listen(configuration.listen);
  startLoops(scope, configuration, opened);
  const controllerFile = join(configuration.data, "controller.json");
  writeFileSync(controllerFile, `${JSON.stringify({ url, pid: process.pid, agentUrls: opened.broker.agentUrls })}\n`, { mode: 0o600 });
  lifecycle.add("controller file", () => rmSync(controllerFile, { force: true }));
  opened.logger.info({ url, controllerId: opened.controllerId }, "The controller serves.");
  return {
    id: opened.controllerId,
    url,
    agentUrls: opened.broker.agentUrls,
    administratorKeyFile: administrator.file,
    ...(administrator.kind === "made" && { loginCode: await firstLogin(scope.resolve(parts.logins)) }),
    failed: opened.broker.ended,
    stop: () => lifecycle.close(),
  };
}

async function firstLogin(logins: LoginDesk): Promise<Secret> {
  return (await logins.issue({ principal: administratorPrincipal, scopes: [everyScope], createdBy: administratorPrincipal })).code;
}

/** The loops that move runs; they end before anything that they stand on is closed. */
function startLoops(
  scope: ReturnType<typeof compose>,
  configuration: ControllerConfiguration,
  { logger, controllerId, stores, broker, lifecycle }: Opened,
): void {
  const stopping = new AbortController();
  const get: Get = (part) => scope.resolve(part);
  const [clock, history, carrier, slots] = [get(parts.clock), get(parts.history), get(parts.carrier), get(parts.slots)];
  const [lease, signals, places] = [get(parts.lease), get(parts.signals), get(parts.places)];
  const deps = { ...stores, history, carrier, slots, lease, signals, places, clock, logger, controllerId };
  const projecting = new AbortController();
  const feed = scope.resolve(parts.feed);
  const projector = project({ ...deps, onChanged: (run) => feed.changed(run) }, projecting.signal);
  const kinds = scope
    .resolve(parts.catalogue)
    .recordKinds()
    .map(({ kind }) => kind);
  const viewing = { records: stores.records.store, history: scope.resolve(parts.recordHistory), kinds, clock, logger };
  const recordProjector = projectRecords(viewing, projecting.signal);
  const { runs: keepRunsMs, keys: keepKeysMs } = configuration.retention;
  const sweeping = sweep({ ...deps, trail: scope.resolve(parts.audit).trail, keepRunsMs, keepKeysMs }, stopping.signal);
  const watching = { ...deps, room: scope.resolve(parts.room), reserveBytes: readSize(configuration.storage.reserve) };
  const storage = watchStorage(watching, stopping.signal);
  const loops = Promise.all([
    storage,
    dispatch(deps, stopping.signal),
    rescue(deps, stopping.signal),
    enforceRevocations({ ...deps, identities: scope.resolve(parts.identities) }, stopping.signal),
    expire(deps, stopping.signal),
    runSchedules(schedulerDeps(get), stopping.signal),
    runTriggers(triggersDeps(get), stopping.signal),
    tellRunEnds(triggersDeps(get), stopping.signal),
    reconcileHooks({ ...deps, ...get(parts.hooks) }, stopping.signal),
    gossipBudgets({ ...deps, connection: broker.connections.control, budgets: scope.resolve(parts.budgets) }, stopping.signal),
    sweeping,
  ]);
  lifecycle.add("projector", async () => {
    projecting.abort();
    await Promise.all([projector, recordProjector]);
  });
  lifecycle.add("loops", async () => {
    stopping.abort(new LongarmError("overtaken", "This controller stops."));
    await loops;
    await carrier.stop(configuration.stopWithin);
    await stores.presence.withdraw(controllerId).catch(() => undefined);
  });
}

/** Whoever held this data directory before is dead, since its lock is ours: its runs may be taken over at once. */
async function takePlace(dataDirectory: string, { stores, controllerId }: Opened): Promise<void> {
  const file = join(dataDirectory, "controller-id");
  // A power cut may leave an empty file; then its runs are taken over as those of any controller that falls silent.
  const before = existsSync(file) ? readId("controller", readFileSync(file, "utf8").trim()) : undefined;
  // A full store is no reason to stay away: what makes room is asked of a controller. Its sign of life follows by itself.
  if (before) await unlessStoreIsFull(stores.presence.withdraw(before));
  await unlessStoreIsFull(stores.presence.renew(controllerId));
  writeFileSync(`${file}.new`, `${controllerId}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

async function unlessStoreIsFull(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (reason) {
    if (LongarmError.from(reason).code !== "storage_full") throw reason;
  }
}
