import { randomBytes } from "node:crypto";
import { buckets, control, LongarmError, newId, Secret, streams } from "@longarm/shared";
import type { Logger } from "@longarm/shared/logger";
import type { JetStreamManager, StoredMsg } from "@nats-io/jetstream";
import type { BlobStore } from "../ports/blob-store.ts";
import type { CredentialStore } from "../ports/credential-store.ts";

/** What the test writes through, as everybody else does, and what it looks with. */
export interface SealingTestDeps {
  /** On the bucket `self_test`. */
  readonly definitions: Pick<CredentialStore, "put">;
  readonly blobs: Pick<BlobStore, "put">;
  readonly jsm: JetStreamManager;
  readonly logger: Logger;
}

const name = "canary";

/** The forms in which a text would be found by whoever looks for it. */
function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  // The last characters of base64 hang on what follows, and the first on what comes before: those in the middle are sure.
  const shifted = [0, 1, 2].map((by) =>
    Buffer.concat([Buffer.alloc(by), bytes])
      .toString("base64")
      .slice(4, -4),
  );
  return [text, bytes.toString("hex"), ...shifted, ...shifted.map((form) => form.replaceAll("+", "-").replaceAll("/", "_"))];
}

function isPlainIn(canary: string, { data, header }: StoredMsg): boolean {
  const stored = Buffer.concat([data, Buffer.from(JSON.stringify([...header]))]).toString("latin1");
  return formsOf(canary).some((form) => stored.includes(form));
}

function notSealed(where: string): LongarmError {
  const message = `What the controller stored in ${where} to try it out could be read there in the clear, so it does not start; report this.`;
  return new LongarmError("not_sealed", message, { details: { where } });
}

/**
 * Stores a canary as a credential and as a blob, reads both raw from the broker, and removes them. Throws `not_sealed` when the canary can
 * be read there, in whichever form. A full store is no reason not to start.
 */
export async function testSealing(deps: SealingTestDeps): Promise<void> {
  try {
    await testDefinitions(deps);
    await testBlobs(deps);
  } catch (reason) {
    const fault = LongarmError.from(reason);
    if (fault.code !== "storage_full") throw fault;
    deps.logger.warn({}, "whether what is stored is sealed could not be tried out: the store is full");
  }
}

async function testDefinitions({ definitions, jsm }: SealingTestDeps): Promise<void> {
  const canary = randomBytes(24).toString("base64url");
  const { sequence } = await definitions.put(name, { name, scheme: "ssws", token: new Secret(canary) });
  // Another controller that starts at the same time may have written over it; then that one looks.
  const stored = await jsm.streams.getMessage(`KV_${buckets.selfTest}`, { seq: sequence });
  if (stored && isPlainIn(canary, stored)) throw notSealed(`the bucket ${buckets.selfTest}`);
}

async function testBlobs({ blobs, jsm }: SealingTestDeps): Promise<void> {
  const canary = randomBytes(24).toString("base64url");
  const run = newId("run");
  const of = { part: name, epoch: 0, attempt: 1, bytes: Buffer.from(canary) };
  try {
    await blobs.put(run, of, AbortSignal.timeout(10_000));
    const stored = await jsm.streams.getMessage(streams.blobs, { last_by_subj: control.blob(run, { ...of, n: 0 }) });
    if (!stored) throw new LongarmError("broker_unsafe", "The broker does not give back what was just stored in BLOBS.");
    if (isPlainIn(canary, stored)) throw notSealed(`the stream ${streams.blobs}`);
  } finally {
    await jsm.streams.purge(streams.blobs, { filter: control.blobsOf(run) });
  }
}
