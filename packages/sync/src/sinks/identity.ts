import { LongarmError } from "@longarm/shared";
import type { WriterIdentity } from "../ports/sink.ts";

/** The error of a writer that a later one has shut out. */
export function overtaken({ sync, epoch }: WriterIdentity, by: number): LongarmError {
  const message = `The sync "${sync}" is written under epoch ${by} now, so what epoch ${epoch} had to write was not taken.`;
  return new LongarmError("overtaken", message, { details: { sync, epoch, by } });
}

/** Throws `conflict` for a sink that holds another sync, `overtaken` for one that a higher epoch has opened. `place` names the sink. */
export function checkIdentity(writer: WriterIdentity, held: WriterIdentity | undefined, place: string): void {
  if (!held) return;
  if (held.sync !== writer.sync) {
    const message = `${place} holds the sync "${held.sync}", so "${writer.sync}" needs a place of its own: another name, or another sink.`;
    throw new LongarmError("conflict", message, { details: { holds: held.sync, asked: writer.sync } });
  }
  if (held.epoch > writer.epoch) throw overtaken(writer, held.epoch);
}
