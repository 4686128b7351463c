import type { SimProcess } from "./sim-process.ts";
import type { World } from "./world.ts";

/** What a subscriber is given. */
export type Listener = (subject: string, payload: Uint8Array) => void;

interface Subscription {
  readonly process: SimProcess;
  readonly tokens: readonly string[];
  readonly listener: Listener;
}

/** One process's connection to the account FIELD. */
export interface Connected {
  readonly process: SimProcess;
  isCut: boolean;
  readonly held: { readonly subject: string; readonly payload: Uint8Array }[];
  readonly lastAtMs: Map<Subscription, number>;
}

const wayMs = { least: 0.3, most: 3 };
const delayedMs = { least: 20, most: 14_000 };
const heldAtMost = 1_000;

/** Core messages between controllers and agents: kept by nobody, lost, repeated, late and out of order as the weather has it. */
export class FieldNetwork {
  readonly #world: World;
  readonly #subscriptions = new Set<Subscription>();
  readonly #connected = new Map<SimProcess, Connected>();

  constructor(world: World) {
    this.#world = world;
  }

  connect(process: SimProcess): Connected {
    const connected: Connected = { process, isCut: false, held: [], lastAtMs: new Map() };
    this.#connected.set(process, connected);
    process.onDeath(() => {
      this.#connected.delete(process);
      for (const subscription of this.#subscriptions) if (subscription.process === process) this.#subscriptions.delete(subscription);
    });
    return connected;
  }

  subscribe(process: SimProcess, pattern: string, listener: Listener): () => void {
    const subscription = { process, tokens: pattern.split("."), listener };
    this.#subscriptions.add(subscription);
    return () => this.#subscriptions.delete(subscription);
  }

  publish(from: Connected, subject: string, payload: Uint8Array): void {
    if (!from.process.isAlive) return;
    if (from.isCut) {
      if (from.held.length < heldAtMost) from.held.push({ subject, payload });
      return;
    }
    const { random, weather } = this.#world;
    const tokens = subject.split(".");
    for (const subscription of this.#subscriptions) {
      if (!isMatch(subscription.tokens, tokens)) continue;
      const isLost = random.chance(weather.loseMessage);
      const isRepeated = random.chance(weather.repeatMessage);
      if (isLost || isRepeated) this.#world.tally.add(isLost ? "messageLost" : "messageRepeated");
      if (isLost) continue;
      this.#carry(from, subscription, { subject, payload });
      if (isRepeated) this.#carry(from, subscription, { subject, payload });
    }
  }

  /** Cuts a process off; what it publishes meanwhile it keeps and sends afterwards, what others send to it is lost. */
  cut(process: SimProcess): void {
    const connected = this.#connected.get(process);
    if (connected) connected.isCut = true;
  }

  mend(process: SimProcess): void {
    const connected = this.#connected.get(process);
    if (!connected?.isCut) return;
    connected.isCut = false;
    for (const { subject, payload } of connected.held.splice(0)) this.publish(connected, subject, payload);
  }

  #carry(from: Connected, to: Subscription, message: { readonly subject: string; readonly payload: Uint8Array }): void {
    const { random, weather, scheduler } = this.#world;
    const isDelayed = random.chance(weather.delayMessage);
    if (isDelayed) this.#world.tally.add("messageDelayed");
    const wantedMs =
      scheduler.nowMs + (isDelayed ? random.between(delayedMs.least, delayedMs.most) : random.between(wayMs.least, wayMs.most));
    // One connection keeps its order, but for what is delayed: that is overtaken.
    const atMs = isDelayed ? wantedMs : Math.max(wantedMs, from.lastAtMs.get(to) ?? 0);
    if (!isDelayed) from.lastAtMs.set(to, atMs);
    scheduler.at(atMs - scheduler.nowMs, () => {
      if (!this.#subscriptions.has(to) || this.#connected.get(to.process)?.isCut === true) return;
      to.process.take(() => to.listener(message.subject, message.payload));
    });
  }
}

function isMatch(pattern: readonly string[], subject: readonly string[]): boolean {
  for (let at = 0; at < pattern.length; at += 1) {
    if (pattern[at] === ">") return subject.length > at;
    if (at >= subject.length || (pattern[at] !== "*" && pattern[at] !== subject[at])) return false;
  }
  return pattern.length === subject.length;
}
