// Where agents join, over a broker that a test has started.
import type { NatsConnection } from "@nats-io/transport-node";
import { type Clock, Lifecycle, type Secret } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import type { Labels } from "@longarm/shared/selector";
import { Gate } from "../../packages/controller/src/enrol/gate.ts";
import { JoinTokens } from "../../packages/controller/src/enrol/join-tokens.ts";
import { TokenDesk } from "../../packages/controller/src/enrol/token-desk.ts";
import { MemoryDefinitionStore } from "../../packages/controller/src/memory/memory-definition-store.ts";
import { type FieldAgentDirectory, FieldDoor } from "../../packages/controller/src/nats/field/index.ts";
import { AccountClaimsDesk, BrokerFieldIdentities, type BrokerKeys } from "../../packages/controller/src/nats/identities/index.ts";
import type { AgentStore } from "../../packages/controller/src/ports/agent-store.ts";
import { joinTokenCodec, revocationCodec } from "../../packages/controller/src/ports/definition-codec.ts";
import type { InstallationTrust } from "../../packages/controller/src/ports/installation-trust.ts";

/** What a door stands on. */
export interface DoorGround {
  readonly broker: { readonly url: string; readonly keys: BrokerKeys };
  readonly store: AgentStore;
  readonly trust: InstallationTrust;
  readonly clock: Clock;
  /** How long the right to work lasts; it is renewed at half of that. */
  readonly workMs?: number;
}

/** How an agent comes in for the first time. */
export interface Joining {
  readonly token: Secret;
  readonly pin: string;
}

/** The doors of an installation: one for each controller, and tokens for all. */
export class TestDoors {
  readonly #ground: DoorGround;
  readonly #tokens: JoinTokens;
  readonly identities: BrokerFieldIdentities;
  readonly #lifecycle = new Lifecycle();

  constructor(ground: DoorGround) {
    this.#ground = ground;
    const { broker, clock } = ground;
    const { keys } = broker;
    const desk = new AccountClaimsDesk({ urls: [broker.url], keys, name: "test" });
    const revocations = new MemoryDefinitionStore(revocationCodec);
    this.#tokens = new JoinTokens({ store: new MemoryDefinitionStore(joinTokenCodec), clock });
    this.identities = new BrokerFieldIdentities({ keys, desk, revocations, clock, logger: silentLogger });
  }

  /** Opens the door of one more controller. */
  open(connection: NatsConnection, directory: FieldAgentDirectory): void {
    const { store, trust, clock, workMs } = this.#ground;
    const gate = new Gate({
      ...(workMs !== undefined && { workMs }),
      ...{ tokens: this.#tokens, store, identities: this.identities, clock, logger: silentLogger },
      namesake: (name, than) => directory.namesake(name, than),
      waiting: (token) => directory.waitingUnder(token),
      onGrant: (grant) => directory.granted(grant),
    });
    const door = new FieldDoor({
      ...(workMs !== undefined && { everyMs: workMs / 2 }),
      ...{ connection, trust, clock, logger: silentLogger },
      settle: (ticket, knocking) => gate.settle(ticket, knocking),
      renew: async (agent) => {
        const stored = await store.get(agent);
        return stored && gate.renew(stored.value);
      },
      say: (subject, payload) => directory.say(subject, payload),
      up: () => directory.list().map(({ id }) => id),
    });
    door.start();
    this.#lifecycle.add("door", () => door.close());
  }

  /** A token that lets one agent in with these labels. */
  async join(labels: Labels, kind: "once" | "ask" = "once", ttlMs = 60_000): Promise<Joining> {
    const { broker, trust } = this.#ground;
    const desk = new TokenDesk({ tokens: this.#tokens, identities: this.identities, trust, urls: [broker.url] });
    const { text, pin } = await desk.issue({ kind, labels, sources: [], ttlMs, createdBy: "test" });
    return { token: text, pin };
  }

  close(): Promise<void> {
    return this.#lifecycle.close();
  }
}
