import { randomFillSync } from "node:crypto";

// Asking the system for a few random bytes costs as much as for some thousand.
const pool = Buffer.alloc(8_192);
let used = pool.length;

/** Random bytes, at most some hundred at a time; none of them is ever given twice. */
export function freshBytes(count: number): Uint8Array {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = new Uint8Array(pool.subarray(used, used + count));
  // What was given out may be a key.
  pool.fill(0, used, used + count);
  used += count;
  return bytes;
}
