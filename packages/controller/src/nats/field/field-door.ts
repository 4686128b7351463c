import { type AgentId, agentOfSubject, type Clock, field, LongarmError, readId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { AgentRights, KnockingMessage, KnockVerdict } from "@longarm/shared/wire";
import type { NatsConnection } from "@nats-io/transport-node";
import type { InstallationTrust } from "../../ports/installation-trust.ts";
import { KnockDesk } from "./knock-desk.ts";
import { Renewals } from "./renewals.ts";

/** What the door stands on. `connection` is to the account FIELD. */
export interface FieldDoorDeps {
  readonly connection: NatsConnection;
  readonly trust: InstallationTrust;
  readonly settle: (ticket: string, knocking: KnockingMessage) => Promise<KnockVerdict>;
  /** Fresh rights; undefined for one that is to have none. */
  readonly renew: (agent: AgentId) => Promise<AgentRights | undefined>;
  /** Says a word to an agent, signed and sealed. */
  readonly say: (subject: string, payload: Uint8Array) => void;
  /** The agents that can hear. */
  readonly up: () => readonly AgentId[];
  /** How often rights are renewed; default: at half of the time that they last. */
  readonly everyMs?: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

const sweepMs = 1_000;

/** Where strangers ask to become agents, and agents come back; and where agents' rights are renewed. */
export class FieldDoor {
  readonly #deps: FieldDoorDeps;
  readonly #desk: KnockDesk;
  readonly #renewals: Renewals;
  readonly #stop = new AbortController();

  constructor(deps: FieldDoorDeps) {
    this.#deps = deps;
    const publish = (subject: string, payload: Uint8Array): void => deps.connection.publish(subject, payload);
    this.#desk = new KnockDesk({ ...deps, publish });
    this.#renewals = new Renewals({ ...deps, rights: deps.renew, publish: deps.say });
  }

  /** Listens, until `close()`. */
  start(): void {
    const { connection, logger } = this.#deps;
    const subscription = connection.subscribe(field.allEnrol(), {
      callback: (fault, { subject, data }) => {
        if (fault) return logger.error({ subject, reason: fault.message }, "the broker ended a subscription");
        const ticket = agentOfSubject(subject) ?? "";
        // Agents that are in ask under their own ids, and are answered elsewhere.
        if (readId("agent", ticket) === undefined) void this.#desk.take(ticket, data);
      },
    });
    this.#stop.signal.addEventListener("abort", () => subscription.unsubscribe(), { once: true });
    void this.#renew();
  }

  close(): void {
    this.#stop.abort();
  }

  async #renew(): Promise<void> {
    const { clock, logger } = this.#deps;
    while (!this.#stop.signal.aborted) {
      await this.#renewals
        .renewDue()
        .catch((reason: unknown) => logger.error({ reason: LongarmError.from(reason).message }, "renewing failed"));
      await clock.sleep(sweepMs, this.#stop.signal).catch(() => undefined);
    }
  }
}
