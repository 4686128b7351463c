import { control, LongarmError } from "@longarm/shared";
import type { NatsConnection } from "@nats-io/transport-node";
import { brokerFloor, isRecentEnough } from "./version.ts";

/** Does the broker write to disk before it acknowledges? `unknown`: nobody could be asked. */
export type BrokerFsync = "always" | "delayed" | "unknown";

/** What was found out about a broker. */
export interface BrokerReport {
  readonly version: string;
  readonly fsync: BrokerFsync;
}

/** How far the check goes. */
export interface BrokerCheck {
  /** Accept a broker that acknowledges before it has written to disk. */
  readonly allowUnsafe: boolean;
  /** What is known without asking, as of an embedded broker. */
  readonly fsync?: BrokerFsync;
  /** Addresses of the servers' monitors, such as `http://10.0.0.5:8222`: one per server, for a broker that is not ours. */
  readonly monitorUrls?: readonly string[];
}

const askTimeoutMs = 2_000;

interface JetStreamFacts {
  readonly disabled?: boolean;
  readonly config?: { readonly sync_always?: boolean };
}

// `undefined` for an answer without a configuration: a server that keeps no streams has no say.
function fsyncOf({ disabled, config }: JetStreamFacts): BrokerFsync | undefined {
  if (disabled === true || config === undefined) return undefined;
  return config.sync_always === true ? "always" : "delayed";
}

function worst(answers: readonly (BrokerFsync | undefined)[]): BrokerFsync {
  const known = answers.filter((answer) => answer !== undefined);
  if (known.includes("delayed")) return "delayed";
  return known.length === 0 || known.includes("unknown") ? "unknown" : "always";
}

async function askMonitor(url: string): Promise<BrokerFsync | undefined> {
  try {
    const response = await fetch(new URL("/jsz?config=true", url), { signal: AbortSignal.timeout(askTimeoutMs) });
    return response.ok ? fsyncOf((await response.json()) as JetStreamFacts) : "unknown";
  } catch {
    return "unknown";
  }
}

/** What the servers say themselves over this connection: to the system account, or to an account that was given this question by it. */
export async function askServers(connection: NatsConnection): Promise<BrokerFsync> {
  const answers: (BrokerFsync | undefined)[] = [];
  const options = { strategy: "stall", stall: 300, maxWait: askTimeoutMs } as const;
  try {
    for await (const message of await connection.requestMany(control.everyServersJetStream(), JSON.stringify({ config: true }), options)) {
      answers.push(fsyncOf(message.json<{ data?: JetStreamFacts }>().data ?? {}));
    }
  } catch {
    return "unknown";
  }
  return worst(answers);
}

async function findFsync(connection: NatsConnection, check: BrokerCheck): Promise<BrokerFsync> {
  if (check.fsync !== undefined) return check.fsync;
  const { monitorUrls = [] } = check;
  return monitorUrls.length > 0 ? worst(await Promise.all(monitorUrls.map(askMonitor))) : askServers(connection);
}

/**
 * Checks that the broker behind the CONTROL connection is one to rely on. Throws `broker_too_old`, or `broker_unsafe` when it is
 * known to acknowledge before the disk has it and that is not allowed. `fsync: "unknown"` is for the caller to warn about.
 */
export async function checkBroker(connection: NatsConnection, check: BrokerCheck): Promise<BrokerReport> {
  const version = connection.info?.version ?? "0.0.0";
  if (!isRecentEnough(version)) {
    throw new LongarmError(
      "broker_too_old",
      `The broker at ${connection.getServer()} is version ${version}; ${brokerFloor} or newer is needed.`,
    );
  }
  const fsync = await findFsync(connection, check);
  if (fsync === "delayed" && !check.allowUnsafe) throw new LongarmError("broker_unsafe");
  return { version, fsync };
}
