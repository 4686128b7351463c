import { LongarmError } from "@longarm/shared";
import { seededDraw } from "../place-seed.ts";

/** What may stand in one field of a cron expression. */
export interface FieldKind {
  readonly name: "second" | "minute" | "hour" | "day of the month" | "month" | "day of the week";
  readonly min: number;
  readonly max: number;
  /** Three letters each, the first one standing for `min`. */
  readonly names?: readonly string[];
  /** Up to where `H` goes: every month has the days that it may choose. */
  readonly hashMax?: number;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
export const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

export const fieldKinds = {
  second: { name: "second", min: 0, max: 59 },
  minute: { name: "minute", min: 0, max: 59 },
  hour: { name: "hour", min: 0, max: 23 },
  day: { name: "day of the month", min: 1, max: 31, hashMax: 28 },
  month: { name: "month", min: 1, max: 12, names: months },
  weekday: { name: "day of the week", min: 0, max: 7, names: weekdays, hashMax: 6 },
} as const satisfies Record<string, FieldKind>;

/** A part of a field that a fault is told of. */
export function fieldFault({ name }: FieldKind, part: string, problem: string): LongarmError {
  return new LongarmError("invalid_request", `"${part}" as the ${name} ${problem}`);
}

/** `7`, `mon` */
export function readValue(kind: FieldKind, part: string, text: string): number {
  const named = kind.names?.indexOf(text.toLowerCase()) ?? -1;
  const value = named >= 0 ? named + kind.min : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= kind.min && value <= kind.max) return value;
  const names = kind.names ? ` or one of ${kind.names.join(", ")}` : "";
  throw fieldFault(kind, part, `must be ${kind.min} to ${kind.max}${names}`);
}

/**
 * The values that one part of a field means: `*`, `7`, `1-5`, `10-50/20`, `5/20` (from 5 on), `H`, `H(0-29)`, `H/15`. What `H`
 * chooses follows from `seed` alone. Throws `invalid_request`.
 */
export function readPart(kind: FieldKind, part: string, seed: string): readonly number[] {
  const [, base = "", stepText] = /^([^/]+)(?:\/(.*))?$/.exec(part) ?? [];
  const step = stepText === undefined ? undefined : readStep(kind, part, stepText);
  const hashed = /^H(?:\((\w+)-(\w+)\))?$/i.exec(base);
  if (hashed) return readHashed(kind, part, { range: [hashed[1], hashed[2]], step, seed });
  const [low, high] = readRange(kind, part, { base, isOpen: step !== undefined });
  return valuesBetween(low, high, step ?? 1);
}

function valuesBetween(low: number, high: number, step: number): readonly number[] {
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, index) => low + index * step);
}

function readStep(kind: FieldKind, part: string, text: string): number {
  const step = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (step >= 1) return step;
  throw fieldFault(kind, part, `has the step "${text}", which must be a number from 1 on`);
}

function readRange(kind: FieldKind, part: string, { base, isOpen }: { readonly base: string; readonly isOpen: boolean }): [number, number] {
  if (base === "*" || base === "?") return [kind.min, kind.name === "day of the week" ? 6 : kind.max];
  const [from = "", until, ...more] = base.split("-");
  const low = readValue(kind, part, from);
  if (until === undefined) return [low, isOpen ? kind.max : low];
  const high = readValue(kind, part, until);
  if (more.length > 0 || high < low) throw fieldFault(kind, part, "must be a range from the lower to the higher value");
  return [low, high];
}

function readHashed(
  kind: FieldKind,
  part: string,
  { range: [from, until], step, seed }: { range: [string | undefined, string | undefined]; step: number | undefined; seed: string },
): readonly number[] {
  const low = from === undefined ? kind.min : readValue(kind, part, from);
  const high = until === undefined ? (kind.hashMax ?? kind.max) : readValue(kind, part, until);
  if (high < low) throw fieldFault(kind, part, "must be a range from the lower to the higher value");
  const draw = seededDraw(`${seed}\n${kind.name}`);
  if (step === undefined) return [low + draw.below(high - low + 1)];
  return valuesBetween(low + draw.below(Math.min(step, high - low + 1)), high, step);
}
