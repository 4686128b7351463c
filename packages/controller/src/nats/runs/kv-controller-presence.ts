import { buckets, readId, type ControllerId } from "@longarm/shared";
import type { KV } from "@nats-io/kv";
import type { ControllerPresence } from "../../ports/controller-presence.ts";
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

  async list(): Promise<ReadonlyMap<ControllerId, number>> {
    const found = new Map<ControllerId, number>();
    for await (const key of await this.#bucket.keys()) {
      const id = readId("controller", key);
      const entry = id && (await this.#bucket.get(key));
      if (id && entry?.operation === "PUT") found.set(id, entry.revision);
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
