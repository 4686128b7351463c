import { LongarmError } from "@longarm/shared";
import { endSentence } from "./faults.ts";
import { startBroker, type BrokerOptions, type RunningBroker } from "./start.ts";

/** A broker of ours that can be started again in its place while its clients wait for it. */
export class KeptBroker {
  readonly #options: BrokerOptions;
  readonly #ended = Promise.withResolvers<string>();
  #running: RunningBroker;
  #isStopping = false;

  private constructor(options: BrokerOptions, running: RunningBroker) {
    this.#options = options;
    this.#running = running;
    this.#watch(running);
  }

  static async start(options: BrokerOptions): Promise<KeptBroker> {
    return new KeptBroker(options, await startBroker(options));
  }

  get running(): RunningBroker {
    return this.#running;
  }

  /** Resolves with a sentence when it has ended by itself, or did not come back from a restart. */
  get ended(): Promise<string> {
    return this.#ended.promise;
  }

  /** On the same ports and store. Throws what `startBroker` throws. */
  async restart(): Promise<void> {
    if (this.#isStopping) return;
    const before = this.#running;
    this.#isStopping = true;
    try {
      await before.stop();
      this.#running = await startBroker({ ...this.#options, ports: before.ports });
      this.#isStopping = false;
      this.#watch(this.#running);
    } catch (reason) {
      const { message } = LongarmError.from(reason);
      this.#ended.resolve(`The embedded broker (nats-server) did not come back from a restart: ${message}`);
      throw reason;
    }
  }

  stop(): Promise<void> {
    this.#isStopping = true;
    return this.#running.stop();
  }

  #watch(running: RunningBroker): void {
    void running.exited.then(
      async (exit) => !this.#isStopping && this.#ended.resolve(await endSentence(running.directory, exit)),
      (reason: unknown) => this.#ended.resolve(String(reason)),
    );
  }
}
