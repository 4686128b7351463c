import { pointerToken, type TriggerInput } from "@longarm/shared";
import { meantByName, type PlacedFault } from "@longarm/shared/schema";

interface InputSchema {
  readonly properties?: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

/** What can be told of a trigger's input before there is an event: members that the flow does not know, and those that it needs and lacks. */
export function checkMembers(input: TriggerInput, schema: InputSchema): readonly PlacedFault[] {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return [];
  const { properties = {}, required = [], additionalProperties } = schema;
  const given = Object.keys(input);
  const unknown = additionalProperties === false ? given.filter((name) => !Object.hasOwn(properties, name)) : [];
  const missing = required.filter((name) => !given.includes(name) && properties[name]?.default === undefined);
  return [
    ...unknown.map((name) => {
      const [nearest] = meantByName(name, Object.keys(properties));
      const hint = nearest === undefined ? "" : `; did you mean ${nearest}?`;
      return { in: "body", pointer: `/input/${pointerToken(name)}`, problem: `is no input of the flow${hint}` };
    }),
    ...missing.map((name) => ({ in: "body", pointer: `/input/${pointerToken(name)}`, problem: "is missing: the flow needs it" })),
  ];
}
