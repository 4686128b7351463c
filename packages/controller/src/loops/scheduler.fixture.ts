import { LongarmError, newId, type RunId, type RunStatus, type SchedulePolicy } from "@longarm/shared";
import { silentLogger } from "@longarm/shared/logger";
import { ManualClock } from "../../../../test/support/manual-clock.ts";
import { MemoryAudit } from "../memory/memory-audit.ts";
import { MemoryDefinitionStore } from "../memory/memory-definition-store.ts";
import { scheduleCodec, scheduleStateCodec } from "../ports/definition-codec.ts";
import type { DefinitionStore } from "../ports/connection-store.ts";
import type { RunRequest, RunView } from "../ports/run-service.ts";
import type { Schedule, Schedules } from "../ports/schedule-store.ts";
import { runSchedules, type SchedulerDeps } from "./scheduler.ts";

export const minute = 60_000;

/** A clock whose wall may be set while its sleepers go on by the monotonic one. */
export class SettableClock extends ManualClock {
  aheadMs = 0;
  override nowMs(): number {
    return super.nowMs() + this.aheadMs;
  }
  override monotonicMs(): number {
    return super.nowMs();
  }
}

/** Runs that are as many as their origins and keys are; each ends after a while. */
export class FakeRuns {
  /** How often each key was submitted. */
  readonly submitted = new Map<string, number>();
  readonly requests: RunRequest[] = [];
  readonly #runs = new Map<RunId, { endsMs: number; status: RunStatus; cancelled: boolean }>();
  readonly #ids = new Map<string, RunId>();
  readonly #clock: ManualClock;
  lastsMs = 0;
  status: RunStatus = "succeeded";
  fault: LongarmError | undefined;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  async submit(request: RunRequest): Promise<{ run: RunView; created: boolean }> {
    if (this.fault) throw this.fault;
    const key = JSON.stringify([request.origin, request.idempotencyKey]);
    const known = this.#ids.get(key);
    const id = known ?? newId("run");
    this.#ids.set(key, id);
    this.submitted.set(request.idempotencyKey ?? "", (this.submitted.get(request.idempotencyKey ?? "") ?? 0) + (known ? 0 : 1));
    if (!known) this.requests.push(request);
    if (!known) this.#runs.set(id, { endsMs: this.#clock.monotonicMs() + this.lastsMs, status: this.status, cancelled: false });
    return { run: await this.get(id), created: !known };
  }

  async get(id: RunId): Promise<RunView> {
    const run = this.#runs.get(id);
    if (!run) throw new LongarmError("unknown_run");
    const status = run.cancelled ? "cancelled" : this.#clock.monotonicMs() >= run.endsMs ? run.status : "running";
    return { id, status, cancelRequestedAt: null } as unknown as RunView;
  }

  async cancel(id: RunId): Promise<RunView> {
    const run = this.#runs.get(id);
    if (run) run.cancelled = true;
    return this.get(id);
  }

  hasFinished = (id: RunId): boolean => {
    const run = this.#runs.get(id);
    return run !== undefined && (run.cancelled || this.#clock.monotonicMs() >= run.endsMs);
  };

  slots(): readonly number[] {
    return [...this.submitted.keys()].filter((key) => /^\d+$/.test(key)).map(Number);
  }
}

export interface World {
  readonly clock: SettableClock;
  readonly runs: FakeRuns;
  readonly audit: MemoryAudit;
  readonly schedules: Schedules;
  define(over?: Partial<Schedule>, policy?: Partial<SchedulePolicy>): Promise<Schedule>;
  /** One more controller; the function is its sudden end: nothing that it still does arrives anywhere. */
  start(over?: Partial<SchedulerDeps>): () => void;
}

/** A schedule of each minute that makes everything good, unless told otherwise. */
function eachMinute(sinceMs: number, over: Partial<Schedule>, policy: Partial<SchedulePolicy>): Schedule {
  const catchUp = { policy: "all", count: 1_000, ageMs: 7 * 86_400_000, graceMs: 10_000 } as const;
  return {
    name: "each",
    target: { action: "okta.user.get", input: {}, lane: "standard" },
    timing: { recurrence: { kind: "interval", everyMs: minute, anchorMs: 0 }, timeZone: "UTC" },
    policy: { overlap: "allow-all", catchUp, ...policy },
    ...{ sinceMs, connection: "acme", principal: "ada", ...over },
  };
}

type Work<A extends readonly unknown[], R> = (...given: A) => Promise<R>;

/** What one controller stands on until it dies: from then on nothing that it does arrives anywhere, and it is told of nothing. */
function mortalDeps(shared: Schedules & { readonly runs: FakeRuns }, isDead: () => boolean, lag: () => number) {
  const mortal =
    <A extends readonly unknown[], R>(work: Work<A, R>): Work<A, R> =>
    async (...given) => {
      for (let turns = lag(); turns > 0; turns -= 1) await new Promise((resolve) => setImmediate(resolve));
      if (isDead()) throw new LongarmError("broker_unavailable");
      const result = await work(...given);
      if (isDead()) throw new LongarmError("broker_unavailable");
      return result;
    };
  const mine = <T>(store: DefinitionStore<T>): DefinitionStore<T> => ({
    get: mortal((name: string) => store.get(name)),
    list: mortal(() => store.list()),
    put: mortal((name: string, value: T, expected?: number) => store.put(name, value, expected)),
    remove: mortal((name: string) => store.remove(name)),
  });
  const { runs } = shared;
  return {
    schedules: { definitions: mine(shared.definitions), states: mine(shared.states) },
    runs: {
      submit: mortal((one: RunRequest) => runs.submit(one)),
      get: mortal((id: RunId) => runs.get(id)),
      cancel: mortal((id: RunId) => runs.cancel(id)),
    },
  };
}

/** `lag`: by how many turns each answer of a store, or of runs, is late. */
export async function withSchedules(body: (world: World) => Promise<void>, lag: () => number = () => 0): Promise<void> {
  const clock = new SettableClock();
  const runs = new FakeRuns(clock);
  const audit = new MemoryAudit(clock);
  const definitions = new MemoryDefinitionStore(scheduleCodec, clock);
  const states = new MemoryDefinitionStore(scheduleStateCodec, clock);
  const ends: (() => void)[] = [];
  const loops: Promise<void>[] = [];
  const world: World = {
    ...{ clock, runs, audit, schedules: { definitions, states } },
    async define(over = {}, policy = {}) {
      const schedule = eachMinute(clock.nowMs(), over, policy);
      await definitions.put(schedule.name, schedule);
      return schedule;
    },
    start(over = {}) {
      const stopping = new AbortController();
      const deps = mortalDeps({ definitions, states, runs }, () => stopping.signal.aborted, lag);
      const told = { hasFinished: runs.hasFinished, canRun: async () => true, hasLeft: async () => false };
      loops.push(runSchedules({ ...deps, ...told, trail: audit, clock, logger: silentLogger, ...over }, stopping.signal));
      const end = (): void => stopping.abort();
      ends.push(end);
      return end;
    },
  };
  try {
    await body(world);
  } finally {
    for (const end of ends) end();
    await clock.advance(2_000);
    await Promise.all(loops);
  }
}
