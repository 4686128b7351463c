import { keyFingerprint, VerifyingKey } from "../seal/index.ts";
import { decodeInstallationKeys } from "../wire/index.ts";
import { type ChainLink, firstBrokenLink } from "./chain-links.ts";
import type { AuditFault, AuditItem } from "./item.ts";
import { anchorBytes, type AuditHead, type AuditRecord, hashAuditRecord, messagesOf } from "./record.ts";
import { RunMessages, type UnanchoredMessages } from "./run-messages.ts";

/** What verification came to. */
export interface AuditReport {
  /** Chains in which a record does not stand as it was written, the first one of each; then those of the runs' messages. */
  readonly faults: readonly AuditFault[];
  /** By whose key it was verified: the fingerprint of the installation's root. */
  readonly fingerprint: string | null;
  readonly chains: number;
  readonly records: number;
  readonly anchors: number;
  /** Messages of RUNS that anchors hold, those of removed runs too. */
  readonly anchoredMessages: number;
  /** Nobody has signed these: records behind the last anchor of their chain, and messages of RUNS that no anchor holds. */
  readonly unanchored: { readonly records: number } & UnanchoredMessages;
}

interface Chain {
  readonly links: ChainLink[];
  keys: ReadonlyMap<string, VerifyingKey>;
  lastSigned: number;
  unsigned: AuditFault | undefined;
}

/**
 * Verifies an export: take every item in its order, then `conclude`. Knows no key but the public ones in the records, which the root
 * has signed whose fingerprint is given.
 */
export class AuditVerifier {
  readonly #chains = new Map<string, Chain>();
  readonly #heads: AuditHead[] = [];
  readonly #messages = new RunMessages();
  #fingerprint: string | null;
  #records = 0;
  #anchors = 0;

  /** `fingerprint`: the root's, as it was pinned; absent: the one that the export names. */
  constructor(fingerprint?: string) {
    this.#fingerprint = fingerprint ?? null;
  }

  take(item: AuditItem): void {
    switch (item.type) {
      case "installation":
        this.#fingerprint ??= item.fingerprint;
        return this.#messages.expectUpTo(item.runsUpTo);
      case "message":
        return this.#messages.found(item);
      case "head":
        return void this.#heads.push(item);
      case "unreadable":
        return void this.#chain(item.chain).links.push({ kind: "unreadable", sequence: item.sequence, why: item.why });
      case "record":
        return this.#record(item);
    }
  }

  conclude(): AuditReport {
    const broken = [...this.#chains].flatMap(([name, chain]) => firstFault(name, chain) ?? []);
    const isBroken = new Set(broken.map(({ chain }) => chain));
    for (const head of this.#heads.toSorted((one, other) => one.number - other.number)) {
      const missing = isBroken.has(head.controller) ? undefined : this.#missingHead(head);
      if (!missing) continue;
      broken.push(missing);
      isBroken.add(head.controller);
    }
    const { faults, unanchored } = this.#messages.conclude();
    const records = [...this.#chains.values()].reduce((sum, { links, lastSigned }) => sum + Math.max(0, links.length - lastSigned), 0);
    return {
      faults: [...broken, ...faults],
      fingerprint: this.#fingerprint,
      chains: this.#chains.size,
      records: this.#records,
      anchors: this.#anchors,
      anchoredMessages: this.#messages.anchored,
      unanchored: { records, ...unanchored },
    };
  }

  #chain(name: string): Chain {
    const known = this.#chains.get(name);
    if (known) return known;
    const made: Chain = { links: [], keys: new Map(), lastSigned: 0, unsigned: undefined };
    this.#chains.set(name, made);
    return made;
  }

  #record({ chain: name, sequence, record }: Extract<AuditItem, { type: "record" }>): void {
    const chain = this.#chain(name);
    const { controller, number, previous, body } = record;
    this.#records += 1;
    let isSigned = false;
    if (body.kind === "opened") {
      chain.keys = this.#keysOf(body);
      this.#heads.push(...body.heads);
    } else if (body.kind === "keys") {
      chain.keys = new Map([...chain.keys, ...this.#keysOf(body)]);
    } else if (body.kind === "anchor") {
      isSigned = this.#anchor(chain, { ...record, body });
      if (!isSigned) chain.unsigned ??= unsignedFault(name, number, sequence);
    } else {
      this.#messages.act(body, `${name} ${number}`);
    }
    chain.links.push({ kind: "record", sequence, controller, number, hash: hashAuditRecord(record), previous, isSigned });
    if (isSigned) chain.lastSigned = chain.links.length;
  }

  #anchor({ keys }: Chain, record: Parameters<typeof anchorBytes>[0]): boolean {
    this.#anchors += 1;
    const { key, signature, runs } = record.body;
    if (!keys.get(key)?.verify("audit", anchorBytes(record), Buffer.from(signature, "base64url"))) return false;
    for (const message of messagesOf(runs)) this.#messages.anchor(message);
    return true;
  }

  #keysOf({
    keys,
    signature,
  }: Extract<AuditRecord["body"], { kind: "keys" }> | Extract<AuditRecord["body"], { kind: "opened" }>): ReadonlyMap<string, VerifyingKey> {
    try {
      const bytes = Buffer.from(keys, "base64url");
      const { root, signing } = decodeInstallationKeys(bytes);
      const isOurs = keyFingerprint(root) === this.#fingerprint;
      if (!isOurs || !new VerifyingKey(root).verify("installation", bytes, Buffer.from(signature, "base64url"))) return new Map();
      return new Map(signing.map((raw) => new VerifyingKey(raw)).map((key) => [key.id, key]));
    } catch {
      // No keys: then no anchor of this chain counts, and each is reported.
      return new Map();
    }
  }

  #missingHead({ controller, number, hash }: AuditHead): AuditFault | undefined {
    const links = this.#chains.get(controller)?.links ?? [];
    const found = links.find((link) => link.kind === "record" && link.number === number);
    if (found?.kind === "record" && found.hash === hash) return undefined;
    const place = { chain: controller, number, sequence: found?.sequence ?? null };
    if (found) return { kind: "edited", ...place, message: `Record ${number} is not the one that was seen there before.` };
    const last = links.findLast((link) => link.kind === "record");
    const end = last ? `the chain ends at record ${last.number}` : "nothing of the chain is left";
    return { kind: "truncated", ...place, message: `Record ${number} was there, and ${end}.` };
  }
}

/** Whichever comes first in the chain. */
function firstFault(name: string, { links, unsigned }: Chain): AuditFault | undefined {
  const broken = firstBrokenLink(name, links);
  if (!broken || !unsigned) return broken ?? unsigned;
  return (unsigned.number ?? 0) < (broken.number ?? 0) ? unsigned : broken;
}

function unsignedFault(chain: string, number: number, sequence: number): AuditFault {
  const message = `Anchor ${number} is not signed by the installation: it, or something between the anchor before it and it, was written by somebody else.`;
  return { kind: "unsigned", chain, number, sequence, message };
}
