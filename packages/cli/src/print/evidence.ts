import type { ErrorBody } from "@longarm/shared";

/** What is known of a call whose outcome nobody knows: the call in one row, then a row for each thing that was read and each entry of a list. */
export function evidenceFacts(error: ErrorBody | null): [name: string, value: string][] {
  const evidence = error?.details?.["evidence"];
  if (typeof evidence !== "object" || evidence === null) return [];
  const members: [string, unknown][] = Object.entries(evidence);
  const isRead = ([, value]: [string, unknown]): boolean => typeof value === "object" && value !== null;
  const call = Object.fromEntries(members.filter((member) => !isRead(member)));
  return [["evidence", words(call)], ...members.filter(isRead).flatMap(([name, value]) => rowsOf(name, value))];
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
