import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import { type AgentId, type Clock, Lifecycle, LongarmError, systemClock } from "@longarm/shared";
import { asStorageFault } from "@longarm/shared/config";
import { createLogger, type Logger } from "@longarm/shared/logger";
import type { RestExecutor } from "@longarm/shared/rest";
import { comeIn } from "./come-in.ts";
import { composeAgent } from "./compose.ts";
import type { AgentConfiguration } from "./configuration.ts";
import { holdDataDirectory } from "./data-directory.ts";
import { FileDisk } from "./journal/file-disk.ts";
import type { Journal } from "./journal/journal.ts";
import { openSeal } from "./journal/keyed-seal.ts";
import { openJournal } from "./journal/open-journal.ts";
import { type AgentKeyRing, openAgentKeys } from "./keys/agent-keys.ts";
import { installationFile } from "./keys/installation-file.ts";
import { KnownInstallation } from "./keys/known-installation.ts";
import { PolicyFile } from "./policy/policy-file.ts";

/** What may be given beside the configuration; tests give most of it. */
export interface RunAgentOptions {
  /** Cuts a drain short. */
  readonly abort?: AbortSignal;
  /** Called once the agent is enrolled. */
  readonly onReady?: (ready: { readonly id: AgentId; readonly name: string }) => void;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly executor?: RestExecutor;
}

const longestTimerMs = 2 ** 31 - 1;

/**
 * Runs an agent until the signal is aborted and its open calls have ended. Throws `enrolment_refused`, `agent_protocol_unsupported`,
 * `data_directory_in_use` or `invalid_configuration`; a broker that cannot be reached is waited for.
 */
export async function runAgent(configuration: AgentConfiguration, signal: AbortSignal, options: RunAgentOptions = {}): Promise<void> {
  const { clock = systemClock, logger = createLogger("agent", configuration.logLevel) } = options;
  const lifecycle = new Lifecycle();
  // The clock's own timers keep no process alive, and while a broker is waited for there may be nothing else that does.
  const awake = setInterval(() => undefined, longestTimerMs);
  try {
    const { policyFile } = configuration;
    const policy = new PolicyFile({ ...(policyFile !== undefined && { file: policyFile }), clock, logger });
    if (policyFile !== undefined) lifecycle.add("hang-up listener", lookOnHangUp(policy));
    const held = await holdDataDirectory(configuration.dataDirectory);
    lifecycle.add("data directory", () => held.release());
    const { keys, installation } = openKeysIn(configuration.dataDirectory);
    const journal = await openJournalIn(configuration.dataDirectory, { clock, logger });
    lifecycle.add("journal", () => journal.close());
    const { link, ...inside } = await comeIn(configuration, { agentId: held.agentId, keys, installation, clock, logger }, signal);
    lifecycle.add("broker connection", () => link.close());
    if (!link.isPrivate) {
      logger.warn(
        {},
        "the broker is neither on this machine nor behind TLS: calls are sealed, but who talks to whom is not; use a tls:// or wss:// address",
      );
    }
    const { agent, close } = composeAgent({
      configuration,
      agentId: held.agentId,
      journal,
      keys,
      installation,
      policy,
      ...inside,
      link,
      logger,
      clock,
      ...(options.executor && { executor: options.executor }),
    });
    lifecycle.add("agent", close);
    const onReady = (): void => {
      logger.info({ id: held.agentId, agentName: configuration.name }, "ready");
      options.onReady?.({ id: held.agentId, name: configuration.name });
    };
    await agent.run({ drain: signal, abort: options.abort ?? new AbortController().signal, onReady });
  } catch (reason) {
    if (!signal.aborted || reason instanceof LongarmError) throw reason;
  } finally {
    clearInterval(awake);
    await lifecycle.close();
  }
}

function openKeysIn(directory: string): { readonly keys: AgentKeyRing; readonly installation: KnownInstallation } {
  try {
    const installation = new KnownInstallation(installationFile(join(directory, "installation.json")));
    return { keys: openAgentKeys(join(directory, "keys.json")), installation };
  } catch (reason) {
    throw asStorageFault(reason, resolve(directory));
  }
}

function lookOnHangUp(policy: PolicyFile): () => void {
  const look = (): void => policy.look();
  process.on("SIGHUP", look);
  return () => void process.off("SIGHUP", look);
}

async function openJournalIn(directory: string, { clock, logger }: { readonly clock: Clock; readonly logger: Logger }): Promise<Journal> {
  const onFailure = ({ message }: LongarmError): void =>
    logger.error({ reason: message }, "the journal failed: no calls are taken that change something, until this agent is started again");
  try {
    const seal = openSeal(join(directory, "journal.key"));
    const disk = new FileDisk(join(directory, "journal"));
    const journal = await openJournal({ disk, seal, newId: randomUUID, nowMs: () => clock.nowMs(), onFailure });
    const sentence = "the journal was damaged; what is sound of it is kept, under a new id";
    if (journal.damage.length > 0) logger.error({ damage: journal.damage }, sentence);
    return journal;
  } catch (reason) {
    throw asStorageFault(reason, resolve(directory));
  }
}
