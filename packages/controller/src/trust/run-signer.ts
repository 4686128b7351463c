import { join } from "node:path";
import { LongarmError, systemClock } from "@longarm/shared";
import { type Environment, loadConfiguration } from "@longarm/shared/config";
import { createLogger, type LogLevel, logLevels } from "@longarm/shared/logger";
import { Type, type Static } from "typebox";
import { serveSigner } from "./signer-server.ts";
import { followTrustFile } from "./follow-trust-file.ts";
import { createTrust, loadTrust, replaceTrust } from "./trust-file.ts";
import { embeddedTrust, rotated, withoutRetired } from "./trust-keys.ts";

/** What a signer is told (`longarm signer --config FILE`). */
export const signerSchema = Type.Object(
  {
    socket: Type.String({ default: join(".longarm-signer", "signer.sock"), description: "The Unix socket that controllers reach it by." }),
    trust: Type.String({ default: join(".longarm-signer", "trust.json"), description: "The installation's keys; made when absent." }),
    logLevel: Type.Unsafe<LogLevel>(
      Type.Union(
        logLevels.map((level) => Type.Literal(level)),
        { default: "info" },
      ),
    ),
  },
  { additionalProperties: false },
);

/** A signer's configuration, complete with its defaults. */
export type SignerConfiguration = Static<typeof signerSchema>;

/** Reads and checks a signer's configuration; every fault is named at once. */
export function readSignerConfiguration(sources: { readonly file?: string }, environment: Environment = process.env) {
  return loadConfiguration({ schema: signerSchema, environment, prefix: "LONGARM_SIGNER", ...sources });
}

/** Signs until the signal is aborted; `onReady` is told once it serves. */
export async function runSigner(
  { socket, trust, logLevel }: SignerConfiguration,
  signal: AbortSignal,
  onReady: (ready: { readonly socket: string; readonly fingerprint: string }) => void,
): Promise<void> {
  const seeds = loadTrust(trust) ?? createTrust(trust);
  const logger = createLogger("signer", logLevel);
  const serving = await serveSigner({ seeds, socket, clock: systemClock, logger });
  const stopFollowing = followTrustFile({ file: trust, seeds, logger, take: (newer) => serving.rotate(newer) });
  onReady({ socket, fingerprint: embeddedTrust(seeds).fingerprint });
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  stopFollowing();
  await serving.close();
}

/** Puts fresh keys in use in a trust file, or drops those that were in use before. Throws `key_ring_missing` when there is none. */
export function rotateTrustFile(
  file: string,
  { dropOld }: { readonly dropOld: boolean },
): { readonly fingerprint: string; readonly serial: number } {
  const before = loadTrust(file);
  if (!before) throw new LongarmError("key_ring_missing", `There are no installation's keys at ${file}.`);
  const after = dropOld ? withoutRetired(before) : rotated(before);
  replaceTrust(file, after);
  return { fingerprint: embeddedTrust(after).fingerprint, serial: after.serial };
}
