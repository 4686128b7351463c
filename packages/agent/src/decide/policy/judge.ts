import { isWithinHours, showHours } from "./hours.ts";
import { fitsTemplate, pathFlaw } from "./path-template.ts";
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
  const mismatches: Mismatch[] = [];
  for (const rule of policy.rules) {
    const mismatch = mismatchOf(rule, request);
    if (!mismatch) return { kind: "allowed", rule };
    mismatches.push(mismatch);
  }
  return denied(policy, request, mismatches);
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

type Look = (rule: PolicyRule, request: PolicyRequest) => string | undefined;

const looks: Readonly<Record<Aspect, Look>> = {
  origin: ({ origins }, { origin }) => (origins.includes(origin) ? undefined : `it is for ${origins.join(", ")}`),
  path: ({ requests }, { path }) =>
    requests.some((listed) => fitsTemplate(path, listed.path)) ? undefined : "it lists no path of this form",
  method: ({ requests }, { path, method }) => {
    const fitting = requests.filter((listed) => fitsTemplate(path, listed.path));
    if (fitting.some(({ methods }) => methods.includes(method))) return undefined;
    return `it lists only ${[...new Set(fitting.flatMap(({ methods }) => methods))].join(", ")} for this path`;
  },
  effect: ({ effects }, { effect }) => (effects.includes(effect) ? undefined : `its effects are ${effects.join(", ")}`),
  size: ({ maxRequestBytes }, { bodyBytes }) =>
    bodyBytes <= maxRequestBytes ? undefined : `the body has ${bodyBytes} bytes and it allows ${maxRequestBytes}`,
  hours: ({ hours }, { nowMs }) =>
    !hours || hours.some((each) => isWithinHours(nowMs, each)) ? undefined : `it holds only ${hours.map(showHours).join(", ")}`,
};

function mismatchOf(rule: PolicyRule, request: PolicyRequest): Mismatch | undefined {
  for (const aspect of aspects) {
    const sentence = looks[aspect](rule, request);
    if (sentence !== undefined) return { rule: rule.name, aspect, sentence };
  }
  return undefined;
}
