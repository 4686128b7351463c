import { LongarmError } from "@longarm/shared";
import { dayMs } from "./civil.ts";

/** A change of a zone's offset: from this instant on, the wall clock is `offsetMs` ahead of UTC. */
interface Transition {
  readonly atMs: number;
  readonly offsetMs: number;
}

interface Chunk {
  readonly offsetMs: number;
  readonly transitions: readonly Transition[];
}

// No zone changes its offset twice within a sample; a chunk costs nine questions of some microseconds.
const sampleMs = 8 * dayMs;
const chunkMs = 8 * sampleMs;
// Offsets lie between -12 h and +14 h.
const farthestMs = 15 * 3_600_000;

const zones = new Map<string, Zone>();

/** The zone of an IANA name, its offsets kept as they are learnt. Throws `invalid_request` where there is none. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known) return known;
  const zone = new Zone(name);
  zones.set(name, zone);
  return zone;
}

/** What a time of the wall clock means. `gap`: there is none, and this is the first instant behind; `fold`: it comes twice, and this is the first. */
export interface Meant {
  readonly atMs: number;
  readonly note?: "gap" | "fold";
}

/** Offsets of one time zone. Wall clock times are written as the Unix milliseconds that they would be in UTC. */
export class Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #chunks = new Map<number, Chunk>();

  constructor(name: string) {
    this.name = name;
    if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) throw unknownZone(name);
    try {
      this.#format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    } catch {
      throw unknownZone(name);
    }
  }

  /** Milliseconds that the wall clock is ahead of UTC at an instant. */
  offsetAt(atMs: number): number {
    const { offsetMs, transitions } = this.#chunk(Math.floor(atMs / chunkMs));
    let offset = offsetMs;
    for (const transition of transitions) if (transition.atMs <= atMs) offset = transition.offsetMs;
    return offset;
  }

  localOf(atMs: number): number {
    return atMs + this.offsetAt(atMs);
  }

  /** The instant of a time of the wall clock. It never goes back where the wall clock goes on. */
  instantOf(localMs: number): Meant {
    const [before, after] = [this.offsetAt(localMs - farthestMs), this.offsetAt(localMs + farthestMs)];
    const found = [before, after].map((offset) => localMs - offset).filter((atMs) => this.localOf(atMs) === localMs);
    const [first, second = first] = found;
    if (first === undefined || second === undefined) return { atMs: this.#firstChange(localMs - farthestMs), note: "gap" };
    return first === second ? { atMs: first } : { atMs: Math.min(first, second), note: "fold" };
  }

  #firstChange(fromMs: number): number {
    for (let chunk = Math.floor(fromMs / chunkMs); ; chunk += 1) {
      const change = this.#chunk(chunk).transitions.find(({ atMs }) => atMs > fromMs);
      if (change) return change.atMs;
    }
  }

  #chunk(index: number): Chunk {
    const known = this.#chunks.get(index);
    if (known) return known;
    const chunk = this.#learn(index * chunkMs);
    this.#chunks.set(index, chunk);
    return chunk;
  }

  /** A change may lie at the chunk's very beginning. */
  #learn(fromMs: number): Chunk {
    const transitions: Transition[] = [];
    const offsetMs = this.#ask(fromMs - 1);
    let [seen, seenMs] = [offsetMs, fromMs - 1];
    while (seenMs < fromMs + chunkMs - 1) {
      const untilMs = Math.min(seenMs + sampleMs, fromMs + chunkMs - 1);
      const next = this.#ask(untilMs);
      if (next !== seen) transitions.push({ atMs: this.#bisect(seenMs, untilMs), offsetMs: next });
      [seen, seenMs] = [next, untilMs];
    }
    return { offsetMs, transitions };
  }

  /** The first millisecond whose offset is that of `untilMs`, `fromMs` having another one. */
  #bisect(fromMs: number, untilMs: number): number {
    const wanted = this.#ask(untilMs);
    let [low, high] = [fromMs, untilMs];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#ask(middle) === wanted) high = middle;
      else low = middle;
    }
    return high;
  }

  /** `GMT`, `GMT+05:30`, `GMT-00:25:21` */
  #ask(atMs: number): number {
    const text = this.#format.formatToParts(atMs).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
    const [, sign, hours, minutes, seconds = "0"] = /([+-])(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text) ?? [];
    if (minutes === undefined) return 0;
    return (sign === "-" ? -1_000 : 1_000) * (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds));
  }
}

function unknownZone(name: string): LongarmError {
  const [, city = name] = name.split("/");
  const near = Intl.supportedValuesOf("timeZone").filter((each) => each.toLowerCase().includes(city.toLowerCase()));
  const hint = near.length > 0 ? `, such as ${near.slice(0, 3).join(", ")}` : ", such as Europe/Berlin or UTC";
  return new LongarmError("invalid_request", `"${name.slice(0, 60)}" is no time zone; take an IANA name${hint}`);
}
