import { buckets, type Clock, control, readId, type ControllerId } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import { headers } from "@nats-io/transport-node";
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
  /** How long a sign of life stands after its last renewal, and the mark of one that was taken back: `24h` unless told. */
  readonly keptFor?: string;
}

// A sign that is gone is one that nobody renews: whoever owned runs then is as dead as before.
const usualKeptFor = "24h";
const renewTimeoutMs = 5_000;

/**
 * Signs of life in the bucket `controllers`: a key each, whose revision changes with every renewal. The value says nothing. A listing asks
 * for what came since the last one and leaves nothing behind: a consumer for each, of which the broker takes only so many, would stay for
 * minutes. What is left of a controller that is gone for good goes by itself after a day.
 */
export class KvControllerPresence implements ControllerPresence {
  readonly #bucket: KV;
  readonly #stream: JetStreamClient;
  readonly #keptFor: string;
  readonly #follower: BucketFollower;
  readonly #signs = new Map<ControllerId, SignOfLife>();

  constructor({ bucket, jsm, clock, logger, keptFor = usualKeptFor }: ControllerPresenceDeps) {
    this.#bucket = bucket;
    this.#stream = jsm.jetstream();
    this.#keptFor = keptFor;
    // The marks that purged keys leave tell who stopped from who was not listed.
    const onEntry: ConstructorParameters<typeof BucketFollower>[0]["onEntry"] = ({ key, revision, stored }) => {
      const id = readId("controller", key);
      if (id) this.#signs.set(id, stored ? revision : "withdrawn");
    };
    this.#follower = new BucketFollower({ jsm, kv: bucket, bucket: buckets.controllers, clock, logger, onEntry });
  }

  async renew(self: ControllerId): Promise<void> {
    const marks = headers();
    marks.set("Nats-TTL", this.#keptFor);
    const subject = `${control.keyPrefix(buckets.controllers)}${self}`;
    await asking(this.#stream.publish(subject, new Uint8Array(), { headers: marks, timeout: renewTimeoutMs }));
  }

  async list(): Promise<ReadonlyMap<ControllerId, SignOfLife>> {
    await this.#follower.refresh();
    return new Map(this.#signs);
  }

  async withdraw(controller: ControllerId): Promise<void> {
    await asking(this.#bucket.purge(controller, { ttl: this.#keptFor }));
  }
}

async function asking(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (reason) {
    throw kvFault(reason, buckets.controllers);
  }
}
