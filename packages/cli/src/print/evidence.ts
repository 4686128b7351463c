import type { ErrorBody } from "@longarm/shared";

/** What is known of a call whose outcome nobody knows, a row for each member and each entry of a list. */
export function evidenceFacts(error: ErrorBody | null): [name: string, value: string][] {
  const evidence = error?.details?.["evidence"];
  if (typeof evidence !== "object" || evidence === null) return [];
  return Object.entries(evidence).flatMap(([name, value]: [string, unknown]) => rowsOf(name, value));
}

function rowsOf(name: string, value: unknown): [string, string][] {
  if (!Array.isArray(value)) return [[name, words(value)]];
  return value.length === 0 ? [[name, "nothing yet"]] : value.map((entry): [string, string] => [name, words(entry)]);
}

function words(value: unknown): string {
  if (value === null) return "–";
  if (typeof value !== "object") return typeof value === "string" ? value : JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]: [string, unknown]) => member !== null);
  return members.map(([name, member]: [string, unknown]) => `${name} ${words(member)}`).join(", ");
}
