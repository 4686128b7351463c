import type { Msg, NatsConnection, Subscription } from "@nats-io/nats-core";

/** What is listened to, over whichever connection there is. */
export interface Listening {
  readonly subject: string;
  readonly listener: (message: { readonly subject: string; readonly payload: Uint8Array }) => void;
}

type Heard = Pick<Msg, "subject" | "data">;

/** One listener on one connection after another. */
export class Ear {
  readonly #listening: Listening;
  readonly #onFault: (fault: Error) => void;
  #subscription: Subscription | undefined;
  /** What the present connection brought since the next one listens too. */
  #twice: Heard[] | undefined;

  constructor(listening: Listening, onFault: (fault: Error) => void) {
    this.#listening = listening;
    this.#onFault = onFault;
  }

  /** Listens on the first connection. */
  open(connection: NatsConnection): void {
    this.#subscription = this.#subscribe(connection, (message) => this.#take(message));
  }

  /** Listens on `next` too, holding what comes there; `change` ends the doubling. */
  double(next: NatsConnection): EarChange {
    const before = this.#subscription;
    const twice: Heard[] = [];
    this.#twice = twice;
    const early: Heard[] = [];
    let isOpen = false;
    const subscription = this.#subscribe(next, (message) => {
      if (!isOpen) early.push(message);
      else if (!removed(twice, message)) this.#take(message);
    });
    return {
      drained: async () => before?.drain(),
      finish: () => {
        this.#twice = undefined;
        this.#subscription = subscription;
        isOpen = true;
        for (const message of early) if (!removed(twice, message)) this.#take(message);
        // Another server of a cluster may bring the rest of it a little later.
        setTimeout(() => twice.splice(0), handOverMs).unref();
      },
      undo: () => {
        this.#twice = undefined;
        subscription.unsubscribe();
      },
    };
  }

  #subscribe(connection: NatsConnection, take: (message: Heard) => void): Subscription {
    return connection.subscribe(this.#listening.subject, { callback: (fault, message) => (fault ? this.#onFault(fault) : take(message)) });
  }

  #take(message: Heard): void {
    this.#twice?.push(message);
    this.#listening.listener({ subject: message.subject, payload: message.data });
  }
}

/** A doubling under way. */
export interface EarChange {
  /** Resolves once everything that the connection before had still to bring was heard. */
  drained(): Promise<void>;
  /** Hears what came over the next connection alone, and from now on all that comes there. */
  finish(): void;
  undo(): void;
}

// No two messages of one meaning are alike to the byte while calls are open: each carries a call and a count, or a time of its own.
function removed(from: Heard[], message: Heard): boolean {
  const at = from.findIndex(({ subject, data }) => subject === message.subject && Buffer.compare(data, message.data) === 0);
  if (at >= 0) from.splice(at, 1);
  return at >= 0;
}

/** How long the connection before may take over its last messages; one that is gone brings none. */
export const handOverMs = 5_000;

/**
 * Takes all ears from one connection to the next so that each message is heard once, in order: both listen for a while, what the next
 * brought twice is left out. `hold` is called before the connection before has sent its last, and `release` afterwards.
 */
export async function handOver(
  { from, to, ears }: { readonly from: NatsConnection; readonly to: NatsConnection; readonly ears: readonly Ear[] },
  { hold, release }: { readonly hold: () => void; readonly release: () => void },
): Promise<void> {
  const changes = ears.map((ear) => ear.double(to));
  try {
    await to.flush();
  } catch (reason) {
    for (const change of changes) change.undo();
    throw reason;
  }
  hold();
  try {
    // The next one may lag behind: what the first has brought is to be known there too before it alone counts.
    if (!from.isClosed()) await withinTime(Promise.all(changes.map((change) => change.drained())).then(() => to.flush()));
  } finally {
    for (const change of changes) change.finish();
    release();
  }
}

async function withinTime(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, handOverMs)));
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
