/** `text` as it may stand on a terminal: what another side wrote moves no cursor and changes no colour. */
export function plain(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, (character) => (character === "\n" || character === "\t" ? character : "\uFFFD"));
}

/** The same on one line. */
export function plainLine(text: string): string {
  return plain(text).replaceAll(/[\n\t]+/g, " ");
}

/** Cut to `width` columns, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}
