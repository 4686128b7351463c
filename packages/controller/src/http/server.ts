import type { AddressInfo } from "node:net";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { LongarmError } from "@longarm/shared";
import fastify from "fastify";
import { requireApiKey } from "./authentication.ts";
import type { HttpDeps } from "./deps.ts";
import { describeRoutes, serveReference } from "./docs.ts";
import { watchConnections } from "./closing.ts";
import { createEnding } from "./ending.ts";
import { acceptJsonBodies } from "./json-body.ts";
import { checkOrigins, type ExpectedOrigins, expectedOrigins } from "./origin-check.ts";
import { toLongarmError } from "./problem.ts";
import { answerFaults, frameRequests, requestIdOf, sendProblem } from "./request-frame.ts";
import { ActionSchema, ActionSummarySchema, registerActions } from "./routes/actions.ts";
import { registerAgents } from "./routes/agents.ts";
import { ConnectionSchema } from "./routes/connection-form.ts";
import { registerConnections } from "./routes/connections.ts";
import { CredentialSchema, registerCredentials } from "./routes/credentials.ts";
import { registerHealth } from "./routes/health.ts";
import type { Routes, TypedApp } from "./routes/route.ts";
import { registerRuns } from "./routes/runs.ts";
import { registerSelectors } from "./routes/selectors.ts";
import { sharedSchemas } from "./schemas.ts";
import { answerUnknownRoutes } from "./unknown-route.ts";
import { answerUnreadable } from "./unreadable-request.ts";
import { checkRequests } from "./validation.ts";

/** Where the server is to listen; port 0 lets the machine choose. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

export interface HttpServer {
  /** Resolves once it listens. Throws `port_in_use` when another process has the port. */
  listen(at: ListenAddress): Promise<{ readonly url: string; readonly port: number }>;
  /** Ends waiting requests and streams, answers the rest, and closes. */
  close(): Promise<void>;
}

// An input may have 512 KiB; the rest is for what stands around it.
const bodyLimit = 528 * 1_024;
const schemasOfNouns = [ActionSummarySchema, ActionSchema, ConnectionSchema, CredentialSchema];
const registrations = [
  registerHealth,
  registerRuns,
  registerActions,
  registerConnections,
  registerCredentials,
  registerAgents,
  registerSelectors,
];

function createApp(): TypedApp {
  return fastify({
    logger: false,
    bodyLimit,
    genReqId: requestIdOf,
    requestIdHeader: false,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 256 },
    requestTimeout: 30_000,
    return503OnClosing: true,
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (reason, _request, reply) => void sendProblem(reply, toLongarmError(reason, bodyLimit)),
  }).withTypeProvider<TypeBoxTypeProvider>();
}

/** The HTTP API over the ports: authenticated, validated, described at `/openapi.json` and `/docs`. */
export async function createHttpServer(deps: HttpDeps): Promise<HttpServer> {
  const app = createApp();
  const ending = createEnding();
  const connections = watchConnections(app.server);
  let origins: ExpectedOrigins = { hosts: new Set(), origins: new Set() };

  acceptJsonBodies(app);
  checkRequests(app);
  answerFaults(app, { logger: deps.logger, bodyLimit });
  frameRequests(app, deps.logger);
  checkOrigins(app, () => origins);
  answerUnknownRoutes(app);
  requireApiKey(app, deps.apiKeys);
  for (const schema of [...sharedSchemas, ...schemasOfNouns]) app.addSchema(schema);
  await describeRoutes(app, deps.version);
  serveReference(app, deps.publicUrl);
  const routes: Routes = { app, deps, ending };
  for (const register of registrations) register(routes);

  return {
    async listen(at) {
      await bind(app, at);
      const { port } = app.server.address() as AddressInfo;
      origins = expectedOrigins({ host: at.host, port }, deps.publicUrl);
      return { url: urlOf(at.host, port), port };
    },
    async close() {
      ending.close();
      await connections.endWaiting(app.close());
    },
  };
}

async function bind(app: TypedApp, { host, port }: ListenAddress): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (reason) {
    if ((reason as { code?: unknown }).code !== "EADDRINUSE") throw reason;
    throw new LongarmError("port_in_use", `Port ${port} on ${host} is taken by another process; choose another one with --port.`, {
      cause: reason,
    });
  }
}

function urlOf(host: string, port: number): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}
