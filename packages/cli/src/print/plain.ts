// Beside the control characters those that turn the direction of writing: a name could look like another one.
const unseen = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** `text` as it may stand on a terminal: what another side wrote moves no cursor and changes no colour. */
export function plain(text: string): string {
  return text.replaceAll(unseen, (character) => (character === "\n" || character === "\t" ? character : "\uFFFD"));
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plain(text).replaceAll(/[\n\t]+/g, " ");
}

/** A value of which no character may be lost: text as it is, but as JSON where it would not stand on a line of a terminal. */
export function exactText(value: unknown): string {
  if (typeof value === "string" && value.search(unseen) < 0) return value;
  return JSON.stringify(value).replaceAll(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Cut to `width` columns, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
