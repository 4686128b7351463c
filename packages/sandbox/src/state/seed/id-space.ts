import { draw, mix, unmix } from "./mix.ts";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const indexLength = 6;
const bodyLength = 17;
const valueOf = new Map([...alphabet].map((letter, value) => [letter, value]));

// Two letters at a time: a page of users needs thousands of letters.
const pairs = Array.from({ length: 62 * 62 }, (_, value) => `${alphabet[value % 62]}${alphabet[Math.floor(value / 62)]}`);

/** 32 bits as six letters, the lowest digit first. */
function encode(value: number): string {
  const rest = (value - (value % 3844)) / 3844;
  return (pairs[value % 3844] as string) + (pairs[rest % 3844] as string) + (pairs[(rest - (rest % 3844)) / 3844] as string);
}

function decode(text: string): number | undefined {
  let value = 0;
  for (let place = text.length - 1; place >= 0; place -= 1) {
    const digit = valueOf.get(text[place] as string);
    if (digit === undefined) return undefined;
    value = value * 62 + digit;
  }
  return value;
}

/**
 * The ids of one kind of object: a prefix and 17 letters or digits, as Okta's. The id of an index is computed, and the index of an
 * id is read back from it, so that no table of ids is needed. The same seed gives the same ids.
 */
export class IdSpace {
  readonly #prefix: string;
  readonly #seed: number;

  constructor(prefix: string, seed: number) {
    this.#prefix = prefix;
    this.#seed = draw(
      seed,
      prefix.length,
      [...prefix].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
    );
  }

  /** The id of the object with this index (below 2^32). */
  idOf(index: number): string {
    const head = encode(mix(index ^ this.#seed));
    const check = encode(draw(this.#seed, index, 1)) + encode(draw(this.#seed, index, 2)).slice(0, bodyLength - 2 * indexLength);
    return this.#prefix + head + check;
  }

  /** The index behind an id of this space; undefined for any other text. */
  indexOf(id: string): number | undefined {
    if (id.length !== this.#prefix.length + bodyLength || !id.startsWith(this.#prefix)) return undefined;
    const scrambled = decode(id.slice(this.#prefix.length, this.#prefix.length + indexLength));
    if (scrambled === undefined || scrambled > 0xffffffff) return undefined;
    const index = (unmix(scrambled) ^ this.#seed) >>> 0;
    return this.idOf(index) === id ? index : undefined;
  }
}
