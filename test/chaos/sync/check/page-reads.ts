/** A page that the org gave. */
export interface PageRead {
  readonly atMs: number;
  /** Path and query. */
  readonly url: string;
}

/** How the pages of one run were read. */
export interface Reading {
  readonly pages: number;
  /** Pages that were given more than once, counted each time but the first. */
  readonly repeated: number;
  /** Lists of which more pages in a row were read again than can have been under way. */
  readonly begunAgain: readonly string[];
}

// One page is being stored, some are on their way, and an agent that was frozen asks for a few more where it had been.
const mostUnderWay = 8;

/** Reads what the org noted: a line for each page, the time before its address. */
export function readPages(text: string): readonly PageRead[] {
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => ({ atMs: Number(line.slice(0, line.indexOf(" "))), url: line.slice(line.indexOf(" ") + 1) }));
}

interface List {
  /** Of each page in the order in which they were first read. */
  readonly places: Map<string, number>;
  last: number;
  /** How many pages in a row were read before. */
  again: number;
}

/** Of the pages that were given between two moments. */
export function readingOf(reads: readonly PageRead[], { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }): Reading {
  const lists = new Map<string, List>();
  const begunAgain = new Set<string>();
  let [pages, repeated] = [0, 0];
  for (const { atMs, url } of reads) {
    if (atMs < fromMs || atMs > toMs) continue;
    pages += 1;
    const list = listOf(url);
    const known = lists.get(list) ?? { places: new Map<string, number>(), last: -1, again: 0 };
    lists.set(list, known);
    const place = known.places.get(url);
    if (place === undefined) known.places.set(url, known.places.size);
    else repeated += 1;
    known.again = place === undefined ? 0 : place === known.last + 1 ? known.again + 1 : 1;
    known.last = place ?? known.places.size - 1;
    if (known.again > mostUnderWay) begunAgain.add(list);
  }
  return { pages, repeated, begunAgain: [...begunAgain] };
}

function listOf(url: string): string {
  const [path = "", query = ""] = url.split("?");
  const rest = new URLSearchParams(query);
  rest.delete("after");
  rest.delete("limit");
  return `${path}?${rest.toString()}`;
}
