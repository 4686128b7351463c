import type { ActionRest } from "./context.ts";

/** An object that an event is about, such as a `User`. */
export interface InboundTarget {
  readonly id: string;
  readonly type: string;
}

/** One event that a target sends by itself. It is a hint: what is so now, the target alone can tell. */
export interface InboundEvent {
  /** The event's own. A delivery that is sent again may bear another id, but its events keep theirs. Visible ASCII, 128 characters at most. */
  readonly uuid: string;
  /** The spoke's name, a dot, and the type that the target gave it. */
  readonly type: string;
  /** Unix milliseconds by the target's clock; null: it does not say. */
  readonly publishedMs: number | null;
  readonly actorId: string | null;
  readonly targets: readonly InboundTarget[];
  /** Did the installation make the change itself? */
  readonly isEcho: boolean;
  /** As the target wrote it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a body holds, or the place in it and the end of a sentence about what is wrong there. */
export type ReadDelivery =
  | { readonly kind: "delivery"; readonly id: string; readonly events: readonly InboundEvent[] }
  | { readonly kind: "malformed"; readonly pointer: string; readonly problem: string };

/** Which events a target sends to an address of ours, and from when on. */
export interface Subscription {
  /** As the target names them, without the spoke's name. */
  readonly types: ReadonlySet<string>;
  /** Unix milliseconds: what happened before was sent nowhere. */
  readonly sinceMs: number;
}

/** What a target sends by itself to `/hooks/<spoke>/<connection>`, and how what never came is found in its own records. */
export interface Inbound {
  /** The answer by which an address proves that it wants the events; undefined: the request asks for none. A pure function. */
  proof(headers: Readonly<Record<string, string | readonly string[] | undefined>>): unknown;
  /** `ownActors` are the ids under which the installation's own changes appear in the target. A pure function. */
  readDelivery(body: unknown, ownActors: ReadonlySet<string>): ReadDelivery;
  /** Under which ids changes by the connection's credential appear; `clientId` is that of an OAuth client. Throws what a look-up may. */
  ownActors(rest: Pick<ActionRest, "get">, clientId: string | null): Promise<readonly string[]>;
  /** The action that lists who is told of events, and what of its output concerns an address of ours. */
  readonly subscriptions: {
    readonly action: string;
    readonly input: unknown;
    read(output: unknown, isOurs: (uri: string) => boolean): Subscription;
  };
  /** The stream that yields what has happened between two times, and an item of it as an event; undefined: it can be none. */
  readonly records: {
    readonly action: string;
    input(between: { readonly sinceMs: number; readonly untilMs: number; readonly types: ReadonlySet<string> }): unknown;
    read(item: unknown, ownActors: ReadonlySet<string>): InboundEvent | undefined;
  };
}
