import { LongarmError, newId, systemClock, unknownName, type Clock } from "@longarm/shared";
import { collectBody, type RestExecutor, type RestRequest } from "@longarm/shared/rest";
import { encodePath, readBody, type Catalogue } from "@longarm/spoke";
import type { Connection, ConnectionStore } from "../ports/connection-store.ts";
import type { ConnectionTestResult, TestConnection } from "../ports/connection-test.ts";
import type { CredentialStore } from "../ports/credential-store.ts";
import { placeNow, type PlacingDeps } from "./place-now.ts";
import { authOf } from "./request.ts";
import { roundedMs } from "./rounded.ts";

interface Deps extends PlacingDeps {
  readonly connections: ConnectionStore;
  readonly credentials: CredentialStore;
  readonly catalogue: Catalogue;
  readonly clock?: Clock;
}

/** Makes the spoke's probe call by the same way a run would take, but waits for nothing. */
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
    const placed = placeNow(deps, found.value, on);
    const blank = {
      connection: name,
      method: "GET",
      path,
      status: null,
      sentMs: null,
      oktaRequestId: null,
      queuedMs: roundedMs(clock.monotonicMs() - startedMs),
    };
    if (placed instanceof LongarmError) return { ...blank, ok: false, executor: null, why: null, error: placed.toBody() };
    const { choice } = placed;
    const executor =
      choice.kind === "agent" ? ({ kind: "agent", id: choice.agentId, name: choice.agentName } as const) : ({ kind: "local" } as const);
    const answer = await probe(deps, found.value, { path, executor: placed.executor, signal }).catch((reason: unknown) =>
      LongarmError.from(reason),
    );
    if (answer instanceof LongarmError) return { ...blank, ok: false, executor, why: choice.why, error: answer.toBody() };
    const isOk = answer.status >= 200 && answer.status < 300;
    const error = isOk ? null : (spoke?.explain(answer).toBody() ?? new LongarmError("target_error").toBody());
    const { status, sentMs, oktaRequestId } = answer;
    return { ...blank, ok: isOk, executor, why: choice.why, status, sentMs, oktaRequestId, error } satisfies ConnectionTestResult;
  };
}

async function probe(deps: Deps, connection: Connection, by: { path: string; executor: RestExecutor; signal: AbortSignal }) {
  const { baseUrl, timeoutMs, maxResponseBytes } = connection;
  const auth = await authOf(deps, connection);
  const ids = { runId: newId("run"), callId: newId("call"), attempt: 1, effect: "read" } as const;
  const request: RestRequest = {
    ...ids,
    method: "GET",
    baseUrl,
    path: by.path,
    query: [["limit", "1"]],
    headers: { accept: "application/json" },
    auth,
    timeoutMs,
    maxResponseBytes,
  };
  const answer = await by.executor.send(request, by.signal);
  if (answer.kind === "failure") throw answer.error;
  const body = readBody(await collectBody(answer, maxResponseBytes));
  const { totalMs, oktaRequestId } = answer.record();
  return { status: answer.status, headers: answer.headers, body, sentMs: totalMs === null ? null : roundedMs(totalMs), oktaRequestId };
}
