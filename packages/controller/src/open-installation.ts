import { dirname, join } from "node:path";
import { type ControllerId, type Lifecycle, newId, systemClock } from "@longarm/shared";
import { createLogger, type Logger } from "@longarm/shared/logger";
import type { ControllerConfiguration } from "./configuration.ts";
import { lockDataDirectory } from "./history/data-directory-lock.ts";
import { SqliteRunHistory } from "./history/sqlite-run-history.ts";
import { type OpenAudit, openAudit } from "./nats/audit/open-audit.ts";
import { openInstallationTrust } from "./nats/kv/installation-mark.ts";
import { openBroker, type OpenBroker } from "./nats/open-broker.ts";
import { openStores, type Stores } from "./nats/open-stores.ts";
import { type InstallationTrust, signingSentence } from "./ports/installation-trust.ts";
import type { RunRows } from "./ports/live.ts";
import type { UnfinishedRuns } from "./ports/metrics.ts";
import type { RunHistory } from "./ports/run-history.ts";
import type { SweepList } from "./ports/sweep-list.ts";
import { keyRingSource } from "./trust/ring-source.ts";
import { trustSource } from "./trust/trust-source.ts";

/** What had to be opened before the parts can be made, and is closed after them. */
export interface Opened {
  readonly broker: OpenBroker;
  readonly stores: Stores;
  readonly trust: InstallationTrust;
  readonly audit: OpenAudit;
  readonly history: RunHistory & SweepList & UnfinishedRuns & RunRows;
  readonly logger: Logger;
  readonly controllerId: ControllerId;
  readonly lifecycle: Lifecycle;
}

/** Locks the data directory and opens keys, broker, stores and history, each once. What was opened before a fault is in the lifecycle. */
export async function open(configuration: ControllerConfiguration, lifecycle: Lifecycle, signal: AbortSignal): Promise<Opened> {
  const logger = createLogger("controller", configuration.logLevel);
  const controllerId = newId("controller");
  const lock = lockDataDirectory(configuration.data);
  lifecycle.add("data directory", () => lock.release());
  const broker = await openBroker({
    settings: configuration.broker,
    dataDirectory: configuration.data,
    name: controllerId,
    logger,
    lifecycle,
    signal,
  });
  const keyRing = configuration.keyRing ?? join(configuration.data, "keyring.json");
  const keepMs = Math.max(...Object.values(configuration.retention));
  const source = keyRingSource(keyRing, process.env);
  const stores = await openStores({
    broker,
    keyRing: source,
    keepMs,
    keepEventsMs: configuration.retention.events,
    clock: systemClock,
    logger,
    lifecycle,
  });
  const trust = await openInstallationTrust(
    broker.connections.control,
    stores.ring,
    trustSource({
      file: join(typeof keyRing === "string" ? dirname(keyRing) : configuration.data, "trust.json"),
      signer: configuration.signer,
      logger,
    }),
  );
  lifecycle.add("trust", () => trust.close?.());
  logger.info({ signer: trust.kind, installation: trust.fingerprint }, signingSentence(trust));
  const { unanchored: messages, ring } = stores;
  const { control } = broker.connections;
  const audit = await openAudit({ connection: control, ring, trust, messages, controllerId, clock: systemClock, logger });
  const history = new SqliteRunHistory(join(configuration.data, "history.db"), await stores.log.identity());
  lifecycle.add("history", () => history.close());
  return { broker, stores, trust, audit, history, logger, controllerId, lifecycle };
}
