import type { SimProcess } from "../world/sim-process.ts";
import { calm, drawWeather, type Weather } from "../world/weather.ts";
import type { World } from "../world/world.ts";

/** Something of which a seed has lives, one after the other. */
export interface Mortal {
  readonly process: SimProcess;
  /** Stops as it does when it is asked to. */
  stop(): void;
}

/** The places where processes live, and the way to bring one to life again. */
export interface Place {
  current(): Mortal | undefined;
  /** A new life; the one before it is over. */
  revive(): void;
}

const downMs = { least: 100, most: 12_000 };
const mostJumpMs = 3_600_000;
const frozenMs = { least: 500, most: 20_000 };

/** Kills, freezes, cuts and stops, as the seed has it, until it is told to heal everything. */
export class Troubles {
  readonly #world: World;
  readonly #places: readonly Place[];
  #isOver = false;

  constructor(world: World, places: readonly Place[]) {
    this.#world = world;
    this.#places = places;
  }

  /** Draws the weather, but for what is given of it, and what is to happen within the time. */
  begin(withinMs: number, given: Partial<Weather> = {}): void {
    const { random, scheduler } = this.#world;
    const drawn = drawWeather(random);
    this.#world.weather = { ...drawn, ...given };
    this.#world.strike = (process, at) => this.#strike(process, at);
    const count = drawn === calm ? 0 : random.below(7);
    for (let n = 0; n < count; n += 1) scheduler.at(random.between(200, withinMs), () => this.#happen());
  }

  /** Everything works from now on. */
  heal(): void {
    this.#isOver = true;
    this.#world.weather = calm;
    this.#world.tell("all is healed");
    for (const place of this.#places) {
      const { process } = place.current() ?? {};
      process?.thaw();
      if (process) this.#world.network.mend(process);
      if (process?.isAlive !== true) place.revive();
    }
  }

  #happen(): void {
    if (this.#isOver) return;
    const { random, broker, network } = this.#world;
    const place = random.pick(this.#places);
    const mortal = place.current();
    const kind = random.weighted({ kill: 4, freeze: 3, stop: 1, cut: 2, clock: 1, brokerStops: 1, leader: 1 });
    if (kind === "brokerStops" || kind === "leader") this.#world.tally.add(kind);
    if (kind === "brokerStops") return this.#tell("the broker stops", () => broker.stop(random.between(500, 8_000)));
    if (kind === "leader") return this.#tell("the broker's leader changes", () => broker.changeLeader(random.between(3_000, 8_000)));
    if (!mortal?.process.isAlive) return;
    const { process } = mortal;
    if (kind === "kill") return this.#kill(process, "dies");
    if (kind === "freeze") return this.#freeze(process, "is frozen");
    this.#world.tally.add(kind);
    if (kind === "stop") return this.#tell(`${process.name} is asked to stop`, () => this.#stop(place, mortal));
    if (kind === "clock") return this.#tell(`${process.name}'s clock jumps`, () => this.#jump(process));
    this.#tell(`${process.name} is cut off`, () => network.cut(process));
    this.#later(random.between(500, 15_000), () => network.mend(process));
  }

  #strike(process: SimProcess, at: string): void {
    if (this.#isOver || !process.isAlive) return;
    const { random, weather } = this.#world;
    const freeze = at === "connects" ? weather.freezeConnecting : weather.freeze;
    if (random.chance(weather.die)) this.#kill(process, `dies (${at})`);
    else if (random.chance(freeze)) this.#freeze(process, `is frozen (${at})`);
  }

  #kill(process: SimProcess, how: string): void {
    const place = this.#placeOf(process);
    if (!place) return;
    this.#world.tally.add("kill");
    this.#tell(`${process.name} ${how}`, () => process.kill());
    this.#later(this.#world.random.between(downMs.least, downMs.most), () => place.revive());
  }

  #freeze(process: SimProcess, how: string): void {
    if (process.isFrozen) return;
    this.#world.tally.add("freeze");
    this.#tell(`${process.name} ${how}`, () => process.freeze());
    this.#later(this.#world.random.between(frozenMs.least, frozenMs.most), () => {
      this.#tell(`${process.name} goes on`, () => process.thaw());
    });
  }

  #stop(place: Place, mortal: Mortal): void {
    const { scheduler, random } = this.#world;
    mortal.process.onDeath(() => {
      scheduler.at(random.between(downMs.least, downMs.most), () => {
        if (place.current()?.process === mortal.process) place.revive();
      });
    });
    mortal.stop();
  }

  #jump(process: SimProcess): void {
    process.jumpClock(this.#world.random.between(-mostJumpMs, mostJumpMs));
  }

  #placeOf(process: SimProcess): Place | undefined {
    return this.#places.find((place) => place.current()?.process === process);
  }

  #later(ms: number, act: () => void): void {
    this.#world.scheduler.at(ms, () => {
      if (!this.#isOver) act();
    });
  }

  #tell(what: string, act: () => void): void {
    this.#world.tell(what);
    act();
  }
}
