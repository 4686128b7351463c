import { control, LongarmError, readId, streams, type Clock, type ControllerId, type Lifecycle } from "@longarm/shared";
import { anchorBytes, type AuditAct, type AuditHead, groupBySubject, hashAuditRecord } from "@longarm/shared/audit";
import type { Logger } from "@longarm/shared/logger";
import { type KeyRing, VerifyingKey } from "@longarm/shared/seal";
import { decodeInstallationKeys } from "@longarm/shared/wire";
import { jetstream, jetstreamManager, type JetStreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { AuditLog, AuditTrail } from "../../ports/audit.ts";
import type { InstallationTrust } from "../../ports/installation-trust.ts";
import { askingBroker } from "../runs/outage.ts";
import { lastOf } from "../runs/read-subject.ts";
import { JetStreamAuditLog } from "./jetstream-audit-log.ts";
import { ChainWriter, type MakeBody } from "./chain-writer.ts";
import { DenialSummary } from "./denial-summary.ts";
import { SealedAudit } from "./sealed-audit.ts";
import { toAnchored, type UnanchoredMessages } from "./unanchored-messages.ts";

interface Deps {
  readonly connection: NatsConnection;
  readonly ring: KeyRing;
  readonly trust: InstallationTrust;
  readonly messages: UnanchoredMessages;
  readonly controllerId: ControllerId;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** This controller's chain, and what it reads of all. */
export interface OpenAudit {
  readonly trail: AuditTrail;
  readonly log: AuditLog;
  /** Signs what has come since the last anchor, if anything has. */
  anchor(): Promise<void>;
  /** Writes down the denials that wait for the end of their ten seconds, and signs a last time. */
  close(): Promise<void>;
}

// A chain is opened at each start. The youngest name those before them, and so on.
const chainsNamed = 64;
const anchorEveryMs = 1_000;
const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** Opens a chain for this start of the controller; resolves once its first record is stored, or the store is full. */
export async function openAudit(deps: Deps): Promise<OpenAudit> {
  const { connection, ring, trust, messages } = deps;
  const jsm = await jetstreamManager(connection);
  const sealed = new SealedAudit(ring);
  const writer = new ChainWriter({ ...deps, jsm, sealed });
  let isChanged = true;
  let isOpened = false;
  let stated = "";
  const open = async (): Promise<void> => {
    if (isOpened) return;
    const heads = await askingBroker(() => youngestHeads(jsm, sealed));
    const keys = announced(trust);
    await writer.append(() => ({ kind: "opened", ...keys, heads }));
    stated = keys.keys;
    isOpened = true;
  };
  const record = async (act: AuditAct): Promise<number> => {
    await open();
    const { number } = await writer.append(() => ({ kind: "act", ...act }));
    isChanged = true;
    return number;
  };
  const anchor = async (): Promise<void> => {
    await open();
    const keys = announced(trust);
    if (keys.keys !== stated) await writer.append(() => ({ kind: "keys", ...keys }));
    stated = keys.keys;
    while (isChanged || messages.count > 0) {
      isChanged = false;
      const seen = messages.take();
      try {
        await writer.append(anchorOf(trust, groupBySubject(seen.map(toAnchored))));
      } catch (reason) {
        messages.putBack(seen);
        isChanged = true;
        throw reason;
      }
    }
  };
  // In a full store a controller starts all the same: what makes room is asked of it. Its chain begins when there is some.
  await open().catch(unlessFull);
  const log = new JetStreamAuditLog({ js: jetstream(connection), jsm, sealed, fingerprint: trust.fingerprint, clock: deps.clock });
  const close = async (): Promise<void> => {
    await summary.flush();
    await anchor();
  };
  const summary = new DenialSummary({ ...deps, record });
  return { trail: { record, denied: (denial) => summary.note(denial) }, log: log.knowing(() => writer.head), anchor, close };
}

/** Anchors once a second until the lifecycle ends, and a last time then. */
export function anchorRegularly(
  { anchor, close }: OpenAudit,
  deps: Pick<Deps, "clock" | "logger"> & { readonly lifecycle: Lifecycle },
): void {
  const { clock, logger, lifecycle } = deps;
  const stopping = new AbortController();
  const tryOnce = async (work = anchor): Promise<void> => {
    try {
      await work();
    } catch (reason) {
      logger.warn({ reason: LongarmError.from(reason).message }, "The audit could not be anchored; trying again.");
    }
  };
  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await tryOnce();
      await clock.sleep(anchorEveryMs, stopping.signal).catch(() => undefined);
    }
  };
  const working = work();
  lifecycle.add("audit", async () => {
    stopping.abort();
    await working;
    await tryOnce(close);
  });
}

function unlessFull(reason: unknown): void {
  if (LongarmError.from(reason).code !== "storage_full") throw reason;
}

function anchorOf(trust: InstallationTrust, runs: Readonly<Record<string, string>>): MakeBody {
  const { signer } = trust;
  return async (place) => {
    const body = { kind: "anchor", runs, key: signer.keyId, signature: "" } as const;
    const bytes = anchorBytes({ ...place, body });
    const signature = await signer.sign("audit", bytes);
    // A signer that changed its key in between would leave an anchor that nobody can verify, for ever.
    const { signing } = decodeInstallationKeys(trust.announced.keys);
    const key = signing.map((raw) => new VerifyingKey(raw)).find(({ id }) => id === body.key);
    if (key?.verify("audit", bytes, signature)) return { ...body, signature: base64url(signature) };
    throw new LongarmError("signer_unavailable", "The signing key changed while an anchor was signed.", { retryable: true });
  };
}

function announced({ announced: { keys, signature } }: InstallationTrust): { readonly keys: string; readonly signature: string } {
  return { keys: base64url(keys), signature: base64url(signature) };
}

async function youngestHeads(jsm: JetStreamManager, sealed: SealedAudit): Promise<readonly AuditHead[]> {
  const { state } = await jsm.streams.info(streams.audit, { subjects_filter: control.allAuditOf("opened") });
  // Ids sort by their time.
  const ids = Object.keys(state.subjects ?? {}).flatMap((subject) => readId("controller", subject.split(".")[1] ?? "") ?? []);
  const youngest = ids.toSorted().slice(-chainsNamed);
  const heads = await Promise.all(youngest.map((id) => headOf(jsm, sealed, id)));
  return heads.flatMap((head) => head ?? []);
}

async function headOf(jsm: JetStreamManager, sealed: SealedAudit, controller: ControllerId): Promise<AuditHead | undefined> {
  const message = await lastOf(jsm, streams.audit, control.auditOf(controller));
  try {
    const record = message && sealed.open(message.subject, message.data);
    return record && { controller, number: record.number, hash: hashAuditRecord(record) };
  } catch {
    // What does not open is for verification to find; a controller starts all the same.
    return undefined;
  }
}
