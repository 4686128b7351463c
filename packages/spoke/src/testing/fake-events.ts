import { readDuration, type EventSource, type StoredEvent } from "@longarm/shared";
import { eventTest, flowEvent, sourceOf, type EventInput } from "../flow/await-event.ts";
import type { StepRequest, StepResult } from "../flow/flow-context.ts";

/** An event that comes while the flow waits. */
export interface FakeEvent {
  readonly type: string;
  readonly subject?: string;
  readonly data?: unknown;
  readonly id?: string;
  /** Unless told a hook where the type begins with `okta.`, a flow with `flow.`, else `event`. */
  readonly source?: EventSource;
  /** The principal that posts it. */
  readonly by?: string;
  /** In whose org it happened. */
  readonly connection?: string;
  /** How long after the wait's beginning it comes, such as `3d`; at once unless told. */
  readonly after?: string;
}

interface Fakes {
  readonly connection: string;
  nowMs: number;
}

/** Events that a test has written down, given to the waits of a flow. */
export class FakeEvents {
  readonly #events: readonly FakeEvent[];
  #given = 0;

  constructor(events: readonly FakeEvent[]) {
    this.#events = events;
  }

  /** Throws where the flow would wait for ever: that is a fault of the test. */
  async wait({ name, input, connection }: StepRequest, world: Fakes): Promise<StepResult> {
    const wish = input as EventInput;
    const [begunMs, from] = [world.nowMs, this.#given];
    const untilMs = wish.timeout ? wakesAt(wish.timeout, begunMs) : undefined;
    const isWished = eventTest(wish, connection ?? world.connection);
    const at = this.#events.findIndex(
      (fake, index) => index >= from && isOfType(name, fake.type) && isWished(stored(fake, index + 1, begunMs)),
    );
    const fake = this.#events[at];
    const event = fake && stored(fake, at + 1, begunMs);
    // Waits that began together see the same events.
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (event && event.receivedAtMs <= (untilMs ?? Number.POSITIVE_INFINITY)) {
      this.#given = Math.max(this.#given, at + 1);
      world.nowMs = Math.max(world.nowMs, event.receivedAtMs);
      return { value: flowEvent(event), atMs: world.nowMs };
    }
    if (untilMs !== undefined) {
      world.nowMs = Math.max(world.nowMs, untilMs);
      return { value: null, atMs: world.nowMs };
    }
    const held = this.#events.map(({ type }) => type).join(", ") || "none";
    throw new Error(`The flow would wait for ever for the event ${name}; of the events of the test (${held}) none is wished.`);
  }
}

function stored(fake: FakeEvent, number: number, nowMs: number): StoredEvent {
  const { type, subject = "", data = {}, id = `event-${number}`, source = sourceOf(type), by, connection, after = "0s" } = fake;
  const afterMs = readDuration(after);
  if (afterMs === undefined) throw new Error(`An event of the test comes after "${after}", which is no duration such as "3d".`);
  const event = { id, source, type, subject, data, depth: 0, isEcho: false, receivedAtMs: nowMs + afterMs };
  return { ...event, ...(by !== undefined && { behind: [by] }), ...(connection !== undefined && { connection }) };
}

function isOfType(pattern: string, type: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.\\+?^${}()|[\]]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(type);
}

/** When a time that a flow has written comes. */
export function wakesAt(input: unknown, nowMs: number): number {
  const { ms, until } = input as { readonly ms?: number; readonly until?: string };
  return until === undefined ? nowMs + (ms ?? 0) : Math.max(nowMs, Date.parse(until));
}
