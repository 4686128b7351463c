import type { AuditFault } from "./item.ts";

/** A record as far as its place in a chain is concerned, or what stands there instead. */
export type ChainLink =
  | {
      readonly kind: "record";
      readonly sequence: number;
      /** The controller that it names. */
      readonly controller: string;
      readonly number: number;
      readonly hash: string;
      readonly previous: string;
      /** A valid signature covers it. */
      readonly isSigned: boolean;
    }
  | { readonly kind: "unreadable"; readonly sequence: number; readonly why: string };

type Found = Omit<AuditFault, "chain">;

/** Finds the first record of a chain that does not stand where and as it was written. `links` in the order of the store. */
export function firstBrokenLink(chain: string, links: readonly ChainLink[]): AuditFault | undefined {
  const found = firstFault(chain, links);
  return found && { chain, ...found };
}

function firstFault(chain: string, links: readonly ChainLink[]): Found | undefined {
  const numbers = new Set(links.map((link) => (link.kind === "record" ? link.number : undefined)));
  let before: Extract<ChainLink, { kind: "record" }> | undefined;
  for (const link of links) {
    const expected = (before?.number ?? 0) + 1;
    if (link.kind === "unreadable") return { kind: "edited", number: expected, sequence: link.sequence, message: link.why };
    const misplaced = misplacedAt(chain, link, { expected, isElsewhere: numbers.has(expected) });
    if (misplaced) return misplaced;
    if (link.previous !== (before?.hash ?? "")) return unlinked(before, link);
    before = link;
  }
  return undefined;
}

function misplacedAt(
  chain: string,
  link: Extract<ChainLink, { kind: "record" }>,
  { expected, isElsewhere }: { readonly expected: number; readonly isElsewhere: boolean },
): Found | undefined {
  const { controller, number, sequence } = link;
  if (controller !== chain) return { kind: "foreign", number, sequence, message: `Record ${number} is of the chain of ${controller}.` };
  if (number === expected) return undefined;
  if (number < expected) return { kind: "inserted", number, sequence, message: `Record ${number} stands there a second time.` };
  if (isElsewhere)
    return { kind: "reordered", number: expected, sequence, message: `Record ${number} stands where record ${expected} should.` };
  return { kind: "deleted", number: expected, sequence: null, message: `Record ${expected} is missing before record ${number}.` };
}

/** Two records do not meet: the one that no signature vouches for is the bad one. */
function unlinked(before: Extract<ChainLink, { kind: "record" }> | undefined, link: Extract<ChainLink, { kind: "record" }>): Found {
  const bad = before && !before.isSigned ? before : link;
  const message = `Record ${bad.number} is not the one that was written: record ${link.number} does not follow from the one before it.`;
  return { kind: "edited", number: bad.number, sequence: bad.sequence, message };
}
