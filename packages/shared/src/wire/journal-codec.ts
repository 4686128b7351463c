import { effectClasses } from "../effect.ts";
import type { ControllerId } from "../ids.ts";
import { readEnd, readKey, writeEnd } from "./call-end-codec.ts";
import { wire, type longarm } from "./generated.ts";
import type { JournalEntry, JournalHeader } from "./inquiry-messages.ts";
import { readCount, readIdOf, readMeasure, readMessage, readName, readText, readWord } from "./reading.ts";
import { readFrameHash } from "./request-codec.ts";

/** The first record of a journal's segment, as bytes. */
export function encodeJournalHeader(header: JournalHeader): Uint8Array {
  return wire.JournalHeader.encode({ ...header, settled: [...header.settled], horizons: [...header.horizons] }).finish();
}

/** Throws `invalid_wire_message` for anything that is no segment's head. */
export function decodeJournalHeader(stored: Uint8Array): JournalHeader {
  return readMessage("journal header", stored, (bytes) => {
    const { journalId, number, capacityBytes, file, horizonMs, horizons, settled, follows } = wire.JournalHeader.decode(bytes);
    return {
      journalId: readName(journalId, "journal id"),
      number: readCount(number, "number", 1),
      capacityBytes: readCount(capacityBytes, "capacity", 1),
      file: readText(file, "file"),
      horizonMs: readMeasure(horizonMs, "horizon"),
      horizons: horizons.map((one) => ({
        controllerId: readIdOf("controller", one.controllerId),
        horizonMs: readMeasure(one.horizonMs, "horizon"),
      })),
      settled: settled.map((call) => {
        const notAfterMs = readMeasure(call.notAfterMs, "latest beginning");
        return { ...readKey(call), ...readSender(call), notAfterMs, isRefused: call.isRefused ?? false, ...readEndHash(call) };
      }),
      ...(follows && follows.length > 0 && { follows }),
    };
  });
}

/** One record of a journal, as bytes. */
export function encodeJournalEntry(entry: JournalEntry): Uint8Array {
  const { callId, attempt, notAfterMs } = entry;
  return wire.JournalRecord.encode({ callId, attempt, notAfterMs, ...writeKind(entry) }).finish();
}

function writeKind(entry: JournalEntry): longarm.v1.JournalRecord.$Properties {
  switch (entry.kind) {
    case "begun": {
      const { controllerId, runId, effect, method, path } = entry;
      return { begun: { controllerId, runId, effect, method, path } };
    }
    case "ended":
      return { ended: writeEnd(entry.end), ...writeSender(entry), ...(entry.endHash !== undefined && { endHash: entry.endHash }) };
    case "refused":
      return { refused: { reason: entry.reason }, ...writeSender(entry) };
    case "delivered":
      return { delivered: {}, ...writeSender(entry) };
  }
}

function writeSender({ controllerId }: JournalEntry): { readonly controllerId?: string } {
  return controllerId === undefined ? {} : { controllerId };
}

function readSender({ controllerId }: { readonly controllerId?: string | null | undefined }): { readonly controllerId?: ControllerId } {
  return controllerId === undefined || controllerId === null ? {} : { controllerId: readIdOf("controller", controllerId) };
}

function readEndHash({ endHash }: { readonly endHash?: string | null | undefined }): { readonly endHash?: string } {
  return endHash === undefined || endHash === null ? {} : { endHash: readFrameHash(endHash) };
}

/** Throws `invalid_wire_message` for anything that is no record of a journal. */
export function decodeJournalEntry(stored: Uint8Array): JournalEntry {
  return readMessage("journal record", stored, (bytes) => {
    const record = wire.JournalRecord.decode(bytes);
    const notAfterMs = readMeasure(record.notAfterMs, "latest beginning");
    return { ...readKey(record), ...readSender(record), notAfterMs, ...readKind(record) } as JournalEntry;
  });
}

function readKind(record: longarm.v1.JournalRecord.$Shape): object {
  switch (record.kind) {
    case "begun": {
      const { controllerId, runId, effect, method, path } = record.begun;
      return {
        kind: "begun",
        controllerId: readIdOf("controller", controllerId),
        runId: readIdOf("run", runId),
        effect: readWord(effect, effectClasses, "effect"),
        method: readText(method, "method"),
        path: readText(path, "path"),
      };
    }
    case "ended":
      return { kind: "ended", end: readEnd(record.ended), ...readEndHash(record) };
    case "refused":
      return { kind: "refused", reason: readText(record.refused.reason, "reason") };
    case "delivered":
      return { kind: "delivered" };
    case undefined:
      throw new TypeError("it is of no kind that this version knows");
  }
}
