const pattern = /^v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

function comparePart(left: string, right: string): number {
  const [leftIsNumber, rightIsNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)];
  if (leftIsNumber && rightIsNumber) return Math.sign(Number(left) - Number(right));
  if (leftIsNumber !== rightIsNumber) return leftIsNumber ? -1 : 1;
  return left === right ? 0 : left < right ? -1 : 1;
}

function comparePrerelease(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return Math.sign(right.length - left.length);
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = comparePart(part, other);
    if (order !== 0) return order;
  }
  return left.length === right.length ? 0 : -1;
}

/**
 * A version by semver.org 2.0, with two liberties: a leading `v` and missing minor or patch numbers (read as 0).
 * A pre-release comes before its release; build metadata plays no part.
 */
export class SemanticVersion {
  readonly #numbers: readonly number[];
  readonly #prerelease: readonly string[];

  private constructor(numbers: readonly number[], prerelease: readonly string[]) {
    this.#numbers = numbers;
    this.#prerelease = prerelease;
  }

  /** `text` as a version, or undefined when it is none. */
  static read(text: string): SemanticVersion | undefined {
    const match = text.length <= 128 ? pattern.exec(text) : null;
    if (!match) return undefined;
    const numbers = [match[1], match[2], match[3]].map((part) => Number(part ?? 0));
    return new SemanticVersion(numbers, match[4]?.split(".") ?? []);
  }

  /** Below 0 when this version comes first, 0 when they are equal in precedence, else above 0. */
  compare(other: SemanticVersion): number {
    for (const [index, part] of this.#numbers.entries()) {
      const order = part - (other.#numbers[index] ?? 0);
      if (order !== 0) return Math.sign(order);
    }
    return comparePrerelease(this.#prerelease, other.#prerelease);
  }
}
