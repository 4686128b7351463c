/** Text that is HTML already; whatever else stands in a template is escaped. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template; undefined is left out. */
export type Piece = string | number | Html | undefined | readonly Piece[];

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function write(piece: Piece): string {
  if (piece === undefined) return "";
  if (piece instanceof Html) return piece.text;
  if (typeof piece === "object") return piece.map(write).join("");
  return String(piece).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A template of HTML: `html\`<p>${text}</p>\``. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(strings.reduce((text, string, index) => text + write(pieces[index - 1]) + string));
}

/** Prose in which backquotes mark code. */
export function prose(text: string): Html {
  return html`${text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
