import { type FaultKind, faultKindNames, partsOf } from "../faults/kinds.ts";
import type { Evidence } from "./evidence.ts";
import { callsOf, touches } from "./timeline.ts";

/** How often a kind of fault was inflicted, and how many open calls it hit. */
export interface Reach {
  readonly times: number;
  readonly calls: number;
}

/** What each kind of fault reached, by the runs' own logs, and by the org's count for its own faults. */
export function reachOf({ cases, faults, controllers }: Evidence): Readonly<Record<FaultKind, Reach>> {
  const calls = cases.flatMap(({ run }) => (run ? callsOf(run.log) : []));
  const reach = faultKindNames.map((kind) => {
    const ofKind = faults.filter((fault) => fault.kind === kind && (fault.trouble === null || fault.met !== null));
    const hits = ofKind.map((fault) =>
      partsOf(kind).place === "org" ? (fault.met ?? 0) : calls.filter((call) => touches(fault, call, controllers)).length,
    );
    return [kind, { times: ofKind.length, calls: hits.reduce((sum, hit) => sum + hit, 0) }];
  });
  return Object.fromEntries(reach) as Record<FaultKind, Reach>;
}
