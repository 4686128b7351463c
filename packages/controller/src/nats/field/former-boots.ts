/** What is known of a process that was followed by another one. */
interface FormerBoot {
  readonly followedAtMs: number;
  /** The highest number of a beat of it. */
  beatSeq: number;
  /** Since when it has been beating on, monotonic, and how many new beats came since. */
  beatingSinceMs: number | undefined;
  beats: number;
}

// What a process said last may arrive after the first words of the one that followed it.
const stragglerMs = 2_000;
// A broker may hold the last beats of one that is dead back for longer; who lives goes on beating, once a second.
const beatsOfTheLiving = 4;
const spreadMs = 2_500;
const kept = 8;

/** The processes that were an agent before the present one. They are to be gone: one that beats on is a twin, from a copy of its directory. */
export class FormerBoots {
  readonly #boots = new Map<string, FormerBoot>();

  has(bootId: string): boolean {
    return this.#boots.has(bootId);
  }

  /** This process, whose beats were numbered up to there, was followed by another one. */
  follow(bootId: string, beatSeq: number, nowMs: number): void {
    this.#boots.set(bootId, { followedAtMs: nowMs, beatSeq, beatingSinceMs: undefined, beats: 0 });
    for (const [oldest] of this.#boots) if (this.#boots.size > kept) this.#boots.delete(oldest);
  }

  /** Whichever of them is left may go on. */
  forget(): void {
    this.#boots.clear();
  }

  /** Takes in a beat; true: the process that sent it was followed long ago, and lives. */
  takeBeat({ bootId, seq }: { readonly bootId: string; readonly seq: number }, nowMs: number): boolean {
    const boot = this.#boots.get(bootId);
    if (boot === undefined || seq <= boot.beatSeq) return false;
    boot.beatSeq = seq;
    if (nowMs - boot.followedAtMs <= stragglerMs) return false;
    boot.beatingSinceMs ??= nowMs;
    boot.beats += 1;
    return boot.beats >= beatsOfTheLiving && nowMs - boot.beatingSinceMs >= spreadMs;
  }
}
