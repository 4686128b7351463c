import { findPlacedFaults, nameFaults } from "@longarm/shared/schema";
import Type from "typebox";
import { faultKinds, type FaultRequest } from "./faults.ts";

const closed = { additionalProperties: false } as const;
const longestMs = 600_000;
const wholeNumber = Type.Integer({ minimum: 0 });

const faultSchema = Type.Object(
  {
    kind: Type.Enum(Object.keys(faultKinds)),
    match: Type.Optional(
      Type.Object(
        {
          method: Type.Optional(Type.String({ minLength: 1 })),
          path: Type.Optional(Type.String({ minLength: 1 })),
          count: Type.Optional(wholeNumber),
          skip: Type.Optional(wholeNumber),
        },
        closed,
      ),
    ),
    ms: Type.Optional(Type.Number({ minimum: 0, maximum: longestMs })),
    // What is below 200 is no final answer, and Node sends none beyond 599 that a client understands.
    status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })),
    body: Type.Optional(Type.Unknown()),
    apply: Type.Optional(Type.Boolean()),
    concurrent: Type.Optional(Type.Boolean()),
    bytes: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);

/** A fault as it was asked for, or why it cannot be had. A path with braces must be one of `templates`, or nothing would ever meet it. */
export function readFault(
  asked: unknown,
  templates: readonly string[],
): { readonly kind: "read"; readonly request: FaultRequest } | { readonly kind: "wrong"; readonly why: string } {
  const faults = findPlacedFaults("fault", faultSchema, asked);
  if (faults.length > 0) return { kind: "wrong", why: `What was asked for has ${nameFaults(faults)}.` };
  const { match = {}, ...rest } = asked as Omit<FaultRequest, "match"> & Partial<FaultRequest>;
  const { path } = match;
  if (path?.includes("{") === true && !templates.includes(path))
    return { kind: "wrong", why: `fault/match/path is no route of the org; those that have braces are ${withBraces(templates)}.` };
  return { kind: "read", request: { ...rest, match } };
}

function withBraces(templates: readonly string[]): string {
  return [...new Set(templates.filter((template) => template.includes("{")))].join(", ");
}
