import { type AgentId, type Clock, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { connect, jwtAuthenticator, type NatsConnection, type NodeConnectionOptions } from "@nats-io/transport-node";
import { createUser, type KeyPair } from "@nats-io/nkeys";
import { type TestBroker, withBroker } from "../../../../../test/support/broker.ts";
import { MemoryDefinitionStore } from "../../memory/memory-definition-store.ts";
import type { FieldUser } from "../../ports/field-identities.ts";
import { revocationCodec } from "../../ports/definition-codec.ts";
import type { Revocation, RevocationStore } from "../../ports/revocation-store.ts";
import { AccountClaimsDesk } from "./account-claims-desk.ts";
import { BrokerFieldIdentities } from "./broker-field-identities.ts";

/** A broker and the identities of its account FIELD. */
export interface IdentitiesAtHand {
  readonly broker: TestBroker;
  readonly identities: BrokerFieldIdentities;
  readonly revocations: RevocationStore;
  /** The identities as one more controller has them, on the same revocations. */
  another(name: string, clock?: Clock): BrokerFieldIdentities;
  /** Connects with a fresh key as this agent; closed afterwards. */
  agent(id: AgentId, options?: { readonly ttlMs?: number }): Promise<ConnectedAgent>;
  /** Connects as whoever holds `user` and its key. */
  connect(user: FieldUser, pair: KeyPair, over?: NodeConnectionOptions): Promise<NatsConnection>;
}

/** An agent's own connection. */
export interface ConnectedAgent {
  readonly connection: NatsConnection;
  readonly pair: KeyPair;
  readonly user: FieldUser;
}

/** Runs `body` with identities; nothing that it connected outlives it. */
export function withIdentities(body: (at: IdentitiesAtHand) => Promise<void>): Promise<void> {
  return withBroker(async (broker) => {
    const opened: NatsConnection[] = [];
    const revocations: RevocationStore = new MemoryDefinitionStore<Revocation>(revocationCodec);
    const another = (name: string, clock: Clock = systemClock): BrokerFieldIdentities => {
      const desk = new AccountClaimsDesk({ urls: [broker.url], keys: broker.keys, name });
      return new BrokerFieldIdentities({ keys: broker.keys, desk, revocations, clock, logger: silentLogger });
    };
    const identities = another("one");
    const connectAs: IdentitiesAtHand["connect"] = async ({ jwt }, pair, over = {}) => {
      const authenticator = jwtAuthenticator(jwt, pair.getSeed());
      const connection = await connect({ servers: broker.url, authenticator, reconnect: false, ...over });
      opened.push(connection);
      return connection;
    };
    const agent: IdentitiesAtHand["agent"] = async (id, options) => {
      const pair = createUser();
      const user = await identities.mintAgent(id, pair.getPublicKey(), options);
      return { pair, user, connection: await connectAs(user, pair) };
    };
    try {
      await body({ broker, identities, revocations, another, agent, connect: connectAs });
    } finally {
      await Promise.all(opened.map((connection) => connection.close()));
    }
  });
}
