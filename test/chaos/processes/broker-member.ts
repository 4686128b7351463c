import { type BrokerOptions, type RunningBroker, startBroker } from "../../../packages/controller/src/nats/broker/index.ts";

/** A nats-server that is killed, stopped and started again on the same ports and store. */
export class BrokerMember {
  readonly name: string;
  readonly #options: BrokerOptions;
  #running: RunningBroker | undefined;
  #ports: RunningBroker["ports"] | undefined;

  constructor(name: string, options: BrokerOptions) {
    this.name = name;
    this.#options = options;
  }

  get port(): number {
    return this.#ports?.client ?? 0;
  }

  get monitorUrl(): string {
    return `http://127.0.0.1:${this.#ports?.monitor ?? 0}`;
  }

  get pid(): number | undefined {
    return this.#running?.pid;
  }

  async start(): Promise<void> {
    this.#running = await startBroker({ ...this.#options, ports: this.#ports ?? { monitor: 0 } });
    this.#ports = this.#running.ports;
  }

  async kill(): Promise<void> {
    await this.#running?.kill();
    this.#running = undefined;
  }

  pause(): void {
    if (this.pid !== undefined) process.kill(this.pid, "SIGSTOP");
  }

  resume(): void {
    if (this.pid !== undefined) process.kill(this.pid, "SIGCONT");
  }

  async end(): Promise<void> {
    await this.kill();
  }
}
