/**
 * A seeded, invertible scrambling of 32-bit numbers. Everything that the seed decides about an object (its id, name, department)
 * is computed from its index when asked for, so that a million users cost nothing until somebody looks at them.
 */

const firstFactor = 0x85ebca6b;
const secondFactor = 0xc2b2ae35;

function inverseOf(odd: number): number {
  // Newton's iteration doubles the correct low bits; five rounds from 3 bits give all 32.
  let inverse = odd;
  for (let round = 0; round < 5; round += 1) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}

const firstInverse = inverseOf(firstFactor);
const secondInverse = inverseOf(secondFactor);

/** `value` (32 bits) scrambled; a bijection, undone by `unmix`. */
export function mix(value: number): number {
  let x = value >>> 0;
  x ^= x >>> 16;
  x = Math.imul(x, firstFactor);
  x ^= x >>> 13;
  x = Math.imul(x, secondFactor);
  x ^= x >>> 16;
  return x >>> 0;
}

/** The value that `mix` made `scrambled` of. */
export function unmix(scrambled: number): number {
  let x = scrambled >>> 0;
  x ^= x >>> 16;
  x = Math.imul(x, secondInverse);
  x ^= (x >>> 13) ^ (x >>> 26);
  x = Math.imul(x, firstInverse);
  x ^= x >>> 16;
  return x >>> 0;
}

/** 32 bits that depend on all three numbers and on nothing else. */
export function draw(seed: number, index: number, salt: number): number {
  return mix(mix(mix(seed ^ 0x9e3779b9) ^ index) ^ Math.imul(salt + 1, 0x27d4eb2f));
}
