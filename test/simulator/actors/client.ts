import { LongarmError, type RunId } from "@longarm/shared";
import type { RunRequest } from "../../../packages/controller/src/ports/run-service.ts";
import type { World } from "../world/world.ts";
import { worldBeganMs } from "../world/sim-process.ts";
import { natureOf } from "./sim-spoke.ts";
import type { SimController } from "./sim-controller.ts";

/** A request that a client means to make. */
export interface Errand {
  readonly atMs: number;
  readonly request: RunRequest;
  /** After the answer, the client wants the run to end. */
  readonly cancelAfterMs: number | null;
}

const askAgainMs = 2_000;
const wayMs = { least: 0.5, most: 20 };

/** How many errands, over how long, and the one connection that all of them use; without, any. */
interface Drawing {
  readonly count: number;
  readonly overMs: number;
  readonly connection?: string | undefined;
}

/** Draws what a seed's clients want. */
export function drawErrands({ random }: World, { count, overMs, connection }: Drawing): readonly Errand[] {
  return Array.from({ length: count }, (_, n) => {
    const deadlineMs = random.chance(0.15) ? Math.round(random.between(3_000, 40_000)) : null;
    const request: RunRequest = {
      action: random.pick(Object.keys(natureOf)),
      connection: connection ?? random.pick(["here", "there", "there", "bold", "anywhere"]),
      input: { mark: `m${n}` },
      lane: random.pick(["interactive", "standard", "bulk"]),
      principal: "client",
      idempotencyKey: `key-${n}`,
      ...(random.chance(0.2) && { terms: { concurrencyKey: "shared" } }),
      ...(deadlineMs !== null && { deadline: { text: String(deadlineMs), atMs: worldBeganMs + deadlineMs } }),
    };
    return { atMs: random.between(0, overMs), request, cancelAfterMs: random.chance(0.12) ? random.between(1, 15_000) : null };
  });
}

/** Submits over a network that may lose request and answer, with one key, again and again until it is told that its run is accepted. */
export class Client {
  readonly #world: World;
  readonly #errand: Errand;
  readonly #controllers: () => readonly SimController[];
  #run: RunId | undefined;

  constructor(world: World, errand: Errand, controllers: () => readonly SimController[]) {
    this.#world = world;
    this.#errand = errand;
    this.#controllers = controllers;
  }

  /** Has it been told, or told for good that it cannot be? */
  get isDone(): boolean {
    return this.#run !== undefined;
  }

  begin(): void {
    this.#world.scheduler.at(this.#errand.atMs, () => this.#ask());
  }

  #ask(): void {
    const controllers = this.#controllers();
    if (controllers.length > 0) this.#submitTo(this.#world.random.pick(controllers));
    this.#world.scheduler.at(askAgainMs, () => {
      if (!this.isDone) this.#ask();
    });
  }

  #submitTo(controller: SimController): void {
    this.#call(controller, async () => {
      const { run } = await controller.runs.submit(this.#errand.request);
      return () => this.#accepted(run.id);
    });
  }

  #accepted(run: RunId): void {
    if (!this.isDone) this.#world.tell(`accepted ${run}`);
    this.#run = run;
    this.#world.ledger.accepted.add(run);
    const { cancelAfterMs, request } = this.#errand;
    if (cancelAfterMs !== null) this.#world.scheduler.at(cancelAfterMs, () => this.#cancel(run, request.principal));
  }

  #cancel(run: RunId, principal: string): void {
    const controllers = this.#controllers();
    if (controllers.length === 0) return;
    const controller = this.#world.random.pick(controllers);
    this.#call(controller, async () => {
      await controller.runs.cancel(run, principal);
      return () => this.#world.tell(`cancelled ${run}`);
    });
  }

  /** One HTTP request to a controller; `take` is called with its answer, if there is one. */
  #call(controller: SimController, ask: () => Promise<() => void>): void {
    const { scheduler, random, weather, ledger } = this.#world;
    if (random.chance(weather.loseRequest)) return;
    const refused = (reason: unknown): void => {
      const { code, message } = LongarmError.from(reason);
      if (code !== "broker_unavailable") ledger.faults.push(`a client was refused: ${code}: ${message}`);
    };
    controller.process.after(random.between(wayMs.least, wayMs.most), () => {
      const answered = (take: () => void): void => {
        const isLost = !controller.process.isAlive || random.chance(this.#world.weather.loseAnswer);
        if (!isLost) scheduler.at(random.between(wayMs.least, wayMs.most), take);
      };
      ask().then(answered, refused);
    });
  }
}
