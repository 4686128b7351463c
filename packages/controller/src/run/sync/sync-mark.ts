import { LongarmError } from "@longarm/shared";
import type { SyncMark, SyncMarks } from "../../ports/sync-store.ts";
import type { Carriage } from "../carriage.ts";
import { patiently } from "../wait/patiently.ts";

const markEveryMs = 1_000;

interface MarkOf {
  readonly marks: SyncMarks;
  readonly sync: string;
}

/**
 * A run as the one that carries its sync: the epoch under which it writes, and how far it has come, which is for people; what counts stands in
 * the sink.
 */
export class RunMark {
  readonly #carriage: Carriage;
  readonly #marks: SyncMarks;
  #mark: SyncMark;
  /** Where the mark stands; undefined: nobody can say. */
  #sequence: number | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  #writtenMs = Number.NEGATIVE_INFINITY;
  #isBehind = false;

  constructor(carriage: Carriage, { marks, sync }: MarkOf) {
    this.#carriage = carriage;
    this.#marks = marks;
    this.#mark = { sync, runId: carriage.submission.runId, runEpoch: carriage.epoch, pages: 0, items: 0, beyond: 0 };
  }

  get pages(): number {
    return this.#mark.pages;
  }

  /**
   * Makes the run the sync's one; resolves to an epoch that is higher than `beyond` and than that of any owner before. Throws `overtaken` when
   * the run has another owner: of two that both believe to be it, the former one never ends with the higher epoch.
   */
  begin(beyond = 0): Promise<number> {
    const { deps, signal } = this.#carriage;
    return patiently({ clock: deps.clock, signal }, async () => {
      for (;;) {
        const begun = await this.#tryToBegin(beyond);
        if (begun !== undefined) return begun;
        signal.throwIfAborted();
      }
    });
  }

  async #tryToBegin(beyond: number): Promise<number | undefined> {
    const before = await this.#marks.get(this.#mark.sync);
    // Behind the look at the mark: whoever takes the run over later than this either finds our mark, or ours is refused.
    await this.assertOwned();
    const { runId, runEpoch = 0 } = this.#mark;
    const known = before?.value.runId === runId ? before.value : this.#mark;
    const { sweptItems } = before?.value ?? {};
    this.#mark = {
      ...known,
      ...(sweptItems !== undefined && { sweptItems }),
      runEpoch,
      beyond: Math.max(before?.value.beyond ?? 0, beyond),
    };
    this.#sequence = await this.#put(before?.sequence ?? 0);
    return this.#sequence === undefined ? undefined : (this.#mark.beyond ?? 0) + this.#sequence;
  }

  /** Throws `overtaken` when the run's log says that somebody else carries it. */
  async assertOwned(): Promise<void> {
    const { deps, submission, epoch, signal } = this.#carriage;
    const run = await patiently({ clock: deps.clock, signal }, () => deps.log.read(submission.runId));
    if (run?.records.every(({ position }) => position.epoch <= epoch)) return;
    throw new LongarmError("overtaken", "Another controller carries this run now.");
  }

  /** Counts a page that is read. */
  add(items: number): void {
    const { deps, submission } = this.#carriage;
    this.#mark = { ...this.#mark, pages: this.#mark.pages + 1, items: this.#mark.items + items };
    this.#isBehind = true;
    deps.signals.tell(submission.runId, "progress");
    if (deps.clock.monotonicMs() - this.#writtenMs >= markEveryMs) this.#write();
  }

  /** Everything was read: so many items another whole sweep may expect. */
  swept(): void {
    this.#mark = { ...this.#mark, sweptItems: this.#mark.items };
    this.#isBehind = true;
  }

  /** Resolves when what is known is written, or could not be. */
  async settle(): Promise<void> {
    if (this.#isBehind) this.#write();
    await this.#writing;
  }

  #write(): void {
    this.#isBehind = false;
    this.#writtenMs = this.#carriage.deps.clock.monotonicMs();
    // A mark that is lost costs nothing but a look at it: the next one tells more.
    this.#writing = this.#writing.then(() => this.#renew()).catch(() => (this.#sequence = undefined));
  }

  /** Writes the mark anew where it is still ours. */
  async #renew(): Promise<void> {
    this.#sequence ??= await this.#find();
    if (this.#sequence !== undefined) this.#sequence = await this.#put(this.#sequence);
  }

  async #find(): Promise<number | undefined> {
    const stored = await this.#marks.get(this.#mark.sync);
    const { runId, runEpoch } = stored?.value ?? {};
    return runId === this.#mark.runId && runEpoch === this.#mark.runEpoch ? stored?.sequence : undefined;
  }

  /** Resolves to where it stands; undefined: somebody else wrote meanwhile. */
  async #put(expected: number): Promise<number | undefined> {
    try {
      return (await this.#marks.put(this.#mark.sync, this.#mark, expected)).sequence;
    } catch (reason) {
      if (LongarmError.from(reason).code === "conflict") return undefined;
      throw reason;
    }
  }
}
