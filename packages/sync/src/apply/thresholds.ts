/** What a plan may do at most before it is blocked. */
export const thresholdNames = ["maxCreate", "maxChange", "maxSuspend", "maxDeactivate", "maxRemove", "maxRowsWithoutKey"] as const;
export type ThresholdName = (typeof thresholdNames)[number];

/** Bounds that all hold: a number, and a share of the scope's users in percent. */
export interface Bounds {
  readonly count?: number;
  readonly percent?: number;
}

/** What holds where a map says nothing. A bound in a map takes the place of both. */
export const defaultBounds: Readonly<Record<ThresholdName, Bounds>> = {
  maxCreate: { count: 1_000 },
  maxChange: { count: 10_000, percent: 50 },
  maxSuspend: { count: 250, percent: 5 },
  maxDeactivate: { count: 100, percent: 2 },
  maxRemove: { count: 1_000, percent: 20 },
  maxRowsWithoutKey: { count: 0 },
};

/** How a plan stands to one of its thresholds. */
export interface ThresholdVerdict extends Bounds {
  readonly name: ThresholdName;
  readonly planned: number;
  /** How many were allowed by hand, over the bounds. */
  readonly allowed?: number;
  readonly exceeded: boolean;
}

/** Thresholds that were lifted by hand: to how many. */
export type Allowances = Readonly<Partial<Record<ThresholdName, number>>>;

const percentPattern = /^(\d+(?:\.\d+)?) ?%$/;

/** A bound as a map writes it: `50`, `"2%"`, or `{count: 50, percent: 2}`. Undefined: it is none. */
export function readBounds(written: unknown): Bounds | undefined {
  if (isCount(written)) return { count: written };
  if (typeof written === "string") {
    const percent = Number(percentPattern.exec(written)?.[1] ?? Number.NaN);
    return percent <= 100 ? { percent } : undefined;
  }
  if (typeof written !== "object" || written === null) return undefined;
  const { count, percent, ...others } = written as Readonly<Record<string, unknown>>;
  if (Object.keys(others).length > 0 || (count === undefined && percent === undefined)) return undefined;
  const share = typeof percent === "string" ? readBounds(percent)?.percent : percent;
  const isShare = typeof share === "number" && share >= 0 && share <= 100;
  if ((count !== undefined && !isCount(count)) || (percent !== undefined && !isShare)) return undefined;
  return { ...(count !== undefined && { count }), ...(isShare && { percent: share }) };
}

/** Holds what is planned against every threshold. `users`: how many live ones the scope has. */
export function judge(of: {
  readonly planned: Readonly<Record<ThresholdName, number>>;
  readonly users: number;
  readonly bounds: Readonly<Record<ThresholdName, Bounds>>;
  readonly allowances?: Allowances;
}): readonly ThresholdVerdict[] {
  return thresholdNames.map((name) => {
    const planned = of.planned[name];
    const bounds = of.bounds[name];
    const allowed = of.allowances?.[name];
    const isOver = planned > (bounds.count ?? Infinity) || planned * 100 > (bounds.percent ?? Infinity) * of.users;
    const exceeded = isOver && planned > 0 && planned > (allowed ?? -1);
    return { name, planned, ...bounds, ...(allowed !== undefined && { allowed }), exceeded };
  });
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
