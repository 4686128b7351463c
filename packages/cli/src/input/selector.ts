import { LongarmError } from "@longarm/shared";

/** A selector as it is typed: CEL, or a short form as JSON (`{"pool": "blue"}`). No CEL that is true or false begins with a brace. */
export function readSelector(text: string): unknown {
  if (!text.trimStart().startsWith("{")) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw new LongarmError(
      "invalid_selector",
      'The selector begins like a short form but is not JSON; expected for example {"pool": "blue"}.',
    );
  }
}
