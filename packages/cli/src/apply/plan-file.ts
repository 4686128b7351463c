import { createHash } from "node:crypto";
import { open, readFile, rm } from "node:fs/promises";
import { formatDuration, LongarmError } from "@longarm/shared";
import { findPlacedFaults, nameFaults } from "@longarm/shared/schema";
import { applyActions, countSteps, judge, type Plan, plannedOf, type ThresholdName, thresholdNames } from "@longarm/sync/apply";
import Type from "typebox";

/** A plan with what it was made of. */
export interface StoredPlan extends Plan {
  readonly format: typeof format;
  readonly connection: string;
  readonly createdAt: string;
  readonly map: FileMark;
  readonly source: FileMark;
}

/** A file, and what was in it. */
export interface FileMark {
  readonly file: string;
  readonly sha256: string;
}

/** A plan as it was read, and the hash that its steps are known by. */
export interface ReadPlan {
  readonly plan: StoredPlan;
  readonly hash: string;
}

const format = "longarm.apply/1";

const count = Type.Integer({ minimum: 0 });
const mark = Type.Object({ file: Type.String(), sha256: Type.String() });
const planSchema = Type.Object({
  format: Type.Literal(format),
  hash: Type.String(),
  connection: Type.String({ minLength: 1 }),
  createdAt: Type.String({ format: "date-time" }),
  ...{ map: mark, source: mark, rows: count, unchanged: count, scopeUsers: count },
  thresholds: Type.Array(
    Type.Object({
      name: Type.Enum([...thresholdNames]),
      planned: count,
      count: Type.Optional(count),
      percent: Type.Optional(Type.Number()),
      allowed: Type.Optional(count),
    }),
  ),
  faults: Type.Array(Type.Object({ code: Type.String(), message: Type.String() })),
  steps: Type.Array(
    Type.Object({
      step: Type.Integer({ minimum: 1 }),
      row: Type.Union([Type.Integer(), Type.Null()]),
      user: Type.String({ minLength: 1 }),
      action: Type.Enum([...applyActions]),
      input: Type.Object({}),
      needs: Type.Optional(Type.Integer({ minimum: 1 })),
    }),
  ),
});

/** The hash of a plan's content. */
export function hashOf(plan: StoredPlan): string {
  return `sha256:${createHash("sha256").update(JSON.stringify(plan)).digest("hex")}`;
}

/** The plan that is stored, its members in the order of the file. */
export function storedPlan(plan: Plan, of: Pick<StoredPlan, "connection" | "createdAt" | "map" | "source">): StoredPlan {
  const { counts, rows, unchanged, scopeUsers, thresholds, faults, steps } = plan;
  return { format, ...of, counts, rows, unchanged, scopeUsers, thresholds, faults, steps };
}

/** Writes a plan into a new file that only its owner may read, a step a line, and gives its hash. */
export async function writePlan(path: string, plan: StoredPlan): Promise<string> {
  const hash = hashOf(plan);
  const handle = await open(path, "wx", 0o600).catch((reason: unknown) => {
    const isThere = (reason as NodeJS.ErrnoException).code === "EEXIST";
    const why = isThere ? "exists already, and is not written over; name another file" : `cannot be written: ${(reason as Error).message}`;
    throw new LongarmError("invalid_usage", `The plan ${path} ${why}.`, { cause: reason });
  });
  try {
    await handle.writeFile(linesOf({ ...plan, hash }));
    await handle.sync();
  } catch (reason) {
    await rm(path, { force: true });
    throw reason;
  } finally {
    await handle.close();
  }
  return hash;
}

function* linesOf({ format: form, hash, ...rest }: StoredPlan & { readonly hash: string }): Generator<string> {
  yield `{\n  "format": ${JSON.stringify(form)},\n  "hash": ${JSON.stringify(hash)}`;
  for (const [name, value] of Object.entries(rest)) {
    yield `,\n  ${JSON.stringify(name)}: `;
    if (Array.isArray(value)) yield* listOf(value);
    else yield JSON.stringify(value);
  }
  yield "\n}\n";
}

function* listOf(items: readonly unknown[]): Generator<string> {
  yield "[";
  for (const [at, item] of items.entries()) yield `${at === 0 ? "" : ","}\n    ${JSON.stringify(item)}`;
  yield items.length === 0 ? "]" : "\n  ]";
}

