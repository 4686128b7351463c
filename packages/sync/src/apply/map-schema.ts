import { checkedString, checkKeyword } from "@longarm/shared/schema";
import { expressionProblem, type ExpressionVariables, parseExpression } from "@longarm/shared/selector";
import Type, { type Static } from "typebox";
import { readBounds, thresholdNames } from "./thresholds.ts";
import { wantedStatuses } from "./people.ts";

/** Variables of a field's expression: the row, its columns where they are known. */
export const rowVariables = { row: null } satisfies ExpressionVariables;
/** Variables of the scope. */
export const scopeVariables = { id: null, status: null, profile: null } satisfies ExpressionVariables;

/** Fields without which Okta makes no user. */
export const requiredFields = ["firstName", "lastName", "email", "login"] as const;

const closed = <T extends Parameters<typeof Type.Object>[0]>(members: T, options: object = {}) =>
  Type.Object(members, { additionalProperties: false, ...options });

function expression(variables: ExpressionVariables) {
  const wrong = (text: string): string | undefined => {
    try {
      parseExpression(text, variables);
    } catch (reason) {
      return `is no expression: ${expressionProblem(reason)}`;
    }
    return undefined;
  };
  return checkedString(wrong, { minLength: 1 });
}

const column = Type.String({ minLength: 1 });
const groupNames = Type.Array(Type.String({ minLength: 1, maxLength: 255 }), { minItems: 1, maxItems: 1_000, uniqueItems: true });
const field = Type.Union([column, closed({ cel: expression(rowVariables) })]);
const bound = Type.Unknown({
  [checkKeyword]: (value: unknown) =>
    readBounds(value) === undefined ? 'must be a number such as 50, a share such as "2%", or {count: 50, percent: 2}' : undefined,
});
const words = Type.Array(Type.String(), { minItems: 1, uniqueItems: true });
const statusWords = closed(Object.fromEntries(wantedStatuses.map((status) => [status, Type.Optional(words)])));

/** A map as it is written: which columns of a source mean what in the org. */
export const applyMapSchema = closed(
  {
    key: Type.Union([column, Type.Array(column, { minItems: 1, maxItems: 4, uniqueItems: true })]),
    profile: Type.Record(Type.String({ minLength: 1 }), field, { minProperties: 1 }),
    status: Type.Optional(Type.Union([Type.Literal("active"), closed({ column, values: Type.Optional(statusWords) })])),
    memberships: Type.Optional(
      closed({
        column,
        separator: Type.String({ minLength: 1, maxLength: 8, default: ";" }),
        owns: groupNames,
        others: Type.Enum(["fault", "ignore"], { default: "fault" }),
      }),
    ),
    create: Type.Enum(["active", "staged", "none"], { default: "active" }),
    absent: Type.Enum(["ignore", "suspend", "deactivate"], { default: "ignore" }),
    scope: Type.Optional(
      Type.Union([
        expression(scopeVariables),
        closed({ users: Type.Optional(expression(scopeVariables)), members: Type.Optional(groupNames) }, { minProperties: 1 }),
      ]),
    ),
    csv: closed({ delimiter: Type.String({ minLength: 1, maxLength: 1, default: "," }) }, { default: {} }),
    thresholds: closed(Object.fromEntries(thresholdNames.map((name) => [name, Type.Optional(bound)])), { default: {} }),
  },
  { [checkKeyword]: wrongAsWhole },
);

/** A map whose form was checked, with its defaults. */
export type ApplyMap = Static<typeof applyMapSchema>;

/** The profile's fields that tell users apart, the first that finds one counts. */
export function keyFields({ key }: Pick<ApplyMap, "key">): readonly string[] {
  return typeof key === "string" ? [key] : key;
}

/** What no member by itself can be blamed for. */
function wrongAsWhole(value: unknown): string | undefined {
  const map = value as Partial<ApplyMap>;
  const profile = isRecord(map.profile) ? map.profile : {};
  const keys = [map.key ?? []].flat().filter((key) => typeof key === "string");
  const unmapped = keys.find((key) => !Object.hasOwn(profile, key));
  if (unmapped !== undefined) return `its key "${unmapped}" must be a field of its profile, which says where its values come from`;
  if (map.absent !== undefined && map.absent !== "ignore" && map.scope === undefined)
    return `absent: ${map.absent} needs a scope, outside of which nobody is touched; scope: "true" is everybody`;
  const missing = requiredFields.filter((name) => !Object.hasOwn(profile, name));
  if (map.create !== "none" && missing.length > 0)
    return `its profile lacks ${missing.join(", ")}, without which Okta makes no user; add them, or say create: none`;
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
