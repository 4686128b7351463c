import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { LongarmError } from "@longarm/shared";
import { loadKeyRing } from "@longarm/shared/seal";
import { readingDisk } from "./file-disk.ts";
import { keyedSeal } from "./keyed-seal.ts";
import { type JournalReport, verifyJournal } from "./verify-journal.ts";

const momentMs = 50;

/**
 * Reads the journal in an agent's data directory, or in a copy of it, and changes nothing there; the agent may run. Throws `invalid_usage`
 * when there is none, `invalid_configuration` when the journal's key is missing or damaged, and what the system says.
 */
export function verifyJournalIn(dataDirectory: string): Promise<JournalReport> {
  const folder = join(dataDirectory, "journal");
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new LongarmError("invalid_usage", `${resolve(dataDirectory)} is no agent's data directory: it holds no journal.`);
  const file = join(dataDirectory, "journal.key");
  try {
    return verifyJournal(readingDisk(folder), keyedSeal(loadKeyRing(file)), () => setTimeout(momentMs));
  } catch (reason) {
    if (LongarmError.from(reason).code !== "key_ring_missing") throw reason;
    throw new LongarmError("invalid_configuration", `${resolve(file)}, the key of this agent's journal, is missing.`, { cause: reason });
  }
}
