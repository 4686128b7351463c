import type { ExpressionRules } from "../expressions/rules.ts";
import type { LogEvent } from "./log-event.ts";

const roots: ReadonlySet<string> = new Set([
  ...["actor", "authenticationContext", "client", "debugContext", "displayMessage", "eventType", "legacyEventType", "outcome"],
  ...["published", "request", "securityContext", "severity", "target", "transaction", "uuid", "version"],
]);

/** `filter` on the log: any member of an event, with all the operators that only the log has in full. */
export const logFilterRules: ExpressionRules = {
  operatorsFor: (attribute) =>
    roots.has(attribute.split(".", 1)[0] ?? "") ? ["eq", "ne", "gt", "ge", "lt", "le", "sw", "ew", "co", "pr"] : undefined,
  isTime: (attribute) => attribute === "published",
  ignoreCase: true,
};

/** One attribute of an event by its path; of a list the attribute of each member. */
export function readLogAttribute(event: LogEvent, attribute: string): unknown {
  let values: unknown[] = [event];
  for (const name of attribute.split(".")) {
    values = values
      .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
      .map((value) => (typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined));
  }
  return values.length === 1 ? values[0] : values;
}
