// Entries for tests of the journal, and a journal on a disk in memory.
import { newId } from "@longarm/shared";
import { createKeyRing } from "@longarm/shared/seal";
import type { CallEnd, CallKey, JournalEntry } from "@longarm/shared/wire";
import { ForgetfulDisk } from "../../../../test/support/forgetful-disk.ts";
import type { Journal, JournalDeps, JournalLimits } from "./journal.ts";
import { keyedSeal } from "./keyed-seal.ts";
import { openJournal } from "./open-journal.ts";
import type { JournalSeal } from "./segment.ts";

/** A time at which calls may begin, in Unix milliseconds. */
export const beganMs = 1_000_000_000;

const record = {
  ...{ method: "POST" as const, path: "/things", status: 200, sentAt: 1, headMs: 1, totalMs: 2, requestBytes: 3, responseBytes: 4 },
  ...{ oktaRequestId: null, rateLimit: null },
};

export function keyOfCall(attempt = 1): CallKey {
  return { callId: newId("call"), attempt };
}

export function begun(key: CallKey, notAfterMs = beganMs): JournalEntry {
  const ids = { controllerId: newId("controller"), runId: newId("run") };
  return { kind: "begun", ...key, notAfterMs, ...ids, effect: "create", method: "POST", path: "/things" };
}

export function responded(body: string | Uint8Array = "{}"): CallEnd {
  return { kind: "response", head: { status: 200, headers: {} }, body: { kind: "whole", bytes: Buffer.from(body) }, record };
}

export function ended(key: CallKey, end: CallEnd = responded(), notAfterMs = beganMs): JournalEntry {
  return { kind: "ended", ...key, notAfterMs, end };
}

export function refused(key: CallKey, notAfterMs = beganMs): JournalEntry {
  return { kind: "refused", ...key, notAfterMs, reason: "asked" };
}

export function delivered(key: CallKey, notAfterMs = beganMs): JournalEntry {
  return { kind: "delivered", ...key, notAfterMs };
}

/** A disk, and the journal that is opened on it again and again. */
export class Shelf {
  readonly disk: ForgetfulDisk;
  readonly limits: Partial<JournalLimits>;
  nowMs = beganMs;
  readonly failures: string[] = [];
  readonly #seal: JournalSeal;
  #made = 0;

  constructor(limits: Partial<JournalLimits> = {}, like?: Shelf) {
    this.limits = limits;
    this.disk = like?.disk.twin() ?? new ForgetfulDisk();
    this.#seal = like ? like.#seal : keyedSeal(createKeyRing());
    this.#made = like ? like.#made : 0;
  }

  /** Another one that holds the same, to do with as one likes. */
  twin(): Shelf {
    return new Shelf(this.limits, this);
  }

  get deps(): JournalDeps {
    return {
      ...{ disk: this.disk, seal: this.#seal, limits: this.limits, nowMs: () => this.nowMs },
      newId: () => `journal ${(this.#made += 1)}`,
      onFailure: ({ message }) => this.failures.push(message),
    };
  }

  open(): Promise<Journal> {
    return openJournal(this.deps);
  }

  /** The only segment's name. */
  async segment(): Promise<string> {
    const names = await this.disk.list();
    if (names.length !== 1) throw new Error(`There are ${names.length} files: ${names.join(", ")}.`);
    return names[0] as string;
  }
}
