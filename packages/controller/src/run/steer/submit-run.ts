import { derivedId, LongarmError, newId, unknownName, type Clock, type EndedRun, type RunId, type Submission } from "@longarm/shared";
import type { PlacedFault } from "@longarm/shared/schema";
import { canonicalJson, fingerprint, type KeyRing } from "@longarm/shared/seal";
import type { AnyDefinition, AnyFlow, Catalogue } from "@longarm/spoke";
import { planPlacement } from "../../decide/place-reference.ts";
import { settleTerms } from "../../decide/run-terms.ts";
import type { Connection, ConnectionStore } from "../../ports/connection-store.ts";
import type { CredentialStore } from "../../ports/credential-store.ts";
import type { RunLog, SubmitResult } from "../../ports/run-log.ts";
import type { RunRequest } from "../../ports/run-service.ts";
import { syncOf, type Syncs } from "../../ports/sync-store.ts";
import { orderSync, type SyncRun, syncRun } from "../sync/order-sync.ts";
import { referenceOf } from "../call/request.ts";
import type { StorageRoom } from "./storage-room.ts";
import { hasSecrets, sealMembers } from "../sealed-members.ts";

interface Deps {
  readonly log: RunLog;
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly catalogue: Catalogue;
  readonly syncs: Syncs;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly room: Pick<StorageRoom, "hasRoom" | "assertRoom">;
}

const maxInputBytes = 512 * 1024;
const bytes = new TextEncoder();

/** The run that a request means. */
export interface SubmittedRun {
  readonly runId: RunId;
  /** False: the idempotency key had made it before. */
  readonly created: boolean;
  /** What was stored of it now; absent where it was made before. */
  readonly submission?: Submission;
  /** It was removed since, and this is what is kept of it. */
  readonly ended?: EndedRun;
}

/** Checks a request whole, then stores it as one message. Resolves with the run that now exists, new or of the same idempotency key. */
export async function submitRun(deps: Deps, asked: RunRequest): Promise<SubmittedRun> {
  const { definition, request, input } = await meant(deps, asked);
  if (request.dryRun === true && (definition.kind === "flow" || definition.effect === "read")) throw nothingToTry(definition);
  const connection = await placeableOn(deps, request);
  const wished = definition.kind === "sync" ? (asked.input ?? {}) : input;
  const submission = toSubmission(deps, request, { definition, input, wished, connection });
  const stored = await store(deps, submission);
  if (stored.kind === "stored") return { runId: submission.runId, created: true, submission };
  const before = stored.kind === "ended" ? stored.ended : stored.submission;
  if (Buffer.compare(before.fingerprint, submission.fingerprint) !== 0) throw otherRequest(before, submission, request);
  return { runId: submission.runId, created: false, ...(stored.kind === "ended" && { ended: stored.ended }) };
}

/** All that would be refused of a submission, without making a run; the connection that it means. Secrets in its input are refused. */
export async function checkRequest(
  deps: Pick<Deps, "connections" | "credentials" | "catalogue" | "syncs">,
  asked: RunRequest,
): Promise<{ readonly connection: string }> {
  const { definition, request, input } = await meant(deps, asked);
  const connection = await placeableOn(deps, request);
  if (definition.kind === "sync" || !hasSecrets(definition.input, input)) return { connection: connection.name };
  const problem = "holds secrets, which only a run that is submitted by somebody may";
  throw new LongarmError("invalid_request", `The input ${problem}.`, {
    details: { faults: [{ in: "body", pointer: "/target/input", problem }] },
  });
}

/** The connection that is meant, on which the request can be placed. Throws what `planPlacement` throws. */
async function placeableOn(deps: Pick<Deps, "connections" | "credentials">, { connection: name, on }: RunRequest): Promise<Connection> {
  const connection = await connectionOf(deps.connections, name);
  const reference = connection.credential === undefined ? undefined : await referenceOf(deps, connection);
  planPlacement(connection.placement, { on, reference });
  return connection;
}

interface Meant {
  readonly definition: AnyDefinition | AnyFlow | SyncRun;
  /** With all that a sync adds. */
  readonly request: RunRequest;
  readonly input: unknown;
}

async function meant(deps: Pick<Deps, "catalogue" | "syncs">, asked: RunRequest): Promise<Meant> {
  const sync = syncOf(asked.action);
  if (sync !== undefined) {
    const request = await orderSync(deps.syncs.definitions, sync, asked);
    return { definition: syncRun(sync), request, input: request.input };
  }
  const definition = definitionOf(deps.catalogue, asked.action);
  const input = deps.catalogue.checkInput(definition, asked.input);
  // Wishes that exclude each other are refused now, not when the run is carried.
  if (definition.kind === "stream") definition.start(input);
  return { definition, request: asked, input };
}

/** Without room a key is still answered with the run that it made, or what is kept of it: nothing is stored for that. */
async function store({ log, room }: Deps, submission: Submission): Promise<SubmitResult> {
  try {
    return await log.submit(submission, { mayStore: room.hasRoom });
  } catch (reason) {
    if (LongarmError.from(reason).code === "storage_full") room.assertRoom();
    throw reason;
  }
}

const comparable = ["action", "connection", "lane", "narrowedTo", "dryRun"] as const;

