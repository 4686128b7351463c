import { isIP } from "node:net";

function bytesOfV4(text: string): number[] {
  return text.split(".").map(Number);
}

function groupsOf(text: string): number[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (!group.includes(".")) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = bytesOfV4(group);
    return [(a << 8) | b, (c << 8) | d];
  });
}

function bytesOfV6(text: string): number[] {
  const [head = "", tail] = text.split("::");
  const front = groupsOf(head);
  const back = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array.from({ length: 8 - front.length - back.length }, () => 0);
  return [...front, ...zeros, ...back].flatMap((group) => [group >> 8, group & 255]);
}

/** An IPv4 address is written as `::ffff:a.b.c.d` in IPv6: both forms are one address, as a socket would see it. */
function isMapped(bytes: readonly number[]): boolean {
  return bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255 && bytes[11] === 255;
}

/**
 * A range of IP addresses in CIDR notation; a bare address is the range of itself. Bits behind the prefix are ignored.
 * IPv4-mapped IPv6 counts as IPv4; otherwise ranges of different families never contain each other.
 */
export class IpRange {
  readonly #bytes: readonly number[];
  readonly #prefix: number;

  private constructor(bytes: readonly number[], prefix: number) {
    this.#bytes = bytes;
    this.#prefix = prefix;
  }

  /** `text` as a range, or undefined when it is none. */
  static read(text: string): IpRange | undefined {
    const [address = "", prefixText, ...rest] = text.split("/");
    const family = isIP(address);
    if (family === 0 || rest.length > 0 || address.includes("%")) return undefined;
    const bits = family === 4 ? 32 : 128;
    if (prefixText !== undefined && !/^(0|[1-9]\d{0,2})$/.test(prefixText)) return undefined;
    const prefix = prefixText === undefined ? bits : Number(prefixText);
    if (prefix > bits) return undefined;
    const bytes = family === 4 ? bytesOfV4(address) : bytesOfV6(address);
    return isMapped(bytes) && prefix >= 96 ? new IpRange(bytes.slice(12), prefix - 96) : new IpRange(bytes, prefix);
  }

  /** Does every address of `other` lie in this range? */
  contains(other: IpRange): boolean {
    if (other.#bytes.length !== this.#bytes.length || other.#prefix < this.#prefix) return false;
    return this.#bytes.every((byte, index) => {
      const bits = Math.min(8, Math.max(0, this.#prefix - index * 8));
      return (byte ^ (other.#bytes[index] ?? 0)) >> (8 - bits) === 0;
    });
  }
}
