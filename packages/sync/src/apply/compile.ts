import { type Expression, expressionProblem, parseCondition, parseExpression } from "@longarm/shared/selector";
import { type ApplyMap, keyFields, scopeVariables } from "./map-schema.ts";
import type { CurrentUser, WantedStatus } from "./people.ts";
import { type Bounds, defaultBounds, readBounds, type ThresholdName, thresholdNames } from "./thresholds.ts";

/** Where a field's value comes from. */
export type FieldSource = { readonly column: string } | { readonly expression: Expression };

/** A map made ready for one source. */
export interface CompiledMap {
  readonly keys: readonly string[];
  readonly fields: readonly (readonly [field: string, source: FieldSource])[];
  readonly status: "active" | { readonly column: string; readonly meanings: ReadonlyMap<string, WantedStatus> } | undefined;
  readonly memberships:
    | { readonly column: string; readonly separator: string; readonly owned: ReadonlySet<string>; readonly ignoresOthers: boolean }
    | undefined;
  readonly create: ApplyMap["create"];
  readonly absent: ApplyMap["absent"];
  /** Groups whose members must be known: those owned and those of the scope. */
  readonly groups: readonly string[];
  readonly bounds: Readonly<Record<ThresholdName, Bounds>>;
  /** Is this user one that may be touched? */
  isInScope(user: CurrentUser): boolean;
}

/** Something in which a map does not fit its source: the place in the map, and the end of a sentence. */
export interface Misfit {
  readonly place: string;
  readonly problem: string;
}

/** Makes a map ready; `columns` are those of the source where it names them beforehand. */
export function compileMap(
  map: ApplyMap,
  columns: readonly string[] | null,
): { readonly map: CompiledMap } | { readonly misfits: readonly Misfit[] } {
  const misfits: Misfit[] = [];
  const known = (column: string, place: string): string => {
    if (columns !== null && !columns.includes(column))
      misfits.push({ place, problem: `the source has no column "${column}"; it has ${columns.join(", ")}` });
    return column;
  };
  const fields = Object.entries(map.profile).map(([field, from]): readonly [string, FieldSource] => {
    const place = `profile.${field}`;
    if (typeof from === "string") return [field, { column: known(from, place) }];
    return [field, { expression: fitting(from.cel, { columns, place, misfits }) }];
  });
  const { status, memberships } = map;
  const compiled: CompiledMap = {
    keys: keyFields(map),
    fields,
    status: typeof status === "object" ? { column: known(status.column, "status.column"), meanings: meaningsOf(status.values) } : status,
    memberships: memberships && {
      column: known(memberships.column, "memberships.column"),
      separator: memberships.separator,
      owned: new Set(memberships.owns),
      ignoresOthers: memberships.others === "ignore",
    },
    create: map.create,
    absent: map.absent,
    groups: [...new Set([...(memberships?.owns ?? []), ...scopeGroups(map)])],
    bounds: boundsOf(map),
    isInScope: scopeOf(map),
  };
  return misfits.length > 0 ? { misfits } : { map: compiled };
}

function fitting(source: string, at: { columns: readonly string[] | null; place: string; misfits: Misfit[] }): Expression {
  try {
    return parseExpression(source, { row: at.columns });
  } catch (reason) {
    at.misfits.push({ place: at.place, problem: expressionProblem(reason) });
    return parseExpression("null", {});
  }
}

type Words = Readonly<Partial<Record<WantedStatus, readonly string[]>>>;

function meaningsOf(values: Words = { active: ["active"], suspended: ["suspended"], deactivated: ["deactivated"] }) {
  const entries = Object.entries(values) as [WantedStatus, readonly string[]][];
  return new Map(entries.flatMap(([status, words]) => words.map((word) => [word.trim().toLowerCase(), status] as const)));
}

function scopeGroups({ scope }: ApplyMap): readonly string[] {
  return typeof scope === "object" ? (scope.members ?? []) : [];
}

function scopeOf(map: ApplyMap): (user: CurrentUser) => boolean {
  const source = typeof map.scope === "string" ? map.scope : map.scope?.users;
  const holds = source === undefined ? () => true : parseCondition(source, scopeVariables);
  const members = scopeGroups(map);
  const isMember = (user: CurrentUser): boolean => members.length === 0 || members.some((group) => user.groups.includes(group));
  return (user) => isMember(user) && holds({ id: user.id, status: user.status, profile: user.profile });
}

function boundsOf({ thresholds }: ApplyMap): Record<ThresholdName, Bounds> {
  const written = thresholds as Readonly<Partial<Record<ThresholdName, unknown>>>;
  const bounds = thresholdNames.map((name) => [name, readBounds(written[name]) ?? defaultBounds[name]] as const);
  return Object.fromEntries(bounds) as Record<ThresholdName, Bounds>;
}
