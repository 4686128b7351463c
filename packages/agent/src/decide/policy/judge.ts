import { isWithinHours, showHours } from "./hours.ts";
import { fitsTemplate, pathFlaw, segmentsOf } from "./path-template.ts";
import type { PolicyRequest, PolicyRule, SitePolicy } from "./policy.ts";

/** The aspects of a rule, in the order in which they are looked at: the later one fails, the nearer the rule was. */
export const aspects = ["origin", "path", "method", "effect", "size", "hours"] as const;
export type Aspect = (typeof aspects)[number];

/** Why a rule does not allow a request: the first aspect that does not fit, and a sentence about it. */
export interface Mismatch {
  readonly rule: string;
  readonly aspect: Aspect;
  readonly sentence: string;
}

export type Verdict =
  | { readonly kind: "allowed"; readonly rule: PolicyRule }
  | { readonly kind: "denied"; readonly sentence: string; readonly nearest?: Mismatch; readonly mismatches: readonly Mismatch[] };

/** What a policy says to a request: the first rule that allows it, or why none does. Rates and addresses are for others to look at. */
export function judge(policy: SitePolicy, request: PolicyRequest): Verdict {
  const flaw = pathFlaw(request.path);
  if (flaw !== undefined) {
    const sentence = `The path ${JSON.stringify(request.path.slice(0, 200))} has ${flaw}, so it could mean several; no rule allows such a path.`;
    return { kind: "denied", sentence, mismatches: [] };
  }
  const segments = segmentsOf(request.path);
  const rule = policy.rules.find((each) => missing(each, request, segments) === undefined);
  return rule ? { kind: "allowed", rule } : denied(policy, request, mismatchesOf(policy.rules, request));
}

/** What each rule lacks that does not allow the request; its path must have one meaning. */
export function mismatchesOf(rules: readonly PolicyRule[], request: PolicyRequest): readonly Mismatch[] {
  const segments = segmentsOf(request.path);
  return rules.flatMap((rule) => {
    const aspect = missing(rule, request, segments);
    return aspect === undefined ? [] : [{ rule: rule.name, aspect, sentence: sentences[aspect](rule, request) }];
  });
}

function denied(policy: SitePolicy, request: PolicyRequest, mismatches: readonly Mismatch[]): Verdict {
  const nearest = mismatches.toSorted((a, b) => aspects.indexOf(b.aspect) - aspects.indexOf(a.aspect))[0];
  const what = `${request.method} ${request.path.slice(0, 200)} on ${request.origin} (${request.effect})`;
  const sentence = `No rule of the site's policy allows ${what}: ${lackOf(policy, nearest)}.`;
  return { kind: "denied", sentence, mismatches, ...(nearest && { nearest }) };
}

const shownOrigins = 8;

function lackOf({ rules }: SitePolicy, nearest: Mismatch | undefined): string {
  if (!nearest) return "the policy has no rule";
  if (nearest.aspect !== "origin") return `the nearest is rule "${nearest.rule}", but ${nearest.sentence}`;
  const origins = [...new Set(rules.flatMap((rule) => rule.origins))].slice(0, shownOrigins);
  return `no rule is for this origin; there are rules for ${origins.join(", ")}`;
}

function missing(rule: PolicyRule, request: PolicyRequest, segments: readonly string[]): Aspect | undefined {
  const { origins, requests, effects, maxRequestBytes, hours } = rule;
  if (!origins.includes(request.origin)) return "origin";
  const listed = requests.filter(({ path }) => fitsTemplate(segments, path));
  if (listed.length === 0) return "path";
  if (!listed.some(({ methods }) => methods.includes(request.method))) return "method";
  if (!effects.includes(request.effect)) return "effect";
  if (request.bodyBytes > maxRequestBytes) return "size";
  return !hours || hours.some((each) => isWithinHours(request.nowMs, each)) ? undefined : "hours";
}

const sentences: Readonly<Record<Aspect, (rule: PolicyRule, request: PolicyRequest) => string>> = {
  origin: ({ origins }) => `it is for ${origins.join(", ")}`,
  path: () => "it lists no path of this form",
  method: ({ requests }, { path }) => {
    const fitting = requests.filter((listed) => fitsTemplate(segmentsOf(path), listed.path));
    return `it lists only ${[...new Set(fitting.flatMap(({ methods }) => methods))].join(", ")} for this path`;
  },
  effect: ({ effects }) => `its effects are ${effects.join(", ")}`,
  size: ({ maxRequestBytes }, { bodyBytes }) => `the body has ${bodyBytes} bytes and it allows ${maxRequestBytes}`,
  hours: ({ hours = [] }) => `it holds only ${hours.map(showHours).join(", ")}`,
};
