import { type AddressRange, carriedAddress, isPublic, isWithin, readAddress, readRange } from "./address.ts";

/** Which addresses a connection may go to. Two with the same `key` allow the same ones. */
export interface Reach {
  readonly key: string;
  /** Is `address`, as a resolver gives it, among them? What is no address is not. */
  allows(address: string): boolean;
}

/** The word that stands for every address that anybody on the internet may have. */
export const publicWord = "public";

/** Is it `public`, an address, or a range such as `10.0.0.0/8`? */
export function isReachEntry(text: string): boolean {
  return text === publicWord || readRange(text) !== undefined;
}

/**
 * The reach that the entries list: `public`, addresses and ranges. Whatever is not public (this machine, private networks, link-local
 * ones, where clouds keep an instance's secrets) must be listed. An IPv6 address that carries an IPv4 one counts as that one.
 */
export function reachOf(entries: readonly string[]): Reach {
  const ranges = entries.filter((entry) => entry !== publicWord).map((entry) => readRange(entry) as AddressRange);
  const isPublicListed = entries.includes(publicWord);
  const key = [...new Set(entries)].toSorted().join(" ");
  const lists = (address: bigint): boolean => ranges.some((range) => isWithin(address, range)) || (isPublicListed && isPublic(address));
  return {
    key,
    allows: (text) => {
      const address = readAddress(text);
      if (address === undefined) return false;
      const carried = carriedAddress(address);
      return lists(address) || (carried !== undefined && ranges.some((range) => isWithin(carried, range)));
    },
  };
}
