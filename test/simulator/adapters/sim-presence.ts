import type { ControllerId } from "@longarm/shared";
import type { ControllerPresence, SignOfLife } from "../../../packages/controller/src/ports/controller-presence.ts";
import type { SimProcess } from "../world/sim-process.ts";
import { answerOf } from "./sim-run-log.ts";

/** The bucket of the controllers' signs of life, as one process reaches it. */
export class SimPresence implements ControllerPresence {
  readonly #process: SimProcess;

  constructor(process: SimProcess) {
    this.#process = process;
  }

  async renew(self: ControllerId): Promise<void> {
    const { broker } = this.#process.world;
    answerOf(await broker.request(this.#process, "renew", () => broker.renew(self)));
  }

  async list(): Promise<ReadonlyMap<ControllerId, SignOfLife>> {
    const { broker } = this.#process.world;
    return answerOf(await broker.request(this.#process, "list", () => broker.presence()));
  }

  async withdraw(controller: ControllerId): Promise<void> {
    const { broker } = this.#process.world;
    answerOf(await broker.request(this.#process, "withdraw", () => broker.withdraw(controller)));
  }
}
