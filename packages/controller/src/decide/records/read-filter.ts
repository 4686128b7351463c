/** A condition on a field: one of these texts. */
export interface FieldCondition {
  readonly field: string;
  readonly values: readonly string[];
}

/** A filter as people write it, read; or what is wrong with it, in words. */
export type ReadFilter =
  | { readonly kind: "read"; readonly conditions: readonly FieldCondition[] }
  | { readonly kind: "fault"; readonly problem: string };

const term = /\s*([A-Za-z]{1,40})\s*:\s*((?:"(?:[^"\\]|\\.)*"|[^",|]+)(?:\|(?:"(?:[^"\\]|\\.)*"|[^",|]+))*)\s*(?:,|$)/sy;
const value = /"((?:[^"\\]|\\.)*)"|[^",|]+/gs;

/**
 * Reads `status:ACTIVE`, `status:ACTIVE|INACTIVE,signOnMode:SAML_2_0`, `name:"Sales, EMEA"`: conditions that all must hold, each with the
 * texts that it allows.
 */
export function readFilter(text: string): ReadFilter {
  const conditions: FieldCondition[] = [];
  for (let at = 0; at < text.length;) {
    term.lastIndex = at;
    const [whole, field, values] = term.exec(text) ?? [];
    if (whole === undefined || field === undefined || values === undefined)
      return {
        kind: "fault",
        problem: `does not read on from its character ${at + 1}; write field:value, or field:value|value,field:"a value"`,
      };
    conditions.push({ field, values: [...values.matchAll(value)].map(([bare, quoted]) => quoted?.replace(/\\(.)/g, "$1") ?? bare.trim()) });
    at += whole.length;
  }
  return { kind: "read", conditions };
}