/** What is asked of a plan before it is carried out. */
export interface PlanTerms {
  readonly isEdited: boolean;
  readonly maxAgeMs: number;
  readonly nowMs: number;
  /** The hash that was approved, or its beginning. */
  readonly expected?: string;
}

/**
 * Reads a plan that is to be carried out. Throws `invalid_usage` when it is none, was changed by hand, is another one than was expected
 * or too old, and `not_allowed` while one of its thresholds blocks it.
 */
export async function readPlan(path: string, terms: PlanTerms): Promise<ReadPlan> {
  const { hash: written, ...plan } = parsePlan(path, await textOf(path));
  const hash = hashOf(plan);
  const refuse = (why: string): never => {
    throw new LongarmError("invalid_usage", `The plan ${path} ${why}`);
  };
  if (terms.expected !== undefined && !hash.replace("sha256:", "").startsWith(terms.expected.replace("sha256:", "")))
    refuse(`has the hash ${hash}, not the expected one.`);
  if (hash !== written && !terms.isEdited)
    refuse("was changed since it was written. Plan again, or say --edited if that is what you mean to carry out.");
  const ageMs = terms.nowMs - Date.parse(plan.createdAt);
  if (ageMs > terms.maxAgeMs)
    refuse(`is ${formatDuration(Math.round(ageMs / 60_000) * 60_000)} old; the org may have changed. Plan again, or give --max-age.`);
  const blocks = blocksOf(plan);
  if (blocks.length > 0) throw new LongarmError("not_allowed", `The plan ${path} is blocked, nothing was done:\n  ${blocks.join("\n  ")}`);
  return { plan, hash };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (reason) {
    const isAbsent = (reason as NodeJS.ErrnoException).code === "ENOENT";
    const why = isAbsent ? "there is no such file" : (reason as Error).message;
    throw new LongarmError("invalid_usage", `The plan ${path} cannot be read: ${why}.`, { cause: reason });
  }
}

function parsePlan(path: string, text: string): StoredPlan & { readonly hash: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new LongarmError("invalid_json", `The plan ${path} is not JSON.`, { cause });
  }
  const faults = findPlacedFaults("plan", planSchema, value);
  if (faults.length > 0) throw new LongarmError("invalid_usage", `${path} is no plan of this command; it has ${nameFaults(faults)}.`);
  return value as StoredPlan & { readonly hash: string };
}

const touched: Readonly<Record<ThresholdName, string>> = {
  maxCreate: "users would be created",
  maxChange: "users would be changed",
  maxSuspend: "users would be suspended",
  maxDeactivate: "users would be deactivated",
  maxRemove: "memberships would be removed",
  maxRowsWithoutKey: "rows have no key, so that nobody can tell who is absent",
};

/** Why a plan may not be carried out, by its steps as they are: a sentence for each threshold that it exceeds. */
export function blocksOf(plan: Pick<StoredPlan, "steps" | "thresholds" | "scopeUsers">): readonly string[] {
  const byName = new Map(plan.thresholds.map((one) => [one.name, one]));
  const of = <T>(pick: (name: ThresholdName) => T) => Object.fromEntries(thresholdNames.map((name) => [name, pick(name)]));
  const verdicts = judge({
    planned: plannedOf(countSteps(plan.steps), byName.get("maxRowsWithoutKey")?.planned ?? 0),
    users: plan.scopeUsers,
    bounds: of((name) => byName.get(name) ?? {}) as Record<ThresholdName, object>,
    allowances: of((name) => byName.get(name)?.allowed),
  });
  return verdicts
    .filter(({ exceeded }) => exceeded)
    .map(({ name, planned, count: most, percent }) => {
      const bounds = [
        ...(most === undefined ? [] : [most.toLocaleString("en")]),
        ...(percent === undefined ? [] : [`${percent} % of the scope's ${plan.scopeUsers.toLocaleString("en")} users`]),
      ];
      return `${name}: ${planned.toLocaleString("en")} ${touched[name]}; at most ${bounds.join(" and ")} may. If it is meant, plan again with --allow ${name}=${planned}`;
    });
}
