/** Numbers that follow from a seed alone, so that a choice can be repeated afterwards. Not for secrets. */
export interface SeededDraw {
  /** A whole number, 0 ≤ n < `limit`; each equally likely. `limit` is from 1 to 2^32. */
  below(limit: number): number;
}

const words = 2 ** 32;

/** FNV-1a over the UTF-16 units: spreads ids that differ in one character over all 32 bits. */
function hash(text: string, basis: number): number {
  let value = basis;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

/** One step of splitmix32: turns similar states into unlike ones. */
function mix(state: number): number {
  let value = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
  return (value ^ (value >>> 15)) >>> 0;
}

/** The draws of `seed`: 64 bits of state, a Weyl sequence under splitmix32. */
export function seededDraw(seed: string): SeededDraw {
  let state = hash(seed, 0x811c9dc5);
  const stride = (mix(hash(seed, 0x9e3779b9)) | 1) >>> 0;
  const next = (): number => {
    state = (state + stride) >>> 0;
    return mix(mix(state) ^ stride);
  };
  return {
    below(limit) {
      const fair = words - (words % limit);
      let value = next();
      while (value >= fair) value = next();
      return value % limit;
    },
  };
}
