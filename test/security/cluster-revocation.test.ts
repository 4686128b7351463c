import assert from "node:assert/strict";
import { newId, systemClock } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { createUser, type KeyPair } from "@nats-io/nkeys";
import { connect, errors, jwtAuthenticator, type NatsConnection } from "@nats-io/transport-node";
import { MemoryDefinitionStore } from "../../packages/controller/src/memory/memory-definition-store.ts";
import { findBroker } from "../../packages/controller/src/nats/broker/index.ts";
import { AccountClaimsDesk, BrokerFieldIdentities } from "../../packages/controller/src/nats/identities/index.ts";
import { revocationCodec } from "../../packages/controller/src/ports/definition-codec.ts";
import { type ClusterNode, clusterOf } from "../chaos/processes/cluster-node.ts";
import { freshBrokerKeys } from "../support/broker.ts";
import { withTemporaryDirectory } from "../support/directories.ts";
import { freePorts } from "../support/free-ports.ts";
import { suite } from "../support/suite.ts";
import { until } from "../support/until.ts";

const test = suite("revocation in a cluster");

interface Cluster {
  readonly nodes: readonly ClusterNode[];
  /** As a controller that reaches the first server alone. */
  readonly identities: BrokerFieldIdentities;
}

async function withCluster(body: (cluster: Cluster) => Promise<void>): Promise<void> {
  await withTemporaryDirectory(async (base) => {
    const keys = await freshBrokerKeys();
    const { path: binary } = await findBroker({ environment: process.env });
    const common = { binary, keys, maxFileStoreBytes: 64 * 1024 * 1024, tell: () => undefined, base };
    const nodes = clusterOf(["one", "two", "three"], await freePorts(9), common);
    try {
      await Promise.all(nodes.map((node) => node.start()));
      const desk = new AccountClaimsDesk({ urls: [urlOf(nodes[0])], keys, name: "ctl" });
      const revocations = new MemoryDefinitionStore(revocationCodec);
      await body({ nodes, identities: new BrokerFieldIdentities({ keys, desk, revocations, clock: systemClock, logger: silentLogger }) });
    } finally {
      await Promise.all(nodes.map((node) => node.kill()));
    }
  });
}

const urlOf = (node: ClusterNode | undefined): string => `nats://127.0.0.1:${node?.port}`;

function connectTo(node: ClusterNode | undefined, jwt: string, pair: KeyPair): Promise<NatsConnection> {
  return connect({ servers: urlOf(node), authenticator: jwtAuthenticator(jwt, pair.getSeed()), reconnect: false });
}

async function isRefused(node: ClusterNode | undefined, jwt: string, pair: KeyPair): Promise<boolean> {
  try {
    await (await connectTo(node, jwt, pair)).close();
    return false;
  } catch (reason) {
    return reason instanceof errors.AuthorizationError;
  }
}

test(
  "cuts an agent off whichever server it is at, and holds on one that was away meanwhile",
  () =>
    withCluster(async ({ nodes, identities }) => {
      const agents = await Promise.all(
        nodes.map(async (node) => {
          const pair = createUser();
          const { jwt } = await identities.mintAgent(newId("agent"), pair.getPublicKey());
          return { pair, jwt, connection: await connectTo(node, jwt, pair) };
        }),
      );
      const startedAt = performance.now();
      await Promise.all(agents.map(({ pair }) => identities.revoke(pair.getPublicKey())));
      await Promise.all(agents.map(({ connection }) => connection.closed()));
      assert.ok(performance.now() - startedAt < 5_000);

      const late = createUser();
      const { jwt } = await identities.mintAgent(newId("agent"), late.getPublicKey());
      await nodes[2]?.kill();
      await identities.revoke(late.getPublicKey());
      await nodes[2]?.start();
      await until("the server that was away refuses it", () => isRefused(nodes[2], jwt, late), 40_000);
      for (const node of nodes) for (const agent of agents) assert.ok(await isRefused(node, agent.jwt, agent.pair));
    }),
  { timeoutMs: 58_000 },
);

test.run();
