import { LongarmError, type Clock, type ControllerId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { deadOwners, watchOwners, type OwnerWatch } from "../decide/dead-owners.ts";
import type { ControllerPresence } from "../ports/controller-presence.ts";
import type { HoldStore } from "../ports/hold-store.ts";
import type { RunHistory, RunRow } from "../ports/run-history.ts";
import type { RunLog } from "../ports/run-log.ts";
import { cleanHolds, holdingOwners } from "../run/place/clean-holds.ts";
import type { KeyPlaces } from "../run/place/key-places.ts";
import type { LaneSlots } from "../run/place/lane-slots.ts";
import type { OwnerLease } from "../run/owner-lease.ts";
import type { RunCarrier } from "../run/run-carrier.ts";

interface Deps {
  readonly controllerId: ControllerId;
  readonly presence: ControllerPresence;
  readonly history: RunHistory;
  readonly carrier: RunCarrier;
  readonly slots: LaneSlots;
  readonly lease: OwnerLease;
  readonly places: KeyPlaces;
  readonly holds: HoldStore;
  readonly log: RunLog;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The look at the keys by which owners are dead. */
interface Look {
  /** When it began, monotonic: until then nothing new was to be seen of them. */
  readonly silentAtMs: number;
  readonly signal: AbortSignal;
}

/** Whom a run is taken from. */
interface From extends Partial<Pick<Look, "silentAtMs">> {
  readonly owner: ControllerId;
}

// A death is noticed by the silence that follows the last look at a living owner: up to two of these, and the silence itself.
const renewEveryMs = 1_000;
// An outage ends with whoever renews first: that much of it counts, so that the others have a moment more to show that they live.
const creditMs = 3_000;
const atOnce = 64;
const waitingAtOnce = 32;

/** Says that this controller lives, and takes over the runs of those that do not. Resolves when the signal is aborted. */
export async function rescue(deps: Deps, signal: AbortSignal): Promise<void> {
  let watch: OwnerWatch = new Map();
  let lookedMs = deps.clock.monotonicMs();
  let hasFailed = false;
  let takingOver: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  let tending: Promise<void> | undefined;
  let resuming: Promise<void> | undefined;
  while (!signal.aborted) {
    try {
      const askedMs = deps.clock.monotonicMs();
      await deps.presence.renew(deps.controllerId);
      deps.lease.renewed(askedMs);
      const nowMs = deps.clock.monotonicMs();
      // Before the keys are asked for: who claims a run has had its key before, but an answer that is late does not tell of it.
      const [owners, holders] = [deps.history.owners(), holdingOwners(deps.holds)];
      const signs = await deps.presence.list();
      const sinceLastMs = nowMs - lookedMs;
      watch = watchOwners(watch, { signs, owners: [...owners, ...holders], sinceLastMs, creditMs });
      // A slow listing shows each key as it was at some time meanwhile: none of that time counts.
      lookedMs = deps.clock.monotonicMs();
      const dead = deadOwners(owners, watch, deps.controllerId);
      // Beside the renewals: with many runs it takes longer than others wait for a sign of life.
      const look = { silentAtMs: nowMs, signal };
      takingOver ??= takeOverAll(deps, dead, (owner) => takeOver(deps, owner, look)).finally(() => (takingOver = undefined));
      waiting ??= takeOverAll(deps, dead, (owner) => takeOverWaiting(deps, owner, look)).finally(() => (waiting = undefined));
      resuming ??= resumeStranded(deps).finally(() => (resuming = undefined));
      const holding = deadOwners(holders, watch, deps.controllerId);
      tending ??= tendPlaces(deps, holding).finally(() => (tending = undefined));
      hasFailed = false;
    } catch (reason) {
      const line = "This controller's sign of life could not be renewed; trying again.";
      if (!hasFailed) deps.logger.warn({ reason: LongarmError.from(reason).message }, line);
      hasFailed = true;
    }
    await deps.clock.sleep(renewEveryMs, signal).catch(() => undefined);
  }
  await Promise.all([takingOver, waiting, tending, resuming]);
}

/** Looks after the places that runs hold: those that wait for one, and those of the dead. */
async function tendPlaces(deps: Deps, dead: readonly ControllerId[]): Promise<void> {
  try {
    await deps.places.tend();
    const clean = { ...deps, store: deps.holds };
    for (const owner of dead) await cleanHolds(clean, owner);
    await cleanHolds(clean, deps.controllerId, (run) => deps.places.isWanted(run));
  } catch (reason) {
    deps.logger.warn({ reason: LongarmError.from(reason).message }, "Places of runs could not be looked after; trying again.");
  }
}

async function takeOverAll(deps: Deps, owners: readonly ControllerId[], work: (owner: ControllerId) => Promise<void>): Promise<void> {
  try {
    for (const owner of owners) await work(owner);
  } catch (reason) {
    deps.logger.warn({ reason: LongarmError.from(reason).message }, "Runs could not be taken over; trying again.");
  }
}

async function takeOver(deps: Deps, owner: ControllerId, { silentAtMs }: Look): Promise<void> {
  const runs = deps.history.unfinished(owner, { isWaiting: false });
  deps.logger.info({ owner, runs: runs.length }, "Taking over the runs of a controller that has stopped, as many at a time as fit.");
  for (let from = 0; from < runs.length; from += atOnce) {
    await Promise.all(runs.slice(from, from + atOnce).map((run) => takeOverRun(deps, run, { owner, silentAtMs })));
  }
}

/**
 * Those that wait are taken over beside all that are under way, a few at a time and half of the time at most: there may be a hundred
 * thousand, and nobody misses them for the moment.
 */
async function takeOverWaiting(deps: Deps, owner: ControllerId, { silentAtMs, signal }: Look): Promise<void> {
  const { history, clock } = deps;
  let after: RunRow | undefined;
  for (;;) {
    const runs: readonly RunRow[] = history.unfinished(owner, { isWaiting: true, limit: waitingAtOnce, ...(after && { after }) });
    if (runs.length === 0 || signal.aborted) return;
    const beganMs = clock.monotonicMs();
    await Promise.all(runs.map((run) => takeOverRun(deps, run, { owner, silentAtMs })));
    await clock.sleep(clock.monotonicMs() - beganMs, signal).catch(() => undefined);
    after = runs.at(-1);
  }
}

/** Runs of our own that a fault broke off: nobody else takes them from us while we live. */
async function resumeStranded(deps: Deps): Promise<void> {
  for (const run of deps.carrier.stranded.takeDue()) await takeOverRun(deps, run, { owner: deps.controllerId });
}

async function takeOverRun({ carrier, slots, logger }: Deps, run: Pick<RunRow, "id" | "lane">, from: From): Promise<void> {
  // What does not fit now is still the dead owner's at the next round.
  if (!slots.mayRescue(run.lane)) return;
  // Over the lane's limit if need be: an accepted run that was already being carried does not queue again.
  slots.take(run.lane);
  try {
    const claimed = await carrier.claimAbandoned(run.id, from.owner, from.silentAtMs);
    if (claimed) void carrier.carry(claimed).then(() => slots.release(run.lane));
    else {
      slots.release(run.lane);
      carrier.stranded.settle(run.id);
    }
  } catch (reason) {
    slots.release(run.lane);
    logger.warn({ runId: run.id, reason: LongarmError.from(reason).message }, "A run could not be taken over yet; trying again.");
  }
}
