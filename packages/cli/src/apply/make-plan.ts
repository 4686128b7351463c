import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { LongarmError } from "@longarm/shared";
import { loadConfiguration } from "@longarm/shared/config";
import { type Allowances, type ApplyMap, applyMapSchema, type CompiledMap, compileMap, Planner, type SourceRow } from "@longarm/sync/apply";
import type { ApiClient } from "../api/api-client.ts";
import { readGroupIds, readMemberships, readUsers } from "./org-state.ts";
import { storedPlan, type StoredPlan } from "./plan-file.ts";
import { openSource, type SourceFile } from "./source-file.ts";

/** What a plan is made of. */
export interface PlanWish {
  readonly file: string;
  readonly map: string;
  readonly connection: string;
  readonly allowances: Allowances;
  readonly createdAt: string;
}

/** What is told while a plan is made. */
export interface PlanWatch {
  readonly signal: AbortSignal;
  /** How many users of the org were read so far. */
  onUsers(users: number): void;
}

/** Reads the map, the file (twice) and the org, and makes the plan. Memory grows with the file's keys and with what differs. */
export async function makePlan(api: ApiClient, wish: PlanWish, { signal, onUsers }: PlanWatch): Promise<StoredPlan> {
  const { file, connection, createdAt } = wish;
  const map = await readMap(wish.map);
  const source = await openSource(file, map.value.csv.delimiter);
  const compiled = fitted(wish, map.value, source);
  const reader = { api, connection, signal };
  const groupIds = await readGroupIds(reader, compiled.groups);
  const planner = new Planner(compiled, groupIds);
  const sha256 = await source.read((row) => planner.note(row), signal);
  const memberships = await readMemberships(reader, groupIds);
  await readUsers(reader, memberships, { take: (user) => planner.meet(user), count: onUsers });
  await readUnchanged(source, { sha256, signal, take: (row) => planner.settle(row) });
  const marks = { map: { file: wish.map, sha256: map.sha256 }, source: { file, sha256 } };
  return storedPlan(planner.conclude(wish.allowances), { connection, createdAt, ...marks });
}

async function readMap(file: string): Promise<{ readonly value: ApplyMap; readonly sha256: string }> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  const { value } = loadConfiguration({
    ...{ schema: applyMapSchema, file, environment: {}, prefix: "LONGARM" },
    ...(text !== undefined && { text }),
  });
  return {
    value,
    sha256: createHash("sha256")
      .update(text ?? "")
      .digest("hex"),
  };
}

function fitted({ map, file }: PlanWish, value: ApplyMap, { columns }: SourceFile): CompiledMap {
  const compiled = compileMap(value, columns);
  if ("map" in compiled) return compiled.map;
  const faults = compiled.misfits.map(({ place, problem }) => `  ${place}: ${problem}`);
  throw new LongarmError("invalid_configuration", `${map} does not fit ${file}:\n${faults.join("\n")}`, {
    details: { source: map, faults: compiled.misfits },
  });
}

async function readUnchanged(
  source: SourceFile,
  of: { readonly sha256: string; readonly signal: AbortSignal; readonly take: (row: SourceRow) => void },
): Promise<void> {
  if ((await source.read(of.take, of.signal)) === of.sha256) return;
  throw new LongarmError("conflict", `${source.file} was changed while the plan was made; plan again.`);
}
