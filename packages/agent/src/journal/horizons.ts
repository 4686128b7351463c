import type { ControllerId } from "@longarm/shared";
import type { JournalHeader } from "@longarm/shared/wire";

/** What a segment's head says of what may have been forgotten. */
export type KeptHorizons = Pick<JournalHeader, "horizonMs" | "horizons">;

// As many controllers as an agent remembers.
const remembered = 64;

/**
 * Up to when calls may have been forgotten, by their `notAfterMs`: for each controller on its own clock, since one that is an hour ahead
 * says nothing of the others' calls; and for all together where it is not known who sent a call.
 */
export class Horizons {
  #commonMs = 0;
  readonly #own = new Map<ControllerId, number>();

  constructor(kept: readonly KeptHorizons[]) {
    for (const { horizonMs, horizons } of kept) {
      this.forgot({ notAfterMs: horizonMs });
      for (const one of horizons) this.forgot({ notAfterMs: one.horizonMs, controllerId: one.controllerId });
    }
  }

  /** Of that controller's calls. */
  of(controllerId: ControllerId): number {
    return Math.max(this.#commonMs, this.#own.get(controllerId) ?? 0);
  }

  /** Of any call, whoever sent it. */
  get latestMs(): number {
    return Math.max(this.#commonMs, ...this.#own.values());
  }

  get kept(): KeptHorizons {
    return { horizonMs: this.#commonMs, horizons: [...this.#own].map(([controllerId, horizonMs]) => ({ controllerId, horizonMs })) };
  }

  /** A call is not known any more. */
  forgot({ notAfterMs, controllerId }: { readonly notAfterMs: number; readonly controllerId?: ControllerId | undefined }): void {
    if (controllerId === undefined) {
      this.#commonMs = Math.max(this.#commonMs, notAfterMs);
      return;
    }
    this.#own.set(controllerId, Math.max(this.#own.get(controllerId) ?? 0, notAfterMs));
    if (this.#own.size <= remembered) return;
    const [[earliest, earliestMs] = [controllerId, notAfterMs]] = [...this.#own].toSorted(([, one], [, other]) => one - other);
    this.#own.delete(earliest);
    this.#commonMs = Math.max(this.#commonMs, earliestMs);
  }
}
