import { newId, type RunId } from "@longarm/shared";
import {
  anchorBytes,
  type AnchoredMessage,
  type AuditBody,
  type AuditHead,
  type AuditItem,
  type AuditRecord,
  groupBySubject,
  hashAuditRecord,
} from "@longarm/shared/audit";
import { embeddedTrust, newTrustSeeds } from "../../packages/controller/src/trust/trust-keys.ts";

type Trust = ReturnType<typeof embeddedTrust>;
type RecordItem = Extract<AuditItem, { type: "record" }>;
type MessageItem = Extract<AuditItem, { type: "message" }>;

/** An installation's audit as its store holds it, whole and sound. */
export interface WrittenAudit {
  readonly fingerprint: string;
  readonly messages: readonly MessageItem[];
  readonly records: readonly RecordItem[];
  /** How far each chain has come, as its controller knows it. */
  readonly heads: readonly AuditHead[];
}

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");

/** Appends to one chain as a controller does. */
class Chain {
  readonly controller = newId("controller");
  readonly records: AuditRecord[] = [];

  get head(): AuditHead {
    const last = this.records.at(-1) as AuditRecord;
    return { controller: this.controller, number: last.number, hash: hashAuditRecord(last) };
  }

  add(make: (place: Omit<AuditRecord, "body">) => AuditBody): AuditRecord {
    const last = this.records.at(-1);
    const place = {
      controller: this.controller,
      number: this.records.length + 1,
      timeMs: 1_800_000_000_000,
      previous: last ? hashAuditRecord(last) : "",
    };
    const record = { ...place, body: make(place) };
    this.records.push(record);
    return record;
  }
}

function anchored({ signer }: Trust, messages: readonly AnchoredMessage[]) {
  return (place: Omit<AuditRecord, "body">): AuditBody => {
    const body = { kind: "anchor", runs: groupBySubject(messages), key: signer.keyId, signature: "" } as const;
    return { ...body, signature: base64url(signer.sign("audit", anchorBytes({ ...place, body })) as Uint8Array) };
  };
}

function opened({ announced }: Trust, heads: readonly AuditHead[]): AuditBody {
  return { kind: "opened", keys: base64url(announced.keys), signature: base64url(announced.signature), heads };
}

/** Two chains, the second one of a controller that started later, with acts, anchors and messages of runs by turns. */
export function writeAudit({ rounds = 6 } = {}): WrittenAudit {
  const trust = embeddedTrust(newTrustSeeds());
  const first = new Chain();
  const second = new Chain();
  const written: AuditRecord[] = [first.add(() => opened(trust, []))];
  const messages: MessageItem[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round === rounds / 3) written.push(second.add(() => opened(trust, [first.head])));
    const chain = round >= rounds / 3 && round % 2 === 0 ? second : first;
    const acts = [0, 1, 2].map((n) => chain.add(() => ({ kind: "act", principal: `p${n}`, what: "putConnection", on: [`acme-${round}`] })));
    const run = newId("run");
    const seen = [0, 1].map((n): MessageItem => messageOf(run, messages.length + n + 1));
    messages.push(...seen);
    written.push(...acts, chain.add(anchored(trust, seen)));
  }
  const records = written.map((record, n): RecordItem => ({ type: "record", sequence: n + 1, chain: record.controller, record }));
  return { fingerprint: trust.fingerprint, messages, records, heads: [first.head, second.head] };
}

function messageOf(run: RunId, sequence: number): MessageItem {
  return { type: "message", sequence, subject: `runs.log.${run}`, hash: hashAuditRecord({ sequence } as never) };
}
