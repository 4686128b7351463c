import type { Completed } from "@longarm/shared";
import { Client, drawErrands } from "./actors/client.ts";
import { AgentPlace, ControllerPlace, install } from "./actors/installation.ts";
import { Troubles } from "./actors/troubles.ts";
import { noBugs, type Bugs } from "./bugs/bugs.ts";
import { checkWorld } from "./checker/check-world.ts";
import type { WrittenRecord } from "./world/broker.ts";
import { Tally } from "./world/tally.ts";
import { type WeatherName, weathers } from "./world/weather.ts";
import { World } from "./world/world.ts";

/** What one seed came to. */
export interface Verdict {
  readonly seed: number;
  /** A sentence for each promise that was broken. */
  readonly faults: readonly string[];
  /** Of all that happened, in its order. */
  readonly hash: string;
  /** How many runs ended how. */
  readonly ended: Readonly<Record<string, number>>;
  /** A sentence for each run that did not succeed, though nobody stopped it, no deadline was set, and it might wait for an agent. */
  readonly unwished: readonly string[];
  /** How often what befell the world. */
  readonly befell: Readonly<Record<string, number>>;
  /** Virtual milliseconds until the last run had ended. */
  readonly virtualMs: number;
  /** What happened, line by line, where it was asked for. */
  readonly lines: readonly string[];
}

export interface SimulateOptions {
  readonly bugs?: Bugs;
  readonly isTraceKept?: boolean;
  /** The one connection that all clients use; default: each draws its own. */
  readonly connection?: string | undefined;
  /** A kind of weather by its name, over what the seed draws. */
  readonly weather?: WeatherName | undefined;
}

const healedWithinMs = 180_000;

/** Lives through one seed: trouble first, then everything is healed, and what came of it is held against the promises. */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<Verdict> {
  const { bugs = noBugs, isTraceKept = false, connection, weather } = options;
  const world = new World(seed, { isTraceKept });
  const { random, scheduler, broker } = world;
  const installation = await install(world, bugs);
  const controllers = Array.from({ length: 1 + random.below(3) }, (_, n) => new ControllerPlace(installation, `controller-${n + 1}`));
  const agents = Array.from({ length: 1 + random.below(2) }, (_, n) => new AgentPlace(installation, `agent-${n + 1}`));
  const places = [...controllers, ...agents];
  for (const place of places) place.revive();
  const troubledMs = random.between(5_000, 25_000);
  const serving = () => controllers.flatMap(({ controller }) => (controller?.process.isAlive === true ? controller : []));
  const errands = drawErrands(world, { count: 2 + random.below(6), overMs: troubledMs * 0.8, connection });
  const clients = errands.map((errand) => new Client(world, errand, serving));
  for (const client of clients) client.begin();
  const troubles = new Troubles(world, places);
  troubles.begin(troubledMs, weather && weathers[weather]);
  await scheduler.run(() => false, troubledMs);
  troubles.heal();
  await scheduler.run(() => broker.isSettled && clients.every(({ isDone }) => isDone), troubledMs + healedWithinMs);
  const { trace, tally } = world;
  const ended = endingsOf(world);
  const unwished = unwishedOf(world);
  return {
    ...{ seed, faults: checkWorld(world), hash: trace.hash, ended, unwished },
    befell: tally.counts,
    virtualMs: scheduler.nowMs,
    lines: trace.lines,
  };
}

function endingsOf({ broker }: World): Verdict["ended"] {
  const ended = new Tally();
  for (const { records } of broker.runs()) for (const { status } of endsOf(records)) ended.add(status);
  return ended.counts;
}

function endsOf(records: readonly WrittenRecord[]): readonly Completed[] {
  return records.flatMap(({ entries }) => entries).filter((entry) => entry.kind === "completed");
}

function unwishedOf({ broker }: World): Verdict["unwished"] {
  return broker.runs().flatMap(({ submission, records }) => {
    const { action, connection, deadlineMs, runId } = submission;
    const isStopped = records.some(({ entries }) => entries.some(({ kind }) => kind === "cancelRequested"));
    if (isStopped || deadlineMs !== null || connection === "bold") return [];
    const others = endsOf(records).filter(({ status }) => status !== "succeeded");
    return others.map(({ status, error }) => `${action} ${runId}: ${status} (${error?.code}: ${error?.message})`);
  });
}
