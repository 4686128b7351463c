import { isCommand, LongarmError, type ControllerId, type Lane, type LogEntry, type RunId, type Submission } from "@longarm/shared";
import type { SignOfLife } from "../../../packages/controller/src/ports/controller-presence.ts";
import type { LogEvent, StoredRecord, StoredRun } from "../../../packages/controller/src/ports/run-log.ts";
import { LaneQueue } from "./lane-queue.ts";
import { SignsOfLife } from "./signs-of-life.ts";
import type { SimProcess } from "./sim-process.ts";
import type { World } from "./world.ts";

/** What a request came to: an answer, or none in time, in which case nobody knows whether it was carried out. */
export type Reply<T> = { readonly kind: "answered"; readonly value: T } | { readonly kind: "silent" };

/** A record on its way into the log. */
export interface NewRecord {
  readonly appendId: string;
  readonly timeMs: number;
  readonly epoch: number;
  readonly entries: readonly LogEntry[];
  /** Sequence that the run's last record must have. */
  readonly after: number;
  readonly by: string;
}

/** A record as the checker reads it: with who wrote it, and when by the world's time. */
export interface WrittenRecord extends StoredRecord {
  readonly by: string;
  readonly writtenMs: number;
}

const answerWithinMs = 5_000;
const hash = new Uint8Array([1]);

/** The streams and buckets of the account CONTROL. What it has answered it keeps: it fsyncs before each answer. */
export class Broker {
  readonly #world: World;
  readonly #runs = new Map<RunId, { readonly stored: StoredRun; readonly records: WrittenRecord[] }>();
  readonly #events: LogEvent[] = [];
  readonly #storedMs: number[] = [];
  readonly #followers = new Set<() => void>();
  readonly #signs = new SignsOfLife();
  readonly lanes: Readonly<Record<Lane, LaneQueue>>;
  #isUp = true;
  #slowUntilMs = 0;

