import { unwatchFile, watchFile } from "node:fs";
import { LongarmError } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import { loadTrust } from "./trust-file.ts";
import type { TrustSeeds } from "./trust-keys.ts";

const lookEveryMs = 1_000;

/** What following a file of keys takes. */
export interface FollowedTrustFile {
  readonly file: string;
  /** The keys in use when it begins. */
  readonly seeds: TrustSeeds;
  readonly logger: Pick<Logger, "info" | "warn">;
  /** Told of newer keys of the same installation. */
  readonly take: (seeds: TrustSeeds) => void;
}

/**
 * Takes up the keys of a file that was replaced, within two seconds or so. What cannot be read, is older, or is another installation's
 * changes nothing and is logged. Returns the way to stop.
 */
export function followTrustFile({ file, seeds, logger, take }: FollowedTrustFile): () => void {
  let known = seeds;
  const look = (): void => {
    try {
      const found = newer(file, known);
      if (!found) return;
      known = found;
      take(found);
      logger.info({ file, serial: found.serial }, "The installation's new keys are in use.");
    } catch (reason) {
      logger.warn({ file, reason: LongarmError.from(reason).message }, "The changed keys are not in use; the former ones still are.");
    }
  };
  watchFile(file, { interval: lookEveryMs, persistent: false }, look);
  return () => unwatchFile(file, look);
}

function newer(file: string, known: TrustSeeds): TrustSeeds | undefined {
  const found = loadTrust(file);
  if (!found)
    throw new LongarmError("key_ring_missing", `${file} is gone: restore it from a copy, or there are no keys at the next start.`);
  if (Buffer.compare(found.root, known.root) !== 0)
    throw new LongarmError("key_ring_missing", `${file} holds another installation's keys: copy this one's own there.`);
  if (found.serial < known.serial)
    throw new LongarmError("key_ring_missing", `${file} holds older keys than are in use: copy the newest there.`);
  return found.serial > known.serial ? found : undefined;
}
