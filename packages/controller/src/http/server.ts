import type { Server as HttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { LongarmError } from "@longarm/shared";
import fastify from "fastify";
import { auditActs } from "./audit.ts";
import { requireAuthentication } from "./authentication.ts";
import type { HttpDeps } from "./deps.ts";
import { describeRoutes, serveReference } from "./docs.ts";
import { watchConnections } from "./closing.ts";
import { allowOrigins } from "./cors.ts";
import { createEnding } from "./ending.ts";
import { acceptJsonBodies } from "./json-body.ts";
import { checkOrigins, type ExpectedOrigins, expectedOrigins } from "./origin-check.ts";
import { toLongarmError } from "./problem.ts";
import { RateLimits } from "./rate-limits.ts";
import { answerFaults, frameRequests, requestIdOf, sendProblem } from "./request-frame.ts";
import { ActionSchema, ActionSummarySchema, registerActions } from "./routes/actions.ts";
import { FlowSchema, FlowSummarySchema, registerFlows } from "./routes/flows.ts";
import { registerAgents } from "./routes/agents.ts";
import { ApiKeySchema, NewApiKeySchema, registerApiKeys } from "./routes/api-keys.ts";
import { registerApprovals } from "./routes/approvals.ts";
import { registerAudit } from "./routes/audit.ts";
import { ConnectionSchema } from "./routes/connection-form.ts";
import { registerConnections } from "./routes/connections.ts";
import { CredentialSchema, registerCredentials } from "./routes/credentials.ts";
import { registerDataKeys } from "./routes/data-keys.ts";
import { EventSchema } from "./routes/event-form.ts";
import { registerEvents } from "./routes/events.ts";
import { registerDeliveries } from "./routes/deliveries.ts";
import { HookSchema, NewHookSchema } from "./routes/hook-view.ts";
import { registerHooks } from "./routes/hooks.ts";
import { registerHealth } from "./routes/health.ts";
import { JoinTokenSchema, registerJoinTokens } from "./routes/join-tokens.ts";
import { registerLive } from "./routes/live.ts";
import { registerLogin } from "./routes/login.ts";
import { registerMetrics } from "./routes/metrics.ts";
import { RecordSchema, registerRecords } from "./routes/records.ts";
import type { Routes, TypedApp } from "./routes/route.ts";
import { registerRuns } from "./routes/runs.ts";
import { registerSelectors } from "./routes/selectors.ts";
import { ScheduleSchema, ScheduleVersionSchema } from "./routes/schedule-view.ts";
import { registerSchedules } from "./routes/schedules.ts";
import { SyncSchema } from "./routes/sync-form.ts";
import { registerSyncs } from "./routes/syncs.ts";
import { OutcomeSchema, TriggerSchema } from "./routes/trigger-view.ts";
import { registerTriggers } from "./routes/triggers.ts";
import { sharedSchemas } from "./schemas.ts";
import { followTls, readTls } from "./tls.ts";
import { answerUnknownRoutes } from "./unknown-route.ts";
import { answerUnreadable } from "./unreadable-request.ts";
import { routeUpgrades } from "./upgrades.ts";
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
// More than a controller can answer for long: it bounds one who runs wild, not one who works.
const defaultRateLimit = { perSecond: 1_000, burst: 5_000 } as const;
const schemasOfNouns = [
  JoinTokenSchema,
  ActionSummarySchema,
  ActionSchema,
  FlowSummarySchema,
  FlowSchema,
  ConnectionSchema,
  CredentialSchema,
  ApiKeySchema,
  NewApiKeySchema,
  SyncSchema,
  ScheduleSchema,
  HookSchema,
  NewHookSchema,
  EventSchema,
  ScheduleVersionSchema,
  RecordSchema,
  TriggerSchema,
  OutcomeSchema,
];
const registrations = [
  registerHealth,
  registerMetrics,
  registerRuns,
  registerActions,
  registerFlows,
  registerConnections,
  registerCredentials,
  registerSyncs,
  registerSchedules,
  registerHooks,
  registerDeliveries,
  registerEvents,
  registerRecords,
  registerTriggers,
  registerAgents,
  registerJoinTokens,
  registerSelectors,
  registerApprovals,
  registerApiKeys,
  registerDataKeys,
  registerLogin,
  registerLive,
  registerAudit,
];

function createApp({ tls }: HttpDeps): TypedApp {
  // The server of either kind is used alike.
  const https = tls ? ({ https: readTls(tls) } as object) : {};
  return fastify({
    ...https,
    logger: false,
    bodyLimit,
    genReqId: requestIdOf,
    requestIdHeader: false,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 768 },
    requestTimeout: 30_000,
    return503OnClosing: true,
    clientErrorHandler: answerUnreadable,
    frameworkErrors: (reason, _request, reply) => void sendProblem(reply, toLongarmError(reason, bodyLimit)),
  }).withTypeProvider<TypeBoxTypeProvider>();
}

/** The HTTP API over the ports: authenticated, validated, described at `/openapi.json` and `/docs`. */
export async function createHttpServer(deps: HttpDeps): Promise<HttpServer> {
  const app = createApp(deps);
  const ending = createEnding();
  const connections = watchConnections(app.server);
  const stopFollowing = deps.tls && followTls(app.server as unknown as HttpsServer, deps.tls, deps.logger);
  let origins: ExpectedOrigins = { hosts: new Set(), origins: new Set() };

  acceptJsonBodies(app);
  checkRequests(app);
  answerFaults(app, { logger: deps.logger, bodyLimit });
  frameRequests(app, { logger: deps.logger, isEncrypted: deps.tls !== undefined });
  checkOrigins(app, () => origins);
  allowOrigins(app, deps.corsOrigins ?? []);
  answerUnknownRoutes(app);
  const limits = new RateLimits(deps.rateLimit ?? defaultRateLimit, deps.clock);
  requireAuthentication(app, { authenticate: deps.authenticate, limits, clock: deps.clock });
  auditActs(app, { trail: deps.audit.trail, logger: deps.logger });
  for (const schema of [...sharedSchemas, ...schemasOfNouns]) app.addSchema(schema);
  await describeRoutes(app, deps.version);
  serveReference(app, deps.publicUrl);
  routeUpgrades(app);
  const routes: Routes = { app, deps, ending };
  for (const register of registrations) register(routes);

  return {
    async listen(at) {
      await bind(app, at);
      const { port } = app.server.address() as AddressInfo;
      const scheme = deps.tls ? "https" : "http";
      origins = expectedOrigins({ scheme, host: at.host, port }, { publicUrl: deps.publicUrl, others: deps.corsOrigins ?? [] });
      return { url: urlOf(scheme, at.host, port), port };
    },
    async close() {
      stopFollowing?.();
      ending.close();
      deps.live.close();
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

function urlOf(scheme: string, host: string, port: number): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `${scheme}://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}
