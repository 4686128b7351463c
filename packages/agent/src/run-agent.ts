import { type AgentId, type Clock, Lifecycle, LongarmError, systemClock } from "@longarm/shared";
import { createLogger, type Logger } from "@longarm/shared/logger";
import type { RestExecutor } from "@longarm/shared/rest";
import { composeAgent } from "./compose.ts";
import type { AgentConfiguration } from "./configuration.ts";
import { holdDataDirectory } from "./data-directory.ts";
import { openLink } from "./nats/nats-link.ts";

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

/**
 * Runs an agent until the signal is aborted and its open calls have ended. Throws `enrolment_refused`, `agent_protocol_unsupported`,
 * `data_directory_in_use` or `invalid_configuration`; a broker that cannot be reached is waited for.
 */
export async function runAgent(configuration: AgentConfiguration, signal: AbortSignal, options: RunAgentOptions = {}): Promise<void> {
  const { clock = systemClock, logger = createLogger("agent", configuration.logLevel) } = options;
  const lifecycle = new Lifecycle();
  try {
    const held = await holdDataDirectory(configuration.dataDirectory);
    lifecycle.add("data directory", () => held.release());
    const { urls, user, password, caFile, certFile, keyFile } = configuration.broker;
    const files = {
      ...(caFile !== undefined && { caFile }),
      ...(certFile !== undefined && { certFile }),
      ...(keyFile !== undefined && { keyFile }),
    };
    const target = { urls, user, password: password ?? configuration.enrolmentToken, name: `agent ${configuration.name}`, ...files };
    const link = await openLink(target, { clock, logger, signal });
    lifecycle.add("broker connection", () => link.close());
    if (!link.isPrivate) {
      logger.warn(
        { urls },
        "the broker is neither on this machine nor behind TLS: calls that carry a credential are refused; use a tls:// or wss:// address",
      );
    }
    const { agent, close } = composeAgent({
      configuration,
      agentId: held.agentId,
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
    await lifecycle.close();
  }
}
