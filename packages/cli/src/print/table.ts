import { cut, plainLine } from "./plain.ts";

const gap = 2;
const narrowest = 6;

/** Takes columns from the widest ones, a character at a time, until the whole fits. */
function fit(widths: readonly number[], available: number): number[] {
  const fitted = [...widths];
  let surplus = fitted.reduce((sum, width) => sum + width, 0) + gap * (fitted.length - 1) - available;
  while (surplus > 0) {
    const widest = fitted.indexOf(Math.max(...fitted));
    if ((fitted[widest] ?? 0) <= narrowest) break;
    fitted[widest] = (fitted[widest] ?? 0) - 1;
    surplus -= 1;
  }
  return fitted;
}

/** How a table is drawn: the columns of the terminal (none: as wide as it gets), and how a heading looks. */
export interface TableStyle {
  readonly columns: number | undefined;
  readonly heading: (text: string) => string;
  /** Changes how a cell looks, not what it says; `column` counts from 0. */
  readonly cell?: (text: string, column: number) => string;
}

/** Rows under their headings, in columns as wide as their widest cell and no wider than the terminal allows. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[], style: TableStyle): string {
  const cells = rows.map((row) => row.map(plainLine));
  const natural = headings.map((heading, i) => Math.max(heading.length, ...cells.map((row) => row[i]?.length ?? 0)));
  const widths = style.columns === undefined ? natural : fit(natural, style.columns);
  const line = (row: readonly string[], look: (text: string, column: number) => string): string => {
    const last = row.findLastIndex((text) => text !== "");
    return row
      .slice(0, last + 1)
      .map((text, i) => look(cut(text, widths[i] ?? 0).padEnd(i === last ? 0 : (widths[i] ?? 0)), i))
      .join(" ".repeat(gap));
  };
  const { cell = (text: string) => text } = style;
  return [line(headings, style.heading), ...cells.map((row) => line(row, cell))].map((text) => `${text}\n`).join("");
}
