import { buckets, readId, type ControllerId } from "@longarm/shared";
import type { KV } from "@nats-io/kv";
import type { ControllerPresence, SignOfLife } from "../../ports/controller-presence.ts";
import { kvFault } from "../kv/kv-fault.ts";

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
    for await (const { key, operation, revision } of await this.#bucket.history()) {
      const id = readId("controller", key);
      if (id) found.set(id, operation === "PUT" ? revision : "withdrawn");
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
