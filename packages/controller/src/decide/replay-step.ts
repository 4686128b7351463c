import type { StepBegun, StepEnded } from "@longarm/shared";

/** What a step is recognised by on replay. */
export type StepIdentity = Pick<StepBegun, "path" | "step" | "name" | "inputHash">;

/** A step as the log knows it. */
export interface KnownStep {
  readonly begun: StepBegun;
  /** Undefined: it is under way. */
  readonly ended: StepEnded | undefined;
}

/** The steps that a log holds, by their places. */
export function knownSteps(entries: readonly (StepBegun | StepEnded)[]): ReadonlyMap<string, KnownStep> {
  const steps = new Map<string, KnownStep>();
  for (const entry of entries) {
    const known = steps.get(entry.path);
    if (entry.kind === "stepBegun" && !known) steps.set(entry.path, { begun: entry, ended: undefined });
    // The first end is what the flow has seen.
    if (entry.kind === "stepEnded" && known && !known.ended) steps.set(entry.path, { ...known, ended: entry });
  }
  return steps;
}

/** What a flow that asks for a step is given. */
export type StepVerdict =
  | { readonly kind: "new" }
  | { readonly kind: "underWay"; readonly begun: StepBegun }
  | { readonly kind: "ended"; readonly begun: StepBegun; readonly ended: StepEnded }
  | { readonly kind: "other"; readonly sentence: string }
  | { readonly kind: "tooMany" };

/** A flow may take so many steps; what needs more is split into subflows. */
export const mostSteps = 10_000;

/** Compares a step that is asked for with what the log holds in its place. */
export function judgeStep(steps: ReadonlyMap<string, KnownStep>, asked: StepIdentity, taken: number): StepVerdict {
  const known = steps.get(asked.path);
  if (!known) return taken < mostSteps ? { kind: "new" } : { kind: "tooMany" };
  const { begun, ended } = known;
  const differs = differenceOf(begun, asked);
  if (differs !== undefined)
    return { kind: "other", sentence: `Step ${asked.path} was ${nameOf(begun)} in the log and is ${nameOf(asked)} now${differs}` };
  return ended ? { kind: "ended", begun, ended } : { kind: "underWay", begun };
}

/** The steps of the log that the flow has passed by; it has ended without asking for them. */
export function passedBy(steps: ReadonlyMap<string, KnownStep>, asked: ReadonlySet<string>): readonly string[] {
  return [...steps.keys()].filter((path) => !asked.has(path));
}

function differenceOf(begun: StepBegun, asked: StepIdentity): string | undefined {
  if (begun.step !== asked.step || begun.name !== asked.name) return ".";
  return Buffer.compare(begun.inputHash, asked.inputHash) === 0 ? undefined : ", with another input.";
}

function nameOf({ step, name }: StepIdentity): string {
  return name === "" ? `a ${step}` : `${step} ${name}`;
}
