import { LongarmError, streams, type Clock } from "@longarm/shared";
import type { KeyRing } from "@longarm/shared/seal";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { DataKey, DataKeys, Resealed } from "../../ports/data-keys.ts";
import type { KeyRingSource } from "../../ports/key-ring-source.ts";
import type { SealedValues } from "./sealed-values.ts";

interface Deps {
  readonly ring: KeyRing;
  readonly source: KeyRingSource;
  readonly values: Pick<SealedValues, "count" | "reseal">;
  readonly jsm: JetStreamManager;
  readonly clock: Clock;
  /** How long a finished run, the key of a removed one, and an event are kept at the most. */
  readonly keepMs: number;
}

/*
 * rotate:  a key is added and made active in the ring's own place ─▶ this controller reads it there ─▶ every value is sealed anew
 *          ─▶ the others meet the new key in those values, and read the ring too
 *
 * Whoever dies in between leaves values under both keys, which all controllers open; `reseal` goes on. Records of runs are never sealed
 * anew: a run's records name each other's hashes. They go with their runs.
 */

// A controller that has not met the new key yet seals under the old one, though hardly for as long as this.
const slackMs = 600_000;
const rounds = 3;
// Records of the audit are sealed under a key that stays. Events are never sealed anew either: they go by their age.
const streamsOfRuns = [streams.runs, streams.items, streams.blobs, streams.events];

/** The installation's data keys, with what the broker holds under each. */
export class StoredDataKeys implements DataKeys {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async list(): Promise<readonly DataKey[]> {
    const { source, values, keepMs } = this.#deps;
    const [counts, oldestMs] = [await values.count(), await this.#oldestRecordMs()];
    return source.describe().map((key) => {
      const { state, retiredAt } = key;
      const isOver = state === "retired" && retiredAt !== null && (oldestMs === undefined || oldestMs > retiredAt + slackMs);
      const runs = state === "active" || (state === "retired" && !isOver);
      const runsUntil = runs && retiredAt !== null ? retiredAt + slackMs + keepMs : null;
      return { ...key, values: counts.get(key.id) ?? 0, runs, runsUntil };
    });
  }

  async rotate({ prepare }: { readonly prepare: boolean }): Promise<Resealed> {
    this.#change().rotate({ activate: !prepare });
    return this.reseal();
  }

  async reseal(): Promise<Resealed> {
    const { ring, source, values } = this.#deps;
    ring.adopt(source.load());
    let resealed = 0;
    // Others may write under the old key until they have met the new one.
    for (let round = 0; round < rounds; round += 1) {
      const done = await values.reseal();
      resealed += done;
      if (done === 0) break;
    }
    const counts = await values.count();
    const left = [...counts].reduce((sum, [id, count]) => (id === ring.active.id ? sum : sum + count), 0);
    return { active: ring.active.id, resealed, left };
  }

  async drop(id: number): Promise<void> {
    const { ring, source } = this.#deps;
    const found = (await this.list()).find((key) => key.id === id);
    if (found?.state === "active") throw new LongarmError("invalid_state", `Key ${id} is the active one: rotate first.`);
    if (found && found.values > 0)
      throw new LongarmError("invalid_state", `Key ${id} still seals ${found.values} values: \`longarm keys reseal\` first.`);
    if (found?.state === "retired" && found.runs) throw new LongarmError("invalid_state", inUse(found));
    this.#change().drop(id);
    ring.adopt(source.load());
  }

  #change(): NonNullable<KeyRingSource["change"]> {
    const { change, where } = this.#deps.source;
    if (change) return change;
    const message = `The key ring comes from ${where}, which Longarm does not write: change it there on every controller, then \`longarm keys reseal\`.`;
    throw new LongarmError("invalid_state", message);
  }

  /** When the oldest of all records of runs was stored; undefined: there are none. */
  async #oldestRecordMs(): Promise<number | undefined> {
    const infos = await Promise.all(streamsOfRuns.map((name) => this.#deps.jsm.streams.info(name)));
    const times = infos.filter(({ state }) => state.messages > 0).map(({ state }) => Date.parse(state.first_ts));
    return times.length === 0 ? undefined : Math.min(...times);
  }
}

function inUse({ id, runsUntil }: DataKey): string {
  const until = runsUntil === null ? "" : `; of those that have finished, the last are removed by ${new Date(runsUntil).toISOString()}`;
  return `Records of runs may be sealed under key ${id}${until}.`;
}
