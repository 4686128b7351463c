import type { StoredSubmission } from "../../../packages/controller/src/ports/run-log.ts";
import type { SimProcess } from "./sim-process.ts";
import type { World } from "./world.ts";

interface Waiting {
  readonly submission: StoredSubmission;
  isOffered: boolean;
  deliveries: number;
}

/** One controller's asking for submissions. */
export interface Pull {
  readonly process: SimProcess;
  left: number;
  readonly take: (offered: Offered) => void;
}

/** A submission, and its two possible answers; each may be lost on the way. */
export interface Offered {
  readonly submission: StoredSubmission;
  settle(): void;
  release(): void;
}

const offeredAgainAfterMs = 5_000;
const releasedForMs = 1_000;

/** A durable consumer of one lane: offers each submission again until it is settled. */
export class LaneQueue {
  readonly #world: World;
  readonly #waiting = new Set<Waiting>();
  readonly #pulls = new Set<Pull>();

  constructor(world: World) {
    this.#world = world;
  }

  add(submission: StoredSubmission): void {
    this.#waiting.add({ submission, isOffered: false, deliveries: 0 });
    this.offer();
  }

  /** Asks for submissions until the pull is closed. */
  open(pull: Pull): void {
    this.#pulls.add(pull);
    this.offer();
  }

  close(pull: Pull): void {
    this.#pulls.delete(pull);
  }

  /** Hands out what nobody has. */
  offer(): void {
    const { broker } = this.#world;
    if (this.#pulls.size === 0 || !broker.isUp) return;
    for (const waiting of this.#waiting) {
      if (waiting.isOffered) continue;
      const pulls = [...this.#pulls];
      if (pulls.length === 0) return;
      this.#deliver(waiting, this.#world.random.pick(pulls));
    }
  }

  #deliver(waiting: Waiting, pull: Pull): void {
    const { scheduler, random, weather } = this.#world;
    waiting.isOffered = true;
    const delivery = (waiting.deliveries += 1);
    pull.left -= 1;
    if (pull.left <= 0) this.#pulls.delete(pull);
    const again = (): void => {
      if (waiting.deliveries !== delivery || !this.#waiting.has(waiting)) return;
      waiting.isOffered = false;
      this.offer();
    };
    const answer = (act: () => void): void => {
      if (pull.process.isAlive && !random.chance(weather.loseMessage)) scheduler.at(random.between(0.2, 2), act);
    };
    const offered: Offered = {
      submission: waiting.submission,
      settle: () => answer(() => this.#waiting.delete(waiting)),
      release: () => answer(() => scheduler.at(releasedForMs, again)),
    };
    scheduler.at(offeredAgainAfterMs, again);
    if (random.chance(weather.loseMessage)) return;
    pull.process.after(random.between(0.2, 2), () => pull.take(offered));
  }
}