  constructor(world: World) {
    this.#world = world;
    this.lanes = { interactive: new LaneQueue(world), standard: new LaneQueue(world), bulk: new LaneQueue(world) };
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Restarts after that time. What it had not answered is not carried out. */
  stop(forMs: number): void {
    this.#isUp = false;
    this.#world.scheduler.at(forMs, () => {
      this.#isUp = true;
      for (const lane of Object.values(this.lanes)) lane.offer();
      this.#wakeFollowers();
    });
  }

  /** A cluster chooses a new leader: nothing is answered until then, though all of it is carried out. */
  changeLeader(forMs: number): void {
    this.#slowUntilMs = this.#world.nowMs + forMs;
  }

  /** Asks the broker. The request may be lost, and so may its answer. */
  request<T>(process: SimProcess, what: string, carryOut: () => T): Promise<Reply<T>> {
    const { random, scheduler, weather } = this.#world;
    return new Promise((resolve, reject) => {
      if (!process.isAlive) return;
      this.#world.strike(process, `before ${what}`);
      const isLost = random.chance(weather.loseRequest);
      const isAnswerLost = random.chance(weather.loseAnswer);
      const isAnswerLate = random.chance(weather.delayAnswer);
      if (process.isAlive || random.chance(0.5))
        scheduler.at(random.between(0.2, 2), () => {
          if (isLost || isAnswerLost || isAnswerLate) this.#world.tally.add("brokerAnswerLostOrLate");
          if (isLost || !this.#isUp) return;
          const outcome = attempt(carryOut);
          if (isAnswerLost) return;
          const leaderMs = Math.max(0, this.#slowUntilMs - scheduler.nowMs);
          const backMs = leaderMs + (isAnswerLate ? random.between(50, 8_000) : random.between(0.2, 2));
          scheduler.at(backMs, () => {
            this.#world.strike(process, `after ${what}`);
            process.take(() =>
              outcome.kind === "threw" ? reject(LongarmError.from(outcome.reason)) : resolve({ kind: "answered", value: outcome.value }),
            );
          });
        });
      process.after(answerWithinMs, () => resolve({ kind: "silent" }));
    });
  }

  /** Stores a submission unless its run exists. */
  submit(submission: Submission): "stored" | Submission {
    const known = this.#runs.get(submission.runId);
    if (known) return known.stored.submission;
    const stored: StoredRun = { submission, position: { sequence: 0, hash, epoch: 0 }, records: [] };
    this.#runs.set(submission.runId, { stored, records: [] });
    this.#tell({ kind: "submitted", sequence: this.#events.length + 1, timeMs: submission.submittedAtMs, submission });
    this.lanes[submission.lane].add(stored);
    this.#world.tell(`stored ${submission.runId} ${submission.action}`);
    return "stored";
  }

  /** Stores a record if it follows what it says it follows. */
  append(run: RunId, record: NewRecord): "conflict" | { readonly sequence: number } {
    const held = this.#runs.get(run);
    if (!held) throw new LongarmError("internal", "A record for a run that does not exist.");
    const last = held.records.at(-1)?.position.sequence ?? 0;
    if (last !== record.after) return "conflict";
    const sequence = this.#events.length + 1;
    const epoch = Math.max(record.epoch, held.records.at(-1)?.position.epoch ?? 0);
    const { appendId, timeMs, entries, by } = record;
    this.#watchTakeover(run, entries, held.records);
    held.records.push({ position: { sequence, hash, epoch }, appendId, timeMs, entries, by, writtenMs: this.#world.nowMs });
    this.#tell({ kind: "record", sequence, timeMs, runId: run, epoch: record.epoch, entries });
    this.#world.tell(`${by} appends ${run} e${record.epoch} ${entries.map(summaryOf).join(",")}`);
    return { sequence };
  }

  read(run: RunId): StoredRun | undefined {
    const held = this.#runs.get(run);
    return held && { ...held.stored, records: [...held.records] };
  }

  /** The records behind a sequence. */
  readFrom(run: RunId, after: number): readonly StoredRecord[] {
    return this.#runs.get(run)?.records.filter(({ position }) => position.sequence > after) ?? [];
  }

  eventsFrom(after: number): readonly LogEvent[] {
    return this.#isUp ? this.#events.slice(after) : [];
  }

  /** By the broker's own clock, which is the world's. */
  ageOf(sequence: number): number | undefined {
    const storedMs = this.#storedMs[sequence - 1];
    return storedMs === undefined ? undefined : this.#world.nowMs - storedMs;
  }

  get eventCount(): number {
    return this.#events.length;
  }

  /** Runs `listener` at the next event; returns the way to stop that. */
  onNextEvent(listener: () => void): () => void {
    this.#followers.add(listener);
    return () => this.#followers.delete(listener);
  }

  renew(controller: ControllerId): void {
    this.#signs.renew(controller, this.#world.nowMs);
  }

  presence(): ReadonlyMap<ControllerId, SignOfLife> {
    return this.#signs.list();
  }

  withdraw(controller: ControllerId): void {
    this.#signs.withdraw(controller);
  }

  /** Every run with its records, for the checker. */
  runs(): readonly { readonly submission: Submission; readonly records: readonly WrittenRecord[] }[] {
    return [...this.#runs.values()].map(({ stored, records }) => ({ submission: stored.submission, records }));
  }

  /** Has every stored run its last word? */
  get isSettled(): boolean {
    return [...this.#runs.values()].every(({ records }) => records.some(({ entries }) => entries.some(({ kind }) => kind === "completed")));
  }

  #watchTakeover(run: RunId, entries: readonly LogEntry[], before: readonly WrittenRecord[]): void {
    if (!entries.some(({ kind }) => kind === "claimed")) return;
    const owner = before.flatMap((record) => record.entries).findLast((entry) => entry.kind === "claimed")?.controllerId;
    if (owner) this.#world.tally.add("takeover");
    if (owner && this.#signs.isSurelyAlive(owner, this.#world.nowMs))
      this.#world.ledger.faults.push(`taken over too early: ${run} from ${owner}`);
  }

  #tell(event: LogEvent): void {
    this.#events.push(event);
    this.#storedMs.push(this.#world.nowMs);
    this.#wakeFollowers();
  }

  #wakeFollowers(): void {
    const followers = [...this.#followers];
    this.#followers.clear();
    for (const wake of followers) wake();
  }
}

function attempt<T>(
  carryOut: () => T,
): { readonly kind: "made"; readonly value: T } | { readonly kind: "threw"; readonly reason: unknown } {
  try {
    return { kind: "made", value: carryOut() };
  } catch (reason) {
    return { kind: "threw", reason };
  }
}

function summaryOf(entry: LogEntry): string {
  if (entry.kind === "intent") return `intent ${entry.call.branch}${entry.call.ordinal}/${entry.attempt}`;
  if (entry.kind === "outcome")
    return `outcome ${entry.call.branch}${entry.call.ordinal}/${entry.attempt} ${entry.status ?? entry.result}${entry.superseded ? " superseded" : ""}${entry.isReconciled === true ? " reconciled" : ""}`;
  if (entry.kind === "completed") return `completed ${entry.status} ${entry.error?.code ?? ""}`;
  if (entry.kind === "parked") return `parked ${entry.reason}`;
  return isCommand(entry) ? `command ${entry.kind}` : entry.kind;
}
