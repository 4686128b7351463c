import { LongarmError } from "@longarm/shared";
import { auditedActs } from "@longarm/shared/audit";
import type { Logger } from "@longarm/shared/logger";
import { canonicalJson } from "@longarm/shared/seal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { AuditTrail } from "../ports/audit.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Number of the record of what this request does, once that is stored. */
    audited: number | null;
  }
}

/** What changes nothing though it is no GET; and submissions and events, which are stored themselves, with who brought them. */
const unaudited: ReadonlySet<string> = new Set([
  "explainSelector",
  "listChoices",
  "submitRun",
  "retryRun",
  "postEvent",
  "fetchRecords",
  "receiveDelivery",
  "testTrigger",
]);
const auditedReads: ReadonlySet<string> = new Set(["readRunSecrets"]);

/** Members of bodies that the audit shows. Whatever is not listed may be a secret, and is left out. */
const shown: Readonly<Record<string, readonly string[]>> = {
  approveRun: ["note"],
  denyRun: ["note"],
  resolveRun: ["status", "note"],
  putConnection: ["baseUrl", "credential", "placement", "addresses", "requireApproval", "retry", "concurrency", "budget"],
  putCredential: ["scheme", "clientId", "scopes", "reference"],
  putSchedule: ["cron", "every", "daily", "weekly", "monthly", "once", "timeZone", "start", "end", "exclude", "overlap", "catchUp"],
  putTrigger: ["on", "flow", "connection", "concurrency", "debounce", "lane", "state"],
  pauseSchedule: ["note"],
  putHook: ["reconcileEvery"],
  rotateHook: ["grace"],
  backfillSchedule: ["from", "to"],
  createApiKey: ["name", "scopes", "connections", "lanes", "ownRuns", "expiresAt"],
  createJoinToken: ["kind", "labels", "ttl", "sources"],
  approveAgent: ["name", "labels"],
  rotateDataKey: ["prepare"],
  rotateKeys: ["what"],
};
const mostDetail = 8_192;

type Json = Readonly<Record<string, unknown>>;

function operationOf({ routeOptions, method }: FastifyRequest): string {
  const { operationId } = (routeOptions.schema ?? {}) as { operationId?: string };
  return operationId ?? `${method} ${routeOptions.url ?? "unknown route"}`;
}

/** Is this request an act that the audit has to hold? A route is, unless it only reads or is listed as none. */
export function isAct(method: string, operation: string): boolean {
  if (method === "GET" || method === "HEAD" || method === "OPTIONS") return method === "GET" && auditedReads.has(operation);
  return !unaudited.has(operation);
}

function thingsOf({ params, body }: FastifyRequest): readonly string[] {
  const { name } = (body ?? {}) as { name?: unknown };
  const named = Object.values((params ?? {}) as Json).map(String);
  return [...new Set([...named, ...(typeof name === "string" ? [name] : [])])];
}

function detailsOf(operation: string, body: unknown): Json | undefined {
  const members = (shown[operation] ?? []).flatMap((name) => {
    const value = (body as Json | null | undefined)?.[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  if (members.length === 0) return undefined;
  const details = Object.fromEntries(members);
  return canonicalJson(details).length > mostDetail ? { isTooLong: true } : details;
}

async function record(trail: AuditTrail, request: FastifyRequest): Promise<void> {
  const operation = operationOf(request);
  if (!isAct(request.method, operation)) return;
  const details = detailsOf(operation, request.body);
  const { principal } = request;
  request.audited = await trail.record({ principal: principal.name, what: operation, on: thingsOf(request), ...(details && { details }) });
}

/** What came of it, where that says more than that it was done. */
async function recordMade(trail: AuditTrail, request: FastifyRequest, made: unknown): Promise<void> {
  const { id, name } = (made ?? {}) as { id?: unknown; name?: unknown };
  if (typeof id !== "string") return;
  const principal = request.principal.name || (typeof name === "string" ? name : "");
  await trail.record({ principal, what: auditedActs.made, on: [id], details: { act: request.audited, operation: operationOf(request) } });
}

function codeOf(payload: unknown): string {
  try {
    return String((JSON.parse(String(payload)) as { code?: unknown }).code);
  } catch {
    return "";
  }
}

async function recordRefusal(trail: AuditTrail, request: FastifyRequest, refusal: { status: number; code: string }): Promise<void> {
  const details = { act: request.audited, operation: operationOf(request), ...refusal };
  await trail.record({ principal: request.principal.name, what: auditedActs.refused, on: thingsOf(request), details });
}

/**
 * Writes each act down before it is carried out: where that cannot be stored, nothing is done. What came to nothing, what was made and who
 * was turned away is written down before the answer.
 */
export function auditActs(app: FastifyInstance, { trail, logger }: { readonly trail: AuditTrail; readonly logger: Logger }): void {
  app.decorateRequest("audited", null);
  app.addHook("preHandler", (request) => record(trail, request));
  app.addHook("preSerialization", async (request, reply, made: unknown) => {
    if (request.audited !== null && reply.statusCode === 201) await recordMade(trail, request, made);
    return made;
  });
  app.addHook("onSend", async (request, reply: FastifyReply, payload: unknown) => {
    const { statusCode: status } = reply;
    if (status < 400) return payload;
    const [code, { principal }] = [codeOf(payload), request];
    if (status === 401 || status === 403)
      trail.denied({ principal: principal.name, operation: operationOf(request), on: thingsOf(request), code });
    if (request.audited === null) return payload;
    await recordRefusal(trail, request, { status, code }).catch((reason: unknown) => {
      // The answer says already that nothing was done; that it was asked for is on record.
      logger.warn(
        { reason: LongarmError.from(reason).message, requestId: request.id },
        "The audit does not hold that an act came to nothing.",
      );
    });
    return payload;
  });
}
