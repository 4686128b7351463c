import type { AnyDefinition } from "./definition.ts";

/** On a member of an input: the name of the action that lists what it can be. */
export const choicesKeyword = "x-choices";
/** On a member of an input that is an object of fields: the name of the action that tells which fields there are. */
export const fieldsKeyword = "x-fields";

/** A member of an input that another action tells more about. */
export interface DynamicMember {
  readonly member: string;
  readonly gives: "choices" | "fields";
  /** The action that tells. */
  readonly action: string;
}

/** The dynamic members of a definition's input, in the order of the schema. */
export function dynamicMembers(definition: AnyDefinition): readonly DynamicMember[] {
  const { properties = {} } = definition.input as { readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  return Object.entries(properties).flatMap(([member, schema]): DynamicMember[] => {
    const [choices, fields] = [schema[choicesKeyword], schema[fieldsKeyword]];
    if (typeof choices === "string") return [{ member, gives: "choices", action: choices }];
    return typeof fields === "string" ? [{ member, gives: "fields", action: fields }] : [];
  });
}
