import { LongarmError } from "./errors.ts";
import { meantByName } from "./schema/nearest.ts";

const kinds = {
  action: { code: "unknown_action", named: "is named", list: "`longarm actions` lists them" },
  agent: { code: "unknown_agent", named: "has the id or name", list: "`longarm agents ls` lists them" },
  connection: { code: "unknown_connection", named: "is named", list: "`longarm connections ls` lists them" },
  credential: { code: "unknown_credential", named: "is named", list: "`longarm credentials ls` lists them" },
  flow: { code: "unknown_flow", named: "is named", list: "`longarm flows ls` lists them" },
  hook: { code: "unknown_hook", named: "is of the connection", list: "`longarm hooks ls` lists them" },
  schedule: { code: "unknown_schedule", named: "is named", list: "`longarm schedules ls` lists them" },
  sync: { code: "unknown_sync", named: "is named", list: "`longarm syncs ls` lists them" },
  trigger: { code: "unknown_trigger", named: "is named", list: "`longarm triggers ls` lists them" },
} as const;

/**
 * The error for a name that nothing of that kind bears. Its message and `details.nearest` offer the known names that were most
 * likely meant, three at most.
 */
export function unknownName(kind: keyof typeof kinds, name: string, known: readonly string[]): LongarmError {
  const { code, named, list } = kinds[kind];
  const nearest = meantByName(name, known);
  const hint = nearest.length > 0 ? `did you mean ${nearest.join(" or ")}?` : known.length > 0 ? `${list}.` : "there is none yet.";
  const details = nearest.length > 0 ? { details: { nearest } } : {};
  return new LongarmError(code, `No ${kind} ${named} "${name.slice(0, 80)}"; ${hint}`, details);
}