/** Of the other members only a keyed hash is comparable, and a lane may have been implied: what differs beyond these is one of them. */
function otherRequest(before: Submission | EndedRun, now: Submission, { preferredLane }: RunRequest): LongarmError {
  const known: Partial<Submission> = before;
  const differs = comparable
    .filter((member) => member in known && known[member] !== now[member] && (member !== "lane" || preferredLane === undefined))
    .map((member) => (member === "narrowedTo" ? "on" : member));
  const isSure = differs.some((member) => member !== "lane");
  const what = isSure
    ? `other ${differs.join(", ")}`
    : `another ${differs.map((member) => `${member}, `).join("")}input, deadline, retry policy or limit`;
  const message = `This Idempotency-Key was used before for ${now.runId}, with ${what}; use a new key for a new request.`;
  return new LongarmError("idempotency_conflict", message, { details: { runId: now.runId, differs } });
}

/**
 * What makes a request the same as another one: all that the caller asked for, defaults filled in, a deadline in the caller's words,
 * and not the lane that a client implied from somebody's waiting (ADR 18).
 */
function canonicalRequest(request: RunRequest, checked: { action: string; connection: string; input: unknown }): Uint8Array {
  const { on = null, lane, deadline, dryRun = false, terms } = request;
  return bytes.encode(
    canonicalJson({ ...checked, on, lane, deadline: deadline?.text ?? null, ...(dryRun && { dryRun }), ...(terms && { terms }) }),
  );
}

function toSubmission(
  deps: Deps,
  request: RunRequest,
  checked: { definition: Meant["definition"]; input: unknown; wished: unknown; connection: Connection },
): Submission {
  const { definition, input, wished, connection } = checked;
  const runId = runIdOf(deps, request);
  const canonical = canonicalRequest(request, { action: definition.name, connection: connection.name, input: wished });
  if (canonical.length > maxInputBytes) {
    throw new LongarmError(
      "input_too_large",
      `The input has ${canonical.length} bytes; a run may carry ${maxInputBytes}. Split the work into several runs.`,
    );
  }
  const submittedAtMs = deps.clock.nowMs();
  return {
    runId,
    action: definition.name,
    actionVersion: definition.version,
    connection: connection.name,
    ...(definition.kind === "flow" && request.connections && { connections: request.connections }),
    input: sealMembers(deps.ring, runId, { schema: definition.input, value: input }),
    lane: request.preferredLane ?? request.lane,
    deadlineMs: request.deadline?.atMs ?? null,
    narrowedTo: request.on ?? null,
    principal: request.principal,
    fingerprint: fingerprint(deps.ring, "body", canonical),
    submittedAtMs,
    dryRun: request.dryRun ?? false,
    ...(request.origin && { origin: request.origin }),
    ...(request.chain && { chain: request.chain }),
    terms: settleTerms(
      { ...ownKey(definition, request, input), ...request.terms },
      { connection, isStream: definition.kind !== "action", submittedAtMs },
    ),
  };
}

function ownKey(definition: Meant["definition"], { dryRun = false }: RunRequest, input: unknown): RunRequest["terms"] {
  const key: string | undefined = definition.kind === "action" && !dryRun ? definition.oneAtATime?.(input) : undefined;
  return key === undefined ? {} : { concurrencyKey: key, concurrencyLimit: 1 };
}

function nothingToTry({ name, kind }: Meant["definition"]): LongarmError {
  const message =
    kind === "flow"
      ? `${name} is a flow: what it does hangs on what its steps answer, so that it cannot be tried out as a whole; try out its actions.`
      : `${name} is ${kind === "action" ? "an" : "a"} ${kind} that only reads, so there is nothing to try beforehand; run it as it is.`;
  const faults: readonly PlacedFault[] = [{ in: "body", pointer: "/dryRun", problem: "is only for actions that change something" }];
  return new LongarmError("invalid_request", message, { details: { faults } });
}

/** The same key of the same principal, or of the same origin, always means the same run. */
function runIdOf(deps: Deps, { principal, origin, idempotencyKey: key }: RunRequest): RunId {
  if (key === undefined) return newId("run", deps.clock.nowMs());
  const whose = origin ? [origin.kind, origin.name] : [principal];
  return derivedId("run", fingerprint(deps.ring, "run-id", bytes.encode(canonicalJson([...whose, key]))));
}

/** The definition of that name. Throws `unknown_action` with the nearest names. */
export function definitionOf(catalogue: Catalogue, name: string): AnyDefinition | AnyFlow {
  const definition = catalogue.runnable(name);
  if (definition) return definition;
  const known = [...catalogue.list(), ...catalogue.flows()].map((candidate) => candidate.name);
  throw unknownName("action", name, known);
}

/** The connection of that name, or the only one. Throws `unknown_connection`, `connection_required`. */
export async function connectionOf(connections: ConnectionStore, name: string | undefined): Promise<Connection> {
  const found = name === undefined ? undefined : await connections.get(name);
  if (found) return found.value;
  const all = (await connections.list()).map(({ value }) => value);
  const names = all.map((each) => each.name);
  if (name !== undefined) throw unknownName("connection", name, names);
  if (all[0] && all.length === 1) return all[0];
  const sentence = names.length > 0 ? undefined : "No connection is defined yet; define one with `longarm connections set`.";
  throw new LongarmError("connection_required", sentence, { details: { connections: names } });
}

/** The run that a request with an idempotency key will make, or has made. */
export function idOfRequest(deps: Deps, request: RunRequest & { readonly idempotencyKey: string }): RunId {
  return runIdOf(deps, request);
}
