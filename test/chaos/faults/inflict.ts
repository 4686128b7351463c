import { setTimeout as pause } from "node:timers/promises";
import type { Fleet } from "../processes/fleet.ts";
import { partsOf } from "./kinds.ts";
import { OrgFaults } from "./org-faults.ts";
import type { LinkFault } from "./proxy/fault-proxy.ts";
import type { PlannedFault } from "./schedule.ts";
import { StoreFiller } from "./store-filler.ts";

/** A fault as it really was. Times are Unix milliseconds. */
export interface InflictedFault extends PlannedFault {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Requests that the org's own faults have met; null for other kinds. */
  readonly met: number | null;
  /** Why it could not be inflicted, or healed at once; null: it was. */
  readonly trouble: string | null;
}

const hourSeconds = 3_600;
const startsAgainWithinMs = 60_000;

/** Inflicts one planned fault and heals it when its time is over, or at once when the signal is aborted. Never rejects. */
export async function inflict(fleet: Fleet, planned: PlannedFault, signal: AbortSignal): Promise<InflictedFault> {
  const fromMs = Date.now();
  const ended = (met: number | null, trouble: string | null): InflictedFault => ({
    ...planned,
    ...{ fromMs, untilMs: Date.now(), met, trouble },
  });
  try {
    const heal = await begin(fleet, planned);
    await pause(planned.forMs, undefined, { signal }).catch(() => undefined);
    return ended((await heal()) ?? null, null);
  } catch (reason) {
    return ended(null, String(reason));
  }
}

/** Heals it; gives how many requests it has met, where that is known. */
type Heal = () => Promise<number | void> | number | void;

function begin(fleet: Fleet, planned: PlannedFault): Heal | Promise<Heal> {
  const { place, what } = partsOf(planned.kind);
  switch (place) {
    case "controller":
    case "agent":
    case "broker":
      return strikeMember(fleet, planned, what);
    case "controllerLink":
    case "agentLink":
    case "orgLink":
      return strikeLink(fleet, planned, what);
    case "org":
      return strikeOrg(fleet, planned, what);
    case "store":
      return fillStore(fleet);
    case "clock":
      return moveClock(fleet, planned);
  }
}

async function strikeMember(fleet: Fleet, { target }: PlannedFault, what: string): Promise<Heal> {
  const member = fleet.member(target);
  if (!member) throw new Error(`There is no ${target}.`);
  if (what === "kill") {
    await member.kill();
    return () => within(startsAgainWithinMs, `${target} starts again`, member.start());
  }
  member.pause();
  return () => member.resume();
}

function strikeLink(fleet: Fleet, { target, amount }: PlannedFault, what: string): Heal {
  const link = fleet.links.get(target);
  if (!link) throw new Error(`There is no ${target}.`);
  link.set(linkFaultOf(what, amount));
  return () => link.set({ kind: "none" });
}

function linkFaultOf(what: string, amount: number): LinkFault {
  switch (what) {
    case "latency":
      return { kind: "latency", ms: amount };
    case "halfOpen":
    case "reset":
      return { kind: what, afterBytes: amount };
    case "partition":
    case "refuse":
    case "blackHole":
      return { kind: what };
    default:
      throw new Error(`Links have no fault "${what}".`);
  }
}

async function strikeOrg(fleet: Fleet, { amount }: PlannedFault, what: string): Promise<Heal> {
  const faults = new OrgFaults(fleet.org.url, fleet.orgFaultsMeet);
  await faults.add(what, amount);
  return () => faults.clear();
}

async function fillStore(fleet: Fleet): Promise<Heal> {
  const filler = new StoreFiller(fleet.brokerAccess);
  const filled = await filler.fill().then(
    () => null,
    (reason: unknown) => String(reason),
  );
  return async () => {
    await filler.empty();
    if (filled !== null) throw new Error(`The store could not be filled: ${filled}`);
  };
}

function moveClock(fleet: Fleet, { target, id }: PlannedFault): Heal {
  fleet.clock.moveBy(target, id % 2 === 0 ? hourSeconds : -hourSeconds);
  return () => fleet.clock.moveBy(target, 0);
}

async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const late = new AbortController();
  const timer = pause(ms, undefined, { signal: late.signal }).then(
    () => Promise.reject(new Error(`Within ${ms} ms it did not happen that ${what}.`)),
    () => new Promise<never>(() => undefined),
  );
  return Promise.race([work, timer]).finally(() => late.abort());
}
