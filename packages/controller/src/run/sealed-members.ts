import { LongarmError, sealedMarker, type RunId } from "@longarm/shared";
import { openRecord, sealRecord, type KeyRing } from "@longarm/shared/seal";
import { findSecrets, mapSecrets } from "@longarm/spoke";
import type { TSchema } from "typebox";

interface SealedMember {
  readonly $sealed: string;
}

const text = new TextDecoder();
const bytes = new TextEncoder();

/** The value with each member that its schema marks secret sealed: nothing that is stored or shown holds it in the clear. */
export function sealMembers(ring: KeyRing, run: RunId, of: { readonly schema: TSchema; readonly value: unknown }): unknown {
  return mapSecrets(of.schema, of.value, (member): SealedMember => {
    const sealed = sealRecord(ring, bytes.encode(JSON.stringify(member)), ["member", run]);
    return { $sealed: Buffer.from(sealed).toString("base64url") };
  });
}

/** The value with its sealed members opened, for the action alone. */
export function openMembers(ring: KeyRing, run: RunId, of: { readonly schema: TSchema; readonly value: unknown }): unknown {
  return mapSecrets(of.schema, of.value, (member) => openMember(ring, run, member));
}

/** Its sealed members alone, opened, each by its JSON pointer. */
export function openEach(
  ring: KeyRing,
  run: RunId,
  of: { readonly schema: TSchema; readonly value: unknown },
): Readonly<Record<string, unknown>> {
  const opened: [pointer: string, member: unknown][] = [];
  mapSecrets(of.schema, of.value, (member, at) => opened.push([at, openMember(ring, run, member)]));
  return Object.fromEntries(opened);
}

/** Has the value any member that its schema marks secret? */
export function hasSecrets(schema: TSchema, value: unknown): boolean {
  return findSecrets(schema, value).length > 0;
}

function openMember(ring: KeyRing, run: RunId, member: unknown): unknown {
  if (!isSealedMember(member))
    throw new LongarmError("sealed_record_rejected", `A secret member of ${run} is not sealed; the run is not acted on.`);
  const opened = openRecord(ring, Buffer.from(member.$sealed, "base64url"), ["member", run]);
  return JSON.parse(text.decode(opened)) as unknown;
}

/** The value as people see it. */
export function maskMembers(schema: TSchema, value: unknown): unknown {
  return mapSecrets(schema, value, () => sealedMarker);
}

/** Has the value the form in which a secret member is stored? */
export function isSealedMember(value: unknown): value is SealedMember {
  return typeof value === "object" && value !== null && typeof (value as Partial<SealedMember>).$sealed === "string";
}
