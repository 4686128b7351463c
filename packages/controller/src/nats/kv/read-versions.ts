import { control, LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { KeyRing } from "@longarm/shared/seal";
import type { JetStreamManager } from "@nats-io/jetstream";
import type { Revised } from "../../ports/connection-store.ts";
import type { DefinitionCodec } from "../../ports/definition-codec.ts";
import { kvFault } from "./kv-fault.ts";
import { openDefinition } from "./sealed-definition.ts";

interface Deps<T> {
  readonly jsm: JetStreamManager;
  readonly bucket: string;
  readonly codec: DefinitionCodec<T>;
  readonly ring: KeyRing;
  readonly logger: Logger;
}

/** All that the bucket still holds under a key, the newest first, read from the leader. Throws `broker_unavailable`. */
export async function readVersions<T>(deps: Deps<T>, key: string): Promise<readonly Revised<T>[]> {
  const { jsm, bucket, logger } = deps;
  const found: Revised<T>[] = [];
  for (let seq = 1; ;) {
    const query = { seq, next_by_subj: `${control.keyPrefix(bucket)}${key}` };
    const message = await jsm.streams.getMessage(`KV_${bucket}`, query).catch((reason: unknown) => {
      throw kvFault(reason, bucket);
    });
    if (!message) return found.toReversed();
    seq = message.seq + 1;
    // What stood before a removal is none of the versions of what stands now.
    if (message.header.get("KV-Operation") !== "") found.length = 0;
    else found.push(...opened(deps, { key, stored: message.data, sequence: message.seq }, logger));
  }
}

function opened<T>(
  { ring, codec, bucket }: Deps<T>,
  { key, stored, sequence }: { readonly key: string; readonly stored: Uint8Array; readonly sequence: number },
  logger: Logger,
): readonly Revised<T>[] {
  try {
    return [{ ...openDefinition(ring, codec, { bucket, key, stored }), sequence }];
  } catch (reason) {
    const { code } = LongarmError.from(reason);
    logger.error({ code, bucket, key, sequence }, "a stored version was rejected and is left out");
    return [];
  }
}
