import { LongarmError } from "@longarm/shared";
import { openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import type { DefinitionCodec } from "../../ports/definition-codec.ts";

/** What stands inside the seal: the value as JSON, and beside it what the broker could otherwise change. */
interface Content {
  readonly updatedAt: number;
  readonly revision: number;
  readonly value: unknown;
}

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

function associated({ bucket, key }: Place): readonly string[] {
  return ["KV", bucket, key];
}

/** A definition as it is stored: bound to its bucket and key, so that the broker cannot give one name another's value. */
export function sealDefinition<T>(
  ring: KeyRing,
  codec: DefinitionCodec<T>,
  at: Place & { readonly value: T; readonly updatedAt: number; readonly revision: number },
): Uint8Array {
  const content: Content = { updatedAt: at.updatedAt, revision: at.revision, value: codec.encode(at.value) };
  return sealRecord(ring, Buffer.from(JSON.stringify(content)), associated(at));
}

/** Throws `sealed_record_rejected`, naming the place. */
export function openDefinition<T>(
  ring: KeyRing,
  codec: DefinitionCodec<T>,
  at: Place & { readonly stored: Uint8Array },
): { value: T; updatedAt: number; revision: number } {
  try {
    const content = JSON.parse(Buffer.from(openRecord(ring, at.stored, associated(at))).toString()) as Content;
    return { value: codec.decode(content.value), updatedAt: content.updatedAt, revision: content.revision };
  } catch (reason) {
    const message = `The stored ${codec.kind} "${at.key}" does not open under the installation's keys and was not acted on; set it again.`;
    throw new LongarmError("sealed_record_rejected", message, { cause: reason, details: { bucket: at.bucket, key: at.key } });
  }
}
