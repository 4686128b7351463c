import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { type Clock, type HookCounts, LongarmError } from "@longarm/shared";
import type { PlacedFault } from "@longarm/shared/schema";
import type { Inbound, InboundEvent, Spoke } from "@longarm/spoke";
import { validSecrets } from "../decide/hooks/secrets.ts";
import type { ConnectionStore } from "../ports/connection-store.ts";
import type { EventStore } from "../ports/event-store.ts";
import type { AdmittedHook, HookDoor } from "../ports/hook-door.ts";
import type { Webhook, Webhooks } from "../ports/webhook-store.ts";
import type { HookTally } from "./hook-tally.ts";
import type { OwnActorBook } from "./own-actors.ts";
import { storeEvents } from "./store-events.ts";

interface Deps {
  readonly spokes: readonly Spoke[];
  readonly webhooks: Webhooks;
  readonly connections: Pick<ConnectionStore, "list">;
  readonly events: Pick<EventStore, "store">;
  readonly actors: Pick<OwnActorBook, "of">;
  readonly tally: Pick<HookTally, "add">;
  readonly clock: Clock;
}

const retryAfterSeconds = 5;

/** The door over the registry of hooks. */
export class StoredHookDoor implements HookDoor {
  readonly #deps: Deps;
  readonly #inbound: ReadonlyMap<string, Inbound>;
  readonly #decoy = randomBytes(32).toString("base64url");

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#inbound = new Map(deps.spokes.flatMap(({ name, inbound }) => (inbound ? [[name, inbound] as const] : [])));
  }

  get spokes(): readonly string[] {
    return [...this.#inbound.keys()];
  }

  async admit({ spoke, connection, shown = "" }: Parameters<HookDoor["admit"]>[0]): Promise<AdmittedHook | undefined> {
    const { webhooks, connections } = this.#deps;
    // Both from memory, and both in any case: whether a name is known must not show in the time that it takes.
    const [hooks, named] = await Promise.all([webhooks.definitions.list(), connections.list()]);
    const hook = hooks.find(({ value }) => value.name === connection)?.value;
    const isConnected = named.some(({ value }) => value.name === connection);
    const at = this.#matches(hook, shown);
    const inbound = this.#inbound.get(spoke);
    if (hook && isConnected && inbound && at !== undefined) {
      await this.#noteUse(hook, at);
      return { connection, inbound };
    }
    if (hook) this.refused(connection);
    return undefined;
  }

  async receive({ connection, inbound }: AdmittedHook, body: unknown): Promise<Pick<HookCounts, "events" | "duplicates">> {
    const { tally, clock } = this.#deps;
    const own = await this.#ownActors(connection);
    const read = inbound.readDelivery(body, own);
    if (read.kind === "malformed") {
      this.refused(connection);
      throw malformed(read);
    }
    const stored = await this.#store(connection, read.events);
    tally.add(connection, { counts: { deliveries: 1, ...stored }, lastDeliveryMs: clock.nowMs() });
    return stored;
  }

  refused(connection: string): void {
    this.#deps.tally.add(connection, { counts: { refused: 1 } });
  }

  /** Which of the two secrets it is; as long for one that is none, or where there are none. */
  #matches(hook: Webhook | undefined, shown: string): number | undefined {
    const valid = hook ? validSecrets(hook.secrets, this.#deps.clock.nowMs()) : [];
    const given = digest(shown);
    let found: number | undefined;
    for (const at of [1, 0]) {
      const isSame = timingSafeEqual(given, digest(valid[at]?.secret.reveal() ?? this.#decoy));
      if (isSame && valid[at]) found = at;
    }
    return found;
  }

  /** A rotation keeps the secret that the org sends. */
  async #noteUse({ name, secrets }: Webhook, at: number): Promise<void> {
    const [present] = secrets;
    const used = secrets[at];
    const known = (await this.#deps.webhooks.states.get(name))?.value.lastUsed;
    if (used && known !== used.id && known !== present?.id) this.#deps.tally.add(name, { counts: {}, lastUsed: used.id });
  }

  async #ownActors(connection: string): Promise<ReadonlySet<string>> {
    try {
      return await this.#deps.actors.of(connection);
    } catch (reason) {
      const sentence = "Which changes are our own could not be asked of the org, so that nothing was stored; send it again.";
      throw later(sentence, reason);
    }
  }

  async #store(connection: string, events: readonly InboundEvent[]): Promise<Pick<HookCounts, "events" | "duplicates">> {
    const { events: store, clock } = this.#deps;
    try {
      return await storeEvents(events, { connection, nowMs: clock.nowMs(), store });
    } catch (reason) {
      throw later(`Not all events were stored: ${LongarmError.from(reason).message} Send the delivery again.`, reason);
    }
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function malformed({ pointer, problem }: { readonly pointer: string; readonly problem: string }): LongarmError {
  const faults: readonly PlacedFault[] = [{ in: "body", pointer, problem }];
  return new LongarmError("invalid_request", `The delivery is malformed: ${pointer || "the body"} ${problem}.`, { details: { faults } });
}

function later(message: string, cause: unknown): LongarmError {
  return new LongarmError("broker_unavailable", message, { retryable: true, details: { retryAfterSeconds }, cause });
}
