import { LongarmError } from "@longarm/shared";
import { Type } from "typebox";
import { mayUse } from "../../decide/access.ts";
import { keptVersions, type Revised } from "../../ports/connection-store.ts";
import type { Principal } from "../../ports/principal.ts";
import type { Schedule } from "../../ports/schedule-store.ts";
import { assertMayUse } from "../run-access.ts";
import { answers, closed, definitionName, nameParams } from "../schemas.ts";
import { existing } from "./definition-routes.ts";
import type { Routes } from "./route.ts";
import { viewVersion } from "./schedule-view.ts";

interface Asked {
  readonly params: { readonly name: string };
  readonly principal: Principal;
}

/** The schedule, if whoever asks may use its connection. */
export async function seenSchedule({ deps }: Routes, { params, principal }: Asked): Promise<Revised<Schedule>> {
  const found = await existing({ kind: "schedule", store: deps.schedules.definitions }, params.name);
  assertMayUse(principal, found.value.connection);
  return found;
}

/** The versions that whoever asks may see, the newest first: a former one may have used another connection. */
async function seenVersions(routes: Routes, asked: Asked): Promise<readonly Record<string, unknown>[]> {
  const { value } = await seenSchedule(routes, asked);
  const all = await routes.deps.schedules.definitions.versions(value.name);
  return all.flatMap((version, at) => {
    if (!mayUse(asked.principal, version.value.connection)) return [];
    const before = all[at + 1];
    return [viewVersion(version, before && mayUse(asked.principal, before.value.connection) ? before : undefined)];
  });
}

function notKept(name: string, revision: number, kept: readonly Record<string, unknown>[]): LongarmError {
  const [newest, oldest] = [kept.at(0)?.["revision"], kept.at(-1)?.["revision"]];
  const which = kept.length > 1 ? `${String(oldest)} to ${String(newest)} are kept` : `only ${String(newest)} is kept`;
  return new LongarmError("unknown_schedule", `No version ${revision} of schedule "${name}" is kept; ${which}.`, {
    details: { kept: kept.map((version) => version["revision"]) },
  });
}

/** What a schedule was before it was changed. */
export function registerVersions(routes: Routes): void {
  const { app } = routes;
  const tags = ["schedules"];
  const config = { scope: "schedules:read" } as const;
  const shown = Type.Ref("ScheduleVersion");
  const all = {
    ...{ operationId: "listScheduleVersions", summary: "List what a schedule was, newest first", tags, params: nameParams },
    description: `The last ${keptVersions} that were defined, the one that stands included; none of a schedule that was removed.`,
    response: answers({ 200: Type.Object({ versions: Type.Array(shown) }) }),
  };
  app.get("/v1/schedules/:name/versions", { schema: all, config }, async (request) => ({
    versions: await seenVersions(routes, request),
  }));
  const params = closed({ name: definitionName, revision: Type.Integer({ minimum: 1, examples: [1] }) });
  const one = {
    ...{ operationId: "getScheduleVersion", summary: "Show what a schedule was", tags, params },
    response: answers({ 200: shown }),
  };
  app.get("/v1/schedules/:name/versions/:revision", { schema: one, config }, async (request) => {
    const { name, revision } = request.params;
    const kept = await seenVersions(routes, request);
    const found = kept.find((version) => version["revision"] === revision);
    if (found) return found;
    throw notKept(name, revision, kept);
  });
}
