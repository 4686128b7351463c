import { LongarmError, newId, systemClock, unknownName, type Clock } from "@longarm/shared";
import { collectBody, type Auth, type RestExecutor, type RestRequest } from "@longarm/shared/rest";
import { encodePath, missingScopes, neededScopes, readBody, type Catalogue, type Spoke } from "@longarm/spoke";
import type { Connection, ConnectionStore } from "../../ports/connection-store.ts";
import type { ConnectionTestResult, TestConnection } from "../../ports/connection-test.ts";
import type { CredentialStore } from "../../ports/credential-store.ts";
import { DirectReads } from "./direct-reads.ts";
import { placeNow, type PlacingDeps } from "../place/place-now.ts";
import { authOf } from "../call/request.ts";
import { roundedMs } from "../view/rounded.ts";

interface Deps extends PlacingDeps {
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly catalogue: Catalogue;
  readonly clock?: Clock;
}

interface By {
  readonly connection: Connection;
  readonly auth: Auth;
  readonly executor: RestExecutor;
  readonly signal: AbortSignal;
}

const unknownIdentity = { org: null, principal: null };

/** Makes the spoke's probe call by the same way a run would take, but waits for nothing; then asks who answered, and as whom. */
export function connectionTester(deps: Deps): TestConnection {
  const clock = deps.clock ?? systemClock;
  return async (name, on, signal) => {
    const found = await deps.connections.get(name);
    if (!found) {
      const names = (await deps.connections.list()).map(({ value }) => value.name);
      throw unknownName("connection", name, names);
    }
    const [spoke] = deps.catalogue.spokes();
    const path = encodePath(spoke?.probe.path ?? []);
    const startedMs = clock.monotonicMs();
    const placed = await placeNow(deps, found.value, on);
    const blank = {
      ...{ connection: name, method: "GET", path, status: null, sentMs: null, oktaRequestId: null },
      queuedMs: roundedMs(clock.monotonicMs() - startedMs),
      ...{ ...unknownIdentity, scopes: null, clockAheadMs: null },
    };
    if (placed instanceof LongarmError) return { ...blank, ok: false, executor: null, why: null, error: placed.toBody() };
    const { choice } = placed;
    const executor =
      choice.kind === "agent" ? ({ kind: "agent", id: choice.agentId, name: choice.agentName } as const) : ({ kind: "local" } as const);
    const chosen = { ...blank, executor, why: choice.why };
    try {
      const auth = await authOf(deps, found.value, choice);
      const by = { connection: found.value, auth, executor: placed.executor, signal };
      return { ...chosen, ...(await tell(by, { spoke, path, catalogue: deps.catalogue })) };
    } catch (reason) {
      return { ...chosen, ok: false, error: LongarmError.from(reason).toBody() };
    }
  };
}

type Told = Omit<ConnectionTestResult, "connection" | "executor" | "why" | "method" | "path" | "queuedMs">;

async function tell(by: By, of: { spoke: Spoke | undefined; path: string; catalogue: Catalogue }): Promise<Told> {
  const answer = await probe(by, of.path);
  const ok = answer.status >= 200 && answer.status < 300;
  const { status, sentMs, oktaRequestId, clockAheadMs, grantedScopes } = answer;
  const clientId = by.auth.scheme === "oauth" ? by.auth.client.clientId : null;
  const identity = await of.spoke?.identify?.(new DirectReads(by), clientId).catch(() => unknownIdentity);
  return {
    ...{ ok, status, sentMs, oktaRequestId, clockAheadMs, ...(identity ?? unknownIdentity) },
    scopes: grantedScopes ? compare(grantedScopes, of.catalogue) : null,
    error: ok ? null : (of.spoke?.explain(answer).toBody() ?? new LongarmError("target_error").toBody()),
  };
}

function compare(granted: readonly string[], catalogue: Catalogue): ConnectionTestResult["scopes"] {
  const needed = neededScopes(catalogue.list());
  return { granted, needed, missing: missingScopes(granted, needed) };
}

async function probe({ connection, auth, executor, signal }: By, path: string) {
  const { baseUrl, timeoutMs, maxResponseBytes } = connection;
  const ids = { runId: newId("run"), callId: newId("call"), attempt: 1, effect: "read" } as const;
  const request: RestRequest = {
    ...ids,
    method: "GET",
    baseUrl,
    path,
    query: [["limit", "1"]],
    headers: { accept: "application/json" },
    auth,
    timeoutMs,
    maxResponseBytes,
  };
  const answer = await executor.send(request, signal);
  if (answer.kind === "failure") throw answer.error;
  const body = readBody(await collectBody(answer, maxResponseBytes));
  const { status, headers, grantedScopes } = answer;
  const { totalMs, headMs, sentAt, oktaRequestId } = answer.record();
  const sentMs = totalMs === null ? null : roundedMs(totalMs);
  return {
    status,
    headers,
    grantedScopes,
    body,
    sentMs,
    oktaRequestId,
    clockAheadMs: clockAheadOf(headers["date"], sentAt + (headMs ?? 0)),
  };
}

// The header counts whole seconds, so that its middle is the better guess, and less than a second says nothing.
function clockAheadOf(date: string | undefined, answeredAtMs: number): number | null {
  const theirs = Date.parse(date ?? "");
  if (Number.isNaN(theirs)) return null;
  const ahead = Math.round(answeredAtMs - (theirs + 500));
  return Math.abs(ahead) < 1_000 ? 0 : ahead;
}
