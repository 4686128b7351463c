import { isIP } from "node:net";

/** An IPv4 or IPv6 address as 128 bits; IPv4 stands where RFC 4291 maps it, so that both ways to write one are the same address. */
export type Address = bigint;

/** Addresses that begin with the same bits. */
export interface AddressRange {
  readonly base: Address;
  /** How many leading bits of 128 all of them share. */
  readonly bits: number;
}

const v4Prefix = 0xffffn << 32n;
const v4Bits = 96;

/** The address that `text` denotes; undefined when it is none. A zone behind `%` says nothing about which address it is. */
export function readAddress(text: string): Address | undefined {
  const [plain = ""] = text.split("%", 1);
  const family = isIP(plain);
  if (family === 0) return undefined;
  return family === 4 ? v4Prefix | readV4(plain) : readV6(plain);
}

function readV4(text: string): bigint {
  return text.split(".").reduce((value, part) => (value << 8n) | BigInt(Number(part)), 0n);
}

function readV6(text: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const low = dotted ? readV4(dotted[2] as string) : undefined;
  const groups = low === undefined ? text : `${dotted?.[1] ?? ""}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`;
  const [head = "", tail] = groups.split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const gap: readonly string[] = tail === undefined ? [] : Array.from({ length: 8 - before.length - after.length }, () => "0");
  return [...before, ...gap, ...after].reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function groupsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}

/** `10.0.0.0/8`, `fd00::/8`, or one address; undefined when it is no range, or has bits set behind its length. */
export function readRange(text: string): AddressRange | undefined {
  const match = /^([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?$/.exec(text);
  const address = readAddress(match?.[1] ?? "");
  if (!match || address === undefined) return undefined;
  const isV4 = isIP(match[1] as string) === 4;
  const bits = match[2] === undefined ? 128 : Number(match[2]) + (isV4 ? v4Bits : 0);
  if (bits > 128) return undefined;
  const rest = 128n - BigInt(bits);
  return (address >> rest) << rest === address ? { base: address, bits } : undefined;
}

/** Does the address lie in the range? */
export function isWithin(address: Address, { base, bits }: AddressRange): boolean {
  return (address ^ base) >> (128n - BigInt(bits)) === 0n;
}

const mapped = (v4: bigint): Address => v4Prefix | (v4 & 0xffff_ffffn);
const nat64 = range("64:ff9b::/96");
const sixToFour = range("2002::/16");

function range(text: string): AddressRange {
  return readRange(text) as AddressRange;
}

/** The IPv4 address that a translator or a tunnel would send to in its place: NAT64, 6to4, ISATAP; undefined where there is none. */
export function carriedAddress(address: Address): Address | undefined {
  if (isWithin(address, nat64)) return mapped(address);
  if (isWithin(address, sixToFour)) return mapped(address >> 80n);
  const interfaceId = (address >> 32n) & 0xffff_ffffn;
  return interfaceId === 0x5efen || interfaceId === 0x0200_5efen ? mapped(address) : undefined;
}

const globalUnicast = range("2000::/3");
// The special-purpose registries of IANA, and the addresses at which clouds serve an instance its own secrets outside of them.
const special = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24"],
  ...["192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16"],
  ...["2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20"],
].map(range);
const allV4 = range("::ffff:0:0/96");

/** May anybody on the internet have this address, as opposed to this machine, this network, or a use of its own? */
export function isPublic(address: Address): boolean {
  if (!isWithin(address, allV4) && !isWithin(address, globalUnicast) && !isWithin(address, nat64)) return false;
  const carried = carriedAddress(address);
  if (carried !== undefined && !isPublic(carried)) return false;
  return !special.some((each) => isWithin(address, each));
}
