import { join } from "node:path";
import { type AgentId, type Clock, type JoinTicket, LongarmError, readJoinTicket } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { userNkeySeed } from "@longarm/shared/seal";
import type { AgentConfiguration } from "./configuration.ts";
import { Door } from "./enrol/door.ts";
import { Membership } from "./enrol/membership.ts";
import type { AgentKeyRing } from "./keys/agent-keys.ts";
import type { KnownInstallation } from "./keys/known-installation.ts";
import type { BrokerLogin } from "./link.ts";
import { type NatsLink, openLink } from "./nats/nats-link.ts";
import { readFacts } from "./presence/facts.ts";
import { agentVersion } from "./version.ts";

/** What an agent has before it is let in. */
export interface Outside {
  readonly agentId: AgentId;
  readonly keys: AgentKeyRing;
  readonly installation: KnownInstallation;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What it has afterwards. */
export interface Inside {
  /** The connection that it works by. */
  readonly link: NatsLink;
  readonly membership: Membership;
  /** Gets fresh rights by a connection of its own. */
  readonly enter: (signal: AbortSignal) => Promise<void>;
  /** Goes on with the newest rights, without losing a message. */
  readonly renewLink: () => Promise<void>;
  /** Calls `listener` whenever the broker refuses the rights that there are. */
  readonly onRefused: (listener: () => void) => void;
}

/**
 * Lets the agent be let in, however long the broker, a controller or an administrator takes. Each start is one more time, so that a copy of
 * the data directory is noticed. Throws `enrolment_refused`, `agent_protocol_unsupported` or `invalid_configuration`.
 */
export async function comeIn(configuration: AgentConfiguration, outside: Outside, signal: AbortSignal): Promise<Inside> {
  const { agentId, keys, installation, clock, logger } = outside;
  const { name, labels, dataDirectory, join: joining } = configuration;
  const membership = Membership.open(join(dataDirectory, "membership.json"));
  const ticket = joining && readJoinTicket(joining.token.reveal());
  if (ticket && joining) take(ticket, { pin: joining.pin, installation, membership });
  const connect = connector(configuration, membership, { clock, logger });
  const facts = (): ReturnType<typeof readFacts> => readFacts({ version: agentVersion, credentials: [] });
  const agent = { id: agentId, name };
  const door = new Door({ connect, agent, keys, installation, membership, labels, facts, clock, logger, ...(ticket && { ticket }) });
  await door.enter(signal);
  const seed = userNkeySeed(keys.identitySeed.reveal());
  const login = (): BrokerLogin => ({ jwt: membership.rights?.jwt ?? "", seed });
  const link = await connect(login(), signal);
  return {
    link,
    membership,
    enter: (until) => door.enter(until),
    renewLink: () => link.renew(login()),
    onRefused: (listener) => link.onRefused(listener),
  };
}

/** Takes from the join token which installation it is of, and where that is; before anything is sent to anybody. */
function take(
  ticket: JoinTicket,
  { pin, installation, membership }: { readonly pin: string; readonly installation: KnownInstallation; readonly membership: Membership },
): void {
  installation.pin(ticket.installation, pin);
  if (membership.rights === undefined) membership.found(ticket.urls);
}

type Connect = (login: BrokerLogin, signal: AbortSignal) => Promise<NatsLink>;

function connector(
  { name, broker }: AgentConfiguration,
  membership: Membership,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): Connect {
  const { urls = membership.urls, caFile, certFile, keyFile } = broker;
  if (!urls) {
    const sentence = `It is not known where the broker is: set broker.urls, or join with the command that "longarm agents token" prints.`;
    throw new LongarmError("invalid_configuration", sentence);
  }
  const files = {
    ...(caFile !== undefined && { caFile }),
    ...(certFile !== undefined && { certFile }),
    ...(keyFile !== undefined && { keyFile }),
  };
  return (login, signal) => openLink({ urls, login, name: `agent ${name}`, ...files }, { clock, logger, signal });
}
