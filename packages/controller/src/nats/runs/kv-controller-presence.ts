import { buckets, readId, type ControllerId } from "@longarm/shared";
import type { KV } from "@nats-io/kv";
import type { ControllerPresence, SignOfLife } from "../../ports/controller-presence.ts";
import { kvFault } from "../kv/kv-fault.ts";

const listWithinMs = 2_000;

/** Signs of life in the bucket `controllers`: a key each, whose revision changes with every renewal. The value says nothing. */
export class KvControllerPresence implements ControllerPresence {
  readonly #bucket: KV;

  constructor(deps: { readonly bucket: KV }) {
    this.#bucket = deps.bucket;
  }

  async renew(self: ControllerId): Promise<void> {
    await asking(this.#bucket.put(self, new Uint8Array()));
  }

  async list(): Promise<ReadonlyMap<ControllerId, SignOfLife>> {
    const found = new Map<ControllerId, SignOfLife>();
    // In one pass, with the marks that purged keys leave: they tell who stopped from who was not listed.
    const entries = await this.#bucket.history();
    // Where the broker goes away in the middle nothing ends it, and nobody renews meanwhile. Who is not listed counts as unchanged.
    const late = setTimeout(() => entries.stop(), listWithinMs);
    try {
      for await (const { key, operation, revision } of entries) {
        const id = readId("controller", key);
        if (id) found.set(id, operation === "PUT" ? revision : "withdrawn");
      }
    } finally {
      clearTimeout(late);
    }
    return found;
  }

  async withdraw(controller: ControllerId): Promise<void> {
    await asking(this.#bucket.purge(controller));
  }
}

async function asking(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (reason) {
    throw kvFault(reason, buckets.controllers);
  }
}
