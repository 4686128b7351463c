import type { ControllerId, RunId } from "@longarm/shared";
import { leavePlace } from "../../decide/holds.ts";
import type { HoldStore } from "../../ports/hold-store.ts";
import type { RunLog } from "../../ports/run-log.ts";
import { stateOf } from "../view/run-view.ts";

interface Deps {
  readonly store: HoldStore;
  readonly log: RunLog;
}

// The rest has its turn at the next round.
const mostAtOnce = 100;

/** Every controller that holds a place for a run. */
export function holdingOwners(store: HoldStore): readonly ControllerId[] {
  return [...new Set(store.held().flatMap(({ holders }) => holders.map(({ owner }) => owner)))];
}

/**
 * Takes back the places that a dead controller held for runs which have ended: it died between the two. Those of its unfinished runs stay
 * theirs, for whoever takes them over. So it does with those of a living one that `isWanted` does not know: it took them for a run that
 * another controller had carried to its end meanwhile.
 */
export async function cleanHolds({ store, log }: Deps, of: ControllerId, isWanted: (run: RunId) => boolean = () => false): Promise<void> {
  let looked = 0;
  for (const { key, holders } of store.held()) {
    for (const { run, owner } of holders) {
      if (owner !== of || isWanted(run)) continue;
      if ((looked += 1) > mostAtOnce) return;
      const stored = await log.read(run);
      if (stored && !stateOf(stored).completed) continue;
      const known = store.known(key);
      const left = leavePlace(known.holders, run);
      // Whoever changed it meanwhile looks at it again, as do we at the next round.
      if (left) await store.write({ ...known, holders: left });
    }
  }
}
