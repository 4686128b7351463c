import { buckets, type Clock, readId, type ControllerId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import type { ControllerPresence, SignOfLife } from "../../ports/controller-presence.ts";
import { BucketFollower } from "../kv/bucket-follower.ts";
import { kvFault } from "../kv/kv-fault.ts";

/** What the signs of life stand on. */
export interface ControllerPresenceDeps {
  readonly bucket: KV;
  /** Its timeout bounds each question of a listing: nobody renews meanwhile. */
  readonly jsm: JetStreamManager;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Signs of life in the bucket `controllers`: a key each, whose revision changes with every renewal. The value says nothing. A listing asks
 * for what came since the last one and leaves nothing behind: a consumer for each, of which the broker takes only so many, would stay for
 * minutes.
 */
export class KvControllerPresence implements ControllerPresence {
  readonly #bucket: KV;
  readonly #follower: BucketFollower;
  readonly #signs = new Map<ControllerId, SignOfLife>();

  constructor({ bucket, jsm, clock, logger }: ControllerPresenceDeps) {
    this.#bucket = bucket;
    // The marks that purged keys leave tell who stopped from who was not listed.
    const onEntry: ConstructorParameters<typeof BucketFollower>[0]["onEntry"] = ({ key, revision, stored }) => {
      const id = readId("controller", key);
      if (id) this.#signs.set(id, stored ? revision : "withdrawn");
    };
    this.#follower = new BucketFollower({ jsm, kv: bucket, bucket: buckets.controllers, clock, logger, onEntry });
  }

  async renew(self: ControllerId): Promise<void> {
    await asking(this.#bucket.put(self, new Uint8Array()));
  }

  async list(): Promise<ReadonlyMap<ControllerId, SignOfLife>> {
    await this.#follower.refresh();
    return new Map(this.#signs);
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
