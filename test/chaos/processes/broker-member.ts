import { setTimeout as pause } from "node:timers/promises";
import { type BrokerOptions, type RunningBroker, startBroker } from "../../../packages/controller/src/nats/broker/index.ts";
import type { MemberEvent } from "./member.ts";

/** A server that holds what is stored, as faults see it. */
export interface Broker {
  readonly name: string;
  readonly port: number;
  readonly monitorUrl: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  pause(): void;
  resume(): void;
}

/** Fixed ports, and whom to tell of starts. */
export interface BrokerMemberOptions extends Omit<BrokerOptions, "ports"> {
  readonly ports: { readonly client: number; readonly monitor: number };
  readonly tell: (event: MemberEvent) => void;
}

const startAgainMs = 500;

/** A nats-server that is killed, stopped and started again on the same ports and store. */
export class BrokerMember implements Broker {
  readonly name: string;
  readonly port: number;
  readonly monitorUrl: string;
  readonly #options: BrokerMemberOptions;
  #running: RunningBroker | undefined;
  #downs = 0;

  constructor(name: string, options: BrokerMemberOptions) {
    this.name = name;
    this.#options = options;
    this.port = options.ports.client;
    this.monitorUrl = `http://127.0.0.1:${options.ports.monitor}`;
  }

  /** Resolves once it is up; a start that fails is tried again until `kill`. */
  async start(): Promise<void> {
    const life = this.#downs;
    while (life === this.#downs && !this.#running) {
      try {
        const started = await startBroker(this.#options);
        if (life !== this.#downs) return await started.kill();
        this.#running = started;
        this.#options.tell({ kind: "ready", member: this.name, detail: { pid: started.pid } });
        void started.exited.then(() => this.#ended(started, life));
      } catch (reason) {
        this.#options.tell({ kind: "startFailed", member: this.name, detail: String(reason) });
        await pause(startAgainMs);
      }
    }
  }

  async kill(): Promise<void> {
    this.#downs += 1;
    const dying = this.#running;
    this.#running = undefined;
    await dying?.kill();
  }

  pause(): void {
    this.#signal("SIGSTOP");
  }

  resume(): void {
    this.#signal("SIGCONT");
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#running) process.kill(this.#running.pid, signal);
  }

  #ended(broker: RunningBroker, life: number): void {
    if (life !== this.#downs || this.#running !== broker) return;
    this.#options.tell({ kind: "endedByItself", member: this.name, detail: "the broker ended though nobody had ended it" });
    this.#running = undefined;
    void this.start();
  }
}
