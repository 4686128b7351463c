import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newId } from "@longarm/shared";
import { createKeyRing } from "@longarm/shared/seal";
import type { CallEnd } from "@longarm/shared/wire";
import type { Disk, DiskFile } from "../packages/agent/src/journal/disk.ts";
import { FileDisk } from "../packages/agent/src/journal/file-disk.ts";
import type { Journal } from "../packages/agent/src/journal/journal.ts";
import { keyedSeal } from "../packages/agent/src/journal/keyed-seal.ts";
import { openJournal } from "../packages/agent/src/journal/open-journal.ts";
import { load, loadLine } from "./support/load.ts";

const widths = [1, 64] as const;
const callsAt = { 1: 1_000, 64: 10_000 } as const;

const record = {
  ...{
    method: "POST" as const,
    path: "/api/v1/users",
    status: 200,
    sentAt: 1,
    headMs: 1,
    totalMs: 2,
    requestBytes: 300,
    responseBytes: 1_024,
  },
  ...{ oktaRequestId: "reqexample", rateLimit: { limit: 600, remaining: 599, reset: 1_700_000_000, date: 1_700_000_000 } },
};
const head = { status: 200, headers: { "content-type": "application/json", "x-okta-request-id": "reqexample" } };
const end: CallEnd = { kind: "response", head, body: { kind: "whole", bytes: Buffer.alloc(1_024, "x") }, record };

/** Counts the syncs of files. */
function counting(disk: Disk): { readonly disk: Disk; readonly counted: { syncs: number } } {
  const counted = { syncs: 0 };
  const open = async (name: string): Promise<DiskFile> => {
    const file = await disk.open(name);
    const sync = (): Promise<void> => {
      counted.syncs += 1;
      return file.sync();
    };
    return { identity: file.identity, write: (bytes, at) => file.write(bytes, at), sync, close: () => file.close() };
  };
  const { list, read, rename, remove, sync } = {
    list: () => disk.list(),
    read: (name: string) => disk.read(name),
    rename: (from: string, to: string) => disk.rename(from, to),
    remove: (name: string) => disk.remove(name),
    sync: () => disk.sync(),
  };
  return { disk: { list, read, open, rename, remove, sync }, counted };
}

/** All that the journal does about one call that changes something: begun, ended, delivered. */
async function journalCall(journal: Journal): Promise<void> {
  const key = { callId: newId("call"), attempt: 1, notAfterMs: Date.now() };
  const ids = { controllerId: newId("controller"), runId: newId("run") };
  await journal.write({ kind: "begun", ...key, ...ids, effect: "create", method: "POST", path: "/api/v1/users" });
  await journal.write({ kind: "ended", ...key, end });
  journal.note({ kind: "delivered", ...key });
}

/** What a call that changes something costs on the agent's disk, the call itself left out. */
export const bench = {
  name: "journal",
  async run(print: (line: string) => void): Promise<Record<string, number>> {
    const figures: Record<string, number> = {};
    const directory = await mkdtemp(join(tmpdir(), "longarm-bench-"));
    try {
      const { disk, counted } = counting(new FileDisk(directory));
      const journal = await openJournal({ disk, seal: keyedSeal(createKeyRing()), newId: randomUUID, nowMs: Date.now });
      for (const width of widths) {
        await load(callsAt[width] / 5, width, () => journalCall(journal));
        counted.syncs = 0;
        const cpuBefore = process.cpuUsage();
        const found = await load(callsAt[width], width, () => journalCall(journal));
        const { user, system } = process.cpuUsage(cpuBefore);
        const syncsPerCall = counted.syncs / callsAt[width];
        const cpuMs = (user + system) / 1_000 / callsAt[width];
        print(loadLine(`journal: ${width} in flight, 1 KB bodies`, found));
        print(`  ${syncsPerCall.toFixed(2)} fsyncs and ${cpuMs.toFixed(3)} ms CPU per call`);
        figures[`syncsPerCallAt${width}`] = syncsPerCall;
        figures[`p50MsAt${width}`] = found.p50Ms;
        figures[`cpuMsAt${width}`] = cpuMs;
      }
      await journal.close();
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
    return figures;
  },
};
