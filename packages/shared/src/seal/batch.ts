import { hash } from "node:crypto";

/*
 * One signature for many messages: over the root of a tree of their hashes (RFC 9162, 2.1, filled up to a power of two with the last
 * one). With each message goes its place and the path from there to the root:
 *
 *   signature of the root (64) · place (1) · hashes beside the path, from the leaf on (32 each, 1 to 8)
 */
const hashBytes = 32;
const deepest = 8;
const pathAt = 65;
const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);

/** How many messages one signature may be for. */
export const mostInBatch: number = 2 ** deepest;

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return hash("sha256", Buffer.concat(parts), "buffer");
}

/** The leaf that stands for a message. */
export function leafOf(message: Uint8Array): Uint8Array {
  return sha256(leafMark, message);
}

/** The root over 2 to 256 messages, and each one's place and path. */
export function treeOver(messages: readonly Uint8Array[]): { readonly root: Uint8Array; readonly paths: readonly Uint8Array[] } {
  const leaves = messages.map(leafOf);
  const beside: Uint8Array[][] = messages.map((_, place) => [Uint8Array.of(place)]);
  let level: readonly Uint8Array[] = leaves;
  for (let depth = 0; level.length > 1; depth += 1) {
    const row = level.length % 2 === 0 ? level : [...level, level.at(-1) as Uint8Array];
    beside.forEach((path, place) => path.push(row[(place >> depth) ^ 1] as Uint8Array));
    level = Array.from({ length: row.length / 2 }, (_, at) => sha256(nodeMark, row[2 * at] as Uint8Array, row[2 * at + 1] as Uint8Array));
  }
  return { root: level[0] as Uint8Array, paths: beside.map((path) => Buffer.concat(path)) };
}

/** The root that a message leads to by what stands behind a batch's signature; undefined: that is no path. */
export function rootOf(message: Uint8Array, signature: Uint8Array): Uint8Array | undefined {
  const depth = (signature.length - pathAt) / hashBytes;
  if (!Number.isInteger(depth) || depth < 1 || depth > deepest) return undefined;
  const place = signature[pathAt - 1] as number;
  if (place >= 2 ** depth) return undefined;
  let node = leafOf(message);
  for (let level = 0; level < depth; level += 1) {
    const other = signature.subarray(pathAt + level * hashBytes, pathAt + (level + 1) * hashBytes);
    node = (place >> level) & 1 ? sha256(nodeMark, other, node) : sha256(nodeMark, node, other);
  }
  return node;
}
