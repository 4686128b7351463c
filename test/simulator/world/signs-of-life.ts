import type { ControllerId } from "@longarm/shared";
import type { SignOfLife } from "../../../packages/controller/src/ports/controller-presence.ts";

interface Signs {
  revision: number;
  lastMs: number;
  /** When a silence ended that was long enough to be taken for death. */
  revivedMs: number;
}

const deadAfterMs = 6_000;
// Whoever looked during a silence may act on it some time after its end.
const actsWithinMs = 30_000;

/** The bucket of the controllers' signs of life, with a memory of who was silent when. Times are the world's milliseconds. */
export class SignsOfLife {
  readonly #signs = new Map<ControllerId, Signs>();
  readonly #withdrawn = new Set<ControllerId>();
  #revision = 0;

  renew(controller: ControllerId, nowMs: number): void {
    const known = this.#signs.get(controller);
    this.#withdrawn.delete(controller);
    const wasSilent = known !== undefined && nowMs - known.lastMs >= deadAfterMs;
    const revivedMs = wasSilent ? nowMs : (known?.revivedMs ?? Number.NEGATIVE_INFINITY);
    this.#signs.set(controller, { revision: (this.#revision += 1), lastMs: nowMs, revivedMs });
  }

  withdraw(controller: ControllerId): void {
    this.#signs.delete(controller);
    this.#withdrawn.add(controller);
  }

  list(): ReadonlyMap<ControllerId, SignOfLife> {
    const withdrawn = [...this.#withdrawn].map((controller) => [controller, "withdrawn"] as const);
    return new Map<ControllerId, SignOfLife>([...withdrawn, ...[...this.#signs].map(([id, { revision }]) => [id, revision] as const)]);
  }

  /** Could nobody who looked lately have taken it for dead? */
  isSurelyAlive(controller: ControllerId, nowMs: number): boolean {
    const signs = this.#signs.get(controller);
    return signs !== undefined && nowMs - signs.lastMs < deadAfterMs && nowMs - signs.revivedMs > actsWithinMs;
  }
}
