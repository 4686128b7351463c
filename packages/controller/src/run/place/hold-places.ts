import { hasCalled } from "../../decide/fold-run.ts";
import { placeSentence, wantedPlaces, type WantedPlace } from "../../decide/wanted-places.ts";
import type { Carriage } from "../carriage.ts";
import type { LimitWatch } from "../limit-watch.ts";

/**
 * Takes the places that a run needs before it begins, one after the other; resolves to whether it has waited for any. While it waits it
 * holds no slot of its lane, and counts as not started. Throws the reason the run was ended for, unless it has begun before: then what
 * it did is still to be told.
 */
export async function holdPlaces(carriage: Carriage, limits: LimitWatch, kind: string): Promise<boolean> {
  const { connection, submission } = carriage;
  const wanted = wantedPlaces(connection, submission.terms);
  // The places of a connection are for those that call: a flow that held one would keep it from its own steps.
  const places = kind === "flow" ? wanted.filter(({ reason }) => reason === "concurrency_key") : wanted;
  if (places.length > 0) limits.arm(null);
  let hasWaited = false;
  for (const place of places) hasWaited = (await holdPlace(carriage, place)) || hasWaited;
  return hasWaited;
}

async function holdPlace(carriage: Carriage, place: WantedPlace): Promise<boolean> {
  const { deps, submission, writer, known, signal } = carriage;
  const { clock, slots, places } = deps;
  const { runId: run, submittedAtMs, lane } = submission;
  const before = known.parked?.reason === place.reason ? known.parked : null;
  let hasParked = false;
  const onWait = async (at: { readonly holding: number; readonly ahead: number }): Promise<void> => {
    const sinceMs = before?.sinceMs ?? clock.nowMs();
    const sentence = placeSentence(place, at);
    await writer.write([{ kind: "parked", reason: place.reason, sentence, sinceMs, untilMs: null, ordinal: 0, stage: 0 }]);
    slots.release(lane);
    hasParked = true;
  };
  try {
    await places.take(place, { run, submittedAtMs, signal, onWait });
  } catch (reason) {
    if (!signal.aborted || !hasCalled(known)) throw reason;
  } finally {
    if (hasParked) slots.take(lane);
  }
  const hasWaited = hasParked || before !== null;
  if (hasWaited) writer.defer({ kind: "resumed", starts: true });
  return hasWaited;
}
